"""The databases that each test of this folder runs on: SQLite and a real PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from news_ingest.storing.store import ArticleStore, open_store
from tests.integration.news_ingest.storing.postgres import MISSING, PostgresServer, binaries, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a process. Where none is installed they skip, but in CI they fail."""
    programs = binaries()
    if programs is None:
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with postgres_server(programs) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database; SQLite's is in a folder that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/citydesk.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.url(server.new_database())


@pytest.fixture
def store(database: str) -> Iterator[ArticleStore]:
    """A store on a new database."""
    opened = open_store(database)
    yield opened
    opened.close()
