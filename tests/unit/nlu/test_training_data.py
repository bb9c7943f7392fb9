"""FAQ questions as training data: any question an editor can type gives a file that Rasa reads."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlu.training_data import ask_examples, taught_elsewhere


def examples(text: str) -> list[str]:
    data = YAML(typ="safe").load(text)
    assert data["version"] == "3.1"
    if not data["nlu"]:
        return []
    (block,) = data["nlu"]
    assert block["intent"] == "ask"
    return [line.removeprefix("- ") for line in block["examples"].splitlines()]


def test_questions_come_sorted_by_language_and_text_and_only_once() -> None:
    """The same FAQ in another order gives the same bytes; case and punctuation make no new question."""
    questions = [("ja", "翡翠ダムとは？"), ("en", "What is it?"), ("en", "what is it"), ("en", "A bus")]
    assert examples(ask_examples(questions)) == ["A bus", "What is it?", "翡翠ダムとは？"]
    assert ask_examples(questions) == ask_examples(reversed(questions))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is [this](language)?", "What is this (language)?"),
        ('a [b]{"entity": "entry"} c', 'a b "entity": "entry" c'),
        ("two\nlines\r\n  here", "two lines here"),
        ("/restart the bus", "restart the bus"),
        ("- dash: 'quote' # hash", "dash: 'quote' # hash"),
        ("key: value", "key: value"),
        ("nul\x00 and \ud83d half", "nul and half"),
        ("「三表」：是什麼？", "「三表」：是什麼？"),
    ],
)
def test_nothing_in_a_question_is_read_as_syntax(question: str, expected: str) -> None:
    """Neither Rasa's entity marks nor YAML's own signs."""
    assert [expected] == examples(ask_examples([("en", question)]))


def test_a_question_that_says_nothing_is_dropped() -> None:
    """Blank ones and bare punctuation; without any question the file is empty and valid."""
    assert examples(ask_examples([("en", "  \n"), ("ja", "？？"), ("en", "[]{}")])) == []


def test_a_cry_for_help_in_the_faq_is_not_taught_as_a_question() -> None:
    """What the hand-written data teaches as another intent stays with that intent."""
    assert examples(ask_examples([("zh-Hant", "救命！！"), ("zh-Hant", "三表是什麼"), ("en", "Fire!")])) == [
        "三表是什麼"
    ]


def test_hand_written_examples_are_read_without_their_entity_marks(tmp_path: Path) -> None:
    """The intent `ask`, rules, synonyms and regular expressions are not examples of another intent."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.yml").write_text(
        'version: "3.1"\n\nnlu:\n  - intent: ask\n    examples: |\n      - what is it\n'
        "  - intent: choose_language\n    examples: |\n"
        '      - Speak [English]{"entity": "language", "value": "en"}!\n'
        "  - synonym: en\n    examples: |\n      - engl\n",
        encoding="utf-8",
    )
    (tmp_path / "rules.yml").write_text("rules:\n  - rule: one\n    steps:\n      - intent: ask\n", encoding="utf-8")
    assert {"speakenglish"} == taught_elsewhere(tmp_path)


@given(st.lists(st.tuples(st.sampled_from(["en", "zh-Hant", "ja"]), st.text(st.characters(exclude_categories=())))))
def test_any_questions_give_a_readable_file_of_single_lines(questions: list[tuple[str, str]]) -> None:
    """Whatever is typed, YAML reads it back and no example holds an entity mark."""
    for line in examples(ask_examples(questions)):
        assert line and not set("[]{}") & set(line)
