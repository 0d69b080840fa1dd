"""LibreOffice opens what we write, and what it shows is what is in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from commandline import EXAMPLE, argmap
from docx_maker import Doc, emph, read, small, under

from ingest.reading import read as read_map_file

OFFICE = shutil.which("soffice")
TO_TEXT = shutil.which("pdftotext")

pytestmark = pytest.mark.skipif(
    OFFICE is None or TO_TEXT is None, reason="needs LibreOffice (soffice) and poppler (pdftotext)"
)


def shown(path: Path) -> str:
    """The text of the PDF that LibreOffice makes of a file."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = path.with_suffix(".pdf")
    out = subprocess.run(
        [str(TO_TEXT), "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
    )
    return " ".join(out.stdout.decode().split())


def test_a_block_file_opens_and_shows_its_cards(tmp_path: Path) -> None:
    doc = (
        Doc()
        .pocket("Neg")
        .hat("Heg DA")
        .block("Link")
        .card(
            "It spends",
            "Roe 19",
            " (Jane Roe)",
            small("The "),
            under("order is "),
            read("strong"),
            emph(" and stays"),
        )
    )
    doc.save(tmp_path / "in.docx")
    assert argmap("export", "--file", tmp_path / "in.docx", "-o", tmp_path / "out.docx").code == 0
    text = shown(tmp_path / "out.docx")
    for said in ("Neg", "Heg DA", "Link", "It spends", "Roe 19 (Jane Roe)", "The order is strong and stays"):
        assert said in text


def test_what_libreoffice_saves_is_read_as_the_same_cards(tmp_path: Path) -> None:
    doc = (
        Doc()
        .block("Link")
        .card("It spends", "Roe 19", " (Jane Roe)", small("The "), read("order"), under(" is."))
    )
    doc.save(tmp_path / "in.docx")
    assert argmap("export", "--file", tmp_path / "in.docx", "-o", tmp_path / "out.docx").code == 0
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    (tmp_path / "saved").mkdir()
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "saved"),
    ]
    subprocess.run([*command, str(tmp_path / "out.docx")], check=True, capture_output=True, timeout=120)
    before, after = read_map_file(tmp_path / "out.docx"), read_map_file(tmp_path / "saved" / "out.docx")
    assert after.items == before.items


def test_a_flow_sheet_opens_and_shows_what_is_unanswered(tmp_path: Path) -> None:
    assert argmap("flow", "--file", EXAMPLE, "-o", tmp_path / "flow.xlsx").code == 0
    text = shown(tmp_path / "flow.xlsx")
    assert "Con 1" in text
    assert "[unanswered]" in text


def test_a_speech_opens_and_shows_its_time(tmp_path: Path) -> None:
    chosen = ("Places differ", "Reform by place saves money")
    out = tmp_path / "speech.docx"
    assert argmap("speech", "--file", EXAMPLE, *chosen, "-o", out).code == 0
    assert "so far]" in shown(out)


def test_the_worked_example_opens(tmp_path: Path) -> None:
    assert argmap("export", "--file", EXAMPLE, "-o", tmp_path / "localism.docx").code == 0
    text = shown(tmp_path / "localism.docx")
    assert "AT: Power should move" in text
    assert "[Matthew Pike, social entrepreneur" in text
