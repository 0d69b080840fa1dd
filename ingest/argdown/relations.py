"""What a line belongs to: a relation by its sign and indentation, a structure by what stands above it."""

from __future__ import annotations

from ingest.argdown.syntax import Kind, Member, Relation, Step

SYMBOL = r"<\+|\+>|<-(?!-)|->|<_(?=\s)|_>|><|\+|-(?!-)|_(?=\s)"
"""The pattern of a relation's sign."""

Stack = list[tuple[int, Member | Step]]
"""What a relation may be about: the lines above it and how far each is indented, the innermost last."""


def nest(stack: Stack, relation: Relation, indent: int) -> None:
    """Put a relation below what it is about: the nearest line above that is indented less.

    An indentation that was never used before counts as the next smaller one that was.
    """
    level = indent
    before = len(stack)
    while len(stack) > 1 and indent < stack[-1][0]:
        stack.pop()
    if len(stack) > 1 and (len(stack) < before or indent == stack[-1][0]):
        level = stack.pop()[0]
    stack[-1][1].relations.append(relation)
    stack.append((level, relation.member))


def argument_of(before: Member | None) -> Member | None:
    """The argument whose structure the next block is, if it is one."""
    return before if before is not None and before.kind is Kind.ARGUMENT else None
