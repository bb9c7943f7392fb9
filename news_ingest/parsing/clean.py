"""HTML to plain text: paragraphs parted by one newline, no markup, no scripts, no hidden characters.

Whatever markup comes in, only text goes out, so nothing of a feed can act on a reader's screen.
"""

import html
import re

import nh3

MAX_MARKUP = 400_000
"""Characters of one field that are looked at; the rest is dropped."""

MAX_TITLE = 300
"""Characters of a title."""

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote br caption center dd div dl dt fieldset figcaption figure footer"
        " form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_DROPPED = frozenset(
    re.findall(r"\w+", "script style head noscript template iframe object embed svg math select button textarea")
)
_OPENING = re.compile(r"<(?!(?:p|li|td|th|tr|br|hr|img|input|wbr|dd|dt|option)\b)[a-z]", re.IGNORECASE)
_MANY_TAGS = 3_000
_ANY_TAG = re.compile(r"<[^<>]*>")
_TAG_NAME = re.compile(r"</?([a-z0-9]*)", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS, key=len, reverse=True))})\s*/?>")
_CELL_TAG = re.compile(r"</?t[dh]>")

_CLEANER = nh3.Cleaner(
    tags=set(_BLOCKS | _CELLS),
    clean_content_tags=set(_DROPPED),
    attributes={},
    generic_attribute_prefixes=set(),
    link_rel=None,
    strip_comments=True,
)
# Control characters but tab and newline; lone surrogates; non-characters; invisible ones that reorder or hide
# text. The zero-width joiner and non-joiner stay: scripts and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_RETURN = re.compile(r"\r\n?")
_NEWLINES = ("\x85", "\u2028", "\u2029")
_WIDE = re.compile(r"[\u2e80-\u303e\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def clean_text(text: str) -> str:
    """Plain text tidied: unwanted characters, spare spaces and empty lines go. Twice is as good as once."""
    return "\n".join(filter(None, map(_tidy_line, _with_newlines(text).split("\n"))))


def _with_newlines(text: str) -> str:
    """The text with each kind of line end as a newline."""
    if "\r" in text:
        text = _RETURN.sub("\n", text)
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    return text


def _tidy_line(line: str) -> str:
    tidy = " ".join(line.split())
    # Nothing unwanted is printable, and that is told many times faster than by the pattern.
    return tidy if tidy.isprintable() else " ".join(_UNWANTED.sub("", tidy).split())


def _unwrapped(markup: str) -> str:
    """HTML on one line: line breaks mean nothing in it; between two East Asian characters not even a space."""
    first, *lines = markup.split("\n")
    kept = [first]
    for line in filter(None, lines):
        before, after = kept[-1].rstrip(" \t"), line.lstrip(" \t")
        if before and after and _WIDE.match(before[-1]) and _WIDE.match(after[0]):
            kept[-1] = before
            kept.append(after)
        else:
            kept += (" ", line)
    return "".join(kept)


def clean_html(markup: str) -> str:
    """The text of an HTML fragment; block elements and `<br>` become newlines, other breaks spaces."""
    source = _unwrapped(_with_newlines(markup[:MAX_MARKUP]))
    if "<" not in source:
        return clean_text(html.unescape(source))
    if len(_OPENING.findall(source)) > _MANY_TAGS:
        # Nested, so many would keep a parser busy for seconds, and no article needs them.
        source = _ANY_TAG.sub(_flattened, source)
    # The cleaner's output is well formed and without attributes, which is what makes these two patterns enough.
    text = _CELL_TAG.sub(" ", _BLOCK_TAG.sub("\n", _CLEANER.clean(source)))
    return clean_text(html.unescape(text))


def _flattened(tag: re.Match[str]) -> str:
    name = _TAG_NAME.match(tag[0])
    return "<br>" if name and name[1].lower() in _BLOCKS else " "


def clean_title(text: str, *, is_html: bool) -> str:
    """A title on one line, at most `MAX_TITLE` characters."""
    line = (clean_html(text) if is_html else clean_text(text)).replace("\n", " ")
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1].rstrip() + "…"
