"""Every quotation of a map against the sources at hand, and what is kept of what was found."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.blocks import sources_of
from graph.model import ArgumentMap, Evidence, ItemId, Link, LinkKind, Source
from graph.verify.folding import Folded, folded
from graph.verify.quotation import Match, Verdict, compare

KEY = "verification"  # where `extra` of a card holds what was found
_RUN = 4  # words of an indexed run
_SPARSE = 3  # one run in so many is indexed
_CANDIDATES = 3  # sources looked into where none is known to be the card's own
_ELSEWHERE = 0.8  # share of the words that makes a text that nobody named the card's
_HEAD = 1_500  # characters at the top of a text, where its title and author stand


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source at hand."""

    name: str  # the file's, as people know it
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one card."""

    card: Evidence
    match: Match
    source: SourceText | None = None
    paragraph: int | None = None  # where the quote begins, counted from 1 over lines that are not blank

    @property
    def verified(self) -> bool:
        """Whether the source was found to say it."""
        return self.match.verdict in (Verdict.EXACT, Verdict.OMISSIONS)

    def context(self, around: int = 160) -> str:
        """The quote's place with the words around it; "" where it has none."""
        if self.source is None or self.match.start is None or self.match.stop is None:
            return ""
        text = self.source.text
        start, stop = max(0, self.match.start - around), min(len(text), self.match.stop + around)
        before, said = text[start : self.match.start], text[self.match.start : self.match.stop]
        after = text[self.match.stop : stop]
        line = f"{'…' if start else ''}{before}⟦{said}⟧{after}{'…' if stop < len(text) else ''}"
        return " ".join(line.split())


class Library:
    """The sources at hand, indexed by runs of their words."""

    def __init__(self, texts: Sequence[SourceText]) -> None:
        self.texts = tuple(texts)
        self._folded = [Folded(text.text) for text in self.texts]
        self._names = [folded(text.name) for text in self.texts]
        self._heads = [folded(text.text[:_HEAD]) for text in self.texts]
        self._runs: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(self._folded):
            for run in set(_runs([word.folded for word in text.words])):
                self._runs[run].append(number)

    def own(self, source: Source | None) -> list[int]:
        """The texts that are those of a source, by its address, title, or author with publisher or year."""
        if source is None:
            return []
        title, url = folded(source.title), folded((source.url or "").partition("://")[2])
        publisher, year = folded(source.publisher or ""), (source.date or "")[:4]
        surnames = [folded(name.split()[-1]) for name in source.author if name.split()]
        signs: dict[int, int] = {}
        for number, (name, head) in enumerate(zip(self._names, self._heads, strict=True)):
            by_author = any(len(surname) > 2 and surname in name for surname in surnames) and (
                not publisher or publisher in name or bool(year and year in name)
            )
            by_title = len(title) > 11 and (title in head or title in name)
            by_url = len(url) > 8 and url in head
            count = 2 * by_author + by_title + 2 * by_url  # a list of articles may name the title
            if count:
                signs[number] = count
        return sorted(signs, key=lambda number: -signs[number])

    def likely(self, quote: str) -> list[int]:
        """The texts that share most runs of words with a quote, best first; all for a short quote."""
        words = [word.folded for word in Folded(quote).words]
        if len(words) < _RUN * 4:
            letters = "".join(words)
            return [n for n, text in enumerate(self._folded) if letters in text.letters]
        shared = Counter(number for run in set(_runs(words)) for number in self._runs.get(run, ()))
        return [number for number, _ in shared.most_common(_CANDIDATES)]

    def check(self, argmap: ArgumentMap, card: Evidence) -> Check:
        """What the sources at hand say of one card."""
        sources = sources_of(argmap, card.id)
        own = self.own(sources[0] if sources else None)
        quote = card.quote or ""
        best: tuple[Match, int] | None = None
        for number in dict.fromkeys([*own, *self.likely(quote)]):
            if number not in own and best is not None and best[0].share >= _ELSEWHERE:
                break  # its own source says it, if in other words
            match = compare(quote, self._folded[number], card.spans)
            if number not in own and match.share < _ELSEWHERE:
                continue
            if best is None or _rank(match) > _rank(best[0]):
                best = (match, number)
            if match.verdict in (Verdict.EXACT, Verdict.OMISSIONS):
                break
        if best is None:
            return Check(card, Match(Verdict.NO_SOURCE))
        match, number = best
        where = None if match.start is None else self._folded[number].paragraph(match.start)
        return Check(card, match, self.texts[number], where)


