"""Errors for lack of room, as the system and the libraries tell them."""

import errno

import pytest

from knowledge.index.room import is_for_lack_of_room


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError(errno.EFBIG, "File too large"),
        OSError("63360 requested and 992 written"),
        ValueError("An IO error occurred: 'No space left on device (os error 28) at path \"x\"'"),
        ValueError("An index writer was killed.. A worker thread encountered an error (io::Error most likely)"),
    ],
    ids=["system", "quota", "limit", "numpy", "tantivy", "its writer"],
)
def test_lack_of_room_is_recognised(error: Exception) -> None:
    assert is_for_lack_of_room(error)


@pytest.mark.parametrize(
    "error", [None, OSError(errno.EIO, "Input/output error"), ValueError("requested and"), KeyError("File too large")]
)
def test_anything_else_is_not_taken_for_it(error: Exception | None) -> None:
    """A defect must show as what it is."""
    assert not is_for_lack_of_room(error)
