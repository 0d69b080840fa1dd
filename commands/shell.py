"""`argmap shell`: Cypher, statement by statement, with history and completion."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from commands.query import result_of, tell_what_is_not_known
from commands.session import Session, pass_session, say, shared_options, working
from graph.errors import ArgmapError
from graph.store.port import DEFAULT_TIMEOUT, Store

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completion
    from prompt_toolkit.document import Document

HELP = """A statement ends with ; or with an empty line. It only reads, unless the shell began with --write.
:maps lists the maps, :schema NAME tells what a label or a relationship has, :help this, :quit ends."""

KEYWORDS = (
    "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "DISTINCT", "ORDER BY", "LIMIT", "SKIP", "WITH", "UNWIND",
    "EXISTS", "COUNT", "collect", "AND", "OR", "NOT", "IN", "IS NULL", "IS NOT NULL", "CONTAINS",
    "STARTS WITH", "ENDS WITH", "CREATE", "SET", "REMOVE", "DETACH DELETE",
)  # fmt: skip
_LIMIT = 1_000


@click.command()
@click.option("--write", is_flag=True, help="Let statements change the store.")
@shared_options
@pass_session
def shell(session: Session, write: bool) -> None:
    """Ask in Cypher, statement by statement.

    \b
      argmap shell
    """
    with closing(session.open_store(read_only=not write)) as store:
        for statement in _statements(store):
            try:
                _answer(session, store, statement, write)
            except ArgmapError as error:
                say(str(error))
            except KeyboardInterrupt:
                if not sys.stdin.isatty():
                    raise
                say("Interrupted.")


def _answer(session: Session, store: Store, statement: str, write: bool) -> None:
    if statement.startswith(":"):
        _command(store, statement[1:].rstrip(";").split())
        return
    with working("Querying"):
        rows = store.cypher(statement, write=write, timeout=DEFAULT_TIMEOUT, limit=_LIMIT)
    session.show(result_of(rows, for_people=session.layout != "json"))
    tell_what_is_not_known(statement, rows)


def _command(store: Store, words: list[str]) -> None:
    from graph.store.vocabulary import EXAMPLES, described

    match words:
        case ["maps"]:
            for info in store.maps():
                click.echo(f"{info.id}  {info.title}")
        case ["schema", *names]:
            for kind, name, has in described():
                if not names or name.casefold() == names[0].casefold():
                    click.echo(f"{name} ({kind}): {has}\n  {EXAMPLES.get(name, '')}")
        case _:
            say(HELP)


def _statements(store: Store) -> Iterator[str]:
    """What is typed, or what comes on standard input, statement by statement."""
    if not sys.stdin.isatty():
        yield from split(sys.stdin)
        return
    yield from _typed(store)


def split(lines: Iterable[str | None]) -> Iterator[str]:
    """Statements as lines make them: to a `;` or to an empty line; None drops what is begun."""
    held: list[str] = []
    for line in lines:
        if line is None:
            held = []
            continue
        text = line.rstrip()
        if not held and text.startswith(":"):
            if text.split()[0] in (":quit", ":exit"):
                return
            yield text
        elif text.endswith(";") or not text:
            held.append(text.removesuffix(";"))
            statement = "\n".join(held).strip()
            held = []
            if statement:
                yield statement
        else:
            held.append(text)
    if any(held):
        yield "\n".join(held).strip()


def _typed(store: Store) -> Iterator[str]:
    import platformdirs
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    folder = platformdirs.user_state_path("argmap", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(folder / "history")), completer=completer(store), complete_while_typing=False
    )
    say(HELP)

    def lines() -> Iterator[str | None]:
        mark = "argmap> "
        while True:
            try:
                text = prompt.prompt(mark)
            except EOFError:
                return
            except KeyboardInterrupt:
                mark = "argmap> "
                yield None
                continue
            mark = "argmap> " if text.rstrip().endswith(";") or not text.strip() else "   ...> "
            yield text

    yield from split(lines())


def completer(store: Store):  # type: ignore[no-untyped-def]  # its class is imported here alone
    """Completes labels and types after `:`, properties after `.`, ids of maps in quotes, and keywords."""
    from prompt_toolkit.completion import Completer, Completion

    ids = [info.id for info in store.maps()]

    class Names(Completer):
        """What may stand at the cursor."""

        def get_completions(self, document: Document, _: object) -> Iterator[Completion]:
            before = document.text_before_cursor
            for begun, choices in (candidates(before, ids),):
                for choice in choices:
                    if choice.casefold().startswith(begun.casefold()) and choice != begun:
                        yield Completion(choice, start_position=-len(begun))

    return Names()


def candidates(before: str, ids: list[str]) -> tuple[str, list[str]]:
    """What is begun at the end of a text, and what it may become."""
    from graph.model import Label, LinkKind
    from graph.store.vocabulary import properties

    if found := re.search(r"\[\w*:(?:\w+\|)*(\w*)$", before):
        return found[1], [kind.value for kind in LinkKind]
    if found := re.search(r"(?<!\w):(\w*)$|\(\w*:(\w*)$", before):
        return found[1] or found[2] or "", ["Map", *(label.value for label in Label)]
    if found := re.search(r"\w\.(\w*)$|[{,]\s*(\w*)$", before):
        return found[1] or found[2] or "", properties()
    if found := re.search(r"['\"]([\w-]*)$", before):
        return found[1], ids
    found = re.search(r"(\w*)$", before)
    return (found[1] if found else ""), list(KEYWORDS)
