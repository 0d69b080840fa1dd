"""How a file of each format is known by its text; cheap, and right where two formats look alike."""

from __future__ import annotations

import re

_HEAD = 4000  # characters: enough for what stands at the top of a file
_NODE_LIST = re.compile(r'"nodes"\s*:\s*\[')
_NODE_OBJECT = re.compile(r'"nodes"\s*:\s*\{')
_NO_NODES = re.compile(r'"nodes"\s*:\s*\[\s*\]')


def _is_object(text: str) -> bool:
    return text[:_HEAD].lstrip().startswith("{")


def xaif(text: str) -> bool:
    """An object that holds a node set as `AIF`."""
    return _is_object(text) and re.search(r'"AIF"\s*:\s*\{', text) is not None


def ova(text: str) -> bool:
    """An object with nodes, edges and the analysed text."""
    return _is_object(text) and re.search(r'"analysis"\s*:\s*[{\[]', text) is not None and '"nodes"' in text


def aif(text: str) -> bool:
    """An object with a list of nodes that have a nodeID."""
    if not _is_object(text) or _NODE_LIST.search(text) is None:
        return False
    return '"nodeID"' in text or (_NO_NODES.search(text) is not None and '"source_id"' not in text)


def sadface(text: str) -> bool:
    """An object with a list of nodes whose edges have a source_id, or SADFace's core metadata."""
    if not _is_object(text) or _NODE_LIST.search(text) is None:
        return False
    return '"source_id"' in text or re.search(r'"core"\s*:\s*\{', text) is not None


def arguebuf(text: str) -> bool:
    """An object whose nodes are an object."""
    return _is_object(text) and _NODE_OBJECT.search(text) is not None


def argsme(text: str) -> bool:
    """Arguments, each a conclusion with premises."""
    return text[:_HEAD].lstrip()[:1] in ("{", "[") and '"conclusion"' in text and '"premises"' in text


def kialo(text: str) -> bool:
    """The first line names the discussion."""
    return text.lstrip("\ufeff \r\n").startswith("Discussion Title:")


def arggraph(text: str) -> bool:
    """XML whose root is an arggraph."""
    return "<arggraph" in text[:_HEAD]


def lkif(text: str) -> bool:
    """XML whose root is lkif."""
    return "<lkif" in text[:_HEAD]


def caf(text: str) -> bool:
    """XML whose root is caf."""
    return "<caf" in text[:_HEAD]


_CARNEADES = re.compile(
    r"^(statements|arguments|argument_schemes|issue_schemes|language)[ \t]*:", re.MULTILINE
)
_YAML_KEY = re.compile(r"^(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*\r?\n)*[A-Za-z_]+[ \t]*:")


def carneades(text: str) -> bool:
    """YAML that begins with a key and has one of Carneades' at the left edge."""
    return _YAML_KEY.match(text) is not None and _CARNEADES.search(text) is not None


def brat(text: str) -> bool:
    """The first line is a text-bound annotation: `T1<TAB>Claim 0 10<TAB>text`."""
    return re.match(r"(#[^\n]*\n|\s)*T\d+\t\S+ \d+ \d+", text) is not None


def apx(text: str) -> bool:
    """The first fact is `arg(…)` or `att(…)`."""
    return re.match(r"(%[^\n]*\n|\s)*(arg|att)\(", text) is not None


def af(text: str) -> bool:
    """The first line that is no comment is `p af N`."""
    return re.match(r"(#[^\n]*\n|\s)*p af \d", text) is not None


def aba(text: str) -> bool:
    """The first line that is no comment is `p aba N`."""
    return re.match(r"(#[^\n]*\n|\s)*p aba \d", text) is not None


def spreadsheet(text: str) -> bool:
    """A zip archive that holds a workbook."""
    return "xl/workbook.xml" in text


_TABLE_WORDS = frozenset(
    (
        "id",
        "text",
        "claim",
        "parent",
        "parents",
        "relation",
        "stance",
        "kind",
        "source",
        "from",
        "to",
        "title",
    )
)


def table(text: str) -> bool:
    """A first line of three or more columns, most of them with names of ours."""
    first = text[:_HEAD].lstrip("\ufeff").partition("\n")[0].strip().lower()
    for mark in ("\t", ";", ","):
        names = [name.strip().strip('"') for name in first.split(mark)]
        if len(names) > 1 and sum(name in _TABLE_WORDS for name in names) * 2 > len(names):
            return True
    return False


def meant_as_word(name: str, content: bytes) -> bool:
    """What a coach gives as a Word file: by its name, or by how .doc, PDF and RTF files begin."""
    begins = content.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"))
    return begins or name.casefold().endswith((".docx", ".doc", ".pdf")) or name.startswith(("~$", "._"))
