"""From what knowledge finds to what the reader gets: texts from sources, words of our own around them."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from actions import payloads
from actions.dating import note_on_dates
from knowledge.answering.extracts import breaks_off, quote_from
from knowledge.documents import Document
from knowledge.errors import IndexProblem
from knowledge.retrieval.currency import asks_for_current, is_expired, is_outdated
from knowledge.retrieval.search import Hit
from knowledge.service import KnowledgeBase
from wording import messages
from wording.catalogue import Wording
from wording.languages import DEFAULT_LANGUAGE, Languages

logger = logging.getLogger(__name__)

_NO_LANGUAGE = "und"


class Answerer:
    """Answers questions in the reader's language. Never writes a claim: answers are entries or quotations.

    `openers` are the FAQ entries offered when nothing was found, in order; `topics` maps a topic to its
    title in each language. `today` gives the day on the city's calendar: what has expired by then is answered as
    something of the past, and not offered.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        wording: Wording,
        topics: Mapping[str, Mapping[str, str]],
        openers: Mapping[str, str],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._knowledge, self._wording = knowledge, wording
        self._topics, self._openers = topics, openers
        self._today = today

    @property
    def languages(self) -> Languages:
        """The languages in which it answers."""
        return self._wording.languages

    def answer(self, question: str, language: str | None = None) -> payloads.Payload:
        """The payload for a question; `language` None means: the one it is written in.

        Raises `knowledge.errors.IndexProblem` when there is no index to search.
        """
        reader = self.languages.match(language) or self.languages.detect(question) or DEFAULT_LANGUAGE
        finding = self._knowledge.ask(question, reader)
        if finding.status == "answered":
            return self._answered(finding.hits[0], reader, finding.confidence, asks_for_current(question))
        offered = [hit.document for hit in finding.hits if not is_expired(hit.document, self._today())]
        if finding.status == "uncertain" and offered:
            buttons = [_entry_button(self._shown(document, reader).title, document) for document in offered]
            text = self._wording.text(messages.UNCERTAIN, reader)
            return payloads.answer(text, reader, status="uncertain", confidence=finding.confidence, buttons=buttons)
        return self.no_answer(reader, finding.confidence)

    def warm_up(self) -> None:
        """Load index, encoder and analyser, and what tells languages apart, so that the first reader does not wait.

        A missing index is left to him.
        """
        self.languages.detect("warm up")
        try:
            self._knowledge.ask("warm up 暖身")
        except IndexProblem as error:
            logger.error("%s", error)

    def no_answer(self, reader: str, confidence: float = 0.0) -> payloads.Payload:
        """Says that nothing was found, names the hotline, offers what can be asked."""
        text = self._wording.text(messages.NO_ANSWER, reader)
        buttons = [button for topic in self._openers if (button := self._topic_button(topic, reader))]
        return payloads.answer(text, reader, status="no_answer", confidence=confidence, buttons=buttons)

    def entry(self, entry_id: str, reader: str) -> payloads.Payload:
        """The FAQ entry behind a button, or a kind word when it has gone since the button was shown."""
        document = self._knowledge.entry(f"faq:{entry_id}", reader)
        if document is None:
            return payloads.notice(self._wording.text(messages.ENTRY_GONE, reader), reader)
        return self._from_faq(document, reader, confidence=1.0, current=False)

    def _shown(self, document: Document, reader: str) -> Document:
        """The document as a reader is shown it."""
        written_in, source = document.language, document.source
        if not self._wording.is_shown_in(written_in, reader):
            return document
        title, text, named = (
            self._wording.shown(one, written_in, reader) for one in (document.title, document.text, source.title)
        )
        if source.language == written_in:
            source = replace(source, title=named, language=reader)
        return replace(document, language=reader, title=title, text=text, source=source)

    def _answered(self, hit: Hit, reader: str, confidence: float, current: bool) -> payloads.Payload:
        if hit.kind == "faq":
            return self._from_faq(hit.document, reader, confidence, current)
        return self._from_news(hit, reader, confidence, current)

    def _from_faq(self, document: Document, reader: str, confidence: float, current: bool) -> payloads.Payload:
        """The entry as it stands, after a word on its dates; where it isn't in the reader's language, that is told.

        A reader whose language is shown from the entry's (Simplified Chinese from Traditional) gets it in his script.
        """
        lines = [note_on_dates(document, self._today(), current, self._wording, reader)]
        document = self._shown(document, reader)
        source = source_of(document)
        if document.language != reader:
            name = self._wording.language_name(document.language, reader)
            lines.append(self._wording.text(messages.ANSWER_ONLY_IN, reader, language=name))
            source["quote"] = document.text
        lines.append(document.text)
        if document.source.language not in (reader, document.language):
            name = self._wording.language_name(document.source.language, reader)
            lines.append("\n" + self._wording.text(messages.BASED_ON_PAGE_IN, reader, language=name))
        text = "\n".join(line for line in lines if line)
        return payloads.answer(text, reader, status="answered", confidence=confidence, sources=[source])

    def _from_news(self, hit: Hit, reader: str, confidence: float, current: bool) -> payloads.Payload:
        """A sentence of ours around the quotation; a sign where it breaks off, a word where it is old news."""
        document = hit.document
        quote = quote_from(document, hit.sentences, hit.sentence_scores)
        text = f"{self._frame(document, reader)}\n{quote}" + (" …" if breaks_off(document.text, quote) else "")
        if current and is_outdated(document, self._today()):
            text += "\n\n" + self._wording.text(messages.MAY_BE_OUTDATED, reader)
        source = source_of(document, quote)
        return payloads.answer(text, reader, status="answered", confidence=confidence, sources=[source])

    def _frame(self, document: Document, reader: str) -> str:
        """The framing sentence: when the city said it, and in which language if not the reader's."""
        day = document.source.published
        same = document.language in (reader, _NO_LANGUAGE) or self._wording.is_shown_in(document.language, reader)
        dated = {"date": self._wording.date(day, reader)} if day else {}
        foreign = {} if same else {"language": self._wording.language_name(document.language, reader)}
        frames = {
            (True, True): messages.CITY_REPORTED,
            (True, False): messages.CITY_REPORTED_IN,
            (False, True): messages.CITY_REPORTED_UNDATED,
            (False, False): messages.CITY_REPORTED_UNDATED_IN,
        }
        return self._wording.text(frames[bool(day), same], reader, **dated, **foreign)

    def _topic_button(self, topic: str, reader: str) -> payloads.Button | None:
        document = self._knowledge.entry(f"faq:{self._openers[topic]}", reader)
        if document is None or is_expired(document, self._today()):
            return None
        titles = self._topics.get(topic, {})
        source = self.languages[reader].shown_from or reader
        title = self._wording.shown(titles.get(source, ""), source, reader)
        return _entry_button(title or titles.get("en") or topic, document)


def source_of(document: Document, quote: str | None = None) -> payloads.Source:
    """A document as the source of an answer; links come from the document alone, so none can be invented."""
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.source.title,
        "url": document.source.url,
        "url_is_home_page": document.source.url_is_home_page,
        "published": payloads.iso(document.source.published),
        "language": document.source.language,
        "sample": document.sample,
        "quote": quote,
    }


def _entry_button(title: str, document: Document) -> payloads.Button:
    entry = json.dumps({"entry": document.id.removeprefix("faq:")}, separators=(",", ":"))
    return {"title": title, "payload": f"/show_entry{entry}"}
