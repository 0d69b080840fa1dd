"""Which store an address names: a file, or a Neo4j server."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import StoreError
from graph.store.port import DEFAULT_WAIT, Store

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(
    address: str | Path | None = None,
    *,
    read_only: bool = False,
    shared_labels: bool = False,
    wait: float = DEFAULT_WAIT,
    password: str | None = None,
    database: str | None = None,
) -> Store:
    """The store at `address`: a path, a Neo4j address, or `neo4j` for the one that NEO4J_URI names.

    None means ARGMAP_STORE, and without it `library.kgl` in the user's data folder. Nothing is opened
    or made before the first use. `shared_labels` lets argmap write into a database whose other nodes
    have labels of ours. A writer of a file waits `wait` seconds for another one; a server has a patience of
    its own. `password` and `database` go before NEO4J_PASSWORD and NEO4J_DATABASE.
    """
    text = resolved(address)
    if "://" not in text:
        from graph.store.embedded import EmbeddedStore

        path = Path(text).expanduser()
        return EmbeddedStore(path, read_only=read_only, shared_labels=shared_labels, wait=wait)
    _refuse_what_is_no_server(text)
    from graph.store.bolt import BoltStore

    return BoltStore(
        text,
        username=os.environ.get("NEO4J_USERNAME", ""),
        password=os.environ.get("NEO4J_PASSWORD", "") if password is None else password,
        database=os.environ.get("NEO4J_DATABASE", "") if database is None else database,
        read_only=read_only,
        shared_labels=shared_labels,
    )


def resolved(address: str | Path | None = None) -> str:
    """The path or the address that is meant; raises StoreError where NEO4J_URI is wanted and not set."""
    text = str(address or os.environ.get("ARGMAP_STORE") or default_path())
    if text != "neo4j":
        return text
    uri = os.environ.get("NEO4J_URI", "")
    if not uri:
        raise StoreError(
            "NEO4J_URI is not set.\n  Set it to the server's address, or give the address itself: "
            "--store neo4j://localhost"
        )
    return uri


def is_server(address: str) -> bool:
    """Whether a resolved address names a Neo4j server."""
    return address.partition("://")[0].lower() in NEO4J_SCHEMES and "://" in address


def sends_passwords_openly(address: str) -> bool:
    """Whether what goes to a resolved address can be read on its way: unencrypted, to another machine."""
    if not is_server(address) or "+" in address.partition("://")[0]:
        return False
    host = (urlsplit(address).hostname or "").lower()
    return not (host in ("localhost", "::1") or host.startswith("127."))


def default_path() -> Path:
    """Where maps are kept when nothing else is said."""
    import platformdirs

    return platformdirs.user_data_path("argmap", appauthor=False) / "library.kgl"


def _refuse_what_is_no_server(address: str) -> None:
    scheme = address.partition("://")[0]
    if scheme.lower() not in NEO4J_SCHEMES:
        raise StoreError(
            f"{scheme}:// is no store of argmap's.\n"
            f"  A store is a file's path, or an address: {', '.join(f'{name}://' for name in NEO4J_SCHEMES)}"
        )
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise StoreError(
            "A store's address must not hold a user name or password: it would be seen in lists of\n"
            "processes, histories and logs.\n"
            "  Put them into NEO4J_USERNAME and NEO4J_PASSWORD, and leave them out of the address: "
            f"{scheme}://{parts.netloc.rpartition('@')[2]}"
        )
    if parts.path.strip("/"):
        raise StoreError(
            f"A store's address ends with the server: {scheme}://{parts.netloc}\n"
            f"  Name the database with NEO4J_DATABASE={parts.path.strip('/')}."
        )
