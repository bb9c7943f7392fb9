"""Passages: what is encoded, indexed and quoted."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, Source
from knowledge.segments.passages import rows_of, split_passages

SOURCE = Source("A source", "https://www.gov.taipei/", "en")


def news(text: str, language: str = "en") -> Document:
    return Document("news:0123456789abcdef", "news", language, "A headline", text, SOURCE)


def test_a_faq_entry_gives_its_questions_and_its_answer() -> None:
    """Every way of asking is a passage of its own; the answer is one too."""
    entry = Document("faq:a.b", "faq", "en", "Why?", "Because.", SOURCE, questions=("How come?",))
    found = [(passage.role, passage.text) for passage in split_passages([entry])]
    assert [("question", "Why?"), ("question", "How come?"), ("body", "Because.")] == found


def test_the_news_is_found_by_its_body_alone() -> None:
    """Its headline is encoded with every body passage, and asks nothing by itself."""
    found = [(passage.role, passage.text) for passage in split_passages([news("One came. Two left.")])]
    assert [("body", "One came. Two left.")] == found


def test_a_headline_without_a_text_is_found_too() -> None:
    """A feed may give no more."""
    [passage] = split_passages([news("")])
    assert ["A headline"] == rows_of(news(""), passage)


def test_short_paragraphs_share_a_passage() -> None:
    """One of a line or two tells too little by itself."""
    [passage] = split_passages([news("One came.\nTwo left.")])
    assert ("One came.\nTwo left.", ((0, 9), (10, 19))) == (passage.text, passage.sentences)


def test_long_text_is_cut_at_sentences() -> None:
    """No passage grows beyond its length, unless a sentence itself does."""
    sentence = "The city showed its smart meters to everyone who came. "
    bodies = [p.text for p in split_passages([news(sentence * 100)])]
    assert len(bodies) > 1
    assert all(len(body) <= 1_600 and body.endswith(".") for body in bodies)


def test_chinese_fills_a_passage_sooner() -> None:
    """It says as much in fewer characters."""
    bodies = [p.text for p in split_passages([news("市府今天公布新的智慧電表計畫。" * 100, "zh-Hant")])]
    assert all(len(body) <= 600 for body in bodies) and 3 == len(bodies)


def test_a_passage_is_told_by_its_title_and_each_of_its_sentences() -> None:
    """A body rarely says what it is about, its title does."""
    document = news("One came. Two left.")
    [passage] = split_passages([document])
    assert ["A headline", "One came.", "Two left."] == rows_of(document, passage)


@given(st.text(max_size=400), st.sampled_from(["en", "zh-Hant", "ja"]))
def test_bodies_stand_in_the_document(text: str, language: str) -> None:
    """A quotation is the exact span of its source."""
    document = news(text, language)
    for passage in split_passages([document]):
        if passage.role == "body":
            assert document.text[passage.start : passage.end] == passage.text
            assert all(passage.start <= start < end <= passage.end for start, end in passage.sentences)
        assert rows_of(document, passage)
