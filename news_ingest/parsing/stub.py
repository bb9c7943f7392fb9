"""Whether an entry's text is no more than an opening, so that the linked page tells more. A pure rule."""

import re

from news_ingest.links import is_home_page

MAX_STUB = 300
"""Characters; a longer text is worth reading as it is, whatever it ends in."""

_TAIL = 40
_CUT_OFF = re.compile(
    r"(?:…|\.{3}|\[\s*(?:…|\.{2,})\s*\]"
    r"|(?:^|[\s\[(（…])(?:(?:continue|keep)\s+reading|(?:(?:read|learn|see|view|find\s+out|show)\s+)?more)"
    r"|(?:閱讀|更多|繼續|詳細|觀看|查看|看)(?:更多|閱讀|全文|內容|內文)|更多|全文|続きを読む|もっと見る|続きはこちら)"
    r"[\s\])）»›>→:.…]*$",
    re.IGNORECASE,
)


def is_stub(title: str, text: str, url: str) -> bool:
    """Whether `text` says no more than its `title`, or is short and ends like an opening; and `url` leads on.

    `title` is the feed's own, empty where it was made of the text. A site's front page leads nowhere.
    """
    if not url or is_home_page(url):
        return False
    if text in ("", title):
        return True
    return len(text) < MAX_STUB and _CUT_OFF.search(text[-_TAIL:]) is not None
