"""Entities of a feed's own making: long ones go, since they can swell it beyond all memory."""

import re

_START = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_HARMLESS = re.compile(rb"<!ENTITY\s+\w+\s+(?:\"[^\"&%]{0,32}\"|'[^'&%]{0,32}')\s*>", re.IGNORECASE)
_ELSEWISE = tuple(
    "<!ENTITY".encode(encoding) for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037")
)


def without_long_entities(body: bytes) -> bytes:
    """The feed less its entity declarations, but for short ones that name a sign or a word."""
    if b"<!E" not in body and b"<!e" not in body:
        return body
    kept: list[bytes] = []
    position = 0
    # Step by step rather than by one pattern: a pattern would look for the end of each open one anew.
    while (start := _START.search(body, position)) is not None:
        harmless = _HARMLESS.match(body, start.start())
        end = harmless.end() if harmless else body.find(b">", start.end()) + 1
        kept.append(body[position : end if harmless else start.start()])
        position = end or len(body)
    return b"".join((*kept, body[position:]))


def hides_entities(body: bytes) -> bool:
    """Whether it declares entities in an encoding in which they can't be found as ASCII."""
    return any(declaration in body for declaration in _ELSEWISE)
