"""How a team runs Neo4j (docker-compose.yml), and what the tests do where none can be had."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from neo4j_server import image_of_compose_file

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICE = COMPOSE["services"]["neo4j"]


def test_the_compose_file_is_the_community_lts() -> None:
    assert image_of_compose_file() == "neo4j:5.26-community"


def test_the_password_has_no_default() -> None:
    assert SERVICE["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")


def test_no_port_is_open_to_other_machines() -> None:
    assert SERVICE["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])


def test_the_data_is_in_a_named_volume() -> None:
    (volume,) = SERVICE["volumes"]
    name, _, place = volume.partition(":")
    assert (name in COMPOSE["volumes"], place) == (True, "/data")


def test_health_and_memory_are_seen_to() -> None:
    assert SERVICE["healthcheck"]["test"]
    assert SERVICE["mem_limit"]
    assert {
        "NEO4J_server_memory_heap_max__size",
        "NEO4J_server_memory_pagecache_size",
    } <= SERVICE["environment"].keys()


@pytest.mark.parametrize(
    ("ci", "code", "word"), [("", 0, "1 skipped"), ("true", 1, "such a skip is a failure")]
)
def test_without_a_server_tests_are_skipped_and_with_ci_they_fail(
    tmp_path: Path, ci: str, code: int, word: str
) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_neo4j_errors.py"]
    environment = {
        name: held
        for name, held in os.environ.items()
        if name != "NEO4J_URI" and not name.startswith("PYTEST")
    }
    done = subprocess.run(
        [*command, "-k", "wrong_password"],
        cwd=ROOT,
        env={**environment, "CI": ci, "PATH": str(tmp_path)},  # neither Java nor Docker
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert word in done.stdout
    assert "no Neo4j server: no Docker engine answers; no java (install a JDK" in done.stdout
