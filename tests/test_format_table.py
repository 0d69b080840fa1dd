"""Tables (CSV, TSV, XLSX): people's own column names, clear errors by row, formulas that stay text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from formats import again, by_title, fixture, kinds, said, written
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.export.losses import losses
from graph.export.table import as_text
from graph.export.writing import WRITERS
from graph.model import ArgumentMap, Claim, Evidence, Label, Source
from ingest.columns import COLUMNS
from ingest.reading import read, read_with_warnings


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], ArgumentMap]:
    """Reads the CSV written in a test."""

    def written_down(text: str, name: str = "map.csv") -> ArgumentMap:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return read(path)

    return written_down


def _book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def test_a_row_is_a_claim_under_its_parents():
    argmap = fixture("table/tea.csv").argmap
    assert said(argmap) >= {
        ("REBUTS", 'Tea costs "real" money, every day.', "Tea should be free."),
        ("SUPPORTS", "A survey of 40 firms found more cheer.", "Tea lifts morale."),
        ("SUPPORTS", "Both hold.", "Tea should be free."),
        ("REBUTS", "Both hold.", 'Tea costs "real" money, every day.'),
        ("ASSERTED_BY", "Tea lifts morale.", "Bob"),
        ("CITES", "Tea lifts morale.", "Brewing today"),
    }
    assert argmap.motion == ("tea/t",)
    assert by_title(argmap, "A survey of 40 firms found more cheer.").label is Label.EVIDENCE
    assert [link.locator for link in argmap.outgoing["tea/m"] if link.kind == "CITES"] == ["¶3", None]


def test_an_undercut_hits_the_step_of_its_parent():
    argmap = fixture("table/tea.csv").argmap
    assert ("UNDERCUTS", "p", "step-m-to-t") in {(k.value, s, e) for k, s, e in kinds(argmap)}


_SPELLINGS = [word for name, words in COLUMNS.items() if name not in ("text", "from", "to") for word in words]


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_every_spelling_of_a_column_is_known_in_any_case(spelling, table):
    name = next(name for name, words in COLUMNS.items() if spelling in words)
    heading = spelling.title().replace(" ", "_")
    cell = {"parent": "", "relation": "", "side": "pro", "strength": "0.5", "granted": "yes"}.get(name, "x")
    argmap = table(f"text,{heading}\nTea.,{cell}\n")
    assert "table" not in argmap.items[0].extra


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("text", COLUMNS["text"])
def test_the_separator_is_found(mark, text, table):
    argmap = table(f"id{mark}{text}{mark}parent\na{mark}Tea.{mark}\nb{mark}Joy.{mark}a\n")
    assert said(argmap) == {("SUPPORTS", "Joy.", "Tea.")}


def test_claims_without_ids_are_named_by_their_text(table):
    argmap = table("claim,parent,relation\nTea.,,\nCost.,Tea.,con\nCost.,Joy.,con\nJoy.,Tea.,pro\n")
    assert said(argmap) == {
        ("REBUTS", "Cost.", "Tea."),
        ("REBUTS", "Cost.", "Joy."),
        ("SUPPORTS", "Joy.", "Tea."),
    }


def test_two_tables_of_claims_and_links(tmp_path):
    path = _book(
        tmp_path / "tea.xlsx",
        claims=[["id", "text"], [1, "Tea."], [2.0, "Joy."], [3, "Gloom."]],
        links=[["from", "to", "relation", "why"], [2, 1, "pro", "it cheers"], [3, "2", "con", None]],
        notes=[["nothing", "known"], ["kept", 1]],
    )
    argmap = read(path)
    assert said(argmap) == {("SUPPORTS", "Joy.", "Tea."), ("REBUTS", "Gloom.", "Joy.")}
    assert argmap.links[0].extra == {"table": {"why": "it cheers"}}
    assert argmap.extra == {"table": {"sheets": {"notes": [["nothing", "known"], ["kept", "1"]]}}}
    back = again(argmap, "xlsx", tmp_path)
    assert (said(back), back.extra) == (said(argmap), argmap.extra)
    assert [link.extra for link in back.links] == [link.extra for link in argmap.links]
    assert {str(loss) for loss in losses(argmap, "csv")} == {
        'what links say as "table" is left out (1)',
        'what the map says as "table" is left out (1)',
    }


def test_columns_of_no_known_name_come_back(tmp_path):
    argmap = fixture("table/tea.csv").argmap
    assert by_title(argmap, "Tea lifts morale.").extra == {"table": {"Budget line": "12"}}
    rows = list(csv.DictReader(io.StringIO(written(argmap, "csv"))))
    assert [row["Budget line"] for row in rows if row["id"] in "mc"] == ["12", "'=SUM(A1)"]


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_read_write_read_gives_the_same_map(name, tmp_path):
    argmap = fixture("table/tea.csv").argmap
    back = again(argmap, "csv" if name == "tsv" else name, tmp_path)
    assert kinds(back) == kinds(argmap)
    assert {i.id: (i.title, i.text, i.tags, dict(i.extra)) for i in back.items} == {
        i.id: (i.title, i.text, i.tags, dict(i.extra)) for i in argmap.items
    }


def test_a_source_keeps_what_its_row_says(table, tmp_path):
    argmap = table("text,source,url,author,date\nTea.,Leaf,https://leaf.example,Ann Lee; Bo Li,2014-07\n")
    source = next(item for item in argmap.items if isinstance(item, Source))
    assert (source.url, source.author, source.date) == (
        "https://leaf.example",
        ("Ann Lee", "Bo Li"),
        "2014-07",
    )
    assert source == next(x for x in again(argmap, "csv", tmp_path).items if isinstance(x, Source))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "'=", "''@", "＝"])
def test_no_cell_is_written_that_a_spreadsheet_runs(start, tmp_path):
    text = f"{start}HYPERLINK(1)"
    argmap = ArgumentMap(id="m", title="m", items=(Claim(id="m/a", title=text.strip(), text=text.strip()),))
    row = next(csv.DictReader(io.StringIO(written(argmap, "csv"))))
    assert row["text"].startswith("'")
    assert again(argmap, "csv", tmp_path).items[0].text == text.strip()
    content = WRITERS["xlsx"].write(argmap)
    assert isinstance(content, bytes)
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", text.strip())
    assert again(argmap, "xlsx", tmp_path).items[0].text == text.strip()


@given(st.text())
def test_what_is_put_in_front_of_a_formula_is_taken_off_again(text):
    from ingest.table import _FORMULA

    shown = as_text(text)
    assert shown[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert (_FORMULA.sub("", shown, count=1) if shown[:1] == "'" else shown) == text


def test_formulas_are_read_as_text(tmp_path):
    path = _book(tmp_path / "f.xlsx", claims=[["text"], ["=CMD()"]])
    assert read(path).items[0].text == "=CMD()"


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=4))
def test_any_text_comes_back_from_a_table(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("table")
    path = folder / "m.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "text", "note"])
        writer.writerows([f"r{n}", as_text(f"x{text}"), as_text(note)] for n, (text, note) in enumerate(rows))
    argmap = read(path)
    for name in ("csv", "xlsx"):
        back = again(argmap, name, folder)
        assert [(i.id, i.text, i.extra) for i in back.items] == [
            (i.id, i.text, i.extra) for i in argmap.items
        ]


BROKEN = [
    ("a,b\n1,2\n", ":1: no column is called text or claim; it has a and b"),
    ("id,text\n1,Tea.\n1,Joy.\n", ':3: the id "1" stands twice'),
    ("id,text,parent\n1,Tea.,\n2,Joy.,9\n", ':3: it answers "9", which no row defines'),
    ("id,text,parent,relation\n1,Tea.,,\n2,Joy.,1,likes\n", ':3: the relation "likes" is none'),
    ("id,text,strength\n1,Tea.,2\n", ':2: the strength "2" is no number from 0 to 1'),
    ("id,text,side\n1,Tea.,left\n", ':2: the side "left" is neither pro nor con'),
    ('id,text\n1,"Tea.\n2,Joy\n', ":2: a quotation mark is not closed"),
    ('id,text\n1,"Tea" no\n', ":2: this is no CSV"),
    ("", ":1: the table has no claims"),
    ("id,text\n", ":1: the table has no claims"),
    ("id,text,kind,parent,relation\n1,T,,,\n2,,inference,1,con\n", ":3: a step has a conclusion"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_is_wrong_is_said_by_row(content, message, tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_row_of_a_spreadsheet_is_named_with_its_sheet(tmp_path):
    path = _book(tmp_path / "t.xlsx", claims=[["id", "text", "parent"], [], ["a", "Tea.", "z"]])
    with pytest.raises(InputError, match=r'sheet claims, row 3\): it answers "z"'):
        read(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    with pytest.raises(InputError, match="it would unpack to 50 MB"):
        read(path)


@pytest.mark.parametrize("damage", [b"PK\x03\x04 xl/workbook.xml", b"no zip at all"])
def test_a_damaged_workbook_is_refused(damage, tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(damage)
    with pytest.raises(InputError, match="damaged"):
        read(path)


def test_a_workbook_without_styles_prints_nothing_where_the_answer_belongs(tmp_path, capsys):
    whole = _book(tmp_path / "whole.xlsx", claims=[["id", "text"], ["a", "Tea."]])
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "xl/styles.xml":
                content = re.sub(
                    rb"<cellStyleXfs.*</cellStyleXfs>", b"<cellStyleXfs/>", content, flags=re.DOTALL
                )
            target.writestr(part, content)
    with pytest.raises(InputError, match="damaged"):
        read(path)
    assert capsys.readouterr().out == ""


def test_windows_1252_is_read_with_a_warning(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("id,text\n1,Café – “tea”\n".encode("cp1252"))
    reading = read_with_warnings(path)
    assert reading.argmap.items[0].text == "Café – “tea”"
    assert str(reading.warnings[0]).startswith(f"{path}:2: this is not UTF-8 text (byte 14); it is read as")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_other_encodings_of_unicode_are_read(encoding, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("id,text\n1,Café\n".encode(encoding))
    assert read_with_warnings(path).warnings == ()
    assert read(path).items[0].text == "Café"


def test_what_a_table_leaves_out_is_said():
    quote = Evidence(id="m/a", title="A", text="a", quote="q", spoken="read")
    argmap = ArgumentMap(id="m", title="m", items=(quote,))
    assert [str(loss) for loss in losses(argmap, "csv")] == ["what is read aloud is left out (1)"]
