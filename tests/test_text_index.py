"""The embedded store's index of words: its numbers rise, and it finds what a look at all texts finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store import finding, text_index, text_search, words
from graph.store.numbering import numbered
from graph.store.text_index import TextIndex

Shelf = dict[str, list[tuple[str, str, str]]]  # by map: id, title, text of its items, in order
_WORD = st.sampled_from(["sea", "seal", "seam", "sun", "sum", "tax"])
_TEXT = st.lists(_WORD, max_size=4).map(" ".join)
_ITEMS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), _TEXT, _TEXT), max_size=6, unique_by=lambda item: item[0]
)
_SHELF = st.dictionaries(st.sampled_from(["map-1", "map-10", "map-2", "other"]), _ITEMS, max_size=4)
_ASKED = ("sea", "sea*", "s*", "su* sea*", '"sea tax"', "tax sun", "tax s*", "seal sum sun")


def rows(shelf: Shelf, map_id: str) -> Iterator[dict[str, object]]:
    """What a store says of a map's items, in no order."""
    items = list(enumerate(shelf.get(map_id, ())))
    for place, (item, title, text) in reversed(items):
        yield {
            "map": map_id,
            "id": f"{map_id}/{item}",
            "label": "Claim",
            "order": place,
            "title": title,
            "text": text,
        }


def hits(
    index: TextIndex, shelf: Shelf, stamp: str, text: str, map_id: str | None = None, limit: int = 20
) -> list[str]:
    """The ids that a search in the index of a store finds."""
    with following(index, shelf, stamp, map_id) as reading:
        return [hit.id for hit in finding.hits(words.terms(text), reading.propose, limit)]


def looked_for(shelf: Shelf, text: str, map_id: str | None = None, limit: int = 20) -> list[str]:
    """The ids that a look at every text finds."""
    every = [row for each in shelf if map_id in (None, each) for row in rows(shelf, each)]
    return [hit.id for hit in finding.hits(words.terms(text), finding.among(every), limit)]


def following(
    index: TextIndex, shelf: Shelf, stamp: str, map_id: str | None = None
) -> AbstractContextManager[text_search.Reading]:
    """The index, up to date with all maps of a store."""
    stamps = dict.fromkeys(shelf, stamp)
    return index.up_to_date(stamp, lambda: stamps, lambda each: rows(shelf, each), map_id)


def follow(index: TextIndex, shelf: Shelf, stamp: str) -> None:
    """Bring the index up to date."""
    with following(index, shelf, stamp):
        pass


@given(shelves=st.lists(_SHELF, min_size=1, max_size=4), few=st.booleans())
@settings(max_examples=60)
def test_it_finds_what_a_look_at_all_texts_finds(
    tmp_path_factory: pytest.TempPathFactory, shelves: list[Shelf], few: bool
) -> None:
    """After any changes, whichever way a beginning is looked for."""
    index = TextIndex(tmp_path_factory.mktemp("index") / "find")
    with pytest.MonkeyPatch.context() as patch:
        if few:
            patch.setattr(text_search, "_FEW_WORDS", 1)
            patch.setattr(text_search, "_FEW_PLACES", 2)
            patch.setattr(text_search, "_MOST_SCANNED", 3)
        for number, shelf in enumerate(shelves):
            for text in _ASKED:
                for map_id in (None, "map-1"):
                    for limit in (2, 20):
                        wanted = looked_for(shelf, text, map_id, limit)
                        assert hits(index, shelf, str(number), text, map_id, limit) == wanted, text


@given(shelves=st.lists(_SHELF, min_size=1, max_size=4))
@settings(max_examples=30)
def test_it_knows_the_words_that_there_are_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, shelves: list[Shelf]
) -> None:
    path = tmp_path_factory.mktemp("index") / "find"
    for number, shelf in enumerate(shelves):
        follow(TextIndex(path), shelf, str(number))
    counts = {
        word: (
            sum(word in title.split() for title, _ in every),
            sum(word in text.split() for _, text in every),
        )
        for every in [[(title, text) for items in shelf.values() for _, title, text in items]]
        for word in {word for pair in every for text in pair for word in text.split()}
    }
    index = sqlite3.connect(path)
    assert {row[0]: row[1:] for row in index.execute("SELECT word, title, text FROM word")} == counts
    index.execute("INSERT INTO said (said) VALUES ('integrity-check')")
    index.close()


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    index = TextIndex(tmp_path / "find")
    many: Shelf = {"tax": [(f"{n:03}", f"Title {n}", "Sea") for n in range(200)]}
    follow(index, many, "first")
    before = _rows(tmp_path / "find")
    many["tax"].insert(0, ("new", "Title", "Sun"))
    many["tax"][100] = ("099", "Title", "Changed")
    follow(index, many, "second")
    after = _rows(tmp_path / "find")
    assert len(before.items() ^ after.items()) == 3
    assert hits(index, many, "second", "title", limit=2) == ["tax/new", "tax/000"]


