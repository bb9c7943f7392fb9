"""A body's bytes, unpacked piece by piece under one limit, so that no small answer becomes a large one."""

import zlib


class TooMuch(Exception):
    """More bytes than allowed, packed or unpacked."""


class Unpacker:
    """Takes what comes over the wire. `packed`: with gzip. Raises `TooMuch`, and `zlib.error` for broken packing."""

    def __init__(self, max_bytes: int, *, packed: bool) -> None:
        self._max_bytes = max_bytes
        self._received = 0
        self._unpacked = 0
        self._packed = packed
        self._inflater = _gzip()
        self._pieces: list[bytes] = []

    def take(self, raw: bytes) -> None:
        """The next bytes from the wire."""
        self._received += len(raw)
        if self._received > self._max_bytes:
            raise TooMuch
        if not self._packed:
            self._pieces.append(raw)
            return
        while raw:
            if self._inflater.eof:  # several packed parts, one after the other, are one body
                self._inflater = _gzip()
            piece = self._inflater.decompress(raw, self._max_bytes - self._unpacked + 1)
            self._unpacked += len(piece)
            if self._unpacked > self._max_bytes:
                raise TooMuch
            self._pieces.append(piece)
            raw = self._inflater.unused_data

    @property
    def body(self) -> bytes:
        """All so far."""
        return b"".join(self._pieces)

    @property
    def complete(self) -> bool:
        """Whether the packing has come to its end."""
        return not self._packed or self._received == 0 or self._inflater.eof


def _gzip() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
