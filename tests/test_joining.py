"""Several files kept as one map: what one says, another answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import example_blocks
import pytest
from commandline import Outcome, argmap
from docx_maker import Doc, read, under
from drafted_maps import drafted_maps
from hypothesis import given, settings

from graph.check import Severity, check
from graph.joining import joined
from graph.model import ArgumentMap, LinkKind
from ingest.reading import read as read_map_file

ROE = ' (Jane Roe, "On Order," Journal, https://x.org/roe)'


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """A folder of two block files, each of which answers the other."""
    folder = tmp_path / "blocks"
    folder.mkdir()
    neg = Doc().pocket("Neg").hat("Heg DA").block("Impact---2NC")
    neg.card("Hegemony prevents great power war", "Roe 19", ROE, read("It does."))
    neg.block("AT: Economy collapses without trade").card("No collapse", "Poe 18", "", read("None."))
    neg.block("AT: Trade").card("Trade is small", "Poe 17", "", read("Small."))
    neg.save(folder / "neg.docx")
    aff = Doc().pocket("Aff").hat("Econ").block("Advantage---1AC")
    aff.card("Economy collapses without trade", "Roe 19", ROE, under("It will."))
    aff.block("2AC---AT: Hegemony prevents great power war").card(
        "Heg causes war", "Moe 16", "", read("Yes.")
    )
    aff.save(folder / "aff.docx")
    return folder


def run(blocks: Path, *args: object) -> Outcome:
    return argmap(*args, "--store", blocks.parent / "s.kgl")


def stored(blocks: Path, map_id: str = "blocks") -> dict[str, Any]:
    outcome = run(blocks, "export", map_id, "--to", "json")
    assert outcome.code == 0, outcome.err
    made: dict[str, Any] = json.loads(outcome.out)
    return made


def attacks(made: dict[str, Any]) -> set[tuple[str, str]]:
    titles = {item["id"]: item["title"] for item in made["items"]}
    return {(titles[k["start"]], titles[k["end"]]) for k in made["links"] if k["kind"] == "REBUTS"}


def test_a_title_answers_the_claim_of_another_file(blocks: Path) -> None:
    assert run(blocks, "load", blocks, "--together").code == 0
    made = stored(blocks)
    assert attacks(made) >= {
        ("No collapse", "Economy collapses without trade"),
        ("Heg causes war", "Hegemony prevents great power war"),
    }
    titles = [item["title"] for item in made["items"]]
    assert titles.count("Economy collapses without trade") == 1  # no stub beside the claim
    assert [item["title"] for item in made["items"] if "unmatched" in item.get("tags", ())] == ["Trade"]


def test_an_undercut_hits_the_step_of_the_claim_that_is_meant(tmp_path: Path) -> None:
    files = [
        example_blocks.aff().save(tmp_path / "aff.docx"),
        example_blocks.neg().save(tmp_path / "neg.docx"),
    ]
    made = joined([read_map_file(file) for file in files], "bells", "Bells")
    undercut = next(link for link in made.links if link.kind is LinkKind.UNDERCUTS)
    step = made.by_id[undercut.end]
    assert [made.by_id[k.start].title for k in made.incoming[step.id] if k.kind is LinkKind.PREMISE_OF] == [
        "Later bells raise bus costs"
    ]
    assert [made.by_id[k.end].title for k in made.outgoing[step.id]] == ["Link"]
    assert [k.via for k in made.outgoing["bells/later-bells-raise-bus-costs"] if k.via] == [step.id]
    assert faults(made) == set()


def test_the_example_block_files_are_what_their_maker_makes(tmp_path: Path) -> None:
    for name, doc in (("aff", example_blocks.aff()), ("neg", example_blocks.neg())):
        made = read_map_file(doc.save(tmp_path / f"{name}.docx"))
        shipped = read_map_file(example_blocks.PLACE / f"{name}.docx")
        assert (made.items, made.links) == (shipped.items, shipped.links)
    for name, text in example_blocks.ARTICLES.items():
        assert (example_blocks.PLACE / "articles" / name).read_text("utf-8") == text


def test_each_file_by_itself_has_a_stub_instead(blocks: Path) -> None:
    assert run(blocks, "load", blocks / "neg.docx").code == 0
    stubs = [item["title"] for item in stored(blocks, "neg")["items"] if "unmatched" in item.get("tags", ())]
    assert stubs == ["Economy collapses without trade", "Trade"]


def test_what_two_files_say_alike_is_there_once(blocks: Path) -> None:
    assert run(blocks, "load", blocks, "--together").code == 0
    sources = [item["title"] for item in stored(blocks)["items"] if item["label"] == "Source"]
    assert sources.count("On Order") == 1
    assert len(sources) == 4


def test_loading_them_again_changes_nothing_and_keeps_what_was_decided(blocks: Path) -> None:
    assert run(blocks, "load", blocks, "--together").code == 0
    rows = json.loads(run(blocks, "links", "blocks", "--format", "json").out)["rows"]
    assert [row["claim"] for row in rows] == ["Economy collapses without trade"]
    assert run(blocks, "links", "blocks", "--accept", rows[0]["id"]).code == 0
    again = run(blocks, "load", blocks, "--together")
    assert "nothing changed" in again.out
    assert ("Trade is small", "Economy collapses without trade") in attacks(stored(blocks))


def test_files_need_an_id_and_a_folder_has_its_own(blocks: Path) -> None:
    outcome = run(blocks, "load", blocks / "neg.docx", blocks / "aff.docx", "--together")
    assert outcome.code == 2
    assert "--as ID" in outcome.err
    outcome = run(blocks, "load", blocks / "neg.docx", blocks / "aff.docx", "--together", "--as", "finals")
    assert outcome.out.startswith("finals: ")


@pytest.mark.parametrize("name", ["", " ", "a/b", "a\nb"])
def test_an_id_that_is_none_is_refused(blocks: Path, name: str) -> None:
    for together in ((), ("--together",)):
        outcome = run(blocks, "load", blocks / "neg.docx", "--as", name, *together)
        assert outcome.code == 2
        assert "write letters, digits and hyphens" in outcome.err


def test_one_bad_file_and_nothing_is_loaded_unless_it_may_go_on(blocks: Path) -> None:
    (blocks / "bad.docx").write_bytes(b"PK\x03\x04 and no more")
    outcome = run(blocks, "load", blocks, "--together")
    assert outcome.code == 1
    assert outcome.err.count("bad.docx") == 1
    assert run(blocks, "export", "blocks").code == 1
    assert run(blocks, "load", blocks, "--together", "--keep-going").code == 1  # it says which was bad
    assert len(attacks(stored(blocks))) >= 2


def test_a_joined_file_is_written_to_word_with_all_its_cards(blocks: Path, tmp_path: Path) -> None:
    assert run(blocks, "load", blocks, "--together").code == 0
    out = tmp_path / "all.docx"
    assert run(blocks, "export", "blocks", "-o", out).code == 0
    assert run(blocks, "load", out).code == 0
    cites = [item.get("short_cite") for item in stored(blocks, "all")["items"] if item["label"] == "Evidence"]
    assert sorted(cites) == ["Moe 16", "Poe 17", "Poe 18", "Roe 19", "Roe 19"]


def faults(argmap: ArgumentMap) -> set[str]:
    return {finding.rule for finding in check(argmap) if finding.severity is Severity.ERROR}


@settings(max_examples=60)
@given(drafted_maps(map_id="a"), drafted_maps(map_id="b"))
def test_a_map_of_any_two_is_sound_and_says_what_both_say(one: ArgumentMap, other: ArgumentMap) -> None:
    made = joined([one, other], "both", "Both")
    assert faults(made) <= faults(one) | faults(other)
    assert {item.text for item in made.items} == {item.text for part in (one, other) for item in part.items}
    assert {(k.kind, made.by_id[k.start].title, made.by_id[k.end].title) for k in made.links} == {
        (k.kind, part.by_id[k.start].title, part.by_id[k.end].title)
        for part in (one, other)
        for k in part.links
    }
    assert joined([one, other], "both", "Both") == made
    assert len(joined([one, one], "both", "Both").items) == len(one.items)
