"""An XML file as elements: no entities, no DTDs, no depth that could overflow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputError, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 200
_DECLARED = re.compile(r"\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')")


def parsed(path: Path, content: str, root_name: str) -> Element:
    """The root element, which has to be called `root_name`; raises InputError with the line of a fault."""
    import io
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    # The text is decoded already, so what the file declares of its encoding is no longer so.
    text = _DECLARED.sub(r"\1", content.lstrip("\ufeff \r\n\t"), count=1)
    depth = 0
    root: Element | None = None
    try:
        source = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        for event, element in iterparse(source, ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > _DEEPEST:  # deleting a deep tree recurses in C, so it must not grow
                raise InputError(Problem(str(path), "elements are nested too deeply"))
    except ParseError as error:
        line, column = getattr(error, "position", (1, 0))
        what = f"this is not XML: {str(error).partition(':')[0]}"
        raise InputError(Problem(str(path), what, "", line, column + 1)) from error
    except DefusedXmlException as error:
        what = "it declares a document type or entities, which are not read"
        raise InputError(Problem(str(path), what, "Take <!DOCTYPE …> out.")) from error
    except (ValueError, LookupError) as error:
        raise InputError(Problem(str(path), f"this is not XML: {error}")) from error
    if root is None or root.tag != root_name:
        raise InputError(Problem(str(path), f"the outermost element is not <{root_name}>"))
    return root
