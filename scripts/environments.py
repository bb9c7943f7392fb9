#!/usr/bin/env python3
"""Makes the environments of the project: `.venv` (Python 3.11), `.venv-rasa` (3.10), and `.venv-bench` when asked.

    python3 scripts/environments.py [--dev] [app] [rasa] [bench]
    python3 scripts/environments.py lock

Runs on any Python from 3.8 on with nothing but the standard library. What is installed is exactly what the
locks in `requirements/` say, checked by hash; only torch comes apart from them, because which wheel is
right depends on the machine. An environment whose locks have not changed is left as it is, and an
interrupted run starts cleanly the next time.
"""

import argparse
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
UV_VERSION = "0.13.9"
UV_HOME = ROOT / ".uv"
LOCK_FLAGS = [
    "--generate-hashes",
    "--no-emit-package",
    "torch",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
]


class SetupError(Exception):
    """Something the person at the keyboard has to put right; the message says how."""


class Environment:
    """One environment: where it lives, which Python it needs, which locks fill it."""

    def __init__(self, name, folder, python, locks, torch):
        self.name = name
        self.folder = ROOT / folder
        self.python = python
        self.locks = [REQUIREMENTS / lock for lock in locks]
        self.torch = torch
        self.stamp = self.folder / "citydesk-stamp.json"
        self.unfinished = self.folder / "citydesk-unfinished"

    @property
    def interpreter(self):
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


LAUNCHER = """#!/bin/sh
PYTHONPATH="%(root)s${PYTHONPATH:+:$PYTHONPATH}" exec "%(python)s" -m citydesk "$@"
"""

APP = Environment("app", ".venv", "3.11", ["app.lock"], torch=True)
APP_DEV = Environment("app", ".venv", "3.11", ["app.lock", "dev.lock"], torch=True)
RASA = Environment("rasa", ".venv-rasa", "3.10", ["rasa.lock"], torch=False)
BENCH = Environment("bench", ".venv-bench", "3.11", ["bench.lock"], torch=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, what, env=None):
    """Run `command`, return its output; on failure raise SetupError with `what` and the output's end."""
    merged = dict(os.environ, **(env or {}))
    command = [str(part) for part in command]
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=merged,
        cwd=str(ROOT),
        check=False,
    )
    if result.returncode:
        output = (result.stdout + result.stderr).decode("utf-8", "replace").strip()
        tail = "\n".join("    " + line for line in output.splitlines()[-20:])
        raise SetupError("%s failed (exit status %d):\n%s" % (what, result.returncode, tail))
    return result.stdout.decode("utf-8", "replace").strip()


# --- uv ---


def uv():
    """The path of the project's own uv, fetched on first use."""
    for candidate in (UV_HOME / "bin" / "uv", UV_HOME / "Scripts" / "uv.exe"):
        if candidate.exists() and uv_version(candidate) == UV_VERSION:
            return candidate
    say("Fetching the installer, uv %s …" % UV_VERSION)
    shutil.rmtree(str(UV_HOME), ignore_errors=True)
    package = "uv==" + UV_VERSION
    attempts = [
        # Debian ships venv apart from Python; pip --target needs pip only.
        (
            [sys.executable, "-m", "venv", UV_HOME],
            [UV_HOME / "bin" / "python", "-m", "pip", "install", "-q", package],
        ),
        (None, [sys.executable, "-m", "pip", "install", "-q", "--target", UV_HOME, package]),
    ]
    problems = []
    for prepare, install in attempts:
        try:
            if prepare:
                run(prepare, "Making a place for uv")
            run(install, "Installing uv")
        except SetupError as error:
            problems.append(str(error))
            shutil.rmtree(str(UV_HOME), ignore_errors=True)
            continue
        for candidate in (UV_HOME / "bin" / "uv", UV_HOME / "Scripts" / "uv.exe"):
            if candidate.exists():
                return candidate
    raise SetupError(
        "\n".join(problems) + "\nuv could not be installed. With network access, install Python's pip and venv "
        "(on Debian and Ubuntu: apt install python3-venv python3-pip) and run this again."
    )


