"""The `argmap` command: its subcommands, found when they are needed, and what errors come to."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from commands.session import Session, say, shared_options, width
from graph.errors import ArgmapError

if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 130
REPORT = "Please report it with what --debug prints: run the same command again with it."

# Name → where it is, and its line in `argmap --help`, which must not import it.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "load": ("commands.load:load", "Read files and keep their maps in the store."),
    "maps": ("commands.maps:maps", "List the maps in the store."),
    "show": ("commands.show:show", "Print a map as a tree, or one item in full."),
    "find": ("commands.show:find", "Find items by the words in them."),
    "ask": ("commands.ask:ask", "Answer a question about a map."),
    "query": ("commands.query:query", "Run a Cypher query on the store."),
    "shell": ("commands.shell:shell", "Ask in Cypher, statement by statement."),
    "schema": ("commands.schema:schema", "Print labels, properties and relationships, with queries."),
    "brief": ("commands.brief:brief", "Write a side's one-page preparation sheet."),
    "draw": ("commands.draw:draw", "Write the map as one HTML file, or as a still picture."),
    "export": ("commands.export:export", "Write a map in another format."),
    "convert": ("commands.convert:convert", "Turn a file into another format, without a store."),
    "formats": ("commands.convert:formats", "List the formats that are read and written."),
    "check": ("commands.check:check", "Say what is wrong with a file or a map."),
    "set": ("commands.edit:set_", "Set what the file does not say: side, granted, strength."),
    "unset": ("commands.edit:unset", "Take back what was set: the file's word holds again."),
    "note": ("commands.edit:note", "Write a note on an item of a map."),
    "link": ("commands.edit:link", "Link two items of a map: A rebuts B."),
    "links": ("commands.links:links", "List what titles may answer; accept or reject it."),
    "cards": ("commands.cards:cards", "Search cards; find one passage cut several ways."),
    "speech": ("commands.speech:speech", "Write chosen cards as a speech document."),
    "flow": ("commands.speech:flow", "Write a flow sheet, a column a speech."),
    "verify": ("commands.verify:verify", "Check every quotation against its source."),
    "notes": ("commands.edit:notes", "List what users added to a map: notes, values, links."),
    "log": ("commands.edit:log", "Tell what was loaded and changed when."),
    "backup": ("commands.backup:backup", "Write every map of the store into one archive."),
    "restore": ("commands.backup:restore", "Read an archive of `backup` into the store."),
    "copy": ("commands.backup:copy", "Copy a map into another store, of either kind."),
    "delete": ("commands.maps:delete", "Remove a map from the store."),
    "doctor": ("commands.check:doctor", "Say which store is in use and whether all is well."),
}


class _Commands(click.Group):
    """A group whose commands are imported when they are run."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from graph.wording import listed, nearest

            near = nearest(name, COMMANDS)
            hint = f" Did you mean {listed(near)}?" if near else ""
            raise click.UsageError(f'No such command "{name}".{hint}', context)
        return super().resolve_command(context, args)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("argmap")
        except PackageNotFoundError:
            number = "(not installed, run from its folder)"
        click.echo(f"argmap {number}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and end.",
)
@shared_options
def argmap() -> None:
    """Argument maps as a graph database, for debate coaches.

    \b
      argmap load mine.argdown
      argmap ask unanswered mine
      argmap draw mine -o mine.html --open
    """


def run(args: Sequence[str], session: Session | None = None) -> int:
    """Run one command; its exit code: 0 fine, 1 an error to fix, 2 wrong usage, 130 interrupted."""
    session = session or Session()
    try:
        columns = min(width(), 80)  # click would not go below 50
        with argmap.make_context("argmap", list(args), obj=session, terminal_width=columns) as context:
            argmap.invoke(context)
        sys.stdout.flush()  # here, where a reader that is gone can still be told from an error
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ArgmapError as error:
        if session.debug:
            import traceback

            traceback.print_exception(error)
        say(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)  # ends the line on which the terminal shows ^C
        return INTERRUPTED
    except BrokenPipeError:  # the reader (`head`) has what it wanted
        _forget_output()
    except OSError as error:  # every other is an ArgmapError by now: what is left is our own output
        _forget_output()
        say(f"The answer could not be written: {error.strerror}\n  Make room, or send it elsewhere.")
        return 1
    return 0


def _forget_output() -> None:
    """Send what stdout still holds nowhere, so that it does not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> NoReturn:
    """The `argmap` command of the shell."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what a terminal lacks must not end a command
    session = Session()

    def own_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if session.debug:
            sys.__excepthook__(kind, error, trace)
        else:
            say(f"argmap made a mistake, and you did not: {kind.__name__}: {error}\n  {REPORT}")

    sys.excepthook = own_up
    if "_ARGMAP_COMPLETE" in os.environ:
        argmap.main(prog_name="argmap")
    code = run(sys.argv[1:], session)
    gc.freeze()  # Python's last search for garbage would look through all that is about to go anyway
    sys.exit(code)


if __name__ == "__main__":
    main()
