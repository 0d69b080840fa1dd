"""What all commands share: the options before and after the command, the store, and how to speak."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from graph.model import ArgumentMap
    from graph.result import Result
    from graph.store.port import Store

F = TypeVar("F", bound=Callable[..., Any])

# The names of graph.render.LAYOUTS, which `--help` must not import.
LAYOUT_NAMES = ("table", "json", "csv", "markdown")
_PATIENCE = 2.0  # seconds before a command says that it is still at work


@dataclass
class Session:
    """What was said before or after the command about all commands."""

    store: str | None = None
    layout: str = "table"
    debug: bool = False
    database: str | None = None
    password_file: Path | None = None
    wait: float | None = None
    _asked: dict[str, str] = field(default_factory=dict)  # passwords by address, for this command

    def open_store(self, *, read_only: bool = False, address: str | None = None) -> Store:
        """The store in use, or the one at `address`; whoever opens it closes it."""
        from graph.store.port import DEFAULT_WAIT
        from graph.store.url import is_server, open_store, resolved, sends_passwords_openly

        place = resolved(address or self.store)
        if sends_passwords_openly(place) and place not in self._asked:
            say(
                f"{place}: the connection is not encrypted, and goes to another machine.\n"
                "  Use neo4j+s:// where the server offers it."
            )
        return open_store(
            place,
            read_only=read_only,
            wait=DEFAULT_WAIT if self.wait is None else self.wait,
            password=self._password(place) if is_server(place) else None,
            database=self.database,
        )

    def _password(self, place: str) -> str | None:
        """The password for a server: from the file, else None for NEO4J_PASSWORD, else as typed."""
        if self.password_file is not None:
            return _first_line(self.password_file)
        if "NEO4J_PASSWORD" in os.environ or not (sys.stdin.isatty() and sys.stderr.isatty()):
            self._asked.setdefault(place, "")
            return None
        if place not in self._asked:
            typed = click.prompt("Password", default="", show_default=False, hide_input=True, err=True)
            self._asked[place] = str(typed)
        return self._asked[place]

    def load(self, map_id: str) -> ArgumentMap:
        """The stored map of this id."""
        with closing(self.open_store(read_only=True)) as store, working(f"Reading the map {map_id}"):
            return store.load(map_id)

    def map_of(self, names: tuple[str, ...], file: Path | None) -> tuple[ArgumentMap, tuple[str, ...]]:
        """The map that a file holds, else the stored one that the first name is; and the names left."""
        if file is not None:
            return self.read(file), names
        if not names:
            raise click.UsageError("Name a stored map (argmap maps lists them), or a file: --file FILE")
        return self.load(names[0]), names[1:]

    def only_map_of(self, names: tuple[str, ...], file: Path | None) -> ArgumentMap:
        """As `map_of`, for commands that take nothing but a map."""
        if len(names) > (file is None):
            raise click.UsageError("Name one stored map, or one file with --file FILE.")
        return self.map_of(names, file)[0]

    def read(self, file: Path) -> ArgumentMap:
        """The map that a file holds; what its reader warns of goes to stderr."""
        from ingest.reading import read_with_warnings

        with working(f"Reading {file}"):
            reading = read_with_warnings(file)
        for warning in reading.warnings:
            say(str(warning))
        return reading.argmap

    def show(self, result: Result) -> None:
        """Print an answer on stdout in the layout that was asked for."""
        from graph.render import render

        click.echo(render(result, self.layout, width()), nl=False)


pass_session = click.make_pass_decorator(Session, ensure=True)


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    # The same options stand before and after a command; what was not said again must not undo the first.
    if option.name and value is not None and value is not False:
        setattr(context.ensure_object(Session), option.name, value)


def shared_options(command: F) -> F:
    """Give a command the options that all of them have."""
    store = click.option(
        "--store",
        metavar="WHERE",
        expose_value=False,
        callback=_remember,
        help="Where maps are kept: a file, or a Neo4j address.",
    )
    layout = click.option(
        "--format",
        "layout",
        metavar="FORMAT",
        type=click.Choice(LAYOUT_NAMES),
        expose_value=False,
        callback=_remember,
        help="table, json, csv or markdown.",
    )
    debug = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Show where in the code an error arose.",
    )
    database = click.option(
        "--database",
        metavar="NAME",
        expose_value=False,
        callback=_remember,
        help="The server's database, if not its default.",
    )
    password_file = click.option(
        "--password-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember,
        help="Read the server's password from this file.",
    )
    wait = click.option(
        "--wait",
        metavar="SECONDS",
        type=click.FloatRange(min=0),
        expose_value=False,
        callback=_remember,
        help="How long to wait for another writer.  [default: 10]",
    )
    return store(layout(database(password_file(wait(debug(command))))))


def file_option(command: F) -> F:
    """Let a command ask a file instead of a stored map."""
    return click.option("--file", type=click.Path(path_type=Path), help="Ask this file, without a store.")(
        command
    )


def _first_line(file: Path) -> str:
    from graph.errors import StoreError

    try:
        return file.read_text("utf-8").split("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise StoreError(
            f"{file}: the password cannot be read: {why}\n  Put it on the first line."
        ) from error


def width() -> int:
    """The terminal's width in columns; 80 where there is no terminal."""
    import shutil

    return max(shutil.get_terminal_size((80, 24)).columns, 20)


def say(text: str) -> None:
    """Print what is no answer (a warning, a count, what was written) on stderr."""
    from graph.terminal import visible_lines

    click.echo(visible_lines(text), err=True)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Tell a person at a terminal what is going on, if it goes on for longer than people wait."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(_PATIENCE, say, (f"{what} …",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
