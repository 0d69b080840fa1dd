"""The one-page preparation sheet of a side, in words, made of the answers to the questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from graph.cards import seconds
from graph.model import ArgumentMap, Evidence, ItemId, Side
from graph.questions.attack import attack
from graph.questions.bare import bare
from graph.questions.bearing import distances
from graph.questions.clash import conflicts
from graph.questions.gaps import gaps
from graph.questions.scope import Scope, name_of, side_of
from graph.questions.single_source import single_source
from graph.questions.unanswered import answers
from graph.result import Result
from graph.semantics.verdict import Verdict, verdicts
from graph.semantics.whatif import Struck
from graph.wording import listed, numbered

MOST = 5  # of anything on the sheet: it is one page
_MOST_CHANGES = 500_000  # of verdicts, while the loss of each card of a side is tried: seconds

Section = tuple[str, str, list[str]]  # heading, sentence, points


def brief(argmap: ArgumentMap, *, side: str) -> str:
    """The sheet as Markdown."""
    lines = [f"# {_plain(_title(argmap, side))}", ""]
    for heading, said, points in _sections(argmap, side):
        sentence = _for_paper(said)
        lines += [f"## {heading}", "", _plain(sentence), ""]
        if points:
            lines += [*(f"- {_plain(point)}" for point in points), ""]
    return "\n".join([*lines, f"*{_END}*", ""])


def brief_html(argmap: ArgumentMap, *, side: str) -> str:
    """The sheet as one HTML page for print, without scripts or anything from elsewhere."""
    title = escape(_title(argmap, side))
    parts = []
    for heading, said, points in _sections(argmap, side):
        sentence = _for_paper(said)
        parts.append(f"<h2>{escape(heading)}</h2>\n<p>{escape(sentence)}</p>")
        if points:
            parts.append("<ul>\n" + "\n".join(f"<li>{escape(point)}</li>" for point in points) + "\n</ul>")
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n<p><em>{_END}</em></p>\n"
        "</body>\n</html>\n"
    )


_STYLE = (
    "body{font:11pt/1.35 Georgia,serif;max-width:46em;margin:1.5em auto;padding:0 1em;color:#111;"
    "background:#fff}h1{font-size:1.4em}h2{font-size:1.05em;margin:.9em 0 .2em;"
    "border-bottom:1px solid #999}p,ul{margin:.2em 0}@media print{body{margin:0;font-size:9.5pt}}"
)
_END = "All this is said of the map: an answer may lie elsewhere."


def _title(argmap: ArgumentMap, side: str) -> str:
    return f"Preparing side {side}: {argmap.title}"


def _sections(argmap: ArgumentMap, side: str) -> Iterable[Section]:
    theirs = Side(side).other.value
    yield _question(argmap)
    yield _rest(argmap, side)
    found = bare(argmap, side=side)
    yield "What is bare", found.summary, _points(found, "title", "text")
    yield _they_say(argmap, side, theirs)
    open_ = gaps(argmap, side=side)
    yield "What we have not answered", open_.summary, _points(open_, "title", "text")
    best = attack(argmap, side=side, limit=None)
    yield "Where to strike", best.summary, _lines(best)
    against_us = conflicts(argmap, side=side)
    yield (
        "Where we may be against ourselves",
        against_us.summary,
        _points(against_us, "text", "other_text", joint=" And also: "),
    )
    yield _cut(argmap, side, theirs)


def _question(argmap: ArgumentMap) -> Section:
    found = verdicts(argmap)
    motions = [argmap.by_id[each] for each in argmap.motion if each in argmap.by_id]
    points = [
        f"{name_of(argmap, each)}: {each.text or each.title} (as the map is, it {_SAYS[found[each.id]]})"
        for each in motions
        if each.id in found
    ]
    return "The motion", f"{numbered(len(motions), 'motion')} on the map.", points


_SAYS = {Verdict.STANDS: "stands", Verdict.FALLS: "falls", Verdict.CONTESTED: "is contested"}


def _rest(argmap: ArgumentMap, side: str) -> Section:
    one = single_source(argmap, side=side)
    names = [column.name for column in one.columns]
    claims: dict[tuple[str, str], list[str]] = {}
    for row in one.rows:
        cells = dict(zip(names, row, strict=True))
        claims.setdefault((str(cells["rests_on"]), str(cells["name"])), []).append(f"“{cells['title']}”")
    points = [f"The {what} {name} alone holds up {_some(titles)}." for (what, name), titles in claims.items()]
    return "What we rest on", one.summary, points[:MOST]


def _they_say(argmap: ArgumentMap, side: str, theirs: str) -> Section:
    """Their arguments nearest to the motion, each with how many answers we have."""
    steps = distances(argmap)
    near = [item for item in Scope(argmap, theirs).statements() if item.id in steps]
    near.sort(key=lambda item: steps[item.id])  # stable: then reading order
    points = []
    for item in near[:MOST]:
        ours = answers(argmap, item.id, side=side)
        place = [column.name for column in ours.columns].index("title")
        titles = dict.fromkeys(f"“{row[place]}”" for row in ours.rows)
        reply = f"We answer with {_some(list(titles))}." if titles else "We have no answer on the map."
        points.append(f"{name_of(argmap, item)}: {item.text or item.title} {reply}")
    count = numbered(len(near), "argument")
    return "What they will say", f"{count} of side {theirs} reach the motion; the nearest first.", points


def _cut(argmap: ArgumentMap, side: str, theirs: str) -> Section:
    """The cards of either side that most of its own falls with, and ours that nothing falls with."""
    points = []
    tried = of = 0
    state = Struck(argmap)
    for whose, word in ((side, "ours to keep"), (theirs, "theirs to challenge")):
        cards = [item for item in argmap.items if isinstance(item, Evidence) and item.side == whose]
        lost = _lost(argmap, state, cards, whose)
        tried, of = tried + len(lost), of + len(cards)
        most = sorted(cards[: len(lost)], key=lambda card: -lost[card.id])  # stable: then reading order
        for card in most[:3]:
            if count := lost[card.id]:
                fall = numbered(count, "item falls", "items fall")
                points.append(f"{name_of(argmap, card)} is {word}: {fall} with it.")
        idle = [card for card in most if not lost[card.id]]
        if whose == side and idle:
            idle.sort(key=lambda card: -(seconds(argmap, card) or 0))  # stable: then reading order
            names = _some([name_of(argmap, card) for card in idle])
            points.append(f"Ours to cut first, nothing falls with one alone: {names}.")
    if tried < of:
        points.append(f"Only {tried} of {numbered(of, 'card')} were tried: too much hangs together.")
    sentence = "What falls without one card." if points else "There is no card of either side on the map."
    return "What to cut and what to keep", sentence, points


def _lost(argmap: ArgumentMap, state: Struck, cards: Sequence[Evidence], side: str) -> dict[ItemId, int]:
    """How many other items of the side fall with each card; of the first cards alone, where so much falls
    with them that to try all would take long.
    """
    lost: dict[ItemId, int] = {}
    changed = 0
    for card in cards:
        if changed > _MOST_CHANGES:
            break
        changes = state.strike(card.id)
        state.restore(card.id)
        changed += len(changes)
        fallen = (each for each, (_, now) in changes.items() if now is Verdict.FALLS and each != card.id)
        lost[card.id] = sum(side_of(argmap.by_id[each]) == side for each in fallen)
    return lost


def _for_paper(said: str) -> str:
    """The sentences without those that tell what to type."""
    return re.sub(r"[;.]*\.", ".", re.sub(r"[^.;]*--[a-z][^.]*\.", ".", said)).strip()


def _some(titles: list[str]) -> str:
    """The first three, and how many more there are."""
    if len(titles) <= 3:
        return listed(titles, "and")
    return f"{', '.join(titles[:3])} and {numbered(len(titles) - 3, 'other')}"


def _lines(best: Result) -> list[str]:
    """Our three best answers, each with all that it is against."""
    names = [column.name for column in best.columns]
    against: dict[tuple[str, str], list[str]] = {}
    for row in best.rows:
        cells = dict(zip(names, row, strict=True))
        against.setdefault((str(cells["title"]), str(cells["text"])), []).append(f"“{cells['against']}”")
    return [
        f"{title}: {' '.join(text.split())} (against {_some(targets)})"
        for (title, text), targets in list(against.items())[:3]
    ]


def _points(result: Result, *names: str, joint: str = ": ") -> list[str]:
    places = [[column.name for column in result.columns].index(name) for name in names]
    points = []
    for row in result.rows[:MOST]:
        words = (" ".join(str(row[place]).split()) for place in places)
        points.append(joint.join(dict.fromkeys(words)))
    more = len(result.rows) - MOST
    return [*points, f"… and {numbered(more, 'more', 'more')}."] if more > 0 else points


def _plain(text: str) -> str:
    """The words as Markdown that means nothing but them."""
    joined = " ".join(text.split())
    for mark in "\\`*_[]<>#|":
        joined = joined.replace(mark, f"\\{mark}")
    return joined
