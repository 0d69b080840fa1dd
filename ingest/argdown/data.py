"""The YAML in braces and in the frontmatter: plain values, nothing that a tag or an alias can build."""

from __future__ import annotations

import datetime
import re
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataError(ValueError):
    """The YAML is wrong; `line` and `column` are 0-based within it."""

    def __init__(self, what: str, line: int, column: int) -> None:
        super().__init__(what)
        self.line, self.column = line, column


# Written without the space that YAML wants after the colon, as other YAML readers let pass.
_TIGHT = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*')|(?<=\w):(?=[\[{"'])""", re.DOTALL)


def parsed(source: str) -> dict[str, Any]:
    """The mapping that YAML text holds, dates as ISO text; {} for an empty text. Raises DataError."""
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


def _parsed(source: str) -> dict[str, Any]:
    try:
        for token in yaml.scan(source, Loader=_Loader):
            # An alias can blow up a few bytes into gigabytes, and nobody needs one here.
            if isinstance(token, (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)):
                mark = token.start_mark
                raise DataError("anchors, aliases and tags of YAML are not read", mark.line, mark.column)
        value = yaml.load(source, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "cannot be read as YAML"
        raise DataError(str(what), mark.line if mark else 0, mark.column if mark else 0) from error
    except (ValueError, RecursionError) as error:
        raise DataError(str(error) or "nested too deeply", 0, 0) from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DataError("is not a list of `key: value`", 0, 0)
    return {str(key): _plain(held) for key, held in value.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(held) for held in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
