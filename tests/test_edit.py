"""What a coach adds to a map: kept through loads, told when its place is gone, in every export."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from commandline import argmap
from tax_map import ANSWER, CARD, POOR, TAX, WHOLE, link, tax

from graph import edit_values, edits
from graph.edits import Edit, Stamp
from graph.errors import EditError, NoSuchMap
from graph.export.argdown import to_argdown
from graph.export.json import to_json
from graph.merge import merge
from graph.model import ArgumentMap, Claim, LinkKind, Origin, Rebuttal, Side
from graph.store.port import Store

ADA = Stamp("ada", "2026-03-01T10:00:00+00:00")
BEN = Stamp("ben", "2026-03-02T10:00:00+00:00")
PLAIN = tax(TAX, POOR, CARD, links=(ANSWER,), motion=(TAX.id,))


def told(argmap: ArgumentMap) -> list[tuple[str, str, str, bool]]:
    return [(each.item, each.kind, each.what, each.displaced) for each in edits.edits(argmap)]


def edited() -> ArgumentMap:
    """A map with one edit of each kind."""
    argmap = edits.set_values(PLAIN, [POOR.id], {"granted": True, "speech": "1NC", "strength": 0.4}, ADA)
    argmap = edits.add_note(argmap, POOR.id, "Ask for figures", BEN)
    return edits.add_link(argmap, CARD.id, LinkKind.SUPPORTS, TAX.id, ADA)


def test_a_value_is_in_its_field_and_says_who_and_what_was_there() -> None:
    argmap = edits.set_values(PLAIN, [POOR.id], {"speech": "1NC"}, ADA)
    argmap = edits.set_values(argmap, [POOR.id], {"speech": "2NC"}, BEN)
    poor = argmap.by_id[POOR.id]
    assert isinstance(poor, Rebuttal)
    assert poor.speech == "2NC"
    assert edits.edits_of(poor) == [Edit(POOR.id, "set", "speech=2NC", "ben", BEN.at)]
    assert edits.unset_values(argmap, [POOR.id], ["speech"]) == PLAIN


def test_a_side_that_is_set_moves_what_hangs_beneath_it() -> None:
    fair = Rebuttal(id="tax/fair", title="Fair", side=Side.PRO)
    argmap = tax(TAX, POOR, fair, links=(ANSWER, link(LinkKind.REBUTS, fair, POOR)), motion=(TAX.id,))
    turned = edits.set_values(argmap, [POOR.id], {"side": "pro"}, ADA)
    assert [getattr(turned.by_id[each.id], "side") for each in (POOR, fair)] == [Side.PRO, Side.CON]  # noqa: B009
    assert edits.unset_values(turned, [POOR.id], ["side"]) == argmap


def test_edits_survive_the_file(any_store: Store) -> None:
    any_store.replace(PLAIN)
    any_store.edit("tax", lambda _: edited(), "three edits")
    reworded = tax(
        replace(POOR, text="It hits the poorest hardest.", speech="1AC"), TAX, CARD, links=(ANSWER,)
    )
    reworded = replace(reworded, motion=(TAX.id,))
    done = any_store.replace(reworded)
    assert done.displaced == ()
    argmap = any_store.load("tax")
    poor = argmap.by_id[POOR.id]
    assert isinstance(poor, Rebuttal)
    assert (poor.text, poor.speech, poor.granted, poor.strength) == (
        "It hits the poorest hardest.", "1NC", True, 0.4,
    )  # fmt: skip
    assert told(argmap) == [
        (POOR.id, "set", "granted=true", False),
        (POOR.id, "set", "speech=1NC", False),
        (POOR.id, "set", "strength=0.4", False),
        (POOR.id, "note", "Ask for figures", False),
        (CARD.id, "link", "supports Cuts obesity", False),
    ]
    any_store.edit("tax", lambda held: edits.unset_values(held, [POOR.id], ["speech"]), "unset")
    assert any_store.load("tax").by_id[POOR.id].speech == "1AC"  # type: ignore[attr-defined]  # what the file says now


def test_what_lost_its_place_is_told_kept_and_comes_back(any_store: Store) -> None:
    any_store.replace(PLAIN)
    any_store.edit("tax", lambda _: edited(), "three edits")
    done = any_store.replace(tax(TAX, motion=(TAX.id,)))
    assert done.displaced == (
        '"Poor": granted=true, which you set, lost its place: the file no longer has it. '
        "It is kept for when it comes back.",
        '"Poor": speech=1NC, which you set, lost its place: the file no longer has it. '
        "It is kept for when it comes back.",
        '"Poor": strength=0.4, which you set, lost its place: the file no longer has it. '
        "It is kept for when it comes back.",
        '"Poor": your note “Ask for figures” lost its place: the file no longer has it. '
        "It is kept for when it comes back.",
        '"Mexico" supports "Cuts obesity", which you added, lost its place: the file no longer has "Mexico".',
    )
    assert {displaced for *_, displaced in told(any_store.load("tax"))} == {True}
    again = any_store.replace(tax(TAX, text="Once more.", motion=(TAX.id,)))
    assert again.displaced == ()  # it was told before
    any_store.replace(PLAIN)
    assert any_store.load("tax") == edited()


def test_a_value_for_which_the_item_has_no_field_any_more_is_told() -> None:
    set_ = edits.set_values(tax(POOR, TAX), [POOR.id], {"turn": True}, ADA)
    changes = merge(set_, tax(Claim(id=POOR.id, title="Poor"), TAX))
    assert changes.displaced == (
        '"Poor": turn=true, which you set, lost its place: it is now a claim. '
        "It is kept for when it comes back.",
    )
    assert merge(changes.argmap, tax(POOR, TAX)).argmap.by_id[POOR.id].turn is True  # type: ignore[attr-defined]


def test_the_file_that_now_says_the_link_itself_has_it_once() -> None:
    argmap = edits.add_link(PLAIN, CARD.id, LinkKind.SUPPORTS, TAX.id, ADA)
    said = replace(PLAIN, links=(*PLAIN.links, link(LinkKind.SUPPORTS, CARD, TAX, order=1)))
    changes = merge(argmap, said)
    assert [(each.kind, each.origin) for each in changes.argmap.links] == [
        (LinkKind.REBUTS, Origin.FILE),
        (LinkKind.SUPPORTS, Origin.FILE),
    ]


def test_edits_are_in_every_lossless_export(tmp_path: Path) -> None:
    from ingest.reading import read

    argmap = edited()
    for name, text in (("tax.argdown", to_argdown(argmap)), ("tax.json", to_json(argmap))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        back = read(tmp_path / name)
        assert told(back) == told(argmap)
        poor = back.by_id[POOR.id]
        assert isinstance(poor, Rebuttal)
        assert (poor.granted, poor.speech) == (True, "1NC")


def test_an_edit_is_one_version_in_the_log(any_store: Store) -> None:
    any_store.replace(PLAIN)
    done = any_store.edit("tax", lambda held: edits.add_note(held, TAX.id, "Why?", ADA), "note on Tax")
    assert (done.added, done.changed, done.removed) == (0, 1, 0)
    any_store.edit("tax", lambda held: held, "nothing")
    assert [(entry.what, entry.version) for entry in any_store.log("tax")] == [
        ("loaded: 4 added", 1),
        ("note on Tax: 1 changed", 2),
    ]
    assert all(entry.at.endswith("+00:00") for entry in any_store.log("tax"))


def test_an_edit_that_is_refused_changes_nothing(any_store: Store) -> None:
    any_store.replace(PLAIN)
    with pytest.raises(EditError):
        any_store.edit("tax", lambda held: edits.add_note(held, TAX.id, " ", ADA), "note")
    assert any_store.load("tax") == PLAIN
    for ask in (lambda: any_store.edit("levy", lambda held: held, ""), lambda: any_store.log("levy")):
        with pytest.raises(NoSuchMap):
            ask()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sid", "con", 'nothing is called "sid" that can be set\n  Did you mean side or kind?'),
        ("side", "left", "side=left: side is pro, con, both or unknown\n  For example: side=con"),
        ("strength", "2", "strength=2: strength is a number from 0 to 1\n  For example: strength=0.7"),
        ("strength", "nan", "strength=nan: strength is a number from 0 to 1\n  For example: strength=0.7"),
        ("granted", "perhaps", "granted=perhaps: granted is true or false\n  For example: granted=true"),
        ("speech", "", "speech=: speech is a word\n  For example: speech=1AC"),
    ],
)
def test_a_value_that_cannot_stand_there(name: str, text: str, said: str) -> None:
    with pytest.raises(EditError) as caught:
        edit_values.value_of(name, text)
    assert str(caught.value) == said


def test_what_cannot_be_edited_is_told() -> None:
    whole = WHOLE
    for edit, said in (
        (
            lambda: edits.set_values(whole, [CARD.id], {"granted": True}, ADA),
            '"Mexico" is a card, which has no granted',
        ),
        (lambda: edits.unset_values(whole, [TAX.id], ["side"]), '"Cuts obesity": no side was set by a user'),
        (lambda: edits.remove_note(whole, TAX.id, 1), '"Cuts obesity" has no note 1'),
        (
            lambda: edits.add_link(whole, TAX.id, LinkKind.UNDERCUTS, POOR.id, ADA),
            "a claim undercuts no rebuttal",
        ),
        (
            lambda: edits.add_link(whole, POOR.id, LinkKind.REBUTS, TAX.id, ADA),
            '"Poor" rebuts "Cuts obesity" already',
        ),
        (
            lambda: edits.add_link(whole, TAX.id, LinkKind.SUPPORTS, TAX.id, ADA),
            '"Cuts obesity" cannot be linked to itself',
        ),
        (
            lambda: edits.remove_link(whole, POOR.id, LinkKind.REBUTS, TAX.id),
            '"Poor" rebuts "Cuts obesity": the file says so',
        ),
        (
            lambda: edits.remove_link(whole, TAX.id, LinkKind.SUPPORTS, POOR.id),
            '"Cuts obesity" supports "Poor": there is no such link',
        ),
        (lambda: edits.link_kind("rebut"), 'no link is called "rebut"\n  Did you mean rebuts?'),
    ):
        with pytest.raises(EditError) as caught:
            edit()
        assert str(caught.value).startswith(said)
        assert "\n  " in str(caught.value)


@pytest.mark.parametrize(
    "held", [3, {"set": 3}, {"set": {"strength": {"value": "x"}}}, {"notes": [1, {}]}, {"displaced": [1]}]
)
def test_a_file_that_has_our_name_for_something_else_does_no_harm(held: object) -> None:
    claim, extra = replace(TAX, extra={edits.KEY: held}), {edits.KEY: held}
    argmap = tax(claim, POOR, links=(ANSWER,), extra=extra)
    assert edits.edits(argmap) == []
    assert merge(argmap, tax(TAX, POOR, links=(ANSWER,))).argmap == tax(TAX, POOR, links=(ANSWER,))


def test_the_commands(tmp_path: Path, any_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_STORE", any_address)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LOGNAME", "ada")
    monkeypatch.chdir(tmp_path)
    small = "[Tax]: A sugar tax cuts obesity.\n  - [Poor]: It hits the poor hardest.\n"
    text = f"{small}  - [Jobs]: It costs jobs.\n"
    Path("tax.argdown").write_text(text)
    argmap("load", "tax.argdown")
    assert argmap("set", "tax", "Poor", "jobs", "granted=true", "speech=1NC") == (
        0, "", "tax: set granted=true speech=1NC on Poor and jobs\n",
    )  # fmt: skip
    assert argmap("note", "tax", "poor", "Ask", "for figures").code == 0
    assert argmap("link", "tax", "jobs", "supports", "Poor").code == 0
    Path("tax.argdown").write_text(text + "  + [New]: New.\n")
    assert argmap("load", "tax.argdown").out.endswith("; 2 added\n")
    found = json.loads(argmap("notes", "tax", "--format", "json").out)
    assert [(row["id"], row["kind"], row["what"], row["by"]) for row in found["rows"]] == [
        ("tax/poor", "set", "granted=true", "ada"),
        ("tax/poor", "set", "speech=1NC", "ada"),
        ("tax/poor", "note", "Ask for figures", "ada"),
        ("tax/jobs", "set", "granted=true", "ada"),
        ("tax/jobs", "set", "speech=1NC", "ada"),
        ("tax/jobs", "link", "supports Poor", "ada"),
    ]
    shown = argmap("show", "tax", "poor").out
    assert "granted:        yes" in shown
    assert "note:           Ask for figures (ada 20" in shown
    assert "link:           Jobs supports it (ada 20" in shown
    assert "link:           supports Poor (ada 20" in argmap("show", "tax", "jobs").out
    assert argmap("unset", "tax", "poor", "granted", "speech").code == 0
    assert argmap("note", "tax", "poor", "--remove", "1").code == 0
    assert argmap("link", "tax", "jobs", "supports", "poor", "--remove").code == 0
    assert len(json.loads(argmap("notes", "tax", "--format", "json").out)["rows"]) == 2
    logged = json.loads(argmap("log", "tax", "--format", "json").out)["rows"]
    assert [row["version"] for row in logged] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {row["by"] for row in logged} == {"ada"}
    for wrong in (
        ("set", "tax", "poor"),
        ("set", "tax", "side=con"),
        ("unset", "tax", "poor"),
        ("note", "tax", "poor"),
    ):
        assert argmap(*wrong).code == 2
    Path("tax.argdown").write_text(
        "[Tax]: A sugar tax cuts obesity.\n  - [Poor]: It hits the poor hardest.\n"
    )
    assert '"Jobs": granted=true, which you set, lost its place' in argmap("load", "tax.argdown").err
    assert argmap("notes", "tax").out.count("lost its") == 2


def test_what_was_added_is_written_back_into_the_file_and_what_it_was_is_kept(tmp_path: Path) -> None:
    file, store = tmp_path / "tax.argdown", ("--store", tmp_path / "s.kgl")
    was = "// A comment.\n[Tax]: Tax more.\n  - <Poor>: It hits the poor.\n"
    file.write_text(was)
    assert argmap("load", file, *store).code == 0
    assert argmap("export", "tax", "-o", file, *store).code == 0  # canonical, nothing added yet
    assert argmap("load", file, *store).out.endswith("nothing changed\n")
    assert argmap("set", "tax", "poor", "strength=0.4", *store).code == 0
    assert argmap("note", "tax", "poor", "Ask for figures", *store).code == 0
    wrote = argmap("export", "tax", "-o", file, *store)
    assert (wrote.code, wrote.out) == (0, "")
    assert "what it was is kept as tax.argdown.before-2" in wrote.err
    assert (tmp_path / "tax.argdown.before").read_text() == was
    argmap("delete", "tax", *store, "--yes")
    assert argmap("load", file, *store).code == 0
    assert [
        row["what"] for row in json.loads(argmap("notes", "tax", "--format", "json", *store).out)["rows"]
    ] == [
        "strength=0.4",
        "Ask for figures",
    ]
    assert "says all of this already" in argmap("export", "tax", "-o", file, *store).err


def test_a_file_that_changed_or_joins_others_or_would_lose_something_is_not_written_over(
    tmp_path: Path,
) -> None:
    store = ("--store", tmp_path / "s.kgl")
    changed, joins, other = tmp_path / "a.argdown", tmp_path / "b.argdown", tmp_path / "c.argdown"
    changed.write_text("[A]: One.\n  - [B]: Two.\n")
    other.write_text("[C]: Three.\n")
    joins.write_text("@include(c.argdown)\n\n[D]: Four.\n")
    table = tmp_path / "d.csv"
    table.write_text("id,text,side\n1,One,pro\n")
    for file in (changed, joins, table):
        assert argmap("load", file, *store).code == 0
    changed.write_text("[A]: One more.\n")
    assert argmap("note", "d", "one", "A note", *store).code == 0
    for name, file, said in (
        ("a", changed, "it is not as it was when the map was loaded"),
        ("b", joins, "or it joins other files"),
        ("d", table, "notes that users wrote, and who set what, are left out"),
    ):
        before = file.read_text()
        outcome = argmap("export", name, "-o", file, *store)
        assert (outcome.code, outcome.out) == (1, "")
        assert said in outcome.err
        assert file.read_text() == before
    outcome = argmap("export", "a", "-o", changed, "--only", "b", *store)
    assert outcome.code == 1
    assert "this is a part of it" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir() if "before" in path.name) == []
