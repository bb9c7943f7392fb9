"""The whole system on free ports in a folder of its own: real Rasa, real action server, real index."""

import shutil
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from citydesk.companions import running_servers
from citydesk.settings import Settings

TRAINED = Settings()
"""`make test` trains the model before it starts pytest; the tests use that one."""


def quiet(line: str) -> None:
    """Progress that nobody reads."""


def free_ports() -> tuple[int, int]:
    """Two ports that nothing listens on."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def new_home(folder: Path, city: Path) -> Settings:
    """Settings of a fresh service in `folder`: its own content, ports, copy of the home `city`; the trained model."""
    if not TRAINED.model_path.exists():
        pytest.fail(f"There is no dialogue model at {TRAINED.model_path}. Train it: make model")
    rasa_port, actions_port = free_ports()
    shutil.copytree(TRAINED.content_dir, folder / "content")
    settings = Settings(
        home=folder / "var", content_dir=folder / "content", rasa_port=rasa_port, actions_port=actions_port
    )
    shutil.copytree(city, settings.home)
    settings.model_path.parent.mkdir(parents=True)
    shutil.copy(TRAINED.model_path, settings.model_path)
    return settings


class Conversation:
    """One person who writes to Rasa's REST channel."""

    def __init__(self, settings: Settings, client_language: str | None = None) -> None:
        self._url = f"{settings.rasa_url}/webhooks/rest/webhook"
        self._sender = uuid.uuid4().hex
        self._metadata = {"client_language": client_language, "channel": "terminal"}

    def say(self, text: str) -> list[dict[str, Any]]:
        """The payloads that come back; also asserts that nothing but payloads does."""
        body = {"sender": self._sender, "message": text, "metadata": self._metadata}
        replies = httpx.post(self._url, json=body, timeout=60, trust_env=False).raise_for_status().json()
        assert all(set(reply) == {"recipient_id", "custom"} for reply in replies)
        return [reply["custom"] for reply in replies]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, shipped_city: Path) -> Iterator[Settings]:
    """A running service, shared by the tests that leave it as they found it."""
    settings = new_home(tmp_path_factory.mktemp("service"), shipped_city)
    with running_servers(settings, quiet):
        yield settings
