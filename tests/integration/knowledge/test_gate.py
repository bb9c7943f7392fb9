"""The gate of golden questions: everything for a publish, for news alone what it comes near to and has caused."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.encoder import Encoder
from knowledge.errors import ContentError, IndexGateFailed
from knowledge.gate import MANY, GoldenGate
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.tombstones import Tombstones
from tests.integration.knowledge.small_city import BEES, BIKES, TRAMS, Watched, article

LICENCE = "Where can I renew my driving licence?"
GOLDEN = f"""\
en:
  - question: Who keeps the bees?
    entry: bees
  - question: Where are the bikes?
    entry: bikes
  - question: {LICENCE}
    entry: none
"""
FAQ = [BEES, BIKES, TRAMS]


def news(number: int, title: str, text: str) -> Document:
    return replace(article(number), title=title, text=text)


OFFICE = news(0xA00, LICENCE, "It is renewed at the office in Beitou.")
PLANTED = news(0xC, "Trees planted", "Forty maples were planted along the river.")


@dataclass
class City:
    """An index with a gate; `told` is what the gate had to say beside its verdict."""

    root: Path
    golden: Path
    encoder: Encoder
    told: list[str] = field(default_factory=list)
    many: int = MANY

    def build(self, *documents: Document, full: bool = False) -> str:
        hidden = Tombstones(self.root).hidden
        gate = GoldenGate(self.golden, self.encoder, None, hidden, self.told.append, self.many)
        return build_index(self.root, documents, self.encoder, gate=gate, full=full).generation

    def broken(self, *documents: Document) -> list[str]:
        """What the gate says; the generation in force must stay."""
        before = generations.current(self.root).name, sorted(self.root.iterdir())
        with pytest.raises(IndexGateFailed) as caught:
            self.build(*documents)
        assert before == (generations.current(self.root).name, sorted(self.root.iterdir()))
        return caught.value.broken


@pytest.fixture
def city(tmp_path: Path, encoder: Encoder) -> City:
    """The FAQ in force, with golden questions that it gets right."""
    city = City(tmp_path / "index", tmp_path / "golden.yml", encoder)
    city.golden.write_text(GOLDEN, encoding="utf-8")
    city.build(*FAQ)
    return city


def test_news_that_touches_no_question_passes(city: City) -> None:
    """And not a question is asked of the whole index: each is read once, to be held against the article."""
    watched = city.encoder = Watched(city.encoder)
    city.build(*FAQ, PLANTED)
    assert [1, 1, 1] == [watched.texts.count(line.split(": ", 1)[1]) for line in GOLDEN.splitlines() if "que" in line]


def test_news_that_answers_what_nothing_may(city: City) -> None:
    """The line names the question, the article and the command that takes it out of the way."""
    [line] = city.broken(*FAQ, PLANTED, OFFICE)
    assert f"“{LICENCE}” [en]: expected no answer, got {OFFICE.id} (answered)" in line
    assert line.endswith(f"citydesk index hide {OFFICE.id}")


def test_what_an_editor_has_hidden_is_no_hindrance(city: City) -> None:
    """Neither for news nor for a full build: readers don't see it either."""
    city.broken(*FAQ, OFFICE)
    Tombstones(city.root).hide(OFFICE.id)
    passed = city.build(*FAQ, PLANTED, OFFICE)
    assert passed == generations.current(city.root).name
    assert passed != city.build(*FAQ, PLANTED, OFFICE, full=True)


def test_news_that_takes_the_place_of_an_entry(city: City) -> None:
    rival = news(0xD, "Who keeps the bees?", "The council keeps the bees.")
    city.golden.write_text(GOLDEN.replace("Who keeps the bees?", "Which council keeps the bees?"), encoding="utf-8")
    [line] = city.broken(*FAQ, rival)
    assert f"expected faq:bees, got {rival.id}" in line and f"citydesk index hide {rival.id}" in line


