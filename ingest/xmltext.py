"""An XML file as elements: no entities, no DTDs, no depth that could overflow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputError, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, TreeBuilder

_DEEPEST = 200
_DECLARED = re.compile(r"\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')")


def parsed(path: Path, content: str, root_name: str) -> Element:
    """The root element, which has to be called `root_name`; raises InputError with the line of a fault."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    # The text is decoded already, so what the file declares of its encoding is no longer so.
    text = _DECLARED.sub(r"\1", content.lstrip("\ufeff \r\n\t"), count=1)
    try:
        parser = DefusedXMLParser(target=_shallow_tree(), forbid_dtd=True)
        # All at once: a parser that is given pieces looks at a word without an end again with each.
        parser.feed(text.encode("utf-8", "surrogatepass"))
        root: Element | None = parser.close()
    except _TooDeepError as error:
        raise InputError(Problem(str(path), "elements are nested too deeply")) from error
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


class _TooDeepError(Exception):
    """Elements are nested deeper than anybody writes them."""


def _shallow_tree() -> TreeBuilder:
    from xml.etree.ElementTree import TreeBuilder

    class Shallow(TreeBuilder):
        """A tree that does not grow deep: deleting a deep one recurses in C."""

        depth = 0

        def start(self, tag: str, attrs: dict[str, str], /) -> Element:
            self.depth += 1
            if self.depth > _DEEPEST:
                raise _TooDeepError
            return super().start(tag, attrs)

        def end(self, tag: str, /) -> Element:
            self.depth -= 1
            return super().end(tag)

    return Shallow()
