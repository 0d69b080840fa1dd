"""`argmap ask`: one subcommand for each question of the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.session import Session, file_option, pass_session, shared_options, width, working
from graph.questions.items import find_item
from graph.questions.question import Option, Question
from graph.questions.registry import QUESTIONS
from graph.result import Column, Result
from graph.wording import listed, nearest

_LIST = (Column("question"), Column("answers", heading="says"), Column("example", heading="for example"))


class _Questions(click.Group):
    """The questions as commands."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(QUESTIONS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        return _command(QUESTIONS[name]) if name in QUESTIONS else None

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in QUESTIONS:
            near = nearest(args[0], QUESTIONS)
            hint = f"Did you mean {listed(near)}?" if near else f"There are {listed(QUESTIONS, 'and')}."
            raise click.UsageError(f'No such question "{args[0]}". {hint}', context)
        return super().resolve_command(context, args)


@click.group(
    cls=_Questions, invoke_without_command=True, subcommand_metavar="QUESTION MAP [ITEM] [OPTIONS]..."
)
@shared_options
@click.pass_context
def ask(context: click.Context) -> None:
    """Answer a question about a map.

    Without a QUESTION, list them all.

    \b
      argmap ask unanswered localism
      argmap ask answers localism double-standard --format json
      argmap ask bare --file mine.argdown
    """
    if context.invoked_subcommand is None:
        session = context.ensure_object(Session)
        if session.layout == "table":
            click.echo(_listing(), nl=False)
        else:
            rows = tuple((one.name, one.help, one.example) for one in QUESTIONS.values())
            session.show(Result(_LIST, rows, question="ask"))


def _listing() -> str:
    formatter = click.HelpFormatter(width=width())
    formatter.write_dl(
        [
            line
            for question in QUESTIONS.values()
            for line in ((question.name, question.help), ("", question.example))
        ]
    )
    return formatter.getvalue()


def _command(question: Question) -> click.Command:
    """The subcommand that asks one question."""
    takes = "MAP ITEM" if question.about_item else "MAP"

    @pass_session
    def answer(session: Session, /, names: tuple[str, ...], file: Path | None, **options: object) -> None:
        argmap, rest = session.map_of(names, file)
        if len(rest) > question.about_item:
            raise click.UsageError(f'Too many words: "{" ".join(rest)}". Put quotes around a title.')
        if len(rest) < question.about_item:
            raise click.UsageError("Which ITEM? Give its id or its title.")
        item = (find_item(argmap, rest[0]).id,) if rest else ()
        with working(f"Asking {question.name}"):
            result = question.answer(argmap, *item, **options)
        session.show(result)

    command = click.command(
        question.name,
        help=f"{question.help}\n\n\b\n  {question.example}",
        short_help=question.help,
    )(answer)
    shared_options(command)
    file_option(command)
    for option in question.options:
        command.params.append(_option(option))
    command.params.insert(0, click.Argument(["names"], nargs=-1, metavar=takes))
    return command


def _option(option: Option) -> click.Option:
    kind: Any = click.Choice(option.choices) if option.choices else None
    if option.number:
        kind = click.IntRange(min=option.least)
    return click.Option(
        [f"--{option.name.replace('_', '-')}", option.name],
        type=kind,
        is_flag=option.flag,
        default=option.default if not option.flag else False,
        show_default=option.number and option.default is not None,
        help=option.help,
    )
