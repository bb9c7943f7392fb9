"""Server processes of the tests: started, waited for, ended."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]


@contextmanager
def serving(module: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A process of `python -m module --port-file F`, with its address; killed at the end."""
    port_file = folder / f"{module}.port"
    port_file.unlink(missing_ok=True)
    process = subprocess.Popen([sys.executable, "-m", module, "--port-file", str(port_file)], cwd=ROOT)
    try:
        deadline = time.monotonic() + 20
        while not port_file.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{module} did not start (status {process.poll()})")
            time.sleep(0.02)
        yield process, f"http://127.0.0.1:{port_file.read_text('utf-8')}"
    finally:
        process.kill()
        process.wait()
