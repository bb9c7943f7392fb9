"""Bytes of JSON to values, also where a byte order mark goes before them or their end is missing."""

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any

from news_ingest.parsing.encodings import decode

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Json:
    """What was read. `value` is None where nothing could be; `truncated`: cut after the last whole item."""

    value: Any
    truncated: bool = False


def looks_like_json(body: bytes) -> bool:
    """Whether it begins as an object or a list of JSON does, in UTF-8 or marked UTF-16."""
    if body.startswith(_WIDE_MARKS):
        return body[2:64].replace(b"\x00", b"").lstrip()[:1] in (b"[", b"{")
    return _START.match(body) is not None


def read_json(body: bytes, content_type: str | None) -> Json:
    """The value; of a list (or an object's `items`) whose end is missing, the items that came whole."""
    text = decode(body, content_type)
    if text is None:
        text = body.decode("utf-8", "replace")
    text = text.lstrip("\ufeff").strip()
    try:
        return Json(_DECODER.decode(text))
    except (ValueError, RecursionError):
        return _whole_part(text)


def _whole_part(text: str) -> Json:
    """What is left when the text is cut after its last whole item and closed."""
    if text.startswith("["):
        start, closing = 1, "]"
    elif (items := _ITEMS.search(text)) is not None:
        start, closing = items.end(), "]}"
    else:
        return Json(None)
    end = start
    try:
        while True:
            position = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches emptiness too
            if position >= len(text) or text[position] == "]":
                break
            _, end = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        pass
    try:
        return Json(_DECODER.decode(text[:end] + closing), truncated=True)
    except (ValueError, RecursionError):
        return Json(None)