def _rows(path: Path) -> dict[int, tuple[str, str]]:
    index = sqlite3.connect(path)
    found = {row[0]: row[1:] for row in index.execute("SELECT number, id, text FROM item")}
    index.close()
    return found


def test_maps_may_come_between_others_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no number is left between two maps, the index says so, and the store makes it anew."""
    monkeypatch.setattr(text_index, "_MAPS", 6)
    index = TextIndex(tmp_path / "find")
    shelf: Shelf = {"a": [("x", "Sea", "")], "z": [("x", "Sea", "")]}
    made_anew = 0
    for number in range(40):
        shelf[f"m{number:02}"] = [("x", "Sea", "")]
        try:
            follow(index, shelf, str(number))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            made_anew += 1
            (tmp_path / "find").unlink()
            follow(index, shelf, str(number))
        assert hits(index, shelf, str(number), "sea", limit=50) == [f"{each}/x" for each in sorted(shelf)]
    assert made_anew


def test_two_may_make_it_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sees no tables while another makes them takes what is there; nobody reads an index half made."""
    path, shelf = tmp_path / "find", {"tax": [("a", "Sea", "")]}
    version = text_index._version

    def meanwhile(index: sqlite3.Connection) -> int:
        seen = version(index)
        if not seen and not index.in_transaction:
            monkeypatch.setattr(text_index, "_version", version)
            follow(TextIndex(path), shelf, "first")
        return seen

    monkeypatch.setattr(text_index, "_version", meanwhile)
    assert hits(TextIndex(path), shelf, "first", "sea") == ["tax/a"]
    assert text_index._version is version


def test_what_another_has_indexed_meanwhile_is_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "find"
    old: Shelf = {"tax": [("a", "Sea", "")], "levy": [("b", "Sea", "")]}
    new: Shelf = {"tax": [("a", "Sun", "")], "levy": [("b", "Sun", "")]}
    follow(TextIndex(path), old, "old")

    def stamps() -> dict[str, str]:
        """Between a look at the index and the change of it, somebody else brings it to another state."""
        follow(TextIndex(path), new, "new")
        return {"tax": "old", "levy": "old"}

    with TextIndex(path).up_to_date("older", stamps, lambda each: rows(old, each), None) as reading:
        assert [hit.id for hit in finding.hits(words.terms("sea"), reading.propose, 9)] == ["levy/b", "tax/a"]


def test_a_search_sees_the_index_of_one_moment(tmp_path: Path) -> None:
    path, shelf = tmp_path / "find", {"tax": [("a", "Sea", "")]}
    index = TextIndex(path)
    with following(index, shelf, "first") as reading:
        path.unlink()  # as who finds it damaged does
        follow(TextIndex(path), {"tax": [("b", "Sun", "")]}, "second")
        assert [hit.id for hit in finding.hits(words.terms("sea"), reading.propose, 9)] == ["tax/a"]


@given(st.lists(st.none() | st.integers(1, 60), max_size=12), st.integers(2, 80))
def test_numbers_rise_and_stay(held: list[int | None], below: int) -> None:
    known = [number for number in held if number is not None]
    if len(set(known)) < len(known) or max(known, default=0) >= below:
        return
    numbers = numbered(held, below, 8)
    if numbers is None:
        return
    assert numbers == sorted(set(numbers))
    assert all(0 < number < below for number in numbers)
    if known == sorted(known):
        assert all(was in (None, now) for was, now in zip(held, numbers, strict=True))


def test_as_many_numbers_stay_as_can() -> None:
    assert numbered([90, 10, 20, 30], 100, 4) == [1, 10, 20, 30]
    assert numbered([10, 90, 20, None, 30], 100, 4) == [10, 11, 20, 21, 30]
    assert numbered([9, 1, 2, 3], 20, 4) is None
    assert numbered([None] * 3, 100, 16) == [9, 18, 27]
    assert numbered([None] * 3, 3, 16) is None


@given(st.text(alphabet="ab1_.,;:' -A\"", max_size=12))
def test_words_of_ascii_are_what_they_are_in_any_text(text: str) -> None:
    assert words.words(f"{text} é") == [*words.words(text), "e"]
