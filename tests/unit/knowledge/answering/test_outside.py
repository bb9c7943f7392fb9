"""Phrases that nothing answers, from Rasa's training data."""

from pathlib import Path

import pytest

from knowledge.answering.outside import read_outside
from knowledge.content.rehearsal import Phrase
from knowledge.errors import ContentError

DATA = """
nlu:
  - intent: greet
    examples: |
      - hello
  - intent: out_of_scope
    examples: |
      - will it rain in [Taipei](city)
      - flights to [Seoul]{"entity": "city"} on 3 - 4 May
"""


def test_only_phrases_out_of_scope_are_read(tmp_path: Path) -> None:
    """Their marks are taken off; the folder tells the language; other files and intents are passed over."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "out.yml").write_text(DATA, encoding="utf-8")
    (tmp_path / "en" / "stories.yml").write_text("- just\n- a list\n", encoding="utf-8")
    (tmp_path / "en" / "empty.yml").write_text("", encoding="utf-8")
    (tmp_path / "rules.yml").write_text(DATA, encoding="utf-8")
    expected = [Phrase("will it rain in Taipei", "en"), Phrase("flights to Seoul on 3 - 4 May", "en")]
    assert expected == read_outside(tmp_path, ["en"])
    assert expected[:1] == read_outside(tmp_path, ["en"], most=1)
    assert [] == read_outside(tmp_path, ["ja"])


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    """As everywhere in content."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "out.yml").write_text("nlu: [\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"out\.yml"):
        read_outside(tmp_path, ["en"])
