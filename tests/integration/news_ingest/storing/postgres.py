"""A real PostgreSQL server for the tests: on a free port of loopback, in a temporary folder, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pg8000.dbapi

USER, PASSWORD = "citydesk", "spring-rain"
MISSING = (
    "no PostgreSQL server is installed, so nothing was tried on it: "
    "apt-get update && apt-get install -y --no-install-recommends postgresql"
)

_STARTING = 60.0
_ACCOUNTS = ("postgres", "nobody")
_numbers = count(1)


@dataclass(frozen=True)
class PostgresServer:
    """A running server, its superuser's password asked for."""

    port: int
    pid: int

    def url(self, database: str, password: str = PASSWORD) -> str:
        """As an operator would write it."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The name of an empty one."""
        name = f"news{next(_numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def connect(self, database: str = "postgres") -> Any:
        """A connection of the driver's own."""
        return pg8000.dbapi.connect(USER, "127.0.0.1", database, self.port, PASSWORD, timeout=30)

    def run(self, statement: str) -> None:
        """Outside any transaction."""
        with closing(self.connect()) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)


def binaries() -> Path | None:
    """The folder of the newest server that is installed; None where there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    on_path = shutil.which("postgres")
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def postgres_server(programs: Path) -> Iterator[PostgresServer]:
    """Started and, in the end, stopped by its process id. It refuses to run as root: then another account runs it."""
    home = Path(tempfile.mkdtemp(prefix="citydesk-postgres-"))
    account = _account() if os.geteuid() == 0 else None
    started: subprocess.Popen[bytes] | None = None
    try:
        (home / "password").write_text(PASSWORD)
        if account is not None:
            for path in (home, home / "password"):
                shutil.chown(path, account, account if account != "nobody" else "nogroup")
        _make_cluster(programs, home, account)
        port = _free_port()
        started = _start(programs, home, account, port)
        server = PostgresServer(port, started.pid)
        _wait_for(server, started, home)
        yield server
    finally:
        if started is not None:
            _stop(started)
        shutil.rmtree(home, ignore_errors=True)


def _account() -> str:
    known = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return next(name for name in _ACCOUNTS if name in known)


def _as(account: str | None) -> list[str]:
    # Should the tests be killed, the server is told to end as well.
    return ["setpriv", "--pdeathsig", "QUIT"] + (
        [] if account is None else [f"--reuid={account}", f"--regid={_group(account)}", "--clear-groups"]
    )


def _group(account: str) -> str:
    return "nogroup" if account == "nobody" else account


def _make_cluster(programs: Path, home: Path, account: str | None) -> None:
    made = subprocess.run(
        [
            *_as(account),
            str(programs / "initdb"),
            *("--pgdata", str(home / "data"), "--username", USER, "--pwfile", str(home / "password")),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        ],
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert 0 == made.returncode, made.stderr


def _start(programs: Path, home: Path, account: str | None, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "off",  # the machine does not lose power in mid-test
        "max_connections": "50",
        "shared_buffers": "16MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [*_as(account), str(programs / "postgres"), "-D", str(home / "data"), *options],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _wait_for(server: PostgresServer, process: subprocess.Popen[bytes], home: Path) -> None:
    give_up = time.monotonic() + _STARTING
    while True:
        try:
            server.connect().close()
            return
        except pg8000.dbapi.Error:
            said = (home / "log").read_text(errors="replace")
            assert process.poll() is None, said
            assert time.monotonic() < give_up, said
            time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "fast": clients are cut off
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
