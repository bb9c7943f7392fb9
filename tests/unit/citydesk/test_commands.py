"""How commands show what they have: plain lines for people, plain values for machines."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from citydesk.commands.ask import as_text
from citydesk.commands.chat import system_language
from citydesk.commands.ingest import as_dict
from citydesk.output import print_json
from news_ingest.results import FeedResult, IngestReport
from news_ingest.values import FeedSpec


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "ja_JP"}, "ja-JP"),
        ({"LANG": "de_DE@euro"}, "de-DE"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_TW.UTF-8"}, "en-GB"),
        ({"LC_ALL": "", "LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({}, None),
    ],
)
def test_the_terminal_s_locale_is_the_client_s_language(variables: dict[str, str], expected: str | None) -> None:
    assert expected == system_language(variables)


def test_an_answer_is_shown_with_its_source_and_its_topics() -> None:
    payload = {
        "text": "Water, electricity, gas.",
        "sources": [{"title": "A great success", "published": "2018-04-03", "url": "https://example.org/"}],
        "buttons": [{"title": "Smart meters", "payload": "/x"}],
    }
    expected = "Water, electricity, gas.\n\nA great success (2018-04-03)\nhttps://example.org/\n\n· Smart meters"
    assert expected == as_text(payload)


def test_machine_output_is_json_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """Dataclasses, dates, paths and Chinese characters; nothing else on standard output."""

    @dataclass(frozen=True)
    class Report:
        day: date
        model: Path

    print_json({"report": Report(date(2018, 4, 3), Path("m")), "text": "三表"})
    shown = capsys.readouterr()
    assert {"report": {"day": "2018-04-03", "model": "m"}, "text": "三表"} == json.loads(shown.out)
    assert "三表" in shown.out
    assert shown.err == ""


def test_a_round_over_the_feeds_is_told_feed_by_feed() -> None:
    """One feed in, one out of reach: a success, and machines see which is which."""
    good = FeedResult(FeedSpec("https://a.example/rss", "https://a.example/rss"), "taken", new=2, unchanged=1)
    failed = FeedResult(
        FeedSpec("https://b.example/rss", "https://b.example/rss"),
        "failed",
        error="no such host",
        error_kind="unreachable",
    )
    told = as_dict(IngestReport((good, failed)))
    assert (told["ok"], told["new"], told["unchanged"]) == (True, 2, 1)
    assert [("taken", None), ("failed", "unreachable")] == [(f["status"], f["error_kind"]) for f in told["feeds"]]
