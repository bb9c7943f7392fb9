"""Bodies unpacked under a limit."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news_ingest.fetching.unpacking import TooMuch, Unpacker


def _feed(unpacker: Unpacker, data: bytes, step: int) -> bytes:
    for start in range(0, len(data), step):
        unpacker.take(data[start : start + step])
    return unpacker.body


@given(st.binary(max_size=2000), st.integers(1, 50), st.booleans())
def test_pieces_make_the_whole(data: bytes, step: int, packed: bool) -> None:
    """However they are cut."""
    unpacker = Unpacker(10_000, packed=packed)
    assert data == _feed(unpacker, gzip.compress(data) if packed else data, step)
    assert unpacker.complete


@given(st.binary(min_size=1, max_size=200), st.binary(min_size=1, max_size=200), st.integers(1, 300))
def test_packed_parts_in_a_row(one: bytes, two: bytes, step: int) -> None:
    """Some servers append them."""
    assert one + two == _feed(Unpacker(10_000, packed=True), gzip.compress(one) + gzip.compress(two), step)


@given(st.integers(1, 30))
def test_missing_end_is_noticed(missing: int) -> None:
    """What could be unpacked is there, and it isn't all."""
    unpacker = Unpacker(10_000, packed=True)
    data = bytes(range(256)) * 4
    assert data.startswith(_feed(unpacker, gzip.compress(data)[:-missing], 64))
    assert not unpacker.complete


@pytest.mark.parametrize("size", [100, 101])
@pytest.mark.parametrize("packed", [True, False])
def test_limit(size: int, packed: bool) -> None:
    """So many bytes, and not one more."""
    data = b" " * size
    unpacker = Unpacker(100, packed=packed)
    if size <= 100:
        assert data == _feed(unpacker, gzip.compress(data) if packed else data, 7)
    else:
        with pytest.raises(TooMuch):
            _feed(unpacker, gzip.compress(data) if packed else data, 7)


def test_bomb_is_not_unpacked() -> None:
    """A gigabyte in a megabyte takes no more memory than the limit."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(100)) + packer.flush()
    unpacker = Unpacker(200_000, packed=True)
    with pytest.raises(TooMuch):
        unpacker.take(bomb)
    assert len(unpacker.body) <= 200_001


def test_what_is_not_packed() -> None:
    """Although it is said to be."""
    with pytest.raises(zlib.error):
        Unpacker(100, packed=True).take(b"<rss/>")
