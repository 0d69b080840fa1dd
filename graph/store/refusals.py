"""What a coach reads when a store cannot do what was asked: what it is, and what to do."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path


def reading_only(where: str) -> str:
    """The store was opened so that nothing can be changed."""
    return f"{where}: the store was opened for reading only."


def too_long(timeout: float) -> str:
    """A query was ended."""
    return f"The query ran longer than {timeout:g} s and was ended.\n  Give it longer with --timeout."


def another_writer(path: Path, process: int | None) -> str:
    """Somebody else holds the file for writing."""
    who = f" (process {process})" if process else ""
    return (
        f"{path}: another argmap is writing to this store{who}.\n"
        "  Try again when it is done; reading works meanwhile."
    )


def a_folder(path: Path) -> str:
    """The path names a folder."""
    return f"{path}: a store is a file, and this is a folder.\n  Name a file in it: {path / 'library.kgl'}"


def unreadable(path: Path, said: str) -> str:
    """The file is newer than the engine, no store at all, or damaged; `said` is the engine's word."""
    if "only supports up to" in said:
        return (
            f"{path}: this store was written by a newer version than this one reads.\n"
            "  Upgrade: `pip install --upgrade argmap kglite`. The store was not touched."
        )
    if "does not start with" in said:
        return (
            f"{path}: this is not a store of argmap's.\n"
            "  Name another file with --store. This one was not touched."
        )
    return (
        f"{path}: the store is damaged: {said.partition('): ')[2] or said}\n"
        "  Put a copy of it in its place, or move it away and load the maps again. It was not touched."
    )


def unwritable(path: Path, error: Exception) -> str:
    """The operating system refuses the file; kglite's errors carry its number in their text."""
    told = re.search(r"os error (\d+)", str(error))
    number = int(told[1]) if told else getattr(error, "errno", None)
    said = os.strerror(number) if number else str(error)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"{path}: there is no room to save the store ({said}).\n"
            "  Make room and try again. The store is as it was."
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{path}: the store may not be read or written there ({said}).\n"
            "  Name one in a folder of yours with --store, or ask for the right to this one."
        )
    if number in (errno.ENOTDIR, errno.EEXIST):
        return f"{path}: a part of this path is a file, not a folder.\n  Name another path with --store."
    return f"{path}: {said}\n  The store is as it was."


def place(uri: str, database: str) -> str:
    """A server's address, and the database where one was named."""
    return uri + (f" ({database})" if database else "")


def no_server(uri: str, said: str) -> str:
    """Nothing answers, or nothing that speaks this scheme."""
    return (
        f"{uri}: no Neo4j answers there ({said}).\n"
        "  Start the server, or put its address right: neo4j://HOST:7687, neo4j+s://HOST for Aura."
    )


def no_answer(uri: str) -> str:
    """The server went away when all was said and only its word that it is saved was missing."""
    return (
        f"{uri}: the server went away while it saved the change: it is there whole, or not at all.\n"
        "  See `argmap log MAP` when it is back, and do it again if it is not there."
    )


def by_server(uri: str, username: str, database: str, code: str, said: str) -> str:
    """The server answers with an error of this code and message."""
    where, name = place(uri, database), code.rpartition(".")[2]
    if name == "AuthenticationRateLimit":
        return f"{uri}: too many wrong passwords.\n  Wait some seconds, and put NEO4J_PASSWORD right."
    if name == "Unauthorized" and not username:
        return (
            f"{uri}: the server asks for a password.\n"
            "  Set NEO4J_PASSWORD (and NEO4J_USERNAME, where that is not neo4j)."
        )
    if name == "Unauthorized":
        return (
            f"{uri}: the server refuses the password of {username}.\n"
            "  Put NEO4J_USERNAME and NEO4J_PASSWORD right."
        )
    if name == "DatabaseNotFound":
        return (
            f"{uri}: the server has no database {database}.\n"
            "  Put NEO4J_DATABASE right, or unset it for the server's own default."
        )
    if "OutOfMemory" in name:
        return (
            f"{where}: the server has not the memory for this in one transaction; nothing was changed.\n"
            "  Give it more: server.memory.heap.max_size, and dbms.memory.transaction.total.max."
        )
    if name == "DatabaseUnavailable":
        return f"{where}: the database is not running.\n  Start it, and try again."
    if name in ("ForbiddenOnReadOnlyDatabase", "WriteOnReadOnlyAccessDatabase", "Forbidden"):
        return (
            f"{where}: the database may only be read.\n"
            "  Ask for the right to write to it, or name another with NEO4J_DATABASE."
        )
    return f"{where}: {said}"
