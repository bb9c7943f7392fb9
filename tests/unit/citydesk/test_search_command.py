"""`citydesk search`: what is found can be narrowed, and misuse is told before anything is searched."""

from datetime import date
from pathlib import Path

import pytest
import typer

from citydesk.commands.search import check_topics, filters_as_dict
from knowledge.retrieval.filters import Filters
from tests.unit.citydesk.test_cli import citydesk

CONTENT = Path(__file__).parents[3] / "content"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "yesterday"], "'yesterday' is not a day; write it as 2022-01-31"),
        (["--until", "2022-02-30"], "'2022-02-30' is not a day"),
        (["--since", "2022-02-01", "--until", "2022-01-01"], "comes before the first"),
        (["--topic", "flying"], "'flying' is not a topic; there are"),
        (["--kind", "photo"], "'photo' is not one of 'faq', 'news'"),
    ],
)
def test_misuse(arguments: list[str], said: str, tmp_path: Path) -> None:
    """Exit status 2, what is wrong and how to write it, nothing on standard output."""
    result = citydesk("search", "tours", *arguments, CITYDESK_HOME=str(tmp_path))
    shown = " ".join(result.stderr.replace("│", " ").split())
    assert (2, "") == (result.returncode, result.stdout)
    assert said in shown


def test_topics_are_those_of_the_faq() -> None:
    """A known one passes; another is told with the list."""
    check_topics(["tours", "expo"], CONTENT)
    with pytest.raises(typer.BadParameter, match=r"not a topic; there are .*tours"):
        check_topics(["tours", "flying"], CONTENT)


def test_filters_are_told_to_machines() -> None:
    """In a fixed order, so that two runs compare."""
    filters = Filters(frozenset({"ja", "en"}), frozenset({"news"}), since=date(2022, 1, 1))
    expected = {
        "languages": ["en", "ja"],
        "kinds": ["news"],
        "since": date(2022, 1, 1),
        "until": None,
        "topics": [],
    }
    assert expected == filters_as_dict(filters)
