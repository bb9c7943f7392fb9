"""Telegram's HTML, read strictly: what `parse_mode=HTML` documents and not a sign more."""

import html
import re
from typing import Final

from tests.botapi.rejections import bad_request

MAX_TEXT_UNITS: Final = 4_096

_PLAIN_TAGS: Final = frozenset(
    ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "pre", "blockquote")
)
_TOKEN: Final = re.compile(
    r'<a href="(?P<href>[^"<>]*)">|<(?P<open>[a-z-]+)>|</(?P<close>[a-z-]+)>'
    r"|(?P<entity>&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)|(?P<text>[^<>&]+)"
)
_STRAY_AMPERSAND: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


def visible_text(source: str) -> str:
    """The text that a reader sees; raises `Rejected` for anything that is not well-formed."""
    shown: list[str] = []
    stack: list[str] = []
    position = 0
    while position < len(source):
        token = _TOKEN.match(source, position)
        if token is None:
            raise _unparsable(f"unexpected {source[position]!r} at character {position}")
        position = token.end()
        if token["href"] is not None:
            _open("a", stack)
            _check_address(token["href"])
        elif token["open"] is not None:
            if token["open"] not in _PLAIN_TAGS:
                raise _unparsable(f"unsupported start tag {token['open']!r}")
            _open(token["open"], stack)
        elif token["close"] is not None:
            if not stack or stack.pop() != token["close"]:
                raise _unparsable(f"unexpected end tag {token['close']!r}")
        else:
            shown.append(html.unescape(token[0]))
    if stack:
        raise _unparsable(f"can't find end tag of {stack[-1]!r}")
    return "".join(shown)


def units(text: str) -> int:
    """Length in UTF-16 code units; raises `Rejected` for a lone surrogate."""
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _open(tag: str, stack: list[str]) -> None:
    if tag in stack:
        raise _unparsable(f"tag {tag!r} inside itself")
    stack.append(tag)


def _check_address(href: str) -> None:
    if _STRAY_AMPERSAND.search(href):
        raise _unparsable("an address with a bare '&'")
    if not re.match(r"(https?|tg)://[^\s]+\Z", html.unescape(href)):
        raise _unparsable(f"an address that can't be followed: {href!r}")


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
