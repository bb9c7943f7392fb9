"""Where things are and which ports are used: read from the environment, prefix `CITYDESK_`."""

import os
from ipaddress import ip_network
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from citydesk.errors import SettingsError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings, with defaults that work on one machine without any preparation.

    Relative paths are taken from the current folder. `database_url` is an SQLAlchemy URL; `encoder` the folder or
    name of a sentence-transformers model where another one than the project's own is wanted, or a JSON object that
    adds prompts (`knowledge.encoder.EncoderChoice`); `feed_timeout` seconds for each wait on a feed's server;
    `feed_contact` an address that feeds' publishers can write to; `feed_robots` heeds robots.txt; `feed_networks`
    private networks from which feeds may be read ("10.1.0.0/16, 192.168.7.0/24"), `feed_allow_private` all of them;
    `telegram_api` the base address of a Bot API server of one's own.
    """

    model_config = SettingsConfigDict(env_prefix="CITYDESK_", frozen=True, env_ignore_empty=True, extra="ignore")

    home: Path = PROJECT_ROOT / "var"
    database_url: str = ""
    content_dir: Path = PROJECT_ROOT / "content"
    encoder: str | None = None
    feed_timeout: float = Field(default=8.0, gt=0)
    feed_contact: str | None = None
    feed_robots: bool = False
    feed_allow_private: bool = False
    feed_networks: str = ""
    telegram_api: str | None = None
    rasa_port: int = Field(default=5005, ge=1, le=65535)
    actions_port: int = Field(default=5055, ge=1, le=65535)
    telegram_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("telegram_token", "TELEGRAM_BOT_TOKEN")
    )

    @field_validator("home", "content_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().resolve()

    @field_validator("encoder")
    @classmethod
    def _usable_encoder(cls, text: str | None) -> str | None:
        from knowledge.encoder import EncoderChoice  # only where it is set: commands start faster without

        return str(EncoderChoice.parse(text)) if text and text.strip() else None

    @field_validator("feed_networks")
    @classmethod
    def _networks(cls, text: str) -> str:
        for one in filter(None, map(str.strip, text.split(","))):
            ip_network(one)  # its ValueError says what is wrong with it
        return text

    @field_validator("feed_contact")
    @classmethod
    def _contact(cls, text: str | None) -> str | None:
        if text and not (text.isascii() and text.isprintable()):
            raise ValueError("it goes into a header of HTTP, so it must be plain ASCII")
        return text

    @model_validator(mode="after")
    def _ports_differ(self) -> "Settings":
        if self.rasa_port == self.actions_port:
            raise ValueError("CITYDESK_RASA_PORT and CITYDESK_ACTIONS_PORT must be two different ports")
        return self

    @property
    def database(self) -> str:
        """The database's URL: the one given, else an SQLite file in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'citydesk.db'}"

    @property
    def index_dir(self) -> Path:
        """The folder of index generations."""
        return self.home / "index"

    @property
    def model_path(self) -> Path:
        """The trained dialogue model."""
        return self.home / "models" / "citydesk.tar.gz"

    @property
    def tracker_db(self) -> Path:
        """Rasa's tracker store, an SQLite file."""
        return self.home / "tracker.db"

    @property
    def log_dir(self) -> Path:
        """Where servers that a chat has started write their logs."""
        return self.home / "log"

    @property
    def rasa_url(self) -> str:
        """Base address of Rasa's HTTP server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Base address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def rasa_command(self) -> Path:
        """Rasa's program in its own environment."""
        return PROJECT_ROOT / ".venv-rasa" / "bin" / "rasa"

    def as_environment(self) -> dict[str, str]:
        """The variables that give a child process these very settings; what is not set is an empty one."""
        values = {f"CITYDESK_{name.upper()}": _text(getattr(self, name)) for name in type(self).model_fields}
        values["TELEGRAM_BOT_TOKEN"] = values.pop("CITYDESK_TELEGRAM_TOKEN")
        return values


def _text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return "" if value is None else str(value)


def load_settings() -> Settings:
    """Read the settings from the environment; a value that does not fit raises SettingsError with its name."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [_sentence(tuple(item["loc"]), item["msg"]) for item in error.errors()]
        raise SettingsError("Settings: " + "; ".join(problems)) from error


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    if not location:
        return message
    field = str(location[0])
    variable = field if field.isupper() else f"CITYDESK_{field.upper()}"
    given = "" if "TOKEN" in variable else f"={os.environ.get(variable, '')}"
    return f"{variable}{given}: {message[:1].lower()}{message[1:]}"
