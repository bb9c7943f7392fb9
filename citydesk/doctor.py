"""What can be wrong with a set-up: pure functions from facts to findings, which name what mends them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Status = Literal["ok", "note", "wrong"]
TOKEN_FORM = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remedy` is a command or a step, None where nothing has to be done."""

    part: str
    status: Status
    detail: str
    remedy: str | None = None


def normal_name(name: str) -> str:
    """A package's name as PEP 503 compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_versions(lock: str) -> dict[str, str]:
    """Package names (normal form) and versions that a lock file pins."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", lock, re.MULTILINE)
    return {normal_name(name): version for name, version in pins}


def environment(
    part: str, python: str | None, wanted: str, installed: Mapping[str, str], locked: Mapping[str, str]
) -> Finding:
    """An environment: `python` is its version ("3.11.7"; None: not there), `wanted` the series ("3.11")."""
    if python is None:
        return Finding(part, "wrong", "not there", "make setup")
    if not python.startswith(wanted + "."):
        return Finding(part, "wrong", f"Python {python}, but {wanted} is needed", "make clean setup")
    differing = [
        f"{name} {installed.get(name, 'missing')} instead of {version}"
        for name, version in sorted(locked.items())
        if installed.get(name) != version
    ]
    if differing:
        more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
        return Finding(part, "wrong", "; ".join(differing[:3]) + more, "make setup")
    return Finding(part, "ok", f"Python {python}, {len(locked)} packages as locked")


def port(title: str, number: int, setting: str, *, free: bool, ready: bool) -> Finding:
    """A server's port: free, or answered by the server itself, or taken by something else."""
    part = f"port {number}"
    if ready:
        return Finding(part, "ok", f"{title} is running")
    if free:
        return Finding(part, "ok", f"free for {title}")
    detail = f"taken by another program; {title} needs it"
    return Finding(part, "wrong", detail, f"end that program, or set {setting}={number + 100}")


def database(url: str, error: str | None, articles: int | None) -> Finding:
    """The database: `error` says why it cannot be used, `articles` how many it holds (None: no table)."""
    if error is not None:
        remedy = "check CITYDESK_DATABASE_URL and the folder's rights"
        return Finding("database", "wrong", f"{url}: {error}", remedy)
    if articles is None:
        return Finding("database", "wrong", f"{url}: nothing is stored yet", "citydesk ingest")
    return Finding("database", "ok", f"{url}: {articles} articles")


def encoder(name: str | None, dimension: int, error: str | None) -> Finding:
    """The sentence encoder: its name and the width of its vectors, or why it cannot be loaded."""
    if name is None:
        remedy = "set CITYDESK_ENCODER to another model, or unset it"
        return Finding("encoder", "wrong", error or "it cannot be loaded", remedy)
    return Finding("encoder", "ok", f"{name}, {dimension} dimensions")


def index(status: Mapping[str, Any] | None, error: str | None) -> Finding:
    """The index: its status as the search side tells it, or why there is none."""
    if status is None:
        return Finding("index", "wrong", error or "there is none", "citydesk reindex")
    plain = [f"{key} {value}" for key, value in status.items() if isinstance(value, str | int)]
    return Finding("index", "ok", ", ".join(plain))


def model(path: Path, problem: str | None, size: int = 0) -> Finding:
    """The dialogue model: `problem` says why it cannot be used, if so. `size` in bytes."""
    if problem is not None:
        return Finding("dialogue model", "wrong", problem, "citydesk train --force")
    return Finding("dialogue model", "ok", f"{path}, {size / 1e6:.1f} MB")


def token(value: str | None) -> Finding:
    """The Telegram token, which is never shown. None of it is needed for the terminal."""
    if value is None:
        remedy = "for Telegram: get a token from @BotFather and set TELEGRAM_BOT_TOKEN"
        return Finding("Telegram token", "note", "not set; the terminal works without", remedy)
    if not TOKEN_FORM.fullmatch(value):
        remedy = "copy the whole token from @BotFather into TELEGRAM_BOT_TOKEN"
        return Finding("Telegram token", "wrong", "not of a token's form (digits:characters)", remedy)
    return Finding("Telegram token", "ok", "set")
