"""Which store an address names, and what is said of an address that names none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tax_map import WHOLE

from graph.errors import StoreError
from graph.store.url import default_path, open_store


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARGMAP_STORE", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(tmp_path / "a.kgl").replace(WHOLE)
    monkeypatch.setenv("ARGMAP_STORE", str(tmp_path / "a.kgl"))
    assert open_store().load("tax") == WHOLE
    assert open_store(None).load("tax") == WHOLE
    assert open_store(tmp_path / "b.kgl").maps() == []


def test_without_a_word_it_is_a_file_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert default_path().is_relative_to(tmp_path)
    assert default_path().name == "library.kgl"
    open_store().replace(WHOLE)
    assert default_path().is_file()


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store("~/maps.kgl").replace(WHOLE)
    assert (tmp_path / "maps.kgl").is_file()


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s", "neo4j+ssc", "bolt+s", "bolt+ssc"])
def test_a_neo4j_address_names_a_server(scheme: str) -> None:
    store = open_store(f"{scheme}://127.0.0.1:1")
    with pytest.raises(StoreError, match=f"{scheme.replace('+', '.')}://127.0.0.1:1: no Neo4j answers there"):
        store.maps()
    store.close()


def test_the_word_neo4j_is_the_server_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"NEO4J_URI is not set\.\n  Set it"):
        open_store("neo4j")
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    with pytest.raises(StoreError, match=r"bolt://127\.0\.0\.1:1: no Neo4j answers there"):
        open_store("neo4j").maps()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "http://localhost:7474",
            "http:// is no store of argmap's.\n  A store is a file's path, or an address: "
            "neo4j://, neo4j+s://, neo4j+ssc://, bolt://, bolt+s://, bolt+ssc://",
        ),
        (
            "neo4j://localhost/debates",
            "A store's address ends with the server: neo4j://localhost\n"
            "  Name the database with NEO4J_DATABASE=debates.",
        ),
    ],
)
def test_an_address_that_names_no_store(address: str, message: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert str(caught.value) == message


@pytest.mark.parametrize("address", ["neo4j://ann:s3cret@db.example:7687", "bolt://s3cret@db.example:7687"])
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert "s3cret" not in str(caught.value)
    assert "NEO4J_USERNAME and NEO4J_PASSWORD" in str(caught.value)
    assert address.partition("://")[0] + "://db.example:7687" in str(caught.value)


def test_a_password_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "s3cret")
    store = open_store("bolt://127.0.0.1:1")
    with pytest.raises(StoreError) as caught:
        store.maps()
    assert "s3cret" not in str(caught.value) + repr(store) + repr(caught.value.__cause__)
