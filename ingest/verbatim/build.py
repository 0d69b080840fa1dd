"""A block file's structure as a map: claims from tags, cards, sources from cites, and who attacks whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.answers import UNMATCHED
from graph.draft import Key, MapDraft
from graph.errors import Problem
from graph.model import ArgumentMap, LinkKind, Side
from graph.passages import fingerprint, spoken, word_count
from graph.slugs import short_hash
from ingest.verbatim.cards import Blocks, Card, Outcome
from ingest.verbatim.cites import Cite, read_cite
from ingest.verbatim.structure import Leaf, Node, structure
from ingest.verbatim.titles import Attack, attack_of, is_turn

_POLICY = frozenset({"1AC", "1NC", "2AC", "2NC", "1NR", "1AR", "2NR", "2AR"})
_WARNED: Mapping[Outcome, tuple[str, str]] = {
    Outcome.UNCITED: ("has no cite", "have no cite"),
    Outcome.CITE_ONLY: ("has a cite and no text", "have a cite and no text"),
    Outcome.ABBREVIATED: ("gives only its first and last words", "give only their first and last words"),
}


def build(
    blocks: Blocks, path: Path, map_id: str, sha256: str, colour: str | None
) -> tuple[ArgumentMap, list[Problem]]:
    """The map of a block file, and what is worth a look in it."""
    builder = _Builder(map_id, path.stem, colour)
    parts = structure(blocks).parts
    for part in parts:
        if isinstance(part, Node):
            builder.node(part)
        else:
            builder.leaf(part)
    for part in parts:
        builder.place(part)
    speeches = {part.speech for part in parts}
    argmap = builder.draft.finish(
        motion=builder.roots,
        text="\n".join(blocks.before),
        debate_format="policy" if speeches & _POLICY else None,
        format="docx",
        file=str(path.resolve()),
        sha256=sha256,
    )
    return argmap, _warnings(path, parts)


class _Builder:
    def __init__(self, map_id: str, title: str, colour: str | None) -> None:
        self.draft = MapDraft(map_id, title)
        self.roots: list[Key] = []
        self._colour = colour
        self._sources: dict[Key, dict[str, Any]] = {}

    def node(self, node: Node) -> None:
        """A position or role as a claim; of an answered claim that is elsewhere, nothing."""
        if node.match is not None:
            return
        extra: dict[str, object] = {"level": node.level}
        if node.notes:
            extra |= {"notes": list(node.notes), "heading_path": list(node.path)}
        values: dict[str, Any] = {
            "kind": node.kind or (None if node.answers else node.level),
            "extra": extra,
        }
        if node.answers:
            values["tags"] = (UNMATCHED,)
            extra["from"] = "heading"
        if node.side is not Side.UNKNOWN:
            values |= {"side": node.side, "side_stated": True}
        if node.speech and not node.answers:
            values["speech"] = node.speech
        if is_turn(node.kind):
            values["turn"] = True
        namespace = "answered" if node.answers else node.level
        self.draft.claim(node, title=node.text, namespace=f"{namespace} {_lineage(node.above)}", **values)

    def leaf(self, leaf: Leaf) -> None:
        """A tag as a claim, and its card."""
        card = leaf.card
        extra: dict[str, object] = {"headings": {role.value: title for role, title in card.headings.items()}}
        if leaf.number is not None:
            extra["number"] = leaf.number
        if card.analytic_style:
            extra["analytic"] = True
        if card.outcome is Outcome.ANALYTIC:
            extra |= {
                name: held for name, held in (("undertags", card.undertags), ("notes", card.notes)) if held
            }
        values: dict[str, Any] = {"kind": leaf.kind, "speech": leaf.speech, "extra": extra}
        if leaf.turn:
            values["turn"] = True
        self.draft.claim(leaf, text=leaf.tag or card.tag, namespace=f"tag {_lineage(leaf.above)}", **values)
        if card.outcome is not Outcome.ANALYTIC:
            self._card(leaf)

    def _card(self, leaf: Leaf) -> None:
        card = leaf.card
        body = card.body
        read, how = spoken(body.text, body.spans, self._colour)
        print_ = fingerprint(body.text)
        extra: dict[str, object] = {
            name: held
            for name, held in (
                ("outcome", "" if card.outcome is Outcome.CARD else card.outcome.value),
                ("undertags", list(card.undertags)),
                ("notes", list(card.notes)),
                ("names", {"cutter": card.cutter} if card.cutter else {}),
                ("read", "what is underlined" if how == "underline" else ""),
                ("hidden", [list(r) for r in body.hidden]),
                ("shaded", [list(r) for r in body.shades]),
                ("marks", [{"at": at, "text": text} for at, text in body.marks]),
            )
            if held
        }
        cite = read_cite(card.cite, card.short_cite, card.urls) if card.cite else None
        if cite is not None and cite.raw_date:
            extra["date_as_written"] = cite.raw_date
        marking = "".join(f"{s.kind}{s.start}-{s.stop}" for s in body.spans)
        name = card.short_cite or leaf.tag or card.tag
        key = ("card", leaf)
        self.draft.evidence(
            key,
            title=name,
            text=leaf.tag or card.tag,
            slug=f"{name[:40]} {short_hash(leaf.tag, body.text, marking, card.cite or '')}",
            kind=leaf.kind,
            speech=leaf.speech,
            quote=body.text or None,
            cite=card.cite,
            short_cite=card.short_cite,
            spoken=read,
            words=word_count(read) if read is not None else None,
            spans=body.spans,
            fingerprint=print_ or None,
            extra=extra,
        )
        self.draft.support(key, leaf)
        if cite is not None:
            self.draft.link(LinkKind.CITES, key, self._source(cite))

    def _source(self, cite: Cite) -> Key:
        if cite.url:
            key: Key = (
                "source",
                cite.url.casefold().rstrip("/").removeprefix("https://").removeprefix("http://"),
            )
        elif cite.title:
            key = ("source", cite.title.casefold(), tuple(a.split()[-1].casefold() for a in cite.authors[:1]))
        else:
            key = ("source", " ".join(cite.full.casefold().split()))
        said: dict[str, Any] = {
            name: held
            for name, held in (
                ("author", cite.authors),
                ("qualifications", cite.qualifications),
                ("publisher", cite.publisher),
                ("url", cite.url),
                ("accessed", cite.accessed),
            )
            if held
        }
        if cite.date:
            said |= {"date": cite.date, "date_precision": cite.precision}
        if key not in self.draft:
            self.draft.source(key, title=cite.title or cite.short or _first_words(cite.full), **said)
            self._sources[key] = said
        else:  # a second cut of one article may say what the first left out
            more: dict[str, Any] = {
                name: held for name, held in said.items() if name not in self._sources[key]
            }
            if "date" in self._sources[key]:
                more.pop("date_precision", None)
            self.draft.update(key, **more)
            self._sources[key] |= more
        return key

    def place(self, part: Node | Leaf) -> None:
        """Join a part to what stands above it: it supports that, or answers it."""
        if isinstance(part, Node) and part.match is not None:
            return
        above = part.above
        if above is None:
            if not (isinstance(part, Node) and part.answers):
                self.roots.append(part)
            return
        if above.answers:
            extra: dict[str, object] = {"from": "heading"}
            if above.match is not None:
                extra["score"] = above.score
            self._attack(part, above.meant, part.kind, extra)
        elif isinstance(part, Node) and part.answers:
            self.draft.attack(part, above, extra={"from": "heading"})
        else:
            self.draft.support(part, above)

    def _attack(self, start: Key, target: Node | Leaf, kind: str | None, extra: Mapping[str, object]) -> None:
        match attack_of(kind):
            case Attack.UNDERCUT:
                self.draft.undercut(start, target, extra=extra)
            case Attack.UNDERMINE if ("card", target) in self.draft:
                self.draft.attack(start, ("card", target), extra=extra)
            case _:
                self.draft.attack(start, target, extra=extra)


def _lineage(node: Node | None) -> str:
    names: list[str] = []
    while node is not None:
        names.append(node.text)
        node = node.above
    return " < ".join(names)


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"


def _warnings(path: Path, parts: list[Node | Leaf]) -> list[Problem]:
    cards: list[Card] = [part.card for part in parts if isinstance(part, Leaf)]
    counts = Counter(card.outcome for card in cards)
    warnings = []
    for outcome, (one, many) in _WARNED.items():
        if counts[outcome]:
            first = next(card for card in cards if card.outcome is outcome)
            what = f"1 card {one}" if counts[outcome] == 1 else f"{counts[outcome]} cards {many}"
            warnings.append(
                Problem(
                    str(path),
                    f'{what}; the first is "{_first_words(first.tag)}"',
                    path=f"paragraph {first.place}",
                )
            )
    unread = sum(card.outcome is Outcome.CARD and not _highlighted(card) for card in cards)
    if unread:
        what = "1 card is not highlighted" if unread == 1 else f"{unread} cards are not highlighted"
        warnings.append(Problem(str(path), f"{what}: what is underlined counts as read aloud"))
    return warnings


def _highlighted(card: Card) -> bool:
    return any(span.kind == "highlight" for span in card.body.spans)
