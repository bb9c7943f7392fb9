"""Messages for the tests of rendering, plain and wild."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.payloads import Answer, Button, Notice, Payload, SourceNote
from wording.languages import Languages

LANGUAGES = [*Languages.read(Path("content/languages.yml"))]
WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300) | st.text("<>&\"'ab/ \n", max_size=60)
URLS = st.sampled_from(
    [
        "https://city.example/?a=1&b=\"'<>",
        "http://[",
        "javascript:alert(1)",
        "",
        "https://",
        "https://c.example/ x",
    ]
) | WILD.map(lambda text: f"https://city.example/{text}")


def source(**changes: Any) -> SourceNote:
    """A news source, with `changes`."""
    fields: dict[str, Any] = {
        "id": "news:0123456789abcdef",
        "kind": "news",
        "title": "City wins award",
        "url": "https://city.example/news/1",
        "published": "2018-04-03",
        "language": "en",
    }
    return SourceNote.model_validate({**fields, **changes})


def answer(text: str, *sources: SourceNote, **changes: Any) -> Answer:
    """An answer in English, with `changes`."""
    fields: dict[str, Any] = {"type": "answer", "id": "m1", "status": "answered", "language": "en"}
    return Answer.model_validate({**fields, "text": text, "sources": sources, **changes})


def notice(text: str, **changes: Any) -> Notice:
    """A notice in English, with `changes`."""
    return Notice.model_validate({"type": "notice", "id": "m1", "language": "en", "text": text, **changes})


@st.composite
def wild_messages(draw: st.DrawFn) -> Payload:
    """Answers with any text, quotation, title and address that a feed may bring."""
    text = draw(WILD.filter(str.strip))
    places = st.integers(0, len(text))
    begin, end = sorted(draw(st.tuples(places, places)))
    sources = draw(
        st.lists(
            st.builds(
                source,
                kind=st.sampled_from(["faq", "news"]),
                title=WILD | st.just("word " * 100),
                url=URLS,
                published=st.dates() | st.none(),
                language=st.sampled_from([*LANGUAGES, "de", "x-none", ""]),
                quote=st.sampled_from([None, text, text[begin:end], "not in the text"]),
                sample=st.booleans(),
                url_is_home_page=st.booleans(),
            ),
            max_size=4,
        )
    )
    buttons = (Button(title="A <b>", payload="/help"),)
    return answer(text, *sources, language=draw(st.sampled_from(LANGUAGES)), buttons=buttons)