def _rank(match: Match) -> tuple[bool, float]:
    return match.verdict is not Verdict.NOT_FOUND, match.share


def _runs(words: Sequence[str]) -> Iterator[int]:
    """Every run of words whose fingerprint is one of those that are kept: the same in quote and source."""
    for place in range(len(words) - _RUN + 1):
        run = hash(tuple(words[place : place + _RUN]))
        if run % _SPARSE == 0:
            yield run


def checks(argmap: ArgumentMap, library: Library) -> list[Check]:
    """What was found of every card that quotes, in reading order."""
    return [library.check(argmap, item) for item in argmap.items if isinstance(item, Evidence) and item.quote]


def with_checks(argmap: ArgumentMap, found: Sequence[Check], at: str) -> ArgumentMap:
    """The map with what was found on its cards, and locators where a card had none."""
    by_id: dict[ItemId, Check] = {check.card.id: check for check in found}
    items = tuple(
        _recorded(item, by_id[item.id], at) if isinstance(item, Evidence) and item.id in by_id else item
        for item in argmap.items
    )
    return with_locators(replace(argmap, items=items))


def _recorded(card: Evidence, check: Check, at: str) -> Evidence:
    record: dict[str, object] = {"quote": quote_hash(card)}
    if check.source is not None:
        record |= {"source": check.source.name, "sha256": check.source.sha256}
    if check.match.what:
        record["difference"] = check.match.what
    if check.paragraph is not None and check.verified:
        record["paragraph"] = check.paragraph
    return replace(
        card, verified=check.match.verdict.value, verified_at=at, extra={**card.extra, KEY: record}
    )


def with_locators(argmap: ArgumentMap) -> ArgumentMap:
    """The map with the paragraph where a quote was found as the place of its cite, where it had none."""
    links: list[Link] = []
    for link in argmap.links:
        card = argmap.by_id.get(link.start)
        record = card.extra.get(KEY) if isinstance(card, Evidence) else None
        if (
            link.kind is LinkKind.CITES
            and not link.locator
            and isinstance(record, Mapping)
            and "paragraph" in record
        ):
            link = replace(link, locator=f"¶{record['paragraph']}")
        links.append(link)
    return replace(argmap, links=tuple(links))


def quote_hash(card: Evidence) -> str:
    """What tells a quote and its marks from any other."""
    marks = ",".join(f"{s.kind}{s.start}-{s.stop}" for s in card.spans)
    return hashlib.sha256(f"{card.quote}\x1f{marks}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def kept_checks(old: ArgumentMap, new: ArgumentMap) -> ArgumentMap:
    """`new` with what was found of the cards of `old`, as far as they quote and mark the same."""
    items = []
    for item in new.items:
        before = old.by_id.get(item.id)
        if (
            isinstance(item, Evidence)
            and isinstance(before, Evidence)
            and item.verified is None
            and before.verified is not None
            and quote_hash(item) == quote_hash(before)
            and KEY in before.extra
        ):
            item = replace(
                item,
                verified=before.verified,
                verified_at=before.verified_at,
                extra={**item.extra, KEY: before.extra[KEY]},
            )
        items.append(item)
    kept = replace(new, items=tuple(items))
    return kept if kept.items == new.items else with_locators(kept)