def test_what_was_wrong_before_bars_no_news(city: City) -> None:
    """The question that fails is not one that this article broke, though it comes near to it."""
    city.golden.write_text(GOLDEN.replace("entry: bees", "entry: trams"), encoding="utf-8")
    city.build(*FAQ, news(0xE, "Bees", "Who keeps the bees? The bees are kept well."))
    [line] = city.broken(*FAQ, OFFICE)
    assert LICENCE in line


def test_news_that_goes_can_break_a_question_too(city: City) -> None:
    """When what kept another from answering is gone. The other one is named, as it is what readers would get."""
    school = news(0xF, "Driving schools", "Driving schools do not renew a driving licence.")
    city.build(*FAQ, OFFICE, replace(school, contrasts=(LICENCE,)))
    [line] = city.broken(*FAQ, OFFICE)
    assert f"got {OFFICE.id} (answered)" in line
    [line] = city.broken(*FAQ, OFFICE, school)
    assert f"got {OFFICE.id} (answered)" in line


def test_what_lets_an_entry_answer_is_named(city: City) -> None:
    """The entry that comes is no mistake of its own: what has changed is the article."""
    city.golden.write_text(GOLDEN.replace("entry: bees", "entry: none"), encoding="utf-8")
    hives = replace(news(0xF, "Hives", "A school has bees."), contrasts=("Who keeps the bees?",))
    city.build(*FAQ, hives)
    [line] = city.broken(*FAQ)
    assert "got faq:bees (answered)" in line
    assert line.endswith(f"since “Hives” ({hives.id}) is gone or has changed")


def test_what_keeps_an_entry_from_its_question_is_named(city: City) -> None:
    question = "Gdzie są rowery?"
    city.golden.write_text(GOLDEN.replace("Where are the bikes?", question), encoding="utf-8")
    rents = replace(news(0xF, "Bicycles", "Bicycles stand here."), contrasts=(question,))
    [line] = city.broken(*FAQ, rents)
    assert "expected faq:bikes, got faq:" in line
    assert line.endswith(f"since “Bicycles” ({rents.id}) came. To hide it: citydesk index hide {rents.id}")


def test_many_articles_at_once_are_tried_too(city: City) -> None:
    """All questions are asked then; what the generation in force gets wrong as well still does not count."""
    city.golden.write_text(GOLDEN.replace("entry: bees", "entry: trams"), encoding="utf-8")
    city.many = 20
    [line] = city.broken(*FAQ, *(article(number) for number in range(30)), OFFICE)
    assert f"got {OFFICE.id}" in line


def test_a_mistake_in_the_questions_bars_publishes_but_no_news(city: City) -> None:
    """An editor's half-written file has nothing to do with the feed; that it went untried is told."""
    city.golden.write_text("en: [", encoding="utf-8")
    city.build(*FAQ, OFFICE)
    [told] = city.told
    assert "golden.yml" in told and "not tried" in told
    with pytest.raises(ContentError, match=r"golden\.yml"):
        city.build(BEES, BIKES, OFFICE)


def test_the_question_of_a_hidden_entry_is_left_out(city: City) -> None:
    """Nobody could be answered by it, and that is what was wanted."""
    Tombstones(city.root).hide("faq:bees")
    city.build(*FAQ, full=True)
    city.build(*FAQ, news(0xE, "Bees", "Who keeps the bees? The bees are kept well."))


def test_a_publish_is_asked_everything(city: City) -> None:
    """An entry that no longer answers its question; and one that the FAQ lacks is a mistake in golden.yml."""
    moved = replace(BIKES, title="Which trams run at night?", text="Trams run at night.")
    [line] = city.broken(BEES, moved, replace(TRAMS, title="Where are the bikes kept?", text="Bikes are here."))
    assert "expected faq:bikes, got faq:trams" in line
    with pytest.raises(ContentError, match="`bikes` is not in the FAQ"):
        city.build(BEES, TRAMS)
