"""Encrypted connections to a real server, with a certificate that this test makes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import neo4j_server
import pytest
from tax_map import WHOLE

from graph.errors import StoreError
from graph.store.url import open_store

pytestmark = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    """A server of its own that speaks TLS only."""
    if not shutil.which("openssl"):
        pytest.skip(f"{neo4j_server.NOT_THIS_SERVER}: no openssl, which makes the certificate")
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subprocess.run(
        [*command, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True
    )
    try:
        server = neo4j_server.start_encrypted(folder)
    except neo4j_server.Unavailable as error:
        pytest.skip(f"{neo4j_server.NOT_THIS_SERVER}: {error}")
    yield server
    server.stop()


@pytest.fixture
def port(encrypted: neo4j_server.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in encrypted.environment.items():
        monkeypatch.setenv(name, value)
    return encrypted.uri.rpartition(":")[2]


@pytest.mark.parametrize("scheme", ["neo4j+ssc", "bolt+ssc"])
def test_a_certificate_that_nobody_signed_is_taken_where_that_is_said(port: str, scheme: str) -> None:
    store = open_store(f"{scheme}://127.0.0.1:{port}")
    store.replace(WHOLE)
    assert store.load("tax") == WHOLE
    store.delete("tax")
    store.close()


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s", "bolt", "neo4j"])
def test_else_it_is_refused_in_words(port: str, scheme: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"{scheme}://127.0.0.1:{port}").maps()
    what, what_to_do = str(caught.value).split("\n")
    assert what.startswith(f"{scheme}://127.0.0.1:{port}: no Neo4j answers there (")
    assert what_to_do.startswith("  ")
