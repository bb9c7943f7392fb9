"""What the FAQ gives as training data, and when the dialogue model is trained."""

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from citydesk.checksums import checksum
from citydesk.errors import MissingPartError
from citydesk.settings import PROJECT_ROOT, Settings
from citydesk.training import INPUTS, Taught, train, write_training_data
from knowledge.documents import Document, Source
from wording.languages import Languages

SOURCE = Source("A page", "https://example.org/", "en")


def document(language: str, title: str, *questions: str) -> Document:
    return Document("faq:a.b", "faq", language, title, "Text.", SOURCE, "topic", questions)


FAQ = [
    document("en", "What are the three smart meters?", "smart meters?", "which meters"),
    document("zh-Hant", "三表是什麼？", "智慧三表"),
    document("ja", "三つのメーターとは何ですか。"),
]


LANGUAGES = Languages.read(PROJECT_ROOT / "content" / "languages.yml")
TAUGHT = Taught(FAQ, LANGUAGES, {"danger_fire": {"en": "on fire", "zh-Hant": "著火|濃煙"}})


def examples(path: Path) -> list[str]:
    intents = YAML(typ="safe").load(path)["nlu"]
    assert [intent["intent"] for intent in intents] == ["ask"]
    return [line.removeprefix("- ") for line in intents[0]["examples"].splitlines()]


def test_questions_become_examples_of_ask_by_language(tmp_path: Path) -> None:
    write_training_data(tmp_path, TAUGHT)
    expected = {"What are the three smart meters?", "smart meters?", "which meters"}
    assert expected == set(examples(tmp_path / "ask_en.yml"))
    assert {"三表是什麼？", "智慧三表"} == set(examples(tmp_path / "ask_zh-Hant.yml"))


def test_the_same_faq_gives_the_same_bytes(tmp_path: Path) -> None:
    """Otherwise every start would train."""
    once = checksum([write_training_data(tmp_path / "a", TAUGHT)])
    again = checksum([write_training_data(tmp_path / "b", replace(TAUGHT, faq=list(reversed(FAQ))))])
    assert once == again


def test_files_of_another_time_are_dropped(tmp_path: Path) -> None:
    """Rasa reads every YAML file of the folder, so none may be left over."""
    (tmp_path / "ask_pl.yml").write_text("old", encoding="utf-8")
    write_training_data(tmp_path, TAUGHT)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ask_en.yml",
        "ask_ja.yml",
        "ask_zh-Hant.yml",
        "dangers.yml",
        "languages.yml",
    ]


def test_a_current_model_is_not_trained_again(tmp_path: Path) -> None:
    """Model and stamp are there and nothing has changed: no Rasa is started, nothing is said."""
    settings = Settings(home=tmp_path)
    data = write_training_data(tmp_path / "nlu", TAUGHT)
    settings.model_path.parent.mkdir()
    settings.model_path.write_bytes(b"model")
    (tmp_path / "stamps").mkdir()
    wanted = checksum([*(PROJECT_ROOT / name for name in INPUTS), data])
    (tmp_path / "stamps" / "dialogue-model").write_text(wanted, encoding="utf-8")
    told: list[str] = []
    report = train(settings, TAUGHT, told.append)
    assert (report.trained, told) == (False, [])
    assert settings.model_path.read_bytes() == b"model"


class WithoutRasa(Settings):
    """Settings of a checkout whose second environment has not been made."""

    @property
    def rasa_command(self) -> Path:
        return self.home / "no" / "rasa"


def test_without_rasa_the_way_to_get_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match="make setup"):
        train(WithoutRasa(home=tmp_path), TAUGHT, lambda text: None)


def test_words_of_danger_are_taught_in_the_other_script_too(tmp_path: Path) -> None:
    """What is shown from Traditional is typed in Simplified all the same."""
    taught = (write_training_data(tmp_path, TAUGHT) / "dangers.yml").read_text("utf-8")
    assert "      - on fire|著火|濃煙|着火|浓烟\n" in taught
