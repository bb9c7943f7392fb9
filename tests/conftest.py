"""What the folders of tests share: the city that ships, taken in, indexed and learned from once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# Beside another process of the tests an example may take any time: none is asserted.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

LONGEST_BUILD = 280.0
"""Seconds that one process of the tests waits for another that is making the city."""


@pytest.fixture(scope="session")
def shipped_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the sample feeds and the real FAQ in database and index: to be copied, never changed."""
    from citydesk.news import run_ingest
    from citydesk.settings import Settings
    from citydesk.wiring import build_index
    from knowledge.index.locking import exclusive

    def quiet(line: str) -> None:
        """Progress that nobody reads."""

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own in that of the whole run
        shared = shared.parent
    home = shared / "shipped-city"
    with exclusive(shared / "shipped-city.lock", LONGEST_BUILD):
        if not home.exists():
            settings = Settings(home=shared / "shipped-city.new")
            sample = [str(path) for path in sorted((settings.content_dir / "sample").glob("*.xml"))]
            assert run_ingest(settings, sample, quiet).ok
            build_index(settings, quiet)
            settings.home.rename(home)
    return home
