"""The open data of Taipei's city pages: a list of objects with `DataSN`, `title`, `Source`, `內容`, `相關圖片`.

The lists have no title, language or home of their own. Which fields there are beside these differs from page to page.
"""

from typing import Any

from news_ingest.links import http_link
from news_ingest.parsing.clean import clean_text
from news_ingest.parsing.draft import BadEntry, Draft, Outline
from news_ingest.parsing.fields import as_text, longest_text, loose_text, title_text

_SIGNS = frozenset({"datasn", "內容"})
_TITLES = ("title", "標題", "主旨")
_TEXTS = ("內容", "content", "摘要", "description")
_LINKS = ("source", "網址", "連結", "url", "link")
# When it came out, then when it changed; never when an event takes place.
_DATES = (
    *("發布日期", "發佈日期", "發布時間", "發佈時間", "公告日期", "上版日期", "張貼日期", "刊登日期", "日期"),
    *("pubdate", "publishdate", "published", "postdate", "date", "created", "建立日期"),
    *("更新日期", "更新時間", "最後更新時間", "修改日期", "updated", "modified"),
)


def outline_of_taipei_json(value: Any) -> Outline | None:
    """The outline, or None where `value` is no such list. An empty list is one without news."""
    if not isinstance(value, list):
        return None
    if value and not any(isinstance(row, dict) and _SIGNS & {key.lower() for key in row} for row in value):
        return None
    return Outline("", None, "", value, _draft)


def _draft(row: Any) -> Draft:
    if not isinstance(row, dict):
        raise BadEntry("it is no object")
    fields = {key.strip().lower(): as_text(value).strip() for key, value in row.items()}
    text, cut = longest_text([loose_text(fields.get(key, "")) for key in _TEXTS])
    # `Source` is the article's address on some pages, the office that wrote it on others.
    links = (http_link(fields.get(key)) for key in _LINKS)
    return Draft(
        guid=clean_text(fields.get("datasn", "")),
        url=next(filter(None, links), ""),
        title=next(filter(None, (_title(fields.get(key, "")) for key in _TITLES)), ""),
        text=text,
        cut=cut,
        dates=[(fields[key], None) for key in _DATES if fields.get(key)],
        languages=[],
    )


def _title(value: str) -> str:
    title, is_html = loose_text(value)
    return title_text(title, is_html=is_html)
