"""What a fresh machine gets: the wheel's contents, the setup's clear words, one way of imports."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile

import pytest
from commandline import ROOT


def test_the_wheel_holds_the_product_and_nothing_else(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("argmap-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"cli.py", "graph/model.py", "ingest/reading.py", "commands/load.py"} <= names
    assert {"graph/draw/page.html.j2", "graph/draw/page.css", "graph/draw/js/main.js"} <= names
    inside = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert inside == {"cli.py", "graph", "ingest", "commands"}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed here")
def test_a_machine_without_a_fit_python_is_told_so(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "demo", "PYTHON=false"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "argmap needs Python 3.11 or newer as 'false'" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed here")
def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -m ] && exit 1\nexit 0\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "demo", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr


def test_a_bare_clone_runs_without_being_installed(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "check", str(ROOT / "examples/localism/localism.argdown")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_setup_scripts_are_valid_and_can_be_run():
    assert subprocess.run(["sh", "-n", str(ROOT / "tests/tools.sh")], check=False).returncode == 0
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci/run")], check=False).returncode == 0
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
