"""A feed whose end is missing: keep what is whole, close what is open.

A feed cut off in the middle would otherwise be read by a lenient parser, whose reading of the whole entries
differs from the usual one; each of them would then look changed. So the text is cut after its last whole
entry, closed, and read strictly.
"""

import re
from collections.abc import Iterator

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<([A-Za-z_][\w:.-]{0,100})[\s/>]")
_ENTRY_START = re.compile(r"<(?:[\w-]{1,100}:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:[\w-]{1,100}:)?(?:item|entry)\s{0,100}>")
_CHANNEL = re.compile(r"<(/?)((?:[\w-]{1,100}:)?channel)[\s>]")
_HIDING = {"<!--": "-->", "<![CDATA[": "]]>", "<!DOCTYPE": ">"}
_HIDING_START = re.compile("|".join(re.escape(start) for start in _HIDING))


def mend(body: bytes, encoding: str) -> bytes | None:
    """The feed in UTF-8, cut after its last whole entry and closed; None if its end is there, or no root."""
    try:
        text = body.decode(encoding or "utf-8", "ignore")
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", "ignore")
    text = _DECLARATION.sub("", text)
    plain = "".join(_blanked(text))
    root = _ROOT.search(plain)
    if root is None or _ends(plain, root):
        return None
    return _close(text, plain, root[1]).encode("utf-8", "ignore")


def _blanked(text: str) -> Iterator[str]:
    """The text with comments, CDATA and doctypes blanked out, at the same length, so that positions agree."""
    position = 0
    while (start := _HIDING_START.search(text, position)) is not None:
        yield text[position : start.start()]
        closing = _HIDING[start[0]]
        if start[0] == "<!DOCTYPE":
            closing = "]>" if "[" in text[start.end() : text.find(">", start.end())] else ">"
        found = text.find(closing, start.end())
        position = len(text) if found < 0 else found + len(closing)
        yield " " * (position - start.start())
    yield text[position:]


def _ends(plain: str, root: re.Match[str]) -> bool:
    closed_at_once = plain[root.start() : plain.find(">", root.start()) + 1].endswith("/>")
    return closed_at_once or re.search(rf"</{re.escape(root[1])}\s{{0,100}}>", plain) is not None


def _close(text: str, plain: str, root: str) -> str:
    end = _end_of_whole_part(plain)
    tags = list(_CHANNEL.finditer(plain[:end]))
    closing = f"</{tags[-1][2]}>" if tags and not tags[-1][1] else ""
    return f'<?xml version="1.0" encoding="utf-8"?>{text[:end]}{closing}</{root}>'


def _end_of_whole_part(plain: str) -> int:
    ends = list(_ENTRY_END.finditer(plain))
    if ends:
        return ends[-1].end()
    start = _ENTRY_START.search(plain)
    return start.start() if start else plain.rfind(">") + 1
