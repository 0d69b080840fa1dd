"""A real Neo4j server for one test run: the one of NEO4J_URI, or one in Docker, or one from Maven Central.

No server outlives its run: both kinds end when the pipe to their standard input closes.
"""

from __future__ import annotations

import atexit
import os
import queue
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_HERE = Path(__file__).parent
_LAUNCHER = _HERE / "neo4j" / "Neo4jServer.java"
_POM = _HERE / "neo4j" / "pom.xml"
_SHELL_POM = _HERE / "neo4j" / "shell.xml"
_COMPOSE = _HERE.parent / "docker-compose.yml"
_HEAP = "1g"
# For a short life: half the processor time of a test run goes into compiling the server otherwise.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_READY_WITHIN = 120.0  # seconds; a cold container on a busy machine takes one minute

NOT_THIS_SERVER = "not with this server"
"""Begins the reason of a skip that is no want of a server."""


class Unavailable(Exception):
    """No server can be had here, and why."""


@dataclass
class Server:
    """A server that answers, and how to log in."""

    uri: str
    username: str
    password: str
    origin: str  # where it comes from
    _process: subprocess.Popen[str] | None = None
    _folders: list[Path] = field(default_factory=list)
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)
    _takes_commands: bool = False
    _command: Sequence[str] = ()  # that starts it, where it is ours to start again

    @property
    def environment(self) -> dict[str, str]:
        """What argmap reads to log in."""
        return {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password, "NEO4J_DATABASE": ""}

    def version(self) -> str:
        """Name, version and edition, as the server tells them."""
        from graph.store.bolt import BoltStore

        store = BoltStore(self.uri, username=self.username, password=self.password)
        try:
            return store.about().version
        finally:
            store.close()

    def set_read_only(self, read_only: bool) -> None:
        """Make the database refuse writes, or take them again. Raises Unavailable."""
        if not self._takes_commands or self._process is None:
            raise Unavailable(f"{NOT_THIS_SERVER}: {self.origin} cannot be made read-only from here")
        assert self._process.stdin is not None
        self._process.stdin.write("read-only\n" if read_only else "read-write\n")
        self._process.stdin.flush()
        self.await_line("done")

    def break_off(self, *, at_once: bool) -> None:
        """End the server, by SIGKILL or in good order; what it kept stays."""
        assert self._process is not None
        assert self._process.stdin is not None
        if at_once:
            self._process.kill()
        else:
            self._process.stdin.close()
        self._process.wait(120)

    def begin_again(self) -> None:
        """Start it where it was, with what it kept. Raises Unavailable."""
        self._lines = queue.Queue()
        self._begin()

    def _begin(self) -> None:
        self._process = _process(self._command, dict(os.environ))
        assert self._process.stdin is not None
        self._process.stdin.write(self.password + "\n")
        self._process.stdin.flush()
        self._listen()
        self.await_line("ready")

    def await_line(self, word: str) -> None:
        """Wait until the server says a line with `word`. Raises Unavailable, and stops it."""
        last, until = "no output", time.monotonic() + _READY_WITHIN
        while (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                break
            if word in line:
                return
            last = line.strip() or last
        self.stop()
        raise Unavailable(f"Neo4j ({self.origin}) did not start: {last}")

    def _listen(self) -> None:
        """Read what the server says as it says it, so that it never blocks."""
        assert self._process is not None

        lines = self._lines

        def read(stream: Iterable[str]) -> None:
            for line in stream:
                lines.put(line)
            lines.put(None)

        threading.Thread(target=read, args=(self._process.stdout,), daemon=True).start()

    def stop(self) -> None:
        """End the server and remove what it kept."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._process = None
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def start(heap: str = "") -> Server:
    """A server that answers. Raises Unavailable.

    Where it is ours to start: with this heap, as a server is run to be measured; else as tests need it.
    """
    if os.environ.get("NEO4J_URI"):
        return Server(
            os.environ["NEO4J_URI"],
            os.environ.get("NEO4J_USERNAME") or "neo4j",
            os.environ.get("NEO4J_PASSWORD", ""),
            "NEO4J_URI",
        )
    reasons = []
    for begin in (_in_docker, _from_maven):
        try:
            server = begin(heap=heap)
        except Unavailable as error:
            reasons.append(str(error))
        else:
            atexit.register(server.stop)
            return server
    raise Unavailable("no Neo4j server: " + "; ".join(reasons))


def _in_docker(heap: str) -> Server:
    if not shutil.which("docker") or _fails(["docker", "info"]):
        raise Unavailable("no Docker engine answers")
    image = image_of_compose_file()
    port, password = _free_port(), secrets.token_urlsafe(16)
    # The container's first process ends with its standard input, so that not even a killed test run
    # leaves it behind.
    script = "/startup/docker-entrypoint.sh neo4j & server=$!; cat >/dev/null; kill $server; wait $server"
    command = ["docker", "run", "--rm", "--init", "--interactive"]
    command += ["--publish", f"127.0.0.1:{port}:7687", "--env", "NEO4J_AUTH"]
    command += ["--env", f"NEO4J_server_memory_heap_max__size={heap or _HEAP}"]
    command += ["--entrypoint", "bash", image, "-c", script]
    environment = {**os.environ, "NEO4J_AUTH": f"neo4j/{password}"}
    process = _process(command, environment)
    server = Server(f"bolt://127.0.0.1:{port}", "neo4j", password, f"Docker, {image}", process)
    server._listen()
    server.await_line("Started.")
    return server


def start_encrypted(certificate: Path) -> Server:
    """A server that speaks TLS only, with the key and certificate of a folder. Raises Unavailable."""
    server = _from_maven(certificate)
    atexit.register(server.stop)
    return server


def start_own() -> Server:
    """A server that a test may break off and begin again. Raises Unavailable."""
    server = _from_maven()
    atexit.register(server.stop)
    return server


def _from_maven(certificate: Path | None = None, heap: str = "") -> Server:
    for tool in ("java", "mvn"):
        if not shutil.which(tool):
            raise Unavailable(f"no {tool} (install a JDK, 17 or newer, and Maven)")
    jars = _jars()
    home = Path(tempfile.mkdtemp(prefix="argmap-neo4j-"))
    port, password = _free_port(), secrets.token_urlsafe(16)
    command = [
        "java",
        f"-Xmx{heap or _HEAP}",
        *(() if heap else _QUICK),
        "-cp",
        f"{jars}{os.sep}*",
        str(_LAUNCHER),
        str(home),
        str(port),
    ]
    command += [str(certificate)] if certificate is not None else []
    scheme = "neo4j" if certificate is None else "neo4j+ssc"
    address = f"{scheme}://127.0.0.1:{port}"
    server = Server(address, "neo4j", password, "jars of Maven Central", _folders=[home], _command=command)
    server._takes_commands = True
    server._begin()
    return server


def _jars() -> Path:
    """The folder of Neo4j's jars."""
    return _fetched(_POM, "neo4j")


def shell_jars() -> Path:
    """The folder of the jars of cypher-shell, as the server's version has it. Raises Unavailable."""
    for tool in ("java", "mvn"):
        if not shutil.which(tool):
            raise Unavailable(f"{NOT_THIS_SERVER}: cypher-shell is fetched and run with {tool}")
    return _fetched(_SHELL_POM, "cypher-shell")


def _fetched(pom: Path, name: str) -> Path:
    """The folder of what a pom names, filled once for all checkouts."""
    import platformdirs

    version = re.search(r"<neo4j.version>(.+)</neo4j.version>", pom.read_text(encoding="utf-8"))
    assert version is not None
    folder = platformdirs.user_cache_path("argmap", appauthor=False) / f"{name}-{version[1]}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    filling = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    command += [f"-DoutputDirectory={filling}", "-DincludeScope=runtime"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines() or ["no message"]
            raise Unavailable(f"Maven cannot fetch {name}: {said[0]}")
        try:
            filling.rename(folder)
        except OSError:  # another run was faster
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(filling, ignore_errors=True)
    return folder


def image_of_compose_file() -> str:
    """The image that docker-compose.yml names for the service."""
    import yaml

    image: str = yaml.safe_load(_COMPOSE.read_text(encoding="utf-8"))["services"]["neo4j"]["image"]
    return image


def _process(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C ends the tests; the server ends after them, by its pipe
    )


def _fails(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode != 0
    except (OSError, subprocess.TimeoutExpired):
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
