"""Files out: whole or not at all, and never over what a map was made from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from commands.session import say
from graph.errors import OutputError


def write_whole(target: Path, content: str | bytes, *, source: str) -> None:
    """Write a file beside its place and move it there; `-` is stdout. Raises OutputError.

    `source` is the file that the map was read from, which is never written over.
    """
    if str(target) == "-":
        click.echo(content, nl=False)
        return
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    place = target.resolve()  # a link stays a link
    if source and place == Path(source).resolve():
        raise OutputError(
            f"{target}: the map was read from this file, and writing would lose what only the file says\n"
            "  Give another name with -o."
        )
    try:
        if place.exists() and not place.is_file():
            _write_into(place, data)
        else:
            _write_beside(place, data)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}\n  {_advice(place)}") from error
    say(f"Wrote {target} ({len(data) / 1000:,.0f} kB)")


def _write_into(place: Path, data: bytes) -> None:
    """For a device or a pipe, which cannot be replaced; a folder raises."""
    with place.open("wb") as out:
        out.write(data)


def _write_beside(place: Path, data: bytes) -> None:
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _advice(place: Path) -> str:
    if place.is_dir():
        return f"It is a folder; name a file in it: {place.name}{os.sep}NAME"
    if not place.parent.is_dir():
        return f"There is no folder {place.parent}; make it first."
    return "Name a file in a folder of yours with -o."
