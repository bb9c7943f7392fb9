"""The set-up script's decisions: which environment is current, which Python fits, where torch comes from."""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "environments.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("environments", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def variables(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@pytest.fixture
def environment(script: ModuleType, tmp_path: Path) -> Any:
    """An installed environment with one lock."""
    lock = tmp_path / "app.lock"
    lock.write_text("typer==1.0\n", encoding="utf-8")
    made = script.Environment("app", str(tmp_path / "env"), "3.11", [str(lock)], torch=False)
    made.interpreter.parent.mkdir(parents=True)
    made.interpreter.symlink_to(sys.executable)
    made.stamp.write_text(json.dumps(script.wanted_stamp(made)), encoding="utf-8")
    return made


def test_an_installed_environment_is_left_alone(script: ModuleType, environment: Any) -> None:
    assert script.is_current(environment)


def test_a_changed_lock_is_installed(script: ModuleType, environment: Any) -> None:
    environment.locks[0].write_text("typer==2.0\n", encoding="utf-8")
    assert not script.is_current(environment)


def test_an_interrupted_installation_is_repeated(script: ModuleType, environment: Any) -> None:
    environment.unfinished.touch()
    assert not script.is_current(environment)


def test_a_removed_environment_is_made_again(script: ModuleType, environment: Any) -> None:
    environment.interpreter.unlink()
    assert not script.is_current(environment)


def test_the_tests_packages_are_a_lock_more(script: ModuleType) -> None:
    """What is set up for tests is set up for the app too, not the other way round."""
    assert script.APP_DEV.locks[: len(script.APP.locks)] == script.APP.locks
    assert script.APP_DEV.stamp == script.APP.stamp
    assert len(script.APP_DEV.locks) > len(script.APP.locks)


def test_pyenv_offers_the_newest_patch_release_first(script: ModuleType, tmp_path: Path) -> None:
    for version in ("3.10.9", "3.10.13", "3.11.7"):
        (tmp_path / "versions" / version).mkdir(parents=True)
    with variables(PYENV_ROOT=str(tmp_path)):
        found = [Path(path).parts[-3] for path in script.pyenv_pythons("3.10")]
    assert found == ["3.10.13", "3.10.9"]


def test_a_folder_of_wheels_gives_torch_when_it_holds_the_right_one(script: ModuleType, tmp_path: Path) -> None:
    version = script.torch_version()
    with variables(PIP_FIND_LINKS=str(tmp_path), UV_FIND_LINKS=""):
        assert script.torch_source() == ["--torch-backend", "cpu"]
        (tmp_path / f"torch-{version}+cpu-cp311-cp311-manylinux_2_28_x86_64.whl").touch()
        assert script.torch_source() == ["--find-links", str(tmp_path)]


def test_this_python_is_recognised(script: ModuleType) -> None:
    assert script.is_python(sys.executable, "3.11")
    assert not script.is_python(sys.executable, "3.10")
    assert not script.is_python(Path("no-such-python"), "3.11")
