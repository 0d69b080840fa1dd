"""A YAML file as plain values: no tags, no aliases, no depth that could overflow, no key twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError, Problem

_DEEPEST = 100
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_BUILDING = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)


class _Plain(_Loader):  # type: ignore[misc]  # which of the two it is shows when it runs
    """Dates stay text, and a mapping that has a key twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int, float, bool)):
                key = str(key)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the key "{key}" stands twice', key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


_Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))
_Plain.add_constructor("tag:yaml.org,2002:merge", lambda loader, node: loader.construct_scalar(node))
_Plain.add_constructor(
    "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True)
)


def parsed(path: Path, content: str) -> Any:
    """The value that the YAML holds; raises InputError with the line of what is wrong."""
    try:
        depth = 0
        for token in yaml.scan(content, Loader=_Loader):
            if isinstance(token, _BUILDING):
                raise _problem(path, token.start_mark, "anchors, aliases and tags of YAML are not read")
            # The parser recurses in C, where too deep is a crash and no exception; so look first.
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > _DEEPEST:
                raise _problem(path, token.start_mark, "lists and mappings are nested too deeply")
        return yaml.load(content, Loader=_Plain)  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _problem(path, mark, f"this is not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise _problem(path, None, f"this is not YAML: {str(error).splitlines()[0]}") from error
    except (ValueError, OverflowError, RecursionError) as error:
        raise _problem(path, None, f"this is not YAML that can be read: {error}") from error


def _problem(path: Path, mark: Any, what: str) -> InputError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return InputError(Problem(str(path), what, "", line, column))
