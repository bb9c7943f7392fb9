"""What counts as an article that repeats another: nothing that says anything of its own."""

from datetime import UTC, datetime

import pytest

from news_ingest.deciding.repeats import page_of, same_article
from news_ingest.values import StoredArticle

NOW = datetime(2018, 4, 3, tzinfo=UTC)
TEXT = (
    "The library on Jianguo Road stays open until ten in the evening from Monday on. Readers had asked for longer "
    "hours in spring, and the city has hired four people for the desk."
)
NOTICE = "第3次公告：本市中山路路面整修工程招標，請廠商於4月12日前投標。"


def article(title: str, text: str, url: str = "", feed: str = "a") -> StoredArticle:
    return StoredArticle("0" * 16, feed, "Feed", "1", url, title, text, "en", NOW, NOW, NOW, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (article("Library", TEXT), article("Library", TEXT), True),
        (article("Library", TEXT), article("The library stays open", TEXT + " It begins at nine."), True),
        (article("Library", TEXT), article("Library", TEXT.replace("four", "several")), True),
        (article("Library", TEXT), article("Library", "The pool opens in May, and swimming is free."), False),
        (article("招標", NOTICE), article("招標", NOTICE.replace("第3次", "第4次")), False),
        (article("招標", NOTICE), article("招標", NOTICE.replace("12日", "19日")), False),
        (article("A", "", "https://city.example/1?utm_source=x"), article("A", "One.", "https://city.example/1"), True),
        (article("A", "One.", "https://city.example/"), article("A", "Two.", "https://city.example/"), False),
        (article("A", "One.", "https://city.example/1"), article("B", "Two.", "https://city.example/1"), False),
        (article("Town hall closed", ""), article("Town hall closed", ""), True),
        (article("Town hall closed", ""), article("Pool closed", ""), False),
    ],
)
def test_what_repeats(one: StoredArticle, other: StoredArticle, expected: bool) -> None:
    """An edited copy does; another notice on the same form, or all that links to the front page, does not."""
    assert expected == same_article(one, other)
    assert expected == same_article(other, one)


def test_a_front_page_is_no_article_s_page() -> None:
    assert "" == page_of(article("A", "", "https://www.gov.taipei/"))
    assert "https://www.gov.taipei/News.aspx?n=1" == page_of(article("A", "", "https://www.gov.taipei/News.aspx?n=1"))
