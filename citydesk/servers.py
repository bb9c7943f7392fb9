"""The servers of CityDesk: their commands, environments, ports, and how to tell that they are ready."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from citydesk.dialogue_model import problem_of
from citydesk.errors import MissingPartError, ModelError, PortBusyError
from citydesk.ports import answers, is_free
from citydesk.settings import PROJECT_ROOT, Settings

# Rasa's parts that talk too much, or to others.
RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True, slots=True)
class Server:
    """One server process. `port` and `setting` are None for a server that listens nowhere."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    port: int | None = None
    setting: str | None = None
    health_url: str | None = None

    def is_ready(self) -> bool:
        """Whether the server answers (one that listens nowhere counts as ready)."""
        return self.health_url is None or answers(self.health_url)


def rasa_environment(settings: Settings) -> dict[str, str]:
    """What Rasa needs in its environment, beside what is there already."""
    return RASA_ENVIRONMENT | {
        "PYTHONPATH": str(PROJECT_ROOT),
        "CITYDESK_ACTIONS_URL": settings.actions_url,
        "CITYDESK_TRACKER_DB": str(settings.tracker_db),
    }


def own_environment(settings: Settings) -> dict[str, str]:
    """What `python -m citydesk` needs to run from anywhere with exactly these settings."""
    # The project need be neither installed nor the current folder.
    path = os.pathsep.join(filter(None, [str(PROJECT_ROOT), os.environ.get("PYTHONPATH")]))
    return settings.as_environment() | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


def actions_server(settings: Settings) -> Server:
    """The action server, in this environment."""
    return Server(
        name="actions",
        title="the action server",
        command=(sys.executable, "-m", "citydesk", "serve-actions"),
        environment=own_environment(settings),
        port=settings.actions_port,
        setting="CITYDESK_ACTIONS_PORT",
        health_url=f"{settings.actions_url}/health",
    )


def rasa_server(settings: Settings) -> Server:
    """Rasa with the trained model, in its own environment, on loopback only."""
    command = (
        str(settings.rasa_command),
        "run",
        "--model",
        str(settings.model_path),
        "--endpoints",
        str(PROJECT_ROOT / "endpoints.yml"),
        "--credentials",
        str(PROJECT_ROOT / "credentials.yml"),
        "--port",
        str(settings.rasa_port),
        "-i",
        "127.0.0.1",
    )
    return Server(
        name="rasa",
        title="Rasa",
        command=command,
        environment=rasa_environment(settings),
        port=settings.rasa_port,
        setting="CITYDESK_RASA_PORT",
        health_url=f"{settings.rasa_url}/webhooks/rest/",
    )


def bot_server(settings: Settings) -> Server:
    """The Telegram gateway."""
    return Server(
        name="bot",
        title="the Telegram gateway",
        command=(sys.executable, "-m", "citydesk", "serve-bot"),
        environment=own_environment(settings),
    )


def all_servers(settings: Settings, *, with_bot: bool) -> list[Server]:
    """The servers to start; the Telegram gateway only where it is wanted and a token is set."""
    servers = [actions_server(settings), rasa_server(settings)]
    if with_bot and settings.telegram_token is not None:
        servers.append(bot_server(settings))
    return servers


def are_running(settings: Settings) -> bool:
    """Whether the action server and Rasa both answer on the chosen ports."""
    return all(server.is_ready() for server in all_servers(settings, with_bot=False))


def check_startable(settings: Settings, servers: list[Server]) -> None:
    """Raise before anything is started: MissingPartError, ModelError or PortBusyError, which names the setting."""
    if not settings.rasa_command.exists():
        raise MissingPartError("Rasa's environment", settings.rasa_command, "make setup")
    if not settings.model_path.exists():
        raise MissingPartError("The dialogue model", settings.model_path, "citydesk train")
    if problem := problem_of(settings.model_path):
        raise ModelError(problem)
    check_ports(servers)


def check_ports(servers: list[Server]) -> None:
    """Raise PortBusyError for the first server whose port another program has."""
    for server in servers:
        if server.port is not None and server.setting is not None and not is_free(server.port):
            raise PortBusyError(server.title, server.port, server.setting)


def full_environment(server: Server) -> dict[str, str]:
    """This process's environment with the server's own additions."""
    return dict(os.environ) | server.environment


def log_file(settings: Settings, name: str) -> Path:
    """Where the server called `name` logs when a chat has started it."""
    return settings.log_dir / f"{name}.log"
