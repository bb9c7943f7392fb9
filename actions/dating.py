"""What has to be said about an answer's dates before it is given."""

from datetime import date

from knowledge.documents import Document
from knowledge.retrieval.currency import standing
from wording import messages
from wording.catalogue import Wording


def note_on_dates(document: Document, today: date, current: bool, wording: Wording, reader: str) -> str | None:
    """The sentence in `reader`'s language that stands before the answer, or None where nothing needs to be said.

    What has expired is never given without it. An answer about an event that is over needs it only when the question
    asks for what is `current`: the answer itself tells of the past.
    """
    state, event = standing(document, today), document.event
    over = event is not None and event.end < today
    period = wording.period(event.start, event.end, reader) if event else ""
    if state == "expired" and over:
        return wording.text(messages.NO_LONGER_ON_OFFER, reader, period=period)
    if state == "expired":
        assert document.valid_until is not None  # that is what makes it expired
        return wording.text(messages.NO_LONGER_VALID, reader, date=wording.date(document.valid_until, reader))
    return wording.text(messages.ALREADY_OVER, reader, period=period) if state == "over" and current else None
