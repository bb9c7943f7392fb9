#!/usr/bin/env python3
"""Runs a command only when what it depends on has changed since it last succeeded.

    python3 scripts/when_changed.py NAME --say TEXT --input PATH… [--output PATH…] -- COMMAND…

Inputs are files, or folders with everything below them; the command and the project's settings count too.
They are compared by checksum with the stamp of the last success in `var/stamps/NAME` (below CITYDESK_HOME
when that is set). A missing output also makes the command run. The command reads nothing from standard input
and prints to standard error only, so that it can stand in a pipeline whose input and output belong to someone
else. Standard library only.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IGNORED = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def home():
    """The folder of runtime state: CITYDESK_HOME, or `var` at the top of the project."""
    given = os.environ.get("CITYDESK_HOME")
    return Path(given).expanduser().resolve() if given else ROOT / "var"


def settings():
    """What is set of the project's variables, but for the ports: they change nothing that is made."""
    names = (name for name in os.environ if name.startswith("CITYDESK_") and not name.endswith("_PORT"))
    return ["%s=%s" % (name, os.environ[name]) for name in sorted(names)]


def files_below(path):
    """Every file that counts under `path`, in a fixed order; a missing path has none."""
    if path.is_file():
        return [path]
    found = (p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc" and not IGNORED & set(p.parts))
    return sorted(found)


def checksum(inputs, words=()):
    """Hex digest over names and contents of all inputs, and over `words` (the command itself)."""
    digest = hashlib.sha256("\0".join(words).encode("utf-8"))
    for given in inputs:
        for path in files_below(Path(given)):
            content = hashlib.sha256()
            with path.open("rb") as stream:
                for block in iter(lambda: stream.read(1 << 20), b""):
                    content.update(block)
            digest.update(("%s\0%s\0" % (path, content.hexdigest())).encode("utf-8"))
    return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--say", required=True)
    parser.add_argument("--input", action="append", default=[])
    parser.add_argument("--output", action="append", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    stamp = home() / "stamps" / arguments.name
    digest = checksum(arguments.input, [*arguments.command, *settings()])
    done = stamp.exists() and stamp.read_text(encoding="utf-8") == digest
    if done and all(Path(output).exists() for output in arguments.output):
        return 0
    print("%s …" % arguments.say, file=sys.stderr, flush=True)
    begun = time.monotonic()
    status = subprocess.run(arguments.command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode
    if status:
        shown = " ".join(arguments.command)
        print("%s failed (exit status %d): %s" % (arguments.say, status, shown), file=sys.stderr, flush=True)
        return status if status > 0 else 1
    print("%s: done in %.0f s" % (arguments.say, time.monotonic() - begun), file=sys.stderr, flush=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
