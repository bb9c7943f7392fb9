"""Gathers the facts that `doctor` judges, from environments, ports, database, index; changes nothing."""

import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from citydesk import doctor
from citydesk.dialogue_model import problem_of
from citydesk.doctor import Finding
from citydesk.ports import is_free
from citydesk.servers import all_servers
from citydesk.settings import PROJECT_ROOT, Settings


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which a set-up comes about."""
    encoder = _encoder(settings)
    return [
        _app_environment(),
        _rasa_environment(),
        _database(settings),
        encoder,
        _index(settings, usable=encoder.status == "ok"),
        doctor.model(settings.model_path, problem_of(settings.model_path), _size(settings.model_path)),
        *_ports(settings),
        doctor.token(settings.telegram_token.get_secret_value() if settings.telegram_token else None),
    ]


def _app_environment() -> Finding:
    installed = {doctor.normal_name(d.name): d.version for d in metadata.distributions()}
    return doctor.environment("environment .venv", platform.python_version(), "3.11", installed, _locked("app.lock"))


def _rasa_environment() -> Finding:
    folder = PROJECT_ROOT / ".venv-rasa"
    packages = [str(path) for path in folder.glob("lib/python*/site-packages")]
    installed = {doctor.normal_name(d.name): d.version for d in metadata.distributions(path=packages)}
    return doctor.environment("environment .venv-rasa", _python_of(folder), "3.10", installed, _locked("rasa.lock"))


def _python_of(folder: Path) -> str | None:
    try:
        lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    pairs = dict(line.split(" = ", 1) for line in lines if " = " in line)
    return pairs.get("version_info") or pairs.get("version") if (folder / "bin" / "python").exists() else None


def _locked(name: str) -> dict[str, str]:
    return doctor.locked_versions((PROJECT_ROOT / "requirements" / name).read_text(encoding="utf-8"))


def _ports(settings: Settings) -> list[Finding]:
    return [
        doctor.port(server.title, server.port, server.setting, free=is_free(server.port), ready=server.is_ready())
        for server in all_servers(settings, with_bot=False)
        if server.port is not None and server.setting is not None
    ]


def _database(settings: Settings) -> Finding:
    from sqlalchemy import create_engine, func, inspect, make_url, select, table
    from sqlalchemy.exc import SQLAlchemyError

    try:
        url = make_url(settings.database)
        shown = url.render_as_string(hide_password=True)
        if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
            # Connecting would create an empty file.
            return doctor.database(shown, None, None)
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                if "articles" not in inspect(connection).get_table_names():
                    return doctor.database(shown, None, None)
                count = connection.execute(select(func.count()).select_from(table("articles"))).scalar_one()
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        return doctor.database("the database", str(error).splitlines()[0], None)
    return doctor.database(shown, None, count)


def _encoder(settings: Settings) -> Finding:
    from citydesk.wiring import encoder
    from knowledge.errors import EncoderError

    try:
        loaded = encoder(settings)
    except EncoderError as error:
        return doctor.encoder(None, 0, str(error))
    return doctor.encoder(loaded.name, loaded.dimension, None)


def _index(settings: Settings, *, usable: bool) -> Finding:
    """`usable`: whether there is an encoder, and so whether it can be seen if the index was written by it."""
    from citydesk.errors import exit_status_of
    from citydesk.wiring import index_status, searcher

    status: dict[str, Any]
    try:
        status = index_status(settings)
        if usable:
            searcher(settings).index()
    except Exception as error:
        if exit_status_of(error) is None:
            raise
        return doctor.index(None, str(error))
    return doctor.index(status, None)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
