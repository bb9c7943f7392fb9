"""Sentences, dates and language names in the reader's language, from the gettext catalogues."""

import gettext
import io
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from wording import messages
from wording.chinese import convert
from wording.errors import CatalogueMissing, ParameterMissing, UnknownLanguage
from wording.languages import DEFAULT_LANGUAGE, Languages
from wording.languages import FILE as LANGUAGES_FILE

DOMAIN: Final = "citydesk"
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


class Wording:
    """All catalogues of a content folder, read once at construction; safe to share between threads.

    Raises `LanguagesUnreadable`, and `CatalogueMissing` when a language that is not shown from another one has no
    readable `locales/<locale>/LC_MESSAGES/citydesk.po`.
    """

    def __init__(self, content: Path) -> None:
        self.languages = Languages.read(content / LANGUAGES_FILE)
        """The languages that CityDesk speaks."""
        self._sources: dict[str, Catalog] = {}
        self._translations: dict[str, gettext.GNUTranslations] = {}
        for language in self.languages.values():
            if language.shown_from is None:
                catalog = _read(content / "locales", language.tag)
                self._sources[language.tag] = catalog
                self._translations[language.tag] = _compile(catalog)

    def text(self, msgid: str, language: str, /, **params: object) -> str:
        """The sentence `msgid` (see `wording.messages`) in `language`, its `{name}` placeholders filled.

        A sentence that the catalogue lacks comes in English. Raises `UnknownLanguage` or `ParameterMissing`.
        """
        try:
            source = self.languages[language].shown_from or language
        except KeyError:
            known = ", ".join(self.languages)
            raise UnknownLanguage(f"CityDesk does not speak {language!r}; choose from {known}") from None
        sentence = self.shown(self._translations[source].gettext(msgid), source, language)

        def fill(match: re.Match[str]) -> str:
            try:
                return str(params[match[1]])
            except KeyError:
                raise ParameterMissing(f"no value for {match[0]} in the sentence {sentence!r}") from None

        return _PLACEHOLDER.sub(fill, sentence)

    def shown(self, text: str, written_in: str, reader: str) -> str:
        """`text` as it is shown to a reader: in the other script where his language is shown from `written_in`."""
        return convert(text, reader, written_in) if self.is_shown_in(written_in, reader) else text

    def is_shown_in(self, written_in: str, reader: str) -> bool:
        """Whether a reader's language is shown from the language `written_in`, in another script."""
        language = self.languages.get(reader)
        return language is not None and language.shown_from == written_in

    def which_language(self, language: str, *, unknown: bool) -> str:
        """The question which language to answer in; `unknown`: after one was named that is not spoken here."""
        if not unknown:
            return self.text(messages.CHOOSE_LANGUAGE, language)
        spoken = format_list([self.language_name(tag, language) for tag in self.languages], locale=_locale(language))
        return self.text(messages.UNKNOWN_LANGUAGE, language, languages=spoken)

    def period(self, start: date, end: date, language: str) -> str:
        """The days from `start` to `end`, both included; whole months or years are named as such."""
        if start == end:
            return self.date(start, language)
        whole_months = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
        whole_years = whole_months and (start.month, end.month) == (1, 12)
        skeleton = "y" if whole_years else "yMMMM" if whole_months else "yMMMd"
        return format_interval(start, end, skeleton, locale=_locale(language))

    def date(self, day: date, language: str) -> str:
        """`day` written out as readers of `language` write it."""
        return format_date(day, format="long", locale=_locale(language))

    def language_name(self, tag: str, language: str) -> str:
        """What `language` calls the language `tag` (any BCP 47 tag); the tag itself when nobody knows it."""
        reader = _locale(language)
        known = reader.languages.get(tag.replace("-", "_"))  # "Traditional Chinese" rather than "Chinese (Traditional)"
        if known:
            return str(known)
        try:
            return Locale.parse(tag, sep="-").get_display_name(reader) or tag
        except (ValueError, UnknownLocaleError):
            return tag

    def missing(self, language: str) -> list[str]:
        """What is wrong with the catalogue of `language`, one line each; empty when all is well.

        A message that is absent, left empty or marked fuzzy, or whose placeholders differ from the English.
        In English an empty translation is right: the message is the sentence itself.
        """
        shown_from = self.languages[language].shown_from
        if shown_from is not None:
            return self.missing(shown_from)
        catalog = self._sources[language]
        found = (_problems(catalog, msgid, language) for msgid in messages.all_messages())
        return list(chain.from_iterable(found))


def _problems(catalog: Catalog, msgid: str, language: str) -> Iterator[str]:
    message = catalog.get(msgid)
    if message is None:
        yield f"not in the catalogue: {msgid}"
    elif not message.string:
        if language != DEFAULT_LANGUAGE:
            yield f"not translated: {msgid}"
    elif message.fuzzy:
        yield f"marked as fuzzy, hence not used: {msgid}"
    elif set(_PLACEHOLDER.findall(str(message.string))) != set(_PLACEHOLDER.findall(msgid)):
        yield f"placeholders differ: {msgid}"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise UnknownLanguage(f"no locale is known for {language!r}") from error


def _read(locales_dir: Path, language: str) -> Catalog:
    path = locales_dir / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
    except OSError as error:
        raise CatalogueMissing(f"{path}: cannot be read ({error.strerror}); restore the file") from error
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueMissing(f"{path}: not a valid catalogue ({error}); mend it or restore it") from error


def _compile(catalog: Catalog) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
