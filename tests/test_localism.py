"""The worked example holds what its articles argue, asked of the loaded graph fact by fact."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from localism_facts import (
    ARGUES,
    BEHR,
    FACTS,
    LABOURLIST,
    MJ,
    MOMENTUM,
    PIKE_MASS,
    PIKE_NS,
    Fact,
)

from graph.store.port import Store
from graph.store.url import open_store
from ingest.reading import read

EXAMPLE = Path(__file__).parent.parent / "examples" / "localism" / "localism.argdown"
MOST_QUOTED_WORDS = 8
COPIED_WORDS = 8  # so many words in a row that an article has too are copied

ARTICLES = {
    MJ: "the-mj-2014-leese-taylor-pipe.txt",
    LABOURLIST: "labourlist-2014-sawford.txt",
    PIKE_NS: "new-statesman-2014-07-08-pike.txt",
    PIKE_MASS: "mass-collaboration-2014-07-pike.txt",
    BEHR: "new-statesman-2014-behr-and-2016-momentum.txt",
    MOMENTUM: "new-statesman-2014-behr-and-2016-momentum.txt",
}


@pytest.fixture(scope="module")
def localism(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store that holds the worked example."""
    store = open_store(str(tmp_path_factory.mktemp("localism") / "library.kgl"))
    store.replace(read(EXAMPLE))
    yield store
    store.close()


@pytest.fixture(scope="module")
def paragraphs() -> dict[str, list[str]]:
    """The articles' paragraphs by the source's title, counted over non-blank lines."""
    corpora = os.environ.get("ARGMAP_CORPORA")
    if not corpora:
        pytest.skip("ARGMAP_CORPORA is not set; the articles lie in the folder seeds beside it")
    seeds = Path(corpora).parent / "seeds"
    assert seeds.is_dir(), f"{seeds} is missing, so no quotation can be compared"
    return {
        title: [line for line in (seeds / name).read_text("utf-8").splitlines() if line.strip()]
        for title, name in ARTICLES.items()
    }


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.sentence)
def test_the_map_says(localism: Store, fact: Fact) -> None:
    assert answer(localism, fact) == expected(fact)


def test_every_engine_says_the_same(any_store: Store) -> None:
    any_store.replace(read(EXAMPLE))
    wrong = {
        fact.sentence: (found, expected(fact))
        for fact in FACTS
        if (found := answer(any_store, fact)) != expected(fact)
    }
    assert wrong == {}


@pytest.mark.corpora
def test_quotations_are_exact_and_short(localism: Store, paragraphs: dict[str, list[str]]) -> None:
    rows = localism.cypher(
        "MATCH (e:Evidence {map: 'localism'})-[c:CITES]->(s:Source) "
        "RETURN e.title, e.quote, s.title, c.locator"
    ).rows
    assert len(rows) >= 30
    inexact = [
        (title, quote, source, locator)
        for title, quote, source, locator in rows
        if not any(quote in paragraphs[source][number - 1] for number in numbers(locator))
    ]
    assert inexact == []
    assert [quote for _, quote, _, _ in rows if len(quote.split()) > MOST_QUOTED_WORDS] == []


@pytest.mark.corpora
def test_no_sentence_is_copied(localism: Store, paragraphs: dict[str, list[str]]) -> None:
    printed = {run for article in paragraphs.values() for paragraph in article for run in runs(paragraph)}
    rows = localism.cypher(ARGUES + "RETURN n.title, n.text").rows
    copied = [(title, run) for title, text in rows for run in runs(text) if run in printed]
    assert copied == []


def answer(store: Store, fact: Fact) -> list[str]:
    """The rows the store gives, in an order of our own."""
    return sorted(repr(tuple(row)) for row in store.cypher(fact.cypher).rows)


def expected(fact: Fact) -> list[str]:
    """The rows the fact states, in the same order."""
    return sorted(repr(row) for row in fact.rows)


def numbers(locator: str) -> list[int]:
    """The paragraphs a locator names: `¶16, ¶18–19` is 16, 18 and 19."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", locator):
        found.extend(range(int(first), int(last or first) + 1))
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    """Every so many words in a row, in lower case and without punctuation."""
    words = re.findall(r"[\w£%]+(?:[.'][\w%]+)*", text.lower().replace("’", "'"))
    return {tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}
