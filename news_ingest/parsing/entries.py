"""Drafts to entries: what is missing is filled by rule, bad ones are left out, and a warning names each."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from news_ingest.links import is_home_page
from news_ingest.parsing.clean import clean_text, clean_title
from news_ingest.parsing.dates import read_date
from news_ingest.parsing.draft import MAX_ENTRIES, BadEntry, Draft, Outline
from news_ingest.parsing.stub import is_stub
from news_ingest.subjects.language import item_language
from news_ingest.values import ParsedEntry

_TITLE_FROM_TEXT = 80
_TELLS_LANGUAGE = 300
"""Characters of an entry, from all over it, that its language is told from; more tells nothing new."""
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class EntryReader:
    """Reads the entries of one feed; `warnings`, and how many were `left_out`, grow while it does."""

    def __init__(self, outline: Outline, languages: list[str | None], zone: tzinfo) -> None:
        """`languages` are those of the whole feed, `zone` is for dates without one."""
        self.warnings: list[str] = []
        self.left_out = 0
        self._outline = outline
        self._languages = languages
        self._zone = zone

    def read_all(self) -> Iterator[ParsedEntry]:
        """The entries in the feed's order, no guid twice."""
        seen: dict[str, ParsedEntry] = {}
        raw_entries = self._outline.raw_entries
        if len(raw_entries) > MAX_ENTRIES:
            self.warnings.append(f"only the first {MAX_ENTRIES} of {len(raw_entries)} entries were read")
            self.left_out = len(raw_entries) - MAX_ENTRIES
        for number, raw in enumerate(raw_entries[:MAX_ENTRIES], start=1):
            name = f"entry {number}"
            try:
                draft = self._outline.draft(raw)
                name = _name(number, draft)
                entry = self._own_guid(self._read(draft, name), seen, name)
            except BadEntry as why:
                self._leave_out(name, str(why))
            except Exception as error:  # one odd entry must not cost the others
                self._leave_out(name, f"it can't be read ({type(error).__name__})")
            else:
                seen[entry.guid] = entry
                yield entry

    def _leave_out(self, name: str, why: str) -> None:
        self.warnings.append(f"{name} was left out: {why}")
        self.left_out += 1

    def _read(self, draft: Draft, name: str) -> ParsedEntry:
        text, url = draft.text, draft.url
        title = draft.title or _opening(text)
        if not title:
            raise BadEntry("it has neither title nor text")
        if draft.cut:
            self.warnings.append(f"{name}: its text is too long and was cut to {len(text)} characters")
        published = self._published(draft, name)
        # A front page is no name: all entries may lead there.
        given = draft.guid or ("" if is_home_page(url) else url)
        guid = given or _made_up_guid(title, published)
        whole = f"{title}\n{text}"
        # Not the opening: Chinese press releases may begin with a paragraph in English.
        sample = whole[:: 1 + len(whole) // _TELLS_LANGUAGE]
        language = item_language([*draft.languages, *self._languages], sample)
        stub = is_stub(draft.title, text, url)
        return ParsedEntry(guid, url or self._outline.home, title, text, language, published, not given, stub)

    def _published(self, draft: Draft, name: str) -> datetime | None:
        for written, parsed in draft.dates:
            moment = read_date(written.strip()[:100], parsed, self._zone)
            if moment is not None and _EARLIEST <= moment < _LATEST:
                return moment
            self.warnings.append(f"{name}: its date can't be read ({clean_title(written[:100], is_html=False)})")
        return None

    def _own_guid(self, entry: ParsedEntry, seen: dict[str, ParsedEntry], name: str) -> ParsedEntry:
        """The entry, with another guid where an earlier one has the same; what parts the two names it."""
        earlier = seen.get(entry.guid)
        if earlier is None:
            return entry
        parted_by = next(
            (mine for field in ("url", "title", "text") if (mine := getattr(entry, field)) != getattr(earlier, field)),
            "",
        )
        guid = f"{entry.guid}#{_digest(parted_by)[:12]}"
        if not parted_by or guid in seen:
            raise BadEntry("it repeats an earlier entry")
        self.warnings.append(f"{name} has the same guid as an earlier entry, and got one of its own")
        return replace(entry, guid=guid)


def _name(number: int, draft: Draft) -> str:
    label = draft.title or clean_text(draft.guid or draft.url)
    return f"entry {number}" + (f" ({label[:60]})" if label else "")


def _opening(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _TITLE_FROM_TEXT else line[: _TITLE_FROM_TEXT - 1].rstrip() + "…"


def _made_up_guid(title: str, published: datetime | None) -> str:
    return "made-up:" + _digest(f"{title}\n{published.isoformat() if published else ''}")[:32]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
