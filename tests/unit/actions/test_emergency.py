"""A cry for help is told from a question that holds the same words."""

from pathlib import Path

import pytest

from actions.emergency import Emergencies, may_be_emergency
from knowledge.errors import ContentError
from wording.languages import Languages

CONTENT = Path(__file__).parents[3] / "content"
EMERGENCIES = Emergencies.read(CONTENT / "emergencies")


@pytest.mark.parametrize(
    "text",
    [
        "My house is on fire!!",
        "HELP",
        "there is a gas leak in my building",
        "please send an ambulance",
        "my dad is not breathing",
        "someone is breaking in",
        "失火了！",
        "救命啊",
        "我爸昏倒了",
        "瓦斯外洩怎麼辦",
        "火事です",
        "助けて",
        "人が倒れています",
        "救急車を呼んで",
        "意識がない",
        "失火了！快来人",
        "우리 집에 불났어요 빨리요",
        "cháy nhà rồi cứu với",
        "kebakaran! tolong!",
        "ช่วยด้วย ไฟไหม้",
        "au feu !",
        "pali się u sąsiada",
        "imdat yangın var",
        "πιάσαμε φωτιά, βοήθεια",
        "النجدة حريق",
    ],
)
def test_cries(text: str) -> None:
    """Each of these must be told 119 and 110 at once."""
    assert EMERGENCIES.is_cry(text)


@pytest.mark.parametrize(
    "text",
    [
        "What does the video 119 app do?",
        "Can the fire department see where I am?",
        "help me find the smart meter page",
        "How can I get help with the tour?",
        "視訊119是什麼？",
        "消防局的App有什麼功能",
        "ビデオ119アプリとは",
        "消防局のアプリについて教えて",
        "",
    ],
)
def test_questions(text: str) -> None:
    """A question about the app or the fire brigade gets its answer."""
    assert not EMERGENCIES.is_cry(text)


@pytest.mark.parametrize(("confidence", "expected"), [(0.65, True), (0.5, True), (0.45, False), (0.1, False)])
def test_a_likely_emergency_counts(confidence: float, expected: bool) -> None:
    """The model's second thought is enough to name 119 and 110."""
    ranking = [{"name": "ask", "confidence": 0.35}, {"name": "emergency", "confidence": confidence}]
    assert expected == may_be_emergency({"intent_ranking": ranking})


def test_a_message_without_ranking() -> None:
    """Buttons carry no ranking."""
    assert not may_be_emergency({})


def test_every_language_has_its_cries() -> None:
    own = {one.tag for one in Languages.read(CONTENT / "languages.yml").values() if one.shown_from is None}
    assert own == {path.stem for path in (CONTENT / "emergencies").glob("*.yml")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("cries: [help]\n", "dangers"),
        ("cries: help\ndangers: {}\n", "list"),
        ("cries: ['(']\ndangers: {}\n", "regular expression"),
        ("cries: []\ndangers: {danger_fire: '['}\n", "regular expression"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_name(text: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match=f"en.yml.*{problem}"):
        Emergencies.read(tmp_path)


def test_what_the_text_asks_about_tells_a_question_from_a_cry(tmp_path: Path) -> None:
    """Unless it is one of those that always count."""
    (tmp_path / "en.yml").write_text("unless: app\ncries: [fire]\nalways: [dying]\ndangers: {}\n", "utf-8")
    heard = Emergencies.read(tmp_path)
    assert [True, False, True] == [heard.is_cry(text) for text in ("fire", "fire app", "dying app")]


def test_no_cries_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="emergencies"):
        Emergencies.read(tmp_path)
