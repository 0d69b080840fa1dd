"""What all tests share: a map read from the test's own text, and stores on both engines."""

from __future__ import annotations

import importlib.util
import os
import textwrap
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import neo4j_server
import pytest

from graph.model import ArgumentMap
from graph.store.port import Store
from graph.store.url import open_store

if importlib.util.find_spec("browser"):
    pytest_plugins = ["browser"]

hypothesis.settings.register_profile("argmap", deadline=None)  # how long a machine takes decides no test
hypothesis.settings.load_profile("argmap")

_NEEDS = ("neo4j", "browser", "tool")  # marks of tests that need more than Python

_ENGINES = (
    pytest.param("embedded"),
    pytest.param("neo4j", marks=(pytest.mark.neo4j, pytest.mark.xdist_group("neo4j"))),
)


@pytest.fixture
def read_map(tmp_path: Path) -> Callable[[str], ArgumentMap]:
    """Reads the Argdown written in a test: `read_map(text)` gives the map `map`."""

    def written(text: str) -> ArgumentMap:
        from ingest.reading import read

        path = tmp_path / "map.argdown"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return read(path)

    return written


@pytest.fixture(scope="session")
def neo4j_running(pytestconfig: pytest.Config) -> neo4j_server.Server:
    """The real Neo4j of this run; tests without one are skipped with the reason."""
    server = _server(pytestconfig)
    if isinstance(server, neo4j_server.Unavailable):
        pytest.skip(str(server))
    return server


@pytest.fixture
def neo4j_address(neo4j_running: neo4j_server.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty Neo4j; what logs in is in the environment."""
    for name, value in neo4j_running.environment.items():
        monkeypatch.setenv(name, value)
    yield neo4j_running.uri
    for name, value in neo4j_running.environment.items():  # a test may have changed them
        monkeypatch.setenv(name, value)
    _empty(neo4j_running.uri)


@pytest.fixture(params=_ENGINES)
def any_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, one of each engine."""
    if request.param == "neo4j":
        address: str = request.getfixturevalue("neo4j_address")
        return address
    return str(tmp_path / "library.kgl")


@pytest.fixture
def any_store(any_address: str) -> Iterator[Store]:
    """An empty, open store, one of each engine."""
    store = open_store(any_address)
    yield store
    store.close()


def _empty(uri: str) -> None:
    import neo4j

    # Not by way of a store: a test may leave behind what a store refuses to touch.
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(uri, auth=auth) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


_SERVER: pytest.StashKey[neo4j_server.Server | neo4j_server.Unavailable] = pytest.StashKey()


def _server(config: pytest.Config) -> neo4j_server.Server | neo4j_server.Unavailable:
    """The run's server, started at the first call."""
    if _SERVER not in config.stash:
        try:
            server = neo4j_server.start()
            _refuse_a_server_in_use(server)
            config.stash[_SERVER] = server
        except neo4j_server.Unavailable as error:
            config.stash[_SERVER] = error
    return config.stash[_SERVER]


def _refuse_a_server_in_use(server: neo4j_server.Server) -> None:
    """Tests empty the database they run on, so it has to be empty when they come."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        store = open_store(server.uri)
        try:
            count = store.cypher("MATCH (n) RETURN count(n)").rows[0][0]
        finally:
            store.close()
    if count:
        raise neo4j_server.Unavailable(
            f"the database at NEO4J_URI holds {count} nodes: tests want an empty one"
        )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "xdist_group(name): the worker that runs it, with pytest-xdist")
    # One server, one worker: with xdist's default distribution every worker would start its own.
    if getattr(config.option, "dist", "no") == "load":
        config.option.dist = "loadgroup"


def pytest_report_collectionfinish(config: pytest.Config, items: Sequence[pytest.Item]) -> str | None:
    """Says in the header which Neo4j answers, if any test wants one."""
    if config.option.collectonly or not any(item.get_closest_marker("neo4j") for item in items):
        return None
    return _described(_server(config))


def _described(server: neo4j_server.Server | neo4j_server.Unavailable) -> str:
    if isinstance(server, neo4j_server.Unavailable):
        return f"neo4j: {server}"
    return f"neo4j: {server.version()} at {server.uri} ({server.origin})"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the server; with xdist, the worker that ran it says which it was."""
    server = session.config.stash.get(_SERVER, None)
    output = getattr(session.config, "workeroutput", None)
    if server is not None and output is not None:
        output["neo4j"] = _described(server)
    if isinstance(server, neo4j_server.Server):
        server.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """With xdist: the worker's word on its server, for the summary."""
    said = getattr(node, "workeroutput", {}).get("neo4j")
    if said:
        node.config.stash[_SAID] = said


_SAID: pytest.StashKey[str] = pytest.StashKey()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    said = config.stash.get(_SAID, "")
    if said:
        terminalreporter.write_line(said)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI set, a test that is skipped for want of a server, a browser or a tool fails."""
    report = yield
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    wanted = any(item.get_closest_marker(mark) for mark in _NEEDS)
    if os.environ.get("CI") and report.skipped and wanted and neo4j_server.NOT_THIS_SERVER not in reason:
        report.outcome = "failed"
        report.longrepr = f"With CI set, such a skip is a failure. {reason}"
    return report
