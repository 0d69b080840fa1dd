"""Whole maps for property tests as readers of other formats make them: any words anywhere, by `MapDraft`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from strategies import extras, texts

from graph.draft import MapDraft
from graph.export.argdown_keys import precision
from graph.model import ArgumentMap, LinkKind, Polarity, Side

_MARKUP = (
    "[A]: b",
    "<B>",
    "<B>: c",
    "@[A]",
    "#tag",
    "x #(a tag)",
    "*b* and _i_",
    "a_b_c",
    "2*3*4",
    "{x: y}",
    "- x",
    "+ y",
    "_ z",
    "->",
    "><",
    "-- rule --",
    "---",
    "(1) x",
    "1. x",
    "* x",
    "# h",
    "=== x",
    "// c",
    "/* c */",
    "<!-- c -->",
    "http://x.y/z",
    "[t](http://x.y)",
    "@include(x)",
    ":happy:",
    "p .v. q",
    ":a\\:",
    "e.g. this",
    "  lead",
    "trail ",
    "a\nb",
    "2014",
    "true",
    "no",
    "1.10",
    "12:30",
    "a: b",
)
_SIGNS = "ab [](){}<>*_#@.:,;-+\\/\"'=\n&!%|~^`$"
words = st.one_of(st.sampled_from(_MARKUP), texts, st.text(_SIGNS, max_size=12))
_some_words = words.filter(lambda text: bool(text.strip()))
_lists = st.lists(_some_words, max_size=2, unique=True).map(tuple)
_weights = st.none() | st.floats(0, 1)
_ids = st.none() | st.sampled_from(["x", "12", "A1", "node 7"])
_CITING = (LinkKind.ASSERTED_BY, LinkKind.REPORTED_BY)


@st.composite
def drafted_maps(draw: st.DrawFn, map_id: str = "m") -> ArgumentMap:
    """A map of a few items with relations, structures, undercuts, sources and people."""
    draft = MapDraft(map_id, draw(_some_words))
    sources = [_source(draw, draft, number) for number in range(draw(st.integers(0, 2)))]
    kinds = draw(st.lists(st.sampled_from(["claim", "claim", "evidence", "inference"]), max_size=5))
    for number, kind in enumerate(kinds):
        _item(draw, draft, number, kind)
        if sources and draw(st.booleans()):
            locator = draw(st.none() | _some_words)
            draft.link(LinkKind.CITES, number, draw(st.sampled_from(sources)), locator=locator)
        for name in draw(_lists):
            draft.link(draw(st.sampled_from(_CITING)), number, draft.person(name))
    claims = [number for number, kind in enumerate(kinds) if kind == "claim"]
    arguers = [number for number, kind in enumerate(kinds) if kind != "inference"]
    steps = [number for number, kind in enumerate(kinds) if kind == "inference"]
    for _ in range(draw(st.integers(0, 6)) if len(arguers) > 1 else 0):
        start = draw(st.sampled_from(arguers))
        end = draw(st.sampled_from([number for number in arguers if number != start]))
        _relate(draw, draft, start, end, claims, steps)
    return draft.finish(
        motion=draw(st.lists(st.sampled_from(claims), max_size=2, unique=True)) if claims else (),
        text=draw(words),
        tags=draw(_lists),
        extra=draw(extras),
        debate_format=draw(st.none() | words),
    )


def _source(draw: st.DrawFn, draft: MapDraft, number: int) -> tuple[str, int]:
    key = ("source", number)
    date = draw(st.sampled_from([None, "2014", "2014-07", "2014-07-08", "spring 2014"]))
    draft.source(
        key,
        title=draw(words),
        author=draw(_lists),
        date=date,
        date_precision=precision(date),
        url=draw(st.none() | words),
        extra=draw(extras),
    )
    return key


def _item(draw: st.DrawFn, draft: MapDraft, number: int, kind: str) -> None:
    about: dict[str, Any] = {
        "title": draw(words),
        "text": draw(words),
        "tags": draw(_lists),
        "extra": draw(extras),
        "slug": draw(_ids) or "",
    }
    if kind == "inference":
        polarity = draw(st.sampled_from(Polarity))
        draft.inference(
            number, **about, rules=draw(_lists), scheme=draw(st.none() | words), polarity=polarity
        )
        return
    if draw(st.booleans()):
        about |= {"side": draw(st.sampled_from(Side)), "side_stated": True}
    about |= {"strength": draw(_weights), "kind": draw(st.none() | words)}
    if kind == "claim":
        draft.claim(number, **about, granted=draw(st.none() | st.booleans()))
    else:
        draft.evidence(number, **about, quote=draw(st.none() | words), cite=draw(st.none() | words))


def _relate(
    draw: st.DrawFn, draft: MapDraft, start: int, end: int, claims: list[int], steps: list[int]
) -> None:
    match draw(st.sampled_from(["support", "attack", "undercut", "contradict", "step"])):
        case "support":
            draft.support(start, end)
        case "attack":
            draft.attack(start, end)
        case "undercut":
            draft.undercut(start, draw(st.sampled_from([end, *steps])))
        case "contradict" if start in claims and end in claims:
            draft.contradict(start, end)
        case "step" if steps and end in claims:
            step = draw(st.sampled_from(steps))
            draft.link(LinkKind.PREMISE_OF, start, step)
            draft.link(LinkKind.CONCLUDES, step, end)
            if draw(st.booleans()):
                draft.link(LinkKind.SUPPORTS, start, end, via=step)
