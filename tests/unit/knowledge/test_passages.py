"""Passages: what is encoded, indexed and quoted."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, Source
from knowledge.passages import split_passages

SOURCE = Source("A source", "https://www.gov.taipei/", "en")


def news(text: str, language: str = "en") -> Document:
    return Document("news:0123456789abcdef", "news", language, "A headline", text, SOURCE)


def test_a_faq_entry_gives_its_questions_and_its_answer() -> None:
    """Every way of asking is a passage of its own; the answer is one too."""
    entry = Document("faq:a.b", "faq", "en", "Why?", "Because.", SOURCE, questions=("How come?",))
    found = [(passage.role, passage.text) for passage in split_passages([entry])]
    assert [("question", "Why?"), ("question", "How come?"), ("body", "Because.")] == found


def test_short_sentences_share_a_passage() -> None:
    """A quotation of one short sentence tells too little."""
    bodies = [p.text for p in split_passages([news("One came. Two left.")]) if p.role == "body"]
    assert ["One came. Two left."] == bodies


def test_a_paragraph_ends_a_passage() -> None:
    """Paragraphs are about different things."""
    bodies = [p.text for p in split_passages([news("One came.\nTwo left.")]) if p.role == "body"]
    assert ["One came.", "Two left."] == bodies


def test_long_text_is_cut_at_sentences() -> None:
    """No passage grows beyond what a chat can quote, unless a sentence itself does."""
    sentence = "The city showed its smart meters to everyone who came. "
    bodies = [p.text for p in split_passages([news(sentence * 20)]) if p.role == "body"]
    assert len(bodies) > 1
    assert all(len(body) <= 320 and body.endswith(".") for body in bodies)


@given(st.text(max_size=400), st.sampled_from(["en", "zh-Hant", "ja"]))
def test_bodies_stand_in_the_document(text: str, language: str) -> None:
    """A quotation is the exact span of its source."""
    document = news(text, language)
    for passage in split_passages([document]):
        if passage.role == "body":
            assert document.text[passage.start : passage.end] == passage.text
