"""Lines of a press release that answer nothing: headlines, dates, who may be called about it."""

import re
from typing import Final

_OPENING: Final = r"^[\s（(【\[<＜*※●■▲►•◎-]*"
_LABELS: Final = (
    r"(新聞|新闻|業務|业务|活動|媒體|媒体)?(聯絡|連絡|聯繫|連繫|联络|联系)(人|窗口|電話|电话|方式)",
    r"(發布|發佈|发布|發稿|发稿|撰稿|撰搞|供稿)(單位|单位|機關|日期|時間|时间|人|者)?\s*[:：;；﹕\s]",
    r"(資料來源|资料来源|電話|传真|傳真|电话)\s*[:：;；﹕(（]",
    r"[^。！？\n]{2,20}(發布|發佈|發稿|報導|报道)\s*[)）】\]]?\s*$",
    r"(報道|取材|広報)?(に関する)?(お?問い?合わ?せ先?|連絡先|担当(者|課)?)\s*(は|[:：])?",
    r"(보도자료|문의처?|담당자?|연락처)\s*[:：]?\s",
    r"(media|press|news)\s+(contacts?|release|enquiries|inquiries)\b",
    r"(contacts?|contact\s+person|tel|telephone|phone|fax|e-?mail|published|date|source)\s*[.:：]",
    r"(pressekontakt|ansprechpartner(in)?|kontakt|contacto?|contact\s+presse|narahubung|iletişim|liên\s+hệ)\b.{0,30}:",
    r"(επικοινωνία|πληροφορίες|للتواصل|جهة\s+الاتصال|ติดต่อสอบถาม|ผู้ประสานงาน)\s*[:：]?",
)
_CONTACT: Final = re.compile(_OPENING + "(" + "|".join(_LABELS) + ")", re.IGNORECASE)
_CONTACT_LONGEST: Final = 120
"""What is longer says something besides whom to call."""

_ENDS_A_SENTENCE: Final = re.compile(r"[.!?。！？…؟।:：][\"'」』”’）)\]]*$")
_YEAR: Final = re.compile(r"\d{2,4}\s*年|(?<!\d)(1[0-9]{2}|[12]\d{3})(?!\d)|\d{1,2}[/.-]\d{1,2}")
_DATE_SIGNS: Final = re.compile(r"[\d\W_]|民國|中華|星期|週|周|[年月日時分秒上下午一二三四五六七八九十至]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ADDRESS: Final = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"^[【\[〔《].*[】\]〕》]$")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Characters, by whether the script is wide (Chinese, Japanese, Korean), which says more with fewer.
_LABEL_LONGEST: Final = {True: 10, False: 24}
_HEADLINE_LONGEST: Final = {True: 60, False: 120}


def is_boilerplate(text: str, start: int, end: int) -> bool:
    """Whether the sentence `text[start:end]` is not worth quoting; `text` is the whole article around it."""
    sentence = text[start:end].strip()
    if not _WORD.search(sentence) or _ADDRESS.match(sentence) or _BRACKETED.match(sentence):
        return True
    if len(sentence) <= _CONTACT_LONGEST and _CONTACT.match(sentence):
        return True
    if sentence.endswith((":", "：")) and len(sentence) <= _LABEL_LONGEST[_is_wide(sentence)]:
        return True
    return _is_date(sentence) or _is_headline(text, start, end)


def _is_date(sentence: str) -> bool:
    """A year or a day, and hardly a word beside it: 2018年3月27日 星期二, 3 April 2018."""
    if len(sentence) > _CONTACT_LONGEST or not _YEAR.search(sentence):
        return False
    words = _WORD.findall(_DATE_SIGNS.sub(" ", sentence))
    return len(words) <= 2 and not _is_wide("".join(words)) and not _ENDS_A_SENTENCE.search(sentence)


def _is_headline(text: str, start: int, end: int) -> bool:
    """The first line of a longer text, without the mark that ends a sentence."""
    if text[:start].strip() or not text[end:].strip() or text[end:].lstrip(" \t\u3000")[:1] != "\n":
        return False
    sentence = text[start:end]
    return len(sentence) <= _HEADLINE_LONGEST[_is_wide(sentence)] and not _ENDS_A_SENTENCE.search(sentence)


def _is_wide(sentence: str) -> bool:
    return _WIDE.search(sentence) is not None
