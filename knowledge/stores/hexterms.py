"""Terms as words that every tokenizer leaves whole: Milvus's own lose Thai and cut Arabic apart."""

import hashlib
from collections.abc import Iterable

_LONGEST = 16
"""Bytes of a term up to which it is spelt out; a longer one is told by its checksum, so that texts stay short."""


def encode(terms: Iterable[str], limit: int | None = None) -> str:
    """The terms in order, separated by spaces, in the characters 0-9 and a-f, and x before a checksum.

    With `limit`, as many of the first terms as fit into so many bytes.

    >>> encode(["tram", "電車"])
    '7472616d e99bbbe8bb8a'
    """
    text = " ".join(_word(term.encode("utf-8", "surrogatepass")) for term in terms)
    if limit is None or len(text) <= limit:
        return text
    return text[: limit + 1].rpartition(" ")[0]


def _word(term: bytes) -> str:
    return term.hex() if len(term) <= _LONGEST else f"x{hashlib.blake2b(term, digest_size=8).hexdigest()}"
