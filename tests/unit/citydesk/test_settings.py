"""Settings come from the environment, and a bad one is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path

import pytest
from pydantic import SecretStr

from citydesk.errors import SettingsError, exit_status_of
from citydesk.settings import PROJECT_ROOT, Settings, load_settings


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The process's environment with only these of our variables."""
    before = dict(environ)
    for name in list(environ):
        if name.startswith("CITYDESK_") or name == "TELEGRAM_BOT_TOKEN":
            del environ[name]
    environ.update(values)
    try:
        yield
    finally:
        environ.clear()
        environ.update(before)


def test_defaults_need_no_preparation() -> None:
    """Without any variable: state in var/, SQLite, the usual ports, no token."""
    with environment():
        settings = load_settings()
    assert settings.home == PROJECT_ROOT / "var"
    assert settings.database == f"sqlite:///{PROJECT_ROOT / 'var' / 'citydesk.db'}"
    assert (settings.rasa_port, settings.actions_port) == (5005, 5055)
    assert settings.telegram_token is None


def test_home_moves_everything_that_is_made(tmp_path: Path) -> None:
    """CITYDESK_HOME moves database, index, model, tracker and logs together."""
    with environment(CITYDESK_HOME=str(tmp_path)):
        settings = load_settings()
    made = [settings.index_dir, settings.model_path, settings.tracker_db, settings.log_dir]
    assert all(path.is_relative_to(tmp_path) for path in made)
    assert str(tmp_path) in settings.database


def test_a_database_url_is_taken_as_it_is() -> None:
    with environment(CITYDESK_DATABASE_URL="postgresql+psycopg://desk@db/citydesk"):
        assert load_settings().database == "postgresql+psycopg://desk@db/citydesk"


def test_the_token_is_not_shown() -> None:
    """A token must not end up in a log through the settings' text."""
    with environment(TELEGRAM_BOT_TOKEN="123456:secret-secret-secret"):
        settings = load_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "123456:secret-secret-secret"
    assert "secret-secret" not in repr(settings)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_an_impossible_port_is_misuse(port: str) -> None:
    """The message names the variable and what was given; the exit status is 2."""
    with environment(CITYDESK_RASA_PORT=port), pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"CITYDESK_RASA_PORT={port}" in str(caught.value)
    assert exit_status_of(caught.value) == 2


def test_two_servers_cannot_share_a_port() -> None:
    with (
        environment(CITYDESK_RASA_PORT="6000", CITYDESK_ACTIONS_PORT="6000"),
        pytest.raises(SettingsError, match="two different ports"),
    ):
        load_settings()


def test_an_empty_variable_counts_as_not_set() -> None:
    with environment(CITYDESK_RASA_PORT="", TELEGRAM_BOT_TOKEN=""):
        settings = load_settings()
    assert (settings.rasa_port, settings.telegram_token) == (5005, None)


def test_relative_paths_are_taken_from_the_current_folder() -> None:
    assert Settings(home=Path("state")).home == Path.cwd() / "state"


def test_settings_reach_a_child_process_as_they_are(tmp_path: Path) -> None:
    """Set or not set: a server started for given settings must not fall back on other ones."""
    given = Settings(home=tmp_path, rasa_port=6001, actions_port=6002, telegram_token=SecretStr("1:a"))
    others = {"CITYDESK_ENCODER": "somewhere/else", "CITYDESK_RASA_PORT": "7000"}
    with environment(**(others | given.as_environment())):
        assert given == load_settings()
