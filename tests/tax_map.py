"""A small map with one item of every label, for tests of stores and formats."""

from __future__ import annotations

from dataclasses import replace

from graph.model import (
    ArgumentMap,
    Claim,
    Evidence,
    Inference,
    Item,
    Link,
    LinkKind,
    Locution,
    Person,
    Polarity,
    Rebuttal,
    Side,
    Source,
    Span,
    SpanKind,
)

TAX = Claim(id="tax/cuts", title="Cuts obesity", text="A sugar tax cuts obesity.", side=Side.PRO)
POOR = Rebuttal(id="tax/poor", title="Poor", text="It hits the poor hardest.", side=Side.CON)
CARD = Evidence(
    id="tax/card",
    title="Mexico",
    quote="purchases fell by 7.6%",
    cite="Colchero 2016",
    spans=(Span(SpanKind.HIGHLIGHT, 0, 9, "cyan"),),
    tags=("health", "abroad"),
    extra={"pages": [3, 4], "nested": {"empty": None}},
)
STEP = Inference(id="tax/step", title="From price to weight", polarity=Polarity.SUPPORTS, rules=("price",))
SOURCE = Source(id="tax/source-bmj", title="BMJ", author=("A. Colchero", "B. Popkin"), date="2016")
PERSON = Person(id="tax/person-minister", title="The minister", name="")
SAID = Locution(id="tax/said", title="Minister: it works", start="2016-03-01T12:00:00")


def in_order(*things: Item) -> tuple[Item, ...]:
    return tuple(replace(thing, order=order) for order, thing in enumerate(things))


def link(kind: LinkKind, start: Item, end: Item, **held: object) -> Link:
    return Link(kind=kind, start=start.id, end=end.id, **held)  # type: ignore[arg-type]


def tax(*items: Item, links: tuple[Link, ...] = (), **held: object) -> ArgumentMap:
    """A map `tax` of these items and links, in this order."""
    return replace(
        ArgumentMap(id="tax", title="Sugar tax", file="/maps/tax.argdown", format="argdown"),
        items=in_order(*items),
        links=tuple(replace(each, order=order) for order, each in enumerate(links)),
        **held,
    )


ANSWER = link(LinkKind.REBUTS, POOR, TAX)
WHOLE = tax(
    TAX,
    POOR,
    CARD,
    STEP,
    SOURCE,
    PERSON,
    SAID,
    links=(
        ANSWER,
        link(LinkKind.SUPPORTS, CARD, TAX, via=STEP.id),
        link(LinkKind.PREMISE_OF, CARD, STEP),
        link(LinkKind.CONCLUDES, STEP, TAX),
        link(LinkKind.UNDERCUTS, POOR, STEP),
        link(LinkKind.CONTRADICTS, TAX, POOR, extra={"sure": False}),
        link(LinkKind.CITES, CARD, SOURCE, locator="p. 3"),
        link(LinkKind.CITES, CARD, SOURCE, locator="p. 4"),
        link(LinkKind.ASSERTED_BY, TAX, PERSON),
        link(LinkKind.SAYS, SAID, TAX),
        link(LinkKind.SPOKEN_BY, SAID, PERSON),
    ),
    text="Whether it works",
    motion=(TAX.id,),
    debate_format="BP",
    sha256="ab12",
    tags=("policy",),
    extra={"date": "2016"},
)


def named(map_id: str, argmap: ArgumentMap) -> ArgumentMap:
    """The same map under another id, from another file."""

    def moved(item_id: str) -> str:
        return map_id + item_id.removeprefix(argmap.id)

    return replace(
        argmap,
        id=map_id,
        file=f"/maps/{map_id}.argdown",
        items=tuple(replace(item, id=moved(item.id)) for item in argmap.items),
        links=tuple(
            replace(each, start=moved(each.start), end=moved(each.end), via=each.via and moved(each.via))
            for each in argmap.links
        ),
        motion=tuple(moved(item_id) for item_id in argmap.motion),
    )
