"""How much memory this process holds and has held."""

from pathlib import Path

import psutil

_STATUS = Path("/proc/self/status")
MIB = 2**20


def resident_mib() -> float:
    """Resident memory now, in MiB; mapped files count as far as they have been read."""
    return float(psutil.Process().memory_info().rss / MIB)


def peak_mib() -> float:
    """The most that has been resident since this program began, in MiB.

    Where the system tells it: `getrusage` would count what the parent held before this program was started.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    info = psutil.Process().memory_info()
    return float(getattr(info, "peak_wset", info.rss) / MIB)