def uv_version(path):
    try:
        output = subprocess.run([str(path), "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.match(r"uv (\S+)", output.stdout.decode("utf-8", "replace"))
    return match.group(1) if match else None


# --- Python ---


def find_python(version):
    """An interpreter of `version` ("3.11"): uv's, the PATH's, pyenv's, or a fresh download, in that order."""
    try:
        found = run(
            [uv(), "python", "find", "--system", "--no-project", "--no-python-downloads", version],
            "Looking for Python",
        )
        candidate = found.splitlines()[-1].strip()
        if is_python(candidate, version):
            return candidate
    except SetupError:
        pass
    for candidate in [shutil.which("python" + version), *pyenv_pythons(version)]:
        if candidate and is_python(candidate, version):
            return candidate
    say("  Python %s is not on this machine: downloading it …" % version)
    try:
        run([uv(), "python", "install", version], "Downloading Python %s" % version)
        return run([uv(), "python", "find", "--system", "--no-project", version], "Looking for Python").splitlines()[-1]
    except SetupError as error:
        raise SetupError(
            "Python %s is needed and was not found, and it could not be downloaded.\n%s\n"
            "Install it with 'pyenv install %s', or with your system's packages, and run this again."
            % (version, error, version)
        )


def pyenv_pythons(version):
    root = os.environ.get("PYENV_ROOT") or os.path.join(os.path.expanduser("~"), ".pyenv")
    folders = glob.glob(os.path.join(root, "versions", version + ".*"))
    folders.sort(key=lambda folder: [int(n) for n in re.findall(r"\d+", os.path.basename(folder))], reverse=True)
    return [os.path.join(folder, "bin", "python" + version) for folder in folders]


def is_python(path, version):
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([str(path), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return result.stdout.decode().strip() == version


# --- torch ---


def torch_version():
    match = re.search(r"^torch==(\S+)", (REQUIREMENTS / "app.in").read_text(encoding="utf-8"), re.MULTILINE)
    if not match:
        raise SetupError("requirements/app.in names no torch version: it needs a line like 'torch==2.13.0'.")
    return match.group(1)


def torch_source():
    """Where torch's wheel comes from, as flags for uv: a local folder of wheels, or the CPU builds."""
    version = torch_version()
    for folder in (os.environ.get("UV_FIND_LINKS", "") + " " + os.environ.get("PIP_FIND_LINKS", "")).split():
        if glob.glob(os.path.join(folder, "torch-%s[+-]*cp311-*.whl" % version)):
            return ["--find-links", folder]
    return ["--torch-backend", "cpu"]


def install_torch(environment):
    source = torch_source()
    offline = ["--no-index"] if source[0] == "--find-links" else []
    requirement = "torch==" + torch_version()
    command = [
        uv(),
        "pip",
        "install",
        "--python",
        environment.interpreter,
        "--no-deps",
        *source,
        *offline,
        requirement,
    ]
    run(command, "Installing %s" % requirement)


# --- environments ---


def checksum(paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def wanted_stamp(environment):
    return {lock.name: checksum([lock]) for lock in environment.locks}


def is_current(environment):
    """Whether every lock of `environment` is installed as it stands now."""
    try:
        stamp = json.loads(environment.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    usable = environment.interpreter.exists() and not environment.unfinished.exists()
    return usable and all(stamp.get(name) == digest for name, digest in wanted_stamp(environment).items())


def prepare(environment):
    """Bring `environment` to the state of its locks."""
    stamp = wanted_stamp(environment)
    if environment.unfinished.exists() or not is_python(environment.interpreter, environment.python):
        python = find_python(environment.python)
        run(
            [uv(), "venv", "--clear", "--quiet", "--python", python, environment.folder],
            "Making %s" % environment.folder.name,
        )
    environment.unfinished.write_text("An installation was begun here.\n", encoding="utf-8")
    environment.stamp.unlink() if environment.stamp.exists() else None
    if environment.torch:
        install_torch(environment)
    for lock in environment.locks:
        install = [
            uv(),
            "pip",
            "install",
            "--python",
            environment.interpreter,
            "--no-deps",
            "--require-hashes",
        ]
        run([*install, "-r", lock], "Installing requirements/%s" % lock.name)
    remove_strangers(environment)
    if environment.name == "app":
        write_launcher(environment)
    run([uv(), "pip", "check", "--python", environment.interpreter], "Checking %s" % environment.folder.name)
    environment.stamp.write_text(json.dumps(stamp), encoding="utf-8")
    environment.unfinished.unlink()


def write_launcher(environment):
    """`.venv/bin/citydesk`, which runs the command line from anywhere."""
    launcher = environment.interpreter.with_name("citydesk")
    launcher.write_text(LAUNCHER % {"python": environment.interpreter, "root": ROOT}, encoding="utf-8")
    launcher.chmod(0o755)


def remove_strangers(environment):
    """Uninstall what an older lock has left behind; tests' packages may stay beside the app's."""
    locks = list(environment.locks)
    if environment.name == "app":
        locks.append(REQUIREMENTS / "dev.lock")
    allowed = {"torch"} if environment.torch else set()
    for lock in locks:
        allowed.update(re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    allowed = {normal(name) for name in allowed}
    listing = json.loads(run([uv(), "pip", "list", "--format", "json", "--python", environment.interpreter], "Listing"))
    strangers = [item["name"] for item in listing if normal(item["name"]) not in allowed]
    if strangers:
        run(
            [uv(), "pip", "uninstall", "--python", environment.interpreter, *strangers],
            "Removing old packages",
        )


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def set_up(environments):
    pending = [environment for environment in environments if not is_current(environment)]
    for environment in pending:
        place = "%d of %d" % (environments.index(environment) + 1, len(environments))
        say("Environment %s: %s (Python %s) …" % (place, environment.folder.name, environment.python))
        prepare(environment)


def lock():
    """Resolve requirements/*.in into requirements/*.lock; pins that still fit stay ."""
    torch = torch_source()
    plans = [
        ("app", "3.11", torch),
        # What the tests run with is what the app is locked to.
        ("dev", "3.11", [*torch, "-c", "requirements/app.lock"]),
        ("rasa", "3.10", []),
        # Peers are measured on the libraries that we run on, wherever they take them.
        ("bench", "3.11", [*torch, "-c", "requirements/app.lock"]),
    ]
    for name, python, more in plans:
        say("Locking requirements/%s.in …" % name)
        command = [uv(), "pip", "compile", "--quiet", "--python-version", python, *LOCK_FLAGS, *more]
        target = "requirements/%s.lock" % name
        run([*command, "requirements/%s.in" % name, "-o", target], "Locking %s" % target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "what",
        nargs="*",
        choices=["app", "rasa", "bench", "lock", []],
        metavar="app|rasa|bench|lock",
        help="default: app and rasa",
    )
    parser.add_argument("--dev", action="store_true", help="with what the tests and checks need")
    arguments = parser.parse_args()
    what = arguments.what or ["app", "rasa"]
    try:
        if "lock" in what:
            lock()
            return 0
        known = {"app": APP_DEV if arguments.dev else APP, "rasa": RASA, "bench": BENCH}
        set_up([known[name] for name in what])
    except SetupError as error:
        say("Set-up stopped: %s" % error)
        return 1
    except KeyboardInterrupt:
        say("Set-up was interrupted; the next call goes on from a clean state.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
