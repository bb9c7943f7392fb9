"""What the doctor finds, fact by fact: everything wrong comes with what mends it."""

from pathlib import Path

import pytest

from citydesk import doctor
from citydesk.doctor import Finding

LOCKED = {"typer": "0.29.2", "rich": "15.0.0"}


def test_locks_are_read_by_normal_names() -> None:
    lock = "Ruamel_YAML==0.19.1 \\\n    --hash=sha256:00\n    # via x\ntyper==0.29.2 ; python_version > '3'\n"
    assert doctor.locked_versions(lock) == {"ruamel-yaml": "0.19.1", "typer": "0.29.2"}


@pytest.mark.parametrize(
    ("python", "installed", "status", "remedy"),
    [
        ("3.11.7", LOCKED, "ok", None),
        ("3.11.7", LOCKED | {"extra": "1"}, "ok", None),
        (None, {}, "wrong", "make setup"),
        ("3.12.1", LOCKED, "wrong", "make clean setup"),
        ("3.11.7", LOCKED | {"rich": "14.0.0"}, "wrong", "make setup"),
        ("3.11.7", {"typer": "0.29.2"}, "wrong", "make setup"),
    ],
)
def test_an_environment_is_judged_by_its_python_and_its_lock(
    python: str | None, installed: dict[str, str], status: str, remedy: str | None
) -> None:
    finding = doctor.environment(".venv", python, "3.11", installed, LOCKED)
    assert (finding.status, finding.remedy) == (status, remedy)


def test_a_differing_package_is_named() -> None:
    finding = doctor.environment(".venv", "3.11.7", "3.11", LOCKED | {"rich": "14.0.0"}, LOCKED)
    assert finding.detail == "rich 14.0.0 instead of 15.0.0"


@pytest.mark.parametrize(
    ("free", "ready", "status"), [(True, False, "ok"), (False, True, "ok"), (False, False, "wrong")]
)
def test_a_port_is_wrong_only_when_another_program_has_it(free: bool, ready: bool, status: str) -> None:
    finding = doctor.port("Rasa", 5005, "CITYDESK_RASA_PORT", free=free, ready=ready)
    assert finding.status == status
    assert ("CITYDESK_RASA_PORT=" in (finding.remedy or "")) == (status == "wrong")


@pytest.mark.parametrize(
    ("error", "articles", "status", "remedy"),
    [
        (None, 3, "ok", None),
        (None, 0, "ok", None),
        (None, None, "wrong", "citydesk ingest"),
        ("unable to open", None, "wrong", "check CITYDESK_DATABASE_URL and the folder's rights"),
    ],
)
def test_the_database_is_there_or_made_by_ingesting(
    error: str | None, articles: int | None, status: str, remedy: str | None
) -> None:
    finding = doctor.database("sqlite:///x.db", error, articles)
    assert (finding.status, finding.remedy) == (status, remedy)


def test_a_missing_index_is_mended_by_reindexing() -> None:
    expected = Finding("index", "wrong", "no index", "citydesk reindex")
    assert expected == doctor.index(None, "no index")


def test_an_index_tells_what_it_holds() -> None:
    assert doctor.index({"generation": "g1", "documents": 3}, None).detail == "generation g1, documents 3"


def test_a_model_that_cannot_be_used_is_mended_by_training() -> None:
    finding = doctor.model(Path("m.tar.gz"), "m.tar.gz is missing")
    assert (finding.status, finding.detail, finding.remedy) == (
        "wrong",
        "m.tar.gz is missing",
        "citydesk train --force",
    )
    assert doctor.model(Path("m.tar.gz"), None, size=1).status == "ok"


@pytest.mark.parametrize(
    ("token", "status"),
    [(None, "note"), ("123456789:" + "A" * 35, "ok"), ("my token", "wrong"), ("12345", "wrong")],
)
def test_a_token_is_judged_by_its_form_and_never_shown(token: str | None, status: str) -> None:
    finding = doctor.token(token)
    assert finding.status == status
    assert token is None or token not in f"{finding.detail} {finding.remedy}"
