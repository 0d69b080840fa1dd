"""`argmap schema`: what there is to query."""

from __future__ import annotations

import click

from commands.session import Session, pass_session, shared_options
from graph.result import Column, ColumnType, Result
from graph.store.vocabulary import EXAMPLES, described

COLUMNS = (
    Column("kind", ColumnType.LABEL),
    Column("name", ColumnType.LABEL),
    Column("has"),
    Column("example"),
)


@click.command()
@click.argument("name", required=False)
@shared_options
@pass_session
def schema(session: Session, name: str | None) -> None:
    """Print labels, properties and relationships, with queries.

    docs/schema.md says what each means.

    \b
      argmap schema
      argmap schema Evidence
    """
    rows = described()
    if name is not None:
        rows = [row for row in rows if row[1].casefold() == name.casefold()]
        if not rows:
            from graph.wording import listed, nearest

            near = nearest(name, [row[1] for row in described()])
            hint = f" Did you mean {listed(near)}?" if near else ""
            raise click.BadParameter(f'nothing is called "{name}".{hint}', param_hint="NAME")
    shown = tuple((kind, each, has, EXAMPLES.get(each, "")) for kind, each, has in rows)
    session.show(Result(COLUMNS, shown, question="schema"))
