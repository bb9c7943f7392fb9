"""Whether an error means that there is no room left for what is written."""

import errno

_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")
_SHORT_WRITE = "requested and"
"""numpy: "63360 requested and 992 written", without an error number."""
_WRITER_KILLED = "io::Error most likely"
"""tantivy: its writer ended while passages were still coming in; nothing more is told of why."""


def is_for_lack_of_room(error: BaseException | None) -> bool:
    """Whether the disk, a quota or the limit of a file's size is why something just written is not all there.

    The errors are those of the system, and what numpy and tantivy make of them: these have its words only, or not
    even those.
    """
    if isinstance(error, OSError):
        return error.errno in _ERRNOS or (error.errno is None and _SHORT_WRITE in str(error))
    told = isinstance(error, RuntimeError | ValueError)
    return told and any(words in str(error) for words in (*_WORDS, _WRITER_KILLED))
