"""The catalogues are complete, and sentences, dates and names come in the reader's language."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from wording import messages
from wording.catalogue import Wording
from wording.errors import CatalogueMissing, ParameterMissing, UnknownLanguage
from wording.languages import Languages

CONTENT = Path("content")
LANGUAGES = Languages.read(CONTENT / "languages.yml")


@pytest.fixture(scope="module")
def wording() -> Wording:
    """The catalogues of the project."""
    return Wording(CONTENT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(wording: Wording, language: str) -> None:
    """Every message is translated, with the same placeholders as in English."""
    assert wording.missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_stays_below_telegrams_limits(wording: Wording, language: str) -> None:
    """What is shown as an alert or in the command menu must fit there."""
    assert len(wording.text(messages.OLD_BUTTON, language)) <= 200
    for command in (messages.COMMAND_START, messages.COMMAND_HELP, messages.COMMAND_LANGUAGE):
        assert len(wording.text(command, language)) <= 256


def test_placeholders_are_filled(wording: Wording) -> None:
    """Values are put in as they are, braces and all."""
    assert wording.text(messages.LANGUAGE_CHOSEN, "ja", language="{x}") == "これからは{x}でお答えします。"


def test_a_forgotten_parameter_is_an_error(wording: Wording) -> None:
    """No reader sees a bare placeholder."""
    with pytest.raises(ParameterMissing, match="count"):
        wording.text(messages.TOO_LONG, "en")


def test_an_unknown_language_is_an_error(wording: Wording) -> None:
    """The languages are a closed list."""
    with pytest.raises(UnknownLanguage, match="de"):
        wording.text(messages.THANKS, "de")


def test_a_sentence_that_no_catalogue_has_comes_in_english(wording: Wording) -> None:
    """Better English than nothing."""
    assert wording.text("Not in any catalogue.", "ja") == "Not in any catalogue."


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "April 3, 2018"), ("zh-Hant", "2018年4月3日"), ("ja", "2018年4月3日")]
)
def test_dates(wording: Wording, language: str, expected: str) -> None:
    """Dates are written out as the reader's country does."""
    assert wording.date(date(2018, 4, 3), language) == expected


@pytest.mark.parametrize(
    ("tag", "language", "expected"),
    [("en", "ja", "英語"), ("ja", "zh-Hant", "日文"), ("pl", "en", "Polish"), ("x!", "en", "x!")],
)
def test_language_names(wording: Wording, tag: str, language: str, expected: str) -> None:
    """Our own languages by our words, others by CLDR, nonsense by itself."""
    assert wording.language_name(tag, language) == expected


def test_simplified_chinese_is_shown_from_traditional(wording: Wording) -> None:
    """With the words of its readers, not only their characters."""
    assert "资料来源：" == wording.text(messages.SOURCE, "zh-Hans")
    assert wording.text(messages.HELP, "zh-Hans").startswith("请用平常说话的方式提问，例如：")
    assert "软件和信息" == wording.shown("軟體和資訊", "zh-Hant", "zh-Hans")
    assert "軟體" == wording.shown("軟體", "zh-Hant", "ja")


def test_a_language_that_is_not_spoken_is_answered_with_those_that_are(wording: Wording) -> None:
    told = wording.which_language("en", unknown=True)
    assert told.startswith("I'm sorry, I don't speak that yet. I speak Traditional Chinese, English, Japanese, Korean,")
    assert wording.which_language("ja", unknown=False) == wording.text(messages.CHOOSE_LANGUAGE, "ja")


def test_a_missing_catalogue_names_the_file(tmp_path: Path) -> None:
    """Who installed it wrongly learns what to restore."""
    shutil.copyfile(CONTENT / "languages.yml", tmp_path / "languages.yml")
    with pytest.raises(CatalogueMissing, match=r"citydesk\.po.*restore"):
        Wording(tmp_path)


def test_missing_tells_what_is_wrong(tmp_path: Path) -> None:
    """Absent, empty, fuzzy and mismatched messages are each named."""
    entries = (
        f'#, fuzzy\nmsgid "{messages.SOURCE}"\nmsgstr "出典"\n\n'
        f'msgid "{messages.TOO_LONG}"\nmsgstr "はじめだけ"\n\n'
        f'msgid "{messages.SAMPLE}"\nmsgstr ""\n'
    )
    shutil.copyfile(CONTENT / "languages.yml", tmp_path / "languages.yml")
    for language in LANGUAGES:
        path = tmp_path / "locales" / language.replace("-", "_") / "LC_MESSAGES"
        path.mkdir(parents=True)
        (path / "citydesk.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + entries, "utf-8"
        )
    problems = Wording(tmp_path).missing("ja")
    assert f"marked as fuzzy, hence not used: {messages.SOURCE}" in problems
    assert f"placeholders differ: {messages.TOO_LONG}" in problems
    assert f"not translated: {messages.SAMPLE}" in problems
    assert f"not in the catalogue: {messages.THANKS}" in problems
    assert f"not translated: {messages.SAMPLE}" not in Wording(tmp_path).missing("en")


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        (date(2018, 3, 27), date(2018, 3, 27), "March 27, 2018", "2018年3月27日"),
        (date(2018, 3, 27), date(2018, 3, 30), "Mar 27 – 30, 2018", "2018年3月27日至30日"),
        (date(2018, 3, 1), date(2018, 3, 31), "March 2018", "2018年3月"),
        (date(2018, 3, 1), date(2018, 4, 30), "March – April 2018", "2018年3月至4月"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018", "2018年"),
        (date(2018, 1, 1), date(2019, 12, 31), "2018 – 2019", "2018至2019"),
    ],
)
def test_periods(wording: Wording, start: date, end: date, english: str, chinese: str) -> None:
    """No more exactly than it is known: whole months and years are named as such."""
    spaces = str.maketrans("\u2009\u202f\xa0", "   ")
    assert english == wording.period(start, end, "en").translate(spaces)
    assert chinese == wording.period(start, end, "zh-Hant")
