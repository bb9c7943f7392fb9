"""What came of each feed, in words for people."""

from datetime import UTC, datetime

from citydesk.wiring import Say
from news_ingest.links import masked
from news_ingest.results import FeedResult, Progress

_LONGEST_REASON = 60
"""Characters of a reason in a table; `citydesk feeds list` has all of it."""


def telling(say: Say) -> Progress:
    """Progress as lines for people: each feed with what came of it, and its warnings below."""

    def tell(result: FeedResult, done: int, total: int) -> None:
        say(f"[{done}/{total}] {outcome(result, datetime.now(UTC))}")
        for warning in result.warnings:
            say(f"      {masked(warning)}")

    return tell


def outcome(result: FeedResult, now: datetime) -> str:
    """What came of a feed, in a line that begins with what it is called."""
    name = masked(result.spec.title or result.spec.url)
    match result.status:
        case "failed" if result.not_reachable and result.spec.title:
            # A feed of the list: what an editor should do is told once it has gone on for long, by `feeds list`.
            return f"{name}: {result.problem}"
        case "failed":
            return str(result.error) if str(result.error).startswith(name) else f"{name}: {result.error}"
        case "not_modified":
            return f"{name}: nothing new"
        case "retired":
            return f"{name}: gone for good, as its server said; --retry asks all the same"
        case "waiting":
            return f"{name}: left alone {_until(result, now)} after a failure; --retry asks at once"
        case "taken":
            gone = f", {result.gone} no longer listed" if result.gone else ""
            return f"{name}: {result.new} new, {result.changed} changed, {result.unchanged} unchanged{gone}"


def in_short(result: FeedResult, now: datetime) -> str:
    """What came of a feed, for a table whose other columns have its name and the counts."""
    match result.status:
        case "failed":
            return f"failed: {_shortened(result.problem or '')}"
        case "not_modified":
            return "nothing new"
        case "retired":
            return "gone for good"
        case "waiting":
            return f"left alone {_until(result, now)}"
        case "taken":
            return "read"


def _until(result: FeedResult, now: datetime) -> str:
    """The day is told where it is another one."""
    if result.until is None:
        return "for now"
    moment = result.until.astimezone(UTC)
    return f"until {moment:%H:%M} UTC" if moment.date() == now.date() else f"until {moment:%Y-%m-%d %H:%M} UTC"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else f"{text[: _LONGEST_REASON - 1].rstrip()}…"
