"""Word files that are damaged, too large, or made to do harm: one line each, and nothing lost."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commandline import argmap, process
from docx_maker import VERBATIM, Doc, block_file, cite, read, run, style, under

from graph.errors import InputError
from ingest.reading import read_with_warnings

MEMORY = 400_000_000  # bytes of address space, for a reader that needs a hundred million to start
CARD = Doc().card("A tag", "Roe 19", " (Jane Roe)", under("The body."))


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_prolog(prolog: str) -> bytes:
    doc = Doc(prolog=prolog)
    return doc.card("A tag", "Roe 19", "", under("The body.")).bytes()


BAD = {
    "a document type": ("x.docx", with_prolog("<!DOCTYPE w:document>"), "declares a document type"),
    "entities": (
        "x.docx",
        with_prolog('<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        "declares a document type",
    ),
    "an external entity": (
        "x.docx",
        with_prolog('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declares a document type",
    ),
    "a bomb": ("x.docx", zipped({"word/document.xml": b" " * 30_000_000}), "would unpack to 30 MB"),
    "no document": ("x.docx", zipped({"word/styles.xml": b"<a/>"}), "word/document.xml is missing"),
    "no body": ("x.docx", zipped({"word/document.xml": b"<a/>"}), "no text was found"),
    "damaged XML": ("x.docx", zipped({"word/document.xml": b"<a><b>"}), "is damaged"),
    "damaged zip": ("x.docx", CARD.bytes()[:-200], "not a whole .docx file"),
    "a zip that is none": ("x.docx", b"PK\x03\x04word/document.xml", "not a whole .docx file"),
    "too deep": (
        "x.docx",
        zipped({"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}),
        "nested too deeply",
    ),
    "too many parts": ("x.docx", zipped({f"p{n}": b"" for n in range(10_001)}), "10,001 parts"),
    "encrypted": ("x.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "encrypted"),
    "a .doc": ("x.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "before 2007 (.doc)"),
    "a PDF": ("x.pdf", b"%PDF-1.7\n", "this is a PDF"),
    "a PDF by another name": ("x.docx", b"%PDF-1.7\n", "this is a PDF"),
    "rich text": ("x.rtf", b"{\\rtf1 hello}", "Rich Text"),
    "a lock file": ("~$x.docx", b"\x05user" + b"\0" * 50, "lock file"),
    "a Mac's sidecar": ("._x.docx", b"\0\5\x16\7", "a Mac's note"),
    "nothing at all": ("x.docx", b"", "this file is empty"),
    "no tags": ("x.docx", Doc().add("", "An essay without styles.").bytes(), "no tags or headings"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_gets_one_line_and_what_to_do(name: str, tmp_path: Path) -> None:
    file, content, said = BAD[name]
    path = tmp_path / file
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_with_warnings(path)
    (problem,) = error.value.problems
    assert said in problem.what
    assert "\n" not in problem.what


def test_a_load_of_a_bad_file_loads_nothing_and_shows_no_traceback(tmp_path: Path) -> None:
    good, bad = CARD.save(tmp_path / "good.docx"), tmp_path / "bad.docx"
    bad.write_bytes(BAD["entities"][1])
    store = tmp_path / "s.kgl"
    outcome = argmap("load", good, bad, "--store", store)
    assert (outcome.code, outcome.out) == (1, "")
    assert "declares a document type" in outcome.err
    assert "Traceback" not in outcome.err
    assert "no maps yet" in argmap("maps", "--store", store).out + argmap("maps", "--store", store).err


def test_the_words_of_a_declaration_in_a_card_are_just_words(tmp_path: Path) -> None:
    doc = Doc().card("A tag", "Roe 19", "", under("<!DOCTYPE> and <!ENTITY x SYSTEM> are PUBLIC words."))
    card = read_with_warnings(doc.save(tmp_path / "x.docx")).argmap.items[1]
    assert getattr(card, "quote") == "<!DOCTYPE> and <!ENTITY x SYSTEM> are PUBLIC words."  # noqa: B009


def test_a_path_that_leaves_the_archive_is_never_written(tmp_path: Path) -> None:
    doc = Doc(parts={"../../escaped.txt": b"out", "/abs.txt": b"out"})
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    path = doc.card("A tag", "Roe 19", "", under("The body.")).save(inner / "x.docx")
    assert len(read_with_warnings(path).argmap.items) == 3
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["x.docx"]


def test_a_relationship_is_read_and_not_followed(tmp_path: Path) -> None:
    doc = Doc(links={"rId9": "file:///etc/passwd", "rId8": "http://127.0.0.1:9/never"})
    here, there = run("here"), run("there")
    link = f'<w:hyperlink r:id="rId9">{here}</w:hyperlink><w:hyperlink r:id="rId8">{there}</w:hyperlink>'
    doc.tag("A tag").add("", cite("Roe 19"), link).add("", under("The body."))
    argmap_ = read_with_warnings(doc.save(tmp_path / "x.docx")).argmap
    assert [getattr(item, "url", None) for item in argmap_.items][-1] == "http://127.0.0.1:9/never"


def test_circular_styles_end(tmp_path: Path) -> None:
    circle = [style(f"S{n}", based_on=f"S{(n + 1) % 50}") for n in range(50)]
    doc = (
        Doc(styles=[*VERBATIM, *circle])
        .tag("A tag")
        .add("", cite("Roe 19"))
        .add("S0", run("The body.", "S1"))
    )
    assert len(read_with_warnings(doc.save(tmp_path / "x.docx")).argmap.items) == 3


def test_fifty_thousand_paragraphs_are_one_card(tmp_path: Path) -> None:
    doc = Doc().tag("A tag").add("", cite("Roe 19"))
    doc.body += [f"<w:p>{read(f'Paragraph number {number}.')}</w:p>" for number in range(50_000)]
    path = doc.save(tmp_path / "x.docx")
    card = read_with_warnings(path).argmap.items[1]
    assert str(getattr(card, "quote", "")).count("\n") == 49_999


def test_a_file_of_30_megabytes_is_read(tmp_path: Path) -> None:
    doc = Doc(parts={"word/media/picture.png": random.Random(1).randbytes(30_000_000)})
    path = doc.card("A tag", "Roe 19", "", under("The body.")).save(tmp_path / "x.docx")
    assert path.stat().st_size > 30_000_000
    assert len(read_with_warnings(path).argmap.items) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on a process's memory is Linux's")
@pytest.mark.parametrize("name", ["large", "long", "bomb", "deep"])
def test_memory_is_bounded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    if name == "large":
        doc = Doc(parts={"word/media/picture.png": random.Random(1).randbytes(30_000_000)})
        doc.card("A tag", "Roe 19", "", under("The body.")).save(path)
    elif name == "long":
        path.write_bytes(block_file(1_000))
    else:
        path.write_bytes(BAD["a bomb" if name == "bomb" else "too deep"][1])

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = process("check", path, preexec_fn=limit, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = command.communicate(timeout=120)[0].decode()
    assert command.returncode == (1 if name in ("bomb", "deep") else 0), said
    assert "Memory" not in said


def test_a_folder_is_loaded_without_what_word_and_a_mac_leave_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    folder.mkdir()
    CARD.save(folder / "good.docx")
    (folder / "~$good.docx").write_bytes(BAD["a lock file"][1])
    (folder / "._good.docx").write_bytes(BAD["a Mac's sidecar"][1])
    outcome = argmap("load", folder, "--store", tmp_path / "s.kgl")
    assert (outcome.code, outcome.out.partition(";")[0]) == (0, "good: 1 claim, 0 rebuttals, 1 card")
