"""Files out: whole or not at all, and never over what a map was made from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import click

from commands.session import say
from graph.errors import OutputError
from graph.export.writing import Writer
from graph.model import ArgumentMap

_MOST_NAMED = 20  # items of one kind of loss; more are counted


def tell_losses(argmap: ArgumentMap, writer: Writer, *, strict: bool) -> None:
    """Say on stderr what the format leaves out, item by item; raises OutputError if `strict`."""
    if writer.name == "json":
        return  # our own, which says everything
    from graph.export.losses import losses

    found = losses(argmap, writer.name)
    if not found:
        return
    lines = [f"{writer.what} cannot say all of {argmap.id}:"]
    for loss in found:
        lines.append(f"  {loss}")
        lines += [f"    {' '.join(name.split())}" for name in loss.of[:_MOST_NAMED]]
        if loss.count > _MOST_NAMED:
            lines.append(f"    … and {loss.count - _MOST_NAMED} more")
    if strict:
        raise OutputError(
            "\n".join(
                [*lines, "  Nothing is written: leave --strict out, or write another file as argmap JSON."]
            )
        )
    say("\n".join(lines))


def write_whole(target: Path, content: str | bytes, *, source: str) -> None:
    """Write a file beside its place and move it there; `-` is stdout. Raises OutputError.

    `source` is the file that the map was read from, which is not written over.
    """
    if str(target) == "-":
        click.echo(content, nl=False)
        return
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    place = target.resolve()  # a link stays a link
    if is_source(target, source):
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


def is_source(target: Path, source: str) -> bool:
    """Whether this is the file that a map was read from ("" for none)."""
    return bool(source) and str(target) != "-" and target.resolve() == Path(source).resolve()


def write_back(target: Path, content: str | bytes, *, sha256: str) -> None:
    """Write a map into the file that it was read from, as it was then, and keep that beside it.

    Raises OutputError, and writes nothing, where the file is not as it was: it changed, or the map
    joins other files to it.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    place = target.resolve()
    try:
        before = place.read_bytes()
        if hashlib.sha256(before).hexdigest() != sha256:
            raise OutputError(
                f"{target}: it is not as it was when the map was loaded from it, or it joins other files\n"
                "  Load it again first (what you added stays), or give another name with -o."
            )
        if before == data:
            say(f"{target} says all of this already")
            return
        numbers = ("", *(f"-{number}" for number in range(2, 10_000)))
        kept = next(
            each
            for each in (place.with_name(f"{place.name}.before{number}") for number in numbers)
            if not each.exists()
        )
        _write_beside(kept, before)
        _write_beside(place, data)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}\n  {_advice(place)}") from error
    say(f"Wrote {target} ({len(data) / 1000:,.0f} kB); what it was is kept as {kept.name}")


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
