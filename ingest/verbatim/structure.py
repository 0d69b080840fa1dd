"""The argument that a block file's titles state: positions above, cards beneath, and who answers whom."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from graph.answers import SURE, ClaimIndex
from graph.model import Side
from ingest.verbatim.cards import Blocks, Card, Heading
from ingest.verbatim.styles import HEADINGS, Role
from ingest.verbatim.titles import Segment, Title, is_turn, read_title, role_of_tag, without_number


@dataclass(slots=True, eq=False)
class Node:
    """A position, a role within one, or a claim that a title names as answered."""

    text: str
    above: Node | None
    answers: bool = False  # what stands beneath answers this
    kind: str | None = None
    level: str = ""  # pocket, hat or block
    speech: str | None = None
    side: Side = Side.UNKNOWN
    notes: list[str] = field(default_factory=list)
    path: tuple[str, ...] = ()  # the titles of the headings down to its own, where it has notes
    match: Node | Leaf | None = None  # of an answered one: the claim that it surely is
    score: float = 0.0

    @property
    def meant(self) -> Node | Leaf:
        """The claim that this is."""
        return self.match or self


@dataclass(slots=True, eq=False)
class Leaf:
    """A card or an analytic under its heading."""

    card: Card
    above: Node | None
    tag: str
    number: int | None
    kind: str | None
    turn: bool
    speech: str | None


@dataclass(slots=True)
class Structure:
    """Nodes and leaves in reading order."""

    parts: list[Node | Leaf]


def structure(blocks: Blocks) -> Structure:
    """The nodes and leaves of a file, and which claims its answers surely name."""
    parts: list[Node | Leaf] = []
    nodes: dict[tuple[int, str, bool], Node] = {}
    current: dict[Role, Node] = {}
    for entry in blocks.entries:
        if isinstance(entry, Heading):
            kept = {
                role: node
                for role, node in current.items()
                if HEADINGS.index(role) < HEADINGS.index(entry.role)
            }
            above = _lowest(kept)
            node = _under(above, entry, nodes, parts)
            current = kept | {entry.role: node}
        else:
            parts.append(_leaf(entry, _lowest(current)))
    made = Structure(parts)
    _match(made)
    return made


def _lowest(current: dict[Role, Node]) -> Node | None:
    return next((current[role] for role in reversed(HEADINGS) if role in current), None)


def _under(
    above: Node | None, heading: Heading, nodes: dict[tuple[int, str, bool], Node], parts: list[Node | Leaf]
) -> Node:
    title: Title = read_title(heading.title)
    node = above
    lineage = set()
    while node is not None:
        lineage.add(node.text.casefold())
        node = node.above
    node = above
    wanted: list[Segment] = [s for s in title.segments if s.answers or s.text.casefold() not in lineage] or [
        title.segments[-1]
    ]
    for segment in wanted:
        key = (id(node), segment.text.casefold(), segment.answers)
        if key not in nodes:
            made = Node(segment.text, node, segment.answers, segment.kind, heading.role.value)
            made.speech = title.speech or (node.speech if node is not None else None)
            if title.side is not Side.UNKNOWN:
                # The title's side is that of who answers; what they answer is the other's.
                made.side = title.side.other if segment.answers else title.side
            nodes[key] = made
            parts.append(made)
        node = nodes[key]
    assert node is not None  # a title has at least one segment
    if heading.notes:
        node.notes += heading.notes
        titles = heading.above | {heading.role: heading.title}
        node.path = tuple(titles.get(role, "") for role in HEADINGS)
    return node


def _leaf(card: Card, above: Node | None) -> Leaf:
    tag, number = without_number(card.tag)
    kind = role_of_tag(tag) or (above.kind if above is not None else None)
    return Leaf(card, above, tag, number, kind, is_turn(kind), above.speech if above is not None else None)


def _match(made: Structure) -> None:
    """Find what the answered claims surely are, among all that the file says elsewhere."""
    asked = [part for part in made.parts if isinstance(part, Node) and part.answers]
    if not asked:
        return
    claims = {
        place: part
        for place, part in enumerate(made.parts)
        if isinstance(part, Leaf) or not (part.answers or part.kind)
    }
    index = ClaimIndex((place, _says(part)) for place, part in claims.items())
    for stub in asked:

        def allowed(key: Hashable, stub: Node = stub) -> bool:
            part = claims[int(str(key))]
            return not _lies_on_path(stub, part) and _other_side(stub, part)

        for score, key in index.best(_asked(stub), allowed, 1):
            if score >= SURE:
                stub.match, stub.score = claims[int(str(key))], score


def _says(part: Node | Leaf) -> str:
    return part.tag if isinstance(part, Leaf) else part.text


def _asked(stub: Node) -> str:
    return stub.text


def _lies_on_path(stub: Node, part: Node | Leaf) -> bool:
    """Whether one is above the other: an answer does not answer its own heading."""
    node: Node | Leaf | None = part
    while node is not None:
        if node is stub:
            return True
        node = node.above
    above = stub.above
    while above is not None:
        if above is part:
            return True
        above = above.above
    return False


def side_of(part: Node | Leaf | None) -> Side:
    """The side that the nearest title above states; beneath an answered claim it is the other one."""
    node = part
    flipped = False
    while node is not None:
        if isinstance(node, Node):
            if node.side is not Side.UNKNOWN:
                return node.side.other if flipped else node.side
            if node.above is not None and node.answers:
                flipped = not flipped  # the answered one attacks the position that it stands under
        if node.above is not None and node.above.answers:
            flipped = not flipped
        node = node.above
    return Side.UNKNOWN


def _other_side(stub: Node, part: Node | Leaf) -> bool:
    mine, theirs = side_of(stub), side_of(part)
    return Side.UNKNOWN in (mine, theirs) or mine is theirs
