"""`citydesk content check`, as editors and the tests of every change run it."""

import json
import shutil
from pathlib import Path

from citydesk.settings import PROJECT_ROOT
from tests.integration.citydesk.command_line import in_this_process


def test_what_ships_is_complete(tmp_path: Path) -> None:
    done = in_this_process("content", "check", CITYDESK_HOME=str(tmp_path))
    assert (0, "") == (done.returncode, done.stderr)
    assert "简体中文" in done.stdout and "58/58" in done.stdout


def test_what_is_lacking_is_named_and_counted(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(PROJECT_ROOT / "content", content)
    for topic in ("expo", "tours"):
        (content / "faq" / "ja" / f"{topic}.yml").unlink()
    done = in_this_process("content", "check", CITYDESK_CONTENT_DIR=str(content))
    assert 1 == done.returncode
    assert "ja: lacks FAQ entry expo." in done.stdout and "more (--all names them)" in done.stdout
    as_json = in_this_process("content", "check", "--json", CITYDESK_CONTENT_DIR=str(content))
    [japanese] = [one for one in json.loads(as_json.stdout) if one["tag"] == "ja"]
    assert len(japanese["missing"]) == japanese["faq_wanted"] - japanese["faq"] > 5
