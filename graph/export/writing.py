"""Which formats a map can be written in, and the writer of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from graph.errors import OutputError
from graph.export.json import to_json
from graph.model import ArgumentMap
from graph.wording import listed

DEFAULT = "argdown"
"""The format of what goes to stdout, where none is named."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One format that is written: what people call it, its suffixes, and how a map is written in it."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    write: Callable[[ArgumentMap], str | bytes]


def _by(where: str) -> Callable[[ArgumentMap], str | bytes]:
    """The writer at `module:function`, imported when it is wanted."""

    def write_it(argmap: ArgumentMap) -> str | bytes:
        module, name = where.split(":")
        written: str | bytes = getattr(import_module(module), name)(argmap)
        return written

    return write_it


WRITERS: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("argdown", "Argdown", (".argdown", ".ad"), _by("graph.export.argdown:to_argdown")),
        Writer("json", "argmap JSON", (".json",), to_json),
        Writer("aif", "AIF node set", (".aif.json",), _by("graph.export.aif:to_aif")),
        Writer("xaif", "xAIF, as OVA3 reads it", (".xaif.json",), _by("graph.export.aif:to_xaif")),
        Writer("arguebuf", "arguebuf", (".arguebuf.json",), _by("graph.export.arguebuf:to_arguebuf")),
        Writer("sadface", "SADFace", (".sadface.json",), _by("graph.export.sadface:to_sadface")),
        Writer("kialo", "Kialo's text", (".txt",), _by("graph.export.kialo:to_kialo")),
        Writer("carneades", "Carneades", (".yml", ".yaml"), _by("graph.export.carneades:to_carneades")),
        Writer("apx", "ICCMA's apx", (".apx",), _by("graph.export.iccma:to_apx")),
        Writer("tgf", "ICCMA's tgf", (".tgf",), _by("graph.export.iccma:to_tgf")),
        Writer("af", "ICCMA's af", (".af",), _by("graph.export.iccma:to_af")),
        Writer("csv", "table", (".csv",), _by("graph.export.table:to_csv")),
        Writer("tsv", "table with tabs", (".tsv",), _by("graph.export.table:to_tsv")),
        Writer("xlsx", "spreadsheet", (".xlsx",), _by("graph.export.xlsx:to_xlsx")),
        Writer("cypher", "Cypher script", (".cypher", ".cql"), _by("graph.export.cypher:to_cypher")),
        Writer("grass", "style for Neo4j Browser", (".grass",), _by("graph.export.grass:to_grass")),
        Writer("graphml", "GraphML, as yEd reads it", (".graphml",), _by("graph.export.graphs:to_graphml")),
        Writer("gexf", "GEXF, as Gephi reads it", (".gexf",), _by("graph.export.graphs:to_gexf")),
        Writer("dot", "Graphviz", (".dot", ".gv"), _by("graph.export.dot:to_dot")),
        Writer("docx", "Word block file", (".docx",), _by("graph.export.verbatim:to_docx")),
        Writer("mermaid", "Mermaid", (".mmd", ".mermaid"), _by("graph.export.mermaid:to_mermaid")),
    )
}


def writer_of(output: Path, format_name: str | None) -> Writer:
    """The writer that was named, else the one for the file's suffix; raises OutputError where none is."""
    if format_name is not None:
        return WRITERS[format_name]
    if str(output) == "-":
        return WRITERS[DEFAULT]
    by_suffix = {suffix: writer for writer in reversed([*WRITERS.values()]) for suffix in writer.suffixes}
    fitting = [suffix for suffix in by_suffix if output.name.casefold().endswith(suffix)]
    if not fitting:
        raise OutputError(
            f"{output}: its name does not say in which format to write\n"
            f"  End it with {listed(sorted(by_suffix))}, or say --to {listed(WRITERS)}."
        )
    return by_suffix[max(fitting, key=len)]  # `.aif.json` is more than `.json`
