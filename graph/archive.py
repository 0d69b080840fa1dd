"""Every map of a store as one archive: lossless JSON a map, with checksums, and the maps' logs."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from graph.errors import InputError, Problem
from graph.export.json import to_json
from graph.model import ArgumentMap
from graph.store.port import LogEntry

VERSION = 1
_INDEX = "backup.json"
_BEGINS = b"PK"  # as every archive does
_LARGEST = 4_000_000_000  # bytes of one map, unpacked: more is no map but an attack on the memory
_DATE = (1980, 1, 1, 0, 0, 0)  # so that the same maps make the same bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """One map of an archive: the map, and what it went through."""

    argmap: ArgumentMap
    log: tuple[LogEntry, ...] = ()


def write(out: IO[bytes], maps: Iterable[Kept]) -> int:
    """Write an archive of maps, one in memory at a time; how many there were."""
    index: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, kept in enumerate(maps):
            text = to_json(kept.argmap).encode()
            name = f"maps/{number:05}.json"
            _put(archive, name, text)
            index.append(
                {
                    "id": kept.argmap.id,
                    # What it was read from, which the export of one map leaves out:
                    "file": kept.argmap.file,
                    "read_sha256": kept.argmap.sha256,
                    "name": name,
                    "sha256": hashlib.sha256(text).hexdigest(),
                    "log": [[entry.at, entry.by, entry.what, entry.version] for entry in kept.log],
                }
            )
        whole = json.dumps({"argmap-backup": VERSION, "maps": index}, ensure_ascii=False, indent=1)
        _put(archive, _INDEX, whole.encode())
    return len(index)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    place = zipfile.ZipInfo(name, _DATE)
    place.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(place, content)


def read(source: IO[bytes], name: str, parse: Callable[[str, str], ArgumentMap]) -> Iterator[Kept]:
    """The maps of an archive, each checked against its checksum before it is given.

    `parse` makes a map of a name for messages and a JSON text. Raises InputError.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            for entry in _index(archive, name):
                yield _map(archive, name, entry, parse)
    except zipfile.BadZipFile as error:
        source.seek(0)
        if source.read(len(_BEGINS)) != _BEGINS:
            raise InputError(_no_backup(name)) from error
        said = str(error)
        why = "its end is missing" if said == "File is not a zip file" else said
        raise InputError(_damaged(name, why)) from error
    except zlib.error as error:
        raise InputError(_damaged(name, "it cannot be unpacked")) from error
    except (EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(_damaged(name, str(error) or "it is cut off")) from error
    except KeyError as error:
        raise InputError(_damaged(name, "one of its maps is missing")) from error


def is_one(path: Path) -> bool:
    """Whether a file looks like an archive of ours, whole or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _INDEX in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def check(source: IO[bytes], name: str, parse: Callable[[str, str], ArgumentMap]) -> list[str]:
    """The ids of the maps in an archive, all of it read and checked. Raises InputError."""
    return [kept.argmap.id for kept in read(source, name, parse)]


def _index(archive: zipfile.ZipFile, name: str) -> list[Mapping[str, Any]]:
    try:
        index = json.loads(_content(archive, _INDEX, name))
        version = index["argmap-backup"]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(_no_backup(name)) from error
    if not isinstance(version, int) or version > VERSION:
        raise InputError(
            Problem(name, f"written by a newer argmap (backup {version})", "Install a newer argmap.")
        )
    maps = index.get("maps")
    if not isinstance(maps, list) or not all(isinstance(entry, dict) for entry in maps):
        raise InputError(_damaged(name, "its list of maps cannot be read"))
    return maps


def _map(
    archive: zipfile.ZipFile, name: str, entry: Mapping[str, Any], parse: Callable[[str, str], ArgumentMap]
) -> Kept:
    content = _content(archive, str(entry.get("name")), name)
    map_id = str(entry.get("id"))
    if hashlib.sha256(content).hexdigest() != entry.get("sha256"):
        raise InputError(_damaged(name, f'the map "{map_id}" does not fit its checksum'))
    argmap = parse(f"{name} ({map_id})", content.decode())
    try:
        log = tuple(
            LogEntry(str(at), str(by), str(what), int(v)) for at, by, what, v in entry.get("log") or ()
        )
    except (TypeError, ValueError) as error:
        raise InputError(_damaged(name, f'the log of the map "{map_id}" cannot be read')) from error
    own = replace(argmap, file=str(entry.get("file") or ""), sha256=str(entry.get("read_sha256") or ""))
    return Kept(own, log)


def _content(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    info = archive.getinfo(member)
    if info.file_size > _LARGEST:
        raise InputError(_damaged(name, f"{member} is too large"))
    out = io.BytesIO()
    with archive.open(info) as held:
        while piece := held.read(1 << 20):
            out.write(piece)
            if out.tell() > info.file_size:
                raise InputError(_damaged(name, f"{member} is larger than it says"))
    return out.getvalue()


def _no_backup(name: str) -> Problem:
    return Problem(name, "this is no backup of argmap's", "Name a file that `argmap backup` wrote.")


def _damaged(name: str, why: str) -> Problem:
    return Problem(name, f"the backup is damaged: {why}", "Nothing was restored. Take another copy of it.")
