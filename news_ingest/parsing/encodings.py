"""Bytes of a feed to UTF-8, by what they are and what they say they are.

feedparser falls back to Windows-1252 at the first byte that does not fit: a feed cut off inside a character, or
one Big5 character of Microsoft's, would turn a whole Chinese feed into nonsense.
"""

import codecs
import re

UTF8_XML = "application/xml; charset=utf-8"
"""The media type for what `to_utf8` gives."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAYS_UTF8 = re.compile(rb"<\?xml version=\"1\.0\" encoding=\"utf-8\"\s?\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# What is written under these names is as a rule the larger set.
_WIDER = {
    "big5": ("cp950", "big5hkscs"),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "shift_jis": ("cp932",),
    "euc_kr": ("cp949",),
    "iso8859-1": ("cp1252",),
    "ascii": ("utf-8", "cp1252"),
}
# Python's own notations and relics: slow on long input, or a way to hide markup.
_ODD = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "unicode_escape", "utf-7", "undefined"})
_TOLERATED_SHARE = 0.01


def to_utf8(body: bytes, content_type: str | None) -> bytes | None:
    """The feed in UTF-8 with its XML declaration to match, or None where a guess is better left to others."""
    if _SAYS_UTF8.match(body) and not body.isascii() and _is_utf8(body):
        return body
    text = decode(body, content_type)
    return None if text is None else _encoded(text)


def decode(body: bytes, content_type: str | None) -> str | None:
    """The text of a feed in any format, or None where it is ASCII, or a guess is better left to others."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    codecs_named, odd = _named(body, content_type)
    if odd:
        return body.decode("utf-8", "replace")
    if body.isascii() or b"\x00" in body[:4]:
        return None
    # Text in another encoding is next to never valid UTF-8 by chance, whatever the feed or its server says.
    candidates = list(dict.fromkeys(["utf-8", *codecs_named]))
    for encoding in candidates:
        try:
            return body.decode(encoding)
        except UnicodeError:
            continue
    attempts = [body.decode(encoding, "replace") for encoding in candidates]
    best = min(attempts, key=lambda text: text.count("\ufffd"))
    # One bad character, and the one in which a cut fell, are nothing against the rest.
    return best if best.count("\ufffd") <= 1 + _TOLERATED_SHARE * len(best) else None


def _named(body: bytes, content_type: str | None) -> tuple[list[str], bool]:
    """The encodings that the feed, then its server, name, and whether one of them is none that a feed can have."""
    declared = _DECLARED.match(body)
    charset = _CHARSET.search(content_type or "")
    found: list[str] = []
    odd = False
    for name in (declared[1].decode("ascii", "replace") if declared else "", charset[1] if charset else ""):
        try:
            codec = codecs.lookup(name).name
            if codec in _ODD:
                odd = True
                continue
            b"x".decode(codec, "replace")  # refuses what makes no text of bytes, such as hex
        except (LookupError, UnicodeError):
            continue
        found.extend((*_WIDER.get(codec, ()), codec))
    return found, odd


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _encoded(text: str) -> bytes:
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode("utf-8", "replace")
