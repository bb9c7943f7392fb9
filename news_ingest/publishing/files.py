"""Replacing a file whole: whoever reads it meanwhile gets the old one or the new one, never half of one."""

import contextlib
import os
import secrets
from pathlib import Path


def replace_file(path: Path, data: bytes) -> bool:
    """Put `data` at `path` by a rename. False, and nothing touched, where it stands there already, so that servers
    go on answering that it has not changed. Raises `OSError`."""
    target = path.resolve()
    with contextlib.suppress(FileNotFoundError):
        if target.read_bytes() == data:
            return False
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        # Not by tempfile, whose files nobody else may read: a web server has to.
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True
