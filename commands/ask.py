"""`argmap ask`: one subcommand for each question of the registry."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from contextlib import closing
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.choices import OneOf
from commands.session import Session, file_option, pass_session, shared_options, width, working
from graph.collector import collector_paused
from graph.questions.items import find_item
from graph.questions.question import NEED_EVIDENCE, Option, Question
from graph.questions.registry import QUESTIONS
from graph.questions.scope import unknown_kind
from graph.result import Column, Result
from graph.wording import listed, nearest

if TYPE_CHECKING:
    from graph.model import ArgumentMap

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
    if question.two_maps:
        takes = "MAP OTHER"
    else:
        takes = f"MAP{' ITEM' * (question.about_item or question.about_items)}{'...' * question.about_items}"

    @pass_session
    def answer(
        session: Session, /, names: tuple[str, ...], file: Path | tuple[Path, ...] | None, **options: Any
    ) -> None:
        look = f"argmap show --file {shlex.quote(str(file))}" if isinstance(file, Path) else ""
        if question.two_maps:
            argmap, *rest = _both(session, names, file if isinstance(file, tuple) else ())
        elif names and file is None:
            found = _from_store(session, question, names, options)
            if isinstance(found, Result):
                session.show(found)
                return
            argmap, rest = found, _items(question, found, names[1:])
        else:
            argmap, wanted = session.map_of(names, file if isinstance(file, Path) else None)
            rest = _items(question, argmap, wanted, look)
        for option in question.options:
            if option.item and options[option.name]:
                options[option.name] = find_item(argmap, options[option.name], look).id
            elif option.weights:
                options[option.name] = _weights(argmap, options[option.name], look)
        with working(f"Asking {question.name}"), collector_paused():
            result = question.answer(argmap, *rest, **options)
        session.show(result)
        if options.get("kind") and not result.rows:
            _note_unknown_kind(question, [argmap, *rest] if question.two_maps else [argmap], options["kind"])

    command = click.command(
        question.name,
        help=f"{question.help}\n\n\b\n  {question.example}",
        short_help=question.help,
    )(answer)
    shared_options(command)
    shared = command.params[
        ::-1
    ]  # a command, unlike a function, gets its options in the order of their making
    command.params = []
    file_option(command)
    if question.two_maps:
        both = click.Path(path_type=Path)
        command.params = [param for param in command.params if param.name != "file"]
        command.params.append(
            click.Option(["--file"], multiple=True, type=both, help="Ask this file; given twice, both.")
        )
    for option in question.options:
        command.params.append(_option(option))
    for name, why in question.refuses.items():
        command.params.append(_refused(question.name, name, why))
    argument = click.Argument(["names"], nargs=-1, metavar=takes)
    command.params = [argument, *command.params, *shared]
    return command


def _from_store(
    session: Session, question: Question, names: tuple[str, ...], options: dict[str, Any]
) -> ArgumentMap | Result:
    """The stored map, or the answer, where the map is so large that the store is asked instead."""
    from graph.store.at_scale.asked import in_store

    map_id, *wanted = names
    _refuse_wrong_words(question, wanted)
    with closing(session.open_store(read_only=True)) as store:
        with working(f"Asking {question.name}"):
            found = in_store(store, question.name, map_id, wanted, options)
        if found is not None:
            return found
        with working(f"Reading the map {map_id}"):
            return store.load(map_id)


def _items(question: Question, argmap: ArgumentMap, wanted: Sequence[str], look: str = "") -> list[Any]:
    """The ids of the items that a question is about."""
    _refuse_wrong_words(question, wanted)
    return [find_item(argmap, name, look).id for name in wanted]


def _refuse_wrong_words(question: Question, wanted: Sequence[str]) -> None:
    if len(wanted) > question.about_item and not question.about_items:
        raise click.UsageError(f'Too many words: "{" ".join(wanted)}". Put quotes around a title.')
    if len(wanted) < (question.about_item or question.about_items):
        raise click.UsageError("Which ITEM? Give its id or its title.")


def _note_unknown_kind(question: Question, maps: list[ArgumentMap], kind: str) -> None:
    """Say which kinds there are, where nothing asked about is of this one."""
    known = [each for option in question.options for each in option.kinds]
    notes = [unknown_kind(argmap, kind, known) for argmap in maps]
    if all(notes):
        click.echo(notes[0], err=True)


def _both(session: Session, names: tuple[str, ...], files: tuple[Path, ...]) -> list[Any]:
    """The two maps that are compared: stored ones first, then files."""
    if len(names) + len(files) != 2:
        raise click.UsageError(
            "Name two maps, a map and a file (MAP --file FILE), or two files (--file OLD --file NEW)."
        )
    return [*map(session.load, names), *map(session.read, files)]


def _weights(argmap: ArgumentMap, given: Iterable[str], look: str) -> dict[str, float]:
    """The numbers given as ITEM=NUMBER, by the item's id."""
    weights = {}
    for words in given:
        name, equals, number = words.rpartition("=")
        try:
            weight = float(number)
        except ValueError:
            equals = ""
        if not equals or not isfinite(weight):
            raise click.UsageError(f'"{words}" gives no weight. Write --weight ITEM=NUMBER.')
        weights[find_item(argmap, name, look).id] = weight
    return weights


def _refused(question: str, name: str, why: str) -> click.Option:
    """An option that other questions take: who gives it is told why this one does not."""
    spelled = f"--{name.replace('_', '-')}"

    def refuse(_: click.Context, __: click.Parameter, given: object) -> None:
        if given:
            raise click.UsageError(f"{question} takes no {spelled}. {why}.")

    return click.Option(
        [spelled],
        is_flag=name == NEED_EVIDENCE.name,
        hidden=True,
        expose_value=False,
        callback=refuse,
    )


def _option(option: Option) -> click.Option:
    kind: Any = OneOf(option.choices) if option.choices else None
    if option.number:
        kind = click.IntRange(min=option.least)
    elif option.seconds:
        kind = click.FloatRange(min=0, min_open=True)
    metavar = "ITEM" if option.item else "ITEM=NUMBER" if option.weights else None
    # click takes a default of None as an answer to a required option
    default: dict[str, Any] = {} if option.default is None else {"default": option.default}
    name = f"--{option.name.replace('_', '-')}"
    return click.Option(
        [f"{name}/--no-{name[2:]}" if option.default is True else name, option.name],
        type=kind,
        is_flag=option.flag,
        show_default=option.default is not None,
        multiple=option.weights,
        required=option.required,
        **default,
        metavar=metavar,
        help=option.help,
    )
