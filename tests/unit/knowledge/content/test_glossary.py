"""The glossary: names found as people write them, and called by their names elsewhere."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.glossary import Concept, Glossary, load_glossary
from knowledge.errors import ContentError

SHIPPED = Path(__file__).parents[4] / "content" / "glossary.yml"
LANGUAGES = ["en", "zh-Hant", "zh-Hans", "ja", "ko", "vi", "id", "th", "fr", "pl", "tr", "el", "ar", "es", "de"]
POZNAN = "- id: poznan\n  kind: place\n  names:\n    pl: [Poznań]\n    ja: [ポズナン]\n"


@pytest.fixture(scope="module")
def shipped() -> Glossary:
    return load_glossary(SHIPPED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "glossary.yml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三表是什麼", ["smart-meter"]),
        ("哪些波蘭城市和臺北簽了MOU?", ["poland", "taipei", "memorandum-of-understanding"]),
        ("台北馆的自驾小巴", ["taipei-pavilion", "self-driving-minibus"]),
        ("SMART　ＭＥＴＥＲＳ at home", ["smart-meter"]),
        ("self driving   minibus", ["self-driving-minibus"]),
        ("¿wroclaw y Poznan?", ["wroclaw", "poznan"]),
        ("Z Poznaniem i z Gdynią", ["poznan", "gdynia"]),
        ("타이베이관에서 자율주행 버스를 봤어요", ["taipei-pavilion", "self-driving-minibus"]),
        ("1999번으로 전화", ["citizen-hotline"]),
        ("ไทเปมีรถบัสไร้คนขับไหม", ["taipei", "self-driving-minibus"]),
        ("وبالعدادات الذكية في تايبيه", ["smart-meter", "taipei"]),
        ("İÇME SUYU", ["drinking-water"]),
        ("l’Internet des objets", ["internet-of-things"]),
        ("グルノーブルと意向書", ["grenoble", "letter-of-intent"]),
        ("What is the capital of Peru?", []),
        ("\ud800Taipei\udfff", ["taipei"]),
        ("", []),
    ],
)
def test_names_are_found_as_people_write_them(shipped: Glossary, text: str, expected: list[str]) -> None:
    """Whatever the script, width, case or accents, and with what a language hangs on to a word."""
    assert expected == list(shipped.concepts(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New Taipei", ["new-taipei"]),
        ("Taipei Pavilion", ["taipei-pavilion"]),
        ("Taipei and New Taipei", ["taipei", "new-taipei"]),
        ("新北市政府", ["new-taipei"]),
    ],
)
def test_the_longest_of_overlapping_names_counts(shipped: Glossary, text: str, expected: list[str]) -> None:
    """A name inside another says nothing of its own; of two that are as long, the first counts."""
    assert expected == list(shipped.concepts(text))


@pytest.mark.parametrize(
    "text", ["ba lần", "Pháp luật", "FrancePlus", "Mount 11999", "Gdyniak", "metropolitan", "ev nerede"]
)
def test_parts_of_words_and_other_accents_are_no_names(shipped: Glossary, text: str) -> None:
    """Three times is not Poland."""
    assert () == shipped.concepts(text)


def test_a_text_is_expanded_by_official_names(shipped: Glossary) -> None:
    """One name a language; what the text says already is not said again, in either script."""
    assert ("public housing", "公共住宅", "公営住宅") == shipped.expand("公宅", ["en", "zh-Hant", "zh-Hans", "ja"])
    assert ("Poznań", "ポズナン") == Glossary(
        [
            Concept(
                "poznan", "place", {"pl": ("Poznań",), "en": ("Poznań",), "ja": ("ポズナン",), "zh-Hant": ("波茲南",)}
            )
        ]
    ).expand("波兹南")
    assert () == shipped.expand("nothing known here")


def test_languages_limit_the_expansion(shipped: Glossary) -> None:
    """No names are looked for in languages that the index does not hold."""
    assert ("ポズナン",) == shipped.expand("Poznań", {"ja", "pl"})


@given(st.text(max_size=300))
def test_any_text_is_survived(shipped: Glossary, text: str) -> None:
    """Lone surrogates, marks without letters, control characters: found or not, never an error."""
    known = {name for concept in shipped.entries for names in concept.names.values() for name in names}
    assert set(shipped.expand(text)) <= known
    assert len(set(shipped.concepts(text))) == len(shipped.concepts(text))


@given(st.data())
def test_names_are_found_wherever_they_stand(shipped: Glossary, data: st.DataObject) -> None:
    """Between any two words or marks of punctuation, with their accents or as capitals."""
    concept = data.draw(st.sampled_from(shipped.entries))
    name = data.draw(st.sampled_from([name for names in concept.names.values() for name in names]))
    around = data.draw(st.sampled_from(["{}", "({})", "xyz {} xyz", "？{}。", "“{}”", "{}, {}"]))
    written = data.draw(st.sampled_from([name, name.upper(), name.replace(" ", "  ")]))
    assert concept.id in shipped.concepts(around.format(written, written))


@given(st.lists(st.text(alphabet="abc東京 ", min_size=2, max_size=5), min_size=1, max_size=8), st.text("abc東京 "))
def test_overlapping_names_never_share_a_letter(names: list[str], text: str) -> None:
    """Mentions are parts of the text one after another, so together they are no longer than it."""
    glossary = Glossary(Concept(f"c{i}", "concept", {"en": (name,)}) for i, name in enumerate(names) if name.strip())
    spoken = {concept.id: concept.names["en"][0].strip() for concept in glossary.entries}
    assert sum(len(" ".join(spoken[found].split())) for found in glossary.concepts(text)) <= len(text)


def test_a_question_takes_no_time(shipped: Glossary) -> None:
    """It is asked on every search: 0.3 ms at most, here with room for a busy machine (best of many)."""
    question = "Które polskie miasta podpisały z Tajpej memorandum o porozumieniu w sprawie inteligentnych liczników?"
    shipped.expand(question)
    best = 1.0
    for _ in range(50):
        started = time.perf_counter()
        shipped.expand(question)
        best = min(best, time.perf_counter() - started)
    assert best < 0.0003


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "list of concepts"),
        ("en: [Poznań]\n", 1, "list of concepts"),
        ("- Poznań\n", 1, "`id:`, `kind:` and `names:`"),
        ("- id: poznan\n  kind: place\n", 1, "`id:`, `kind:` and `names:`"),
        (POZNAN.replace("poznan", "Poznań"), 1, "small letters"),
        (POZNAN.replace("place", "town"), 2, "must be one of: concept, event"),
        ("- id: poznan\n  kind: place\n  names: [Poznań]\n", 3, "for each language"),
        (POZNAN.replace("[Poznań]", "Poznań"), 4, "must be a list of names"),
        (POZNAN.replace("[Poznań]", "[]"), 4, "must be a list of names"),
        (POZNAN.replace("[ポズナン]", "[1999]"), 5, "put it in quotes"),
        (POZNAN.replace("[ポズナン]", "[波]"), 5, "too short"),
        (POZNAN.replace("[ポズナン]", "['! ']"), 5, "too short"),
        (POZNAN + POZNAN, 6, "used twice"),
        (POZNAN + "- id: posen\n  kind: place\n  names:\n    de: [Posen, POZNAN]\n", 9, "already names `poznan`"),
        (POZNAN + "  kind: place\n", 6, "not valid YAML"),
    ],
)
def test_mistakes_are_told_with_their_line(path: Path, text: str, line: int, words: str) -> None:
    """An editor sees which line to mend, and how; a name that means two things is such a mistake."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_glossary(path)
    assert (path, line) == (caught.value.path, caught.value.line)
    assert words in caught.value.problem


def test_the_shipped_glossary_knows_every_language(shipped: Glossary) -> None:
    """At least forty concepts, each with its name in all fifteen languages."""
    assert 40 <= len(shipped.entries)
    assert [] == [concept.id for concept in shipped.entries if LANGUAGES != list(concept.names)]
