"""What `check` finds, and that it never raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.check import Severity, check
from graph.draft import MapDraft
from graph.model import (
    ITEM_CLASSES,
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Link,
    LinkKind,
    Person,
    Rebuttal,
    Source,
    Span,
    SpanKind,
)

MOTION = Claim(id="m/m", title="M", text="Motion.")
A = Claim(id="m/a", title="A", text="A.")
B = Claim(id="m/b", title="B", text="B.")
STEP = Inference(id="m/step", title="Step")
CARD = Evidence(id="m/card", title="Card", text="It says so.", quote="so it is", cite="Smith 14")


def link(kind: LinkKind, start: str, end: str, **values: str) -> Link:
    return Link(kind=kind, start=f"m/{start}", end=f"m/{end}", **values)  # type: ignore[arg-type]


def found(items: tuple[object, ...], *links: Link, motion: tuple[str, ...] = ("m/m",)) -> list[str]:
    """The findings on a map of a motion and these items, as `severity rule: what`."""
    argmap = ArgumentMap(id="m", title="M", items=(MOTION, *items), links=links, motion=motion)  # type: ignore[arg-type]
    return [f"{finding.severity} {finding.rule}: {finding.what}" for finding in check(argmap)]


SUPPORT = link(LinkKind.SUPPORTS, "a", "m")


@pytest.mark.parametrize(
    ("items", "links", "finding"),
    [
        ((A, A), [SUPPORT], 'error duplicate-id: 2 items have the id "m/a"'),
        (
            (A,),
            [SUPPORT, link(LinkKind.REBUTS, "a", "gone")],
            'error dangling-link: the link m/a REBUTS m/gone names "m/gone", which is no item of the map',
        ),
        (
            (A, STEP),
            [SUPPORT, link(LinkKind.REBUTS, "a", "step")],
            "error ends: the link m/a REBUTS m/step: REBUTS cannot lead from a Claim to an Inference",
        ),
        (
            (A,),
            [link(LinkKind.SUPPORTS, "a", "m", via="m/gone")],
            'error via: the link m/a SUPPORTS m/m goes by "m/gone", which is no step of the map',
        ),
        (
            (A, B),
            [SUPPORT, link(LinkKind.SUPPORTS, "b", "m", via="m/a")],
            'error via: the link m/b SUPPORTS m/m goes by "m/a", which is no step of the map',
        ),
        (
            (Evidence(id="m/a", title="A", text="So.", quote="so"),),
            [SUPPORT],
            "warning no-source: “A” names no source",
        ),
        (
            (Claim(id="m/a", title="A", text="So.", kind="Evidence"),),
            [SUPPORT],
            "warning no-card: “A” is of the kind Evidence, and no card",
        ),
        (
            (A, B),
            [SUPPORT, link(LinkKind.SUPPORTS, "a", "b"), link(LinkKind.SUPPORTS, "b", "a")],
            "warning circular-support: “A”, “B” support each other in a circle",
        ),
        (
            (A, B, STEP),
            [
                SUPPORT,
                link(LinkKind.SUPPORTS, "b", "a"),
                link(LinkKind.PREMISE_OF, "a", "step"),
                link(LinkKind.CONCLUDES, "step", "b"),
            ],
            "warning circular-support: “A”, “B” support each other in a circle",
        ),
        (
            (STEP,),
            [link(LinkKind.CONCLUDES, "step", "m")],
            "warning no-premise: “Step” is a step from nothing",
        ),
        (
            (A, STEP),
            [link(LinkKind.PREMISE_OF, "a", "step")],
            "note no-conclusion: “Step” is a step to nothing",
        ),
        ((A,), [], "note disconnected: “A” is joined to no motion"),
        ((Claim(id="m/a", title="A"),), [SUPPORT], "warning empty-text: “A” says nothing"),
        ((Claim(id="m/a", title=" ", text="A."),), [SUPPORT], "error no-title: “ ” has no title"),
        (
            (Claim(id="m/a", title="A", text="A.", strength=1.5),),
            [SUPPORT],
            "error strength: “A” has strength 1.5",
        ),
        (
            (Evidence(id="m/a", title="A", quote="short", cite="S", spans=(Span(SpanKind.SMALL, 3, 9),)),),
            [SUPPORT],
            "error span: “A” marks characters 3 to 9 of a quote of 5",
        ),
        (
            (A,),
            [SUPPORT, link(LinkKind.CONTRADICTS, "a", "a")],
            "warning self: “A” contradicts itself",
        ),
        ((A,), [SUPPORT, link(LinkKind.REBUTS, "a", "a")], "warning self: “A” has a link REBUTS to itself"),
    ],
)
def test_every_finding_is_found(items, links, finding):
    assert finding in found(items, *links)


def test_a_map_in_order_has_no_finding():
    assert found((A, CARD), SUPPORT, link(LinkKind.SUPPORTS, "card", "a")) == []


def test_a_map_without_a_motion_says_so_and_no_more():
    assert found((A,), motion=()) == [
        "warning no-motion: no item is the motion, so nothing has a side or a route to it"
    ]


def test_a_motion_that_is_not_there_or_is_no_claim():
    source = Source(id="m/s", title="S")
    assert 'error dangling-motion: the motion "m/x" is no item of the map' in found((), motion=("m/x",))
    assert "warning motion-kind: “S” is the motion and no claim" in found((source,), motion=("m/s",))


def test_the_worst_comes_first():
    severities = [line.split()[0] for line in found((A, B, CARD), link(LinkKind.REBUTS, "card", "gone"))]
    assert severities == sorted(severities, key=[severity.value for severity in Severity].index)
    assert {"error", "note"} <= set(severities)


def test_what_a_draft_makes_has_no_error():
    draft = MapDraft("tax")
    draft.claim("tax", title="Tax", text="A sugar tax cuts obesity.")
    draft.claim("poor", title="Poor", text="It hits the poor.")
    draft.claim("so", title="So does obesity", text="So does obesity.")
    draft.evidence("card", title="Card", text="A study.", quote="hits the poor", cite="Smith 14")
    draft.attack("poor", "tax")
    draft.undercut("so", "poor")
    draft.support("card", "poor")
    assert check(draft.finish()) == []


_spans = st.builds(Span, st.just(SpanKind.SMALL), st.integers(), st.integers())
_ids = st.sampled_from(["m/a", "m/b", "m/c", "m/d", "", "m/gone"])
_items = st.builds(
    lambda cls, item_id, title: cls(id=item_id, title=title),
    st.sampled_from(list(ITEM_CLASSES.values())),
    _ids,
    st.text(max_size=3),
) | st.builds(
    Evidence,
    id=_ids,
    title=st.just("card"),
    quote=st.none() | st.text(max_size=3),
    strength=st.none() | st.floats(),
    spans=st.lists(_spans, max_size=2).map(tuple),
)
_links = st.builds(Link, kind=st.sampled_from(LinkKind), start=_ids, end=_ids, via=st.none() | _ids)


@given(st.lists(_items, max_size=6), st.lists(_links, max_size=10), st.lists(_ids, max_size=2))
def test_check_never_raises(items, links, motion):
    argmap = ArgumentMap(id="m", title="", items=tuple(items), links=tuple(links), motion=tuple(motion))
    assert all(finding.what for finding in check(argmap))


def test_people_and_sources_need_no_motion():
    assert (
        found(
            (Person(id="m/p", title="P", name="P"), Rebuttal(id="m/r", title="R", text="R.")),
            link(LinkKind.REBUTS, "r", "m"),
        )
        == []
    )
