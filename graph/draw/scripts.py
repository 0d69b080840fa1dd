"""The page's script: its modules joined into one, each in a scope of its own, the imported ones first."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w/-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)


@cache
def script(entry: str) -> str:
    """`js/<entry>.js` and all that it imports, as one script that runs on its own.

    The modules are written as modules, so editors, type checkers and Node read them as they are;
    a file that is opened from a disk may not import others, hence one script.
    """
    done: dict[str, str] = {}
    _collect(files("graph.draw") / "js", entry, done, ())
    return '"use strict";\n(() => {\n' + "".join(done.values()) + "})();\n"


def _collect(folder: Traversable, name: str, done: dict[str, str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(f"modules import each other: {' -> '.join((*path, name))}")
    if name in done:
        return
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, imported in _IMPORT.findall(text):
        _collect(folder, imported, done, (*path, name))
    exported = ", ".join(_EXPORTED.findall(text))
    body = _IMPORT.sub(lambda match: f"const {{{match[1]}}} = {_scope(match[2])};\n", text)
    body = _EXPORT.sub("", body)
    done[name] = f"// {name}.js\nconst {_scope(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _scope(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name)


def digest(text: str) -> str:
    """The source expression that lets exactly this inline script or style run."""
    sha256 = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(sha256).decode('ascii')}'"
