"""Memory that is free again, handed back to the system between the steps of a build."""

import ctypes
import sys


def give_back() -> None:
    """Hand back what the C library keeps for later: some fifty megabytes after each large step, which would add up.

    Does nothing where the C library is not glibc.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
