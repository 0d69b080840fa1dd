"""The YAML in braces and in the frontmatter: plain values, nothing that a tag or an alias can build."""

from __future__ import annotations

import math
import re
from typing import Any, ClassVar

import yaml

_DEEPEST = 100  # levels; people need three, and the parser behind has no limit of its own

# Written without the space that YAML wants after the colon, as other YAML readers let pass.
_TIGHT = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*')|(?<=\w):(?=[\[{"'])""", re.DOTALL)
_BUILDS = re.compile(r"[&*!]")
_OPENS = re.compile(r"[\[{]|[-?]\s|^[ \t]+(?=\S)", re.MULTILINE)


class DataError(ValueError):
    """The YAML is wrong; `line` and `column` are 0-based within it."""

    def __init__(self, what: str, line: int, column: int) -> None:
        super().__init__(what)
        self.line, self.column = line, column


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # one of two classes
    """Reads words as they are typed: no `no` is false, no 1:30 is 90, no 2014-07-08 is a moment."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The mapping; a key that stands twice is a mistake, which would lose what the first says."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f'the key "{key.value}" stands twice', key.start_mark
                    )
                seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]{0,300})\Z"), list("-0123456789")
)
# ¶1.10 is not ¶1.1, so a number that ends in a 0 after the point stays what was typed.
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"-?(?:[0-9]+\.(?:0|[0-9]*[1-9])|\.[0-9]*[1-9]|[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]{1,3})\Z"),
    list("-.0123456789"),
)


def parsed(source: str) -> dict[str, Any]:
    """The mapping that YAML text holds; {} for an empty text. Raises DataError."""
    try:
        return _parsed(source)
    except DataError:
        spaced = _TIGHT.sub(lambda match: match.group(1) or ": ", source)
        if spaced == source:
            raise
        try:
            return _parsed(spaced)
        except DataError:
            pass
        raise


# A pair that says the same in every YAML; most braces hold nothing else, and need no parser.
_WORD = r"[A-Za-z][A-Za-z0-9_-]*"
_PAIR = re.compile(
    rf" *({_WORD}): +(?:({_WORD}(?: {_WORD})*)|(0|[1-9][0-9]{{0,14}})|"
    r"((?:0|[1-9][0-9]{0,9})\.(?:0|[0-9]{0,9}[1-9]))) *([,}])"
)
_WORDS_OF_YAML = frozenset({"true", "false", "null", "n"})


def _plain_pairs(source: str) -> dict[str, Any] | None:
    """The mapping that `{word: word, word: 1}` is; None for what takes a parser of YAML to read."""
    found: dict[str, Any] = {}
    at = 1
    while source[:1] == "{" and (match := _PAIR.match(source, at)):
        key, word, whole, number, end = match.groups()
        if key in found or key.lower() in _WORDS_OF_YAML or (word and word.lower() in _WORDS_OF_YAML):
            return None
        found[key] = word if word else int(whole) if whole else float(number)
        at = match.end()
        if end == "}":
            return found if at == len(source) else None
    return None


def _parsed(source: str) -> dict[str, Any]:
    plain = _plain_pairs(source)
    if plain is not None:
        return plain
    try:
        _refuse_what_builds(source)
        value = yaml.load(source, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read as YAML"
        raise DataError(str(what), mark.line if mark else 0, mark.column if mark else 0) from error
    except RecursionError as error:
        raise DataError("it is nested too deeply", 0, 0) from error
    except TypeError as error:  # a list or a mapping as a key
        raise DataError("a key is a word or a number", 0, 0) from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DataError("it is no `key: value`", 0, 0)
    return {_key(key): _plain(held) for key, held in value.items()}


def _refuse_what_builds(source: str) -> None:
    """An alias can blow up a few bytes into gigabytes, and deep nesting can end the process."""
    if not _BUILDS.search(source) and sum(1 for _ in _OPENS.finditer(source)) < _DEEPEST:
        return
    depth = 0
    for token in yaml.scan(source, Loader=_Loader):
        mark = token.start_mark
        if isinstance(token, (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)):
            raise DataError("anchors, aliases and tags of YAML are not read", mark.line, mark.column)
        if isinstance(token, _STARTS):
            depth += 1
            if depth > _DEEPEST:
                raise DataError("it is nested too deeply", mark.line, mark.column)
        elif isinstance(token, _ENDS):
            depth -= 1


_STARTS = (
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
)
_ENDS = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken, yaml.BlockEndToken)


def _key(key: Any) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return "null" if key is None else str(key)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(held) for held in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no place for it
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


def merge(into: dict[str, object], values: dict[str, object]) -> None:
    """Put `values` into `into`, mappings merged, later values winning."""
    for key, value in values.items():
        held = into.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            merge(held, value)
        else:
            into[key] = value
