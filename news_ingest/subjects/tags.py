"""Tags an article with the subjects and districts that it names."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

from news_ingest.subjects.tokens import tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Names = Mapping[str, Mapping[str, Sequence[str]]]
"""id → language → names."""

_OTHER: Final = "\0"
_NOT_MEANT: Final = ""
_ABBREVIATION: Final = 4
_ALSO: Final = {"zh-Hant": ("zh-Hans",), "zh-Hans": ("zh-Hant",)}
_EVERYWHERE: Final = "en"
# Arabic writes "and", "in" and "for" together with the word that follows.
_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")
_ARTICLE: Final = "ال"
# French leaves out a vowel before another; the apostrophe does not count.
_ELISIONS: Final = ("l", "d")
_VOWELS: Final = tuple("aeiouyh")
_READ: Final = 20_000
_SENTENCE_END: Final = re.compile("[\n。！？!?؟]")


def fold_case(text: str) -> str:
    """Width and capitals made equal, the Turkish İ too."""
    return unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i")


class Tagger:
    """Finds names in articles; where names overlap, the longest counts. Safe to use from several threads.

    Looked for are the names in the article's language and the English ones: whole words where words are spaced,
    anywhere in Chinese, Japanese and Thai, at a word's beginning in Korean. Abbreviations of up to four capitals
    ("MOU") count in capitals only.
    """

    def __init__(
        self,
        names: Names,
        pipeline: "Language",
        fold: Callable[[str], str] = fold_case,
        not_meant: Names | None = None,
    ) -> None:
        """`pipeline` is a blank one of spaCy, whose vocabulary is used; `fold` makes equal what is to count as equal
        (scripts, accents). `not_meant` are longer names in which those of the same id stand and are not meant:
        another city's district."""
        self._fold = fold
        self._pipeline = pipeline
        self._lock = Lock()
        self._words: set[str] = set()
        # language → its first two letters → a name's longest word → ids
        self._probes: dict[str, dict[tuple[str, str], dict[str, set[str]]]] = {}
        self._patterns: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self._capitals: set[tuple[str, ...]] = set()
        for ids, meant in ((names, True), (not_meant or {}, False)):
            for id_, languages in ids.items():
                for language, written in languages.items():
                    for name in written:
                        self._add(id_ if meant else _NOT_MEANT, language, name)
        self._doc([_OTHER])
        self._matchers = {language: self._matcher(language) for language in self._patterns}

    def tags(self, title: str, text: str, language: str) -> tuple[str, ...]:
        """The ids of what title and text (its first 20,000 characters) name, sorted, each once."""
        written = f"{title}\n{text}"[:_READ]
        folded = self._fold(written)
        likely = self._likely(folded, language)
        if not likely:
            return ()
        sentences = _SENTENCE_END.split(folded)
        as_written = _SENTENCE_END.split(unicodedata.normalize("NFKC", written))
        if len(as_written) != len(sentences):
            as_written = sentences
        found: set[str] = set()
        for sentence, original in zip(sentences, as_written, strict=True):
            if any(not ids <= found and probe in sentence for probe, ids in likely.items()):
                found |= self._named(sentence, original, language)
        return tuple(sorted(found - {_NOT_MEANT}))

    def _likely(self, folded: str, language: str) -> dict[str, set[str]]:
        """Those names' longest words that stand in the text at all, with their ids: a look that costs little."""
        pairs = {*pairwise(folded), ("", "")}
        likely: dict[str, set[str]] = {}
        for each in _languages(language):
            probes = self._probes.get(each, {})
            for pair in pairs.intersection(probes):
                for probe, ids in probes[pair].items():
                    if probe in folded:
                        likely.setdefault(probe, set()).update(ids)
        return likely

    def _named(self, sentence: str, original: str, language: str) -> set[str]:
        folded = tokens(sentence)
        # Words of no name are one and the same here, so that spaCy's vocabulary does not grow with the news.
        words = [word if word in self._words else _OTHER for word, _ in folded]
        found: set[str] = set()
        for start, end, ids in self._spans(words, language):
            if folded[start][1] and (tuple(words[start:end]) not in self._capitals or _capitals(original, start, end)):
                found |= ids
        return found

    def _add(self, id_: str, language: str, name: str) -> None:
        for form in _forms(self._fold(name), language):
            words = tuple(word for word, _ in tokens(form.strip(" .,")))
            if not words:
                continue
            if name.isascii() and name.isupper() and len(name) <= _ABBREVIATION:
                self._capitals.add(words)
            self._words.update(words)
            if id_ != _NOT_MEANT:
                probe = max(re.findall(r"\w+", form), key=len)
                pair = (probe[0], probe[1]) if len(probe) > 1 else ("", "")
                self._probes.setdefault(language, {}).setdefault(pair, {}).setdefault(probe, set()).add(id_)
            self._patterns.setdefault(language, {}).setdefault(words, set()).add(id_)

    def _matcher(self, language: str) -> "PhraseMatcher":
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._pipeline.vocab)
        matcher.add("name", [self._doc(words) for words in self._patterns[language]])
        return matcher

    def _doc(self, words: Sequence[str]) -> "Doc":
        from spacy.tokens import Doc

        return Doc(self._pipeline.vocab, words=list(words), spaces=[False] * len(words))

    def _spans(self, words: Sequence[str], language: str) -> Iterator[tuple[int, int, set[str]]]:
        """(start, end, ids) of the longest names, none over another."""
        found: dict[tuple[int, int], set[str]] = {}
        with self._lock:
            doc = self._doc(words)
            for each in _languages(language):
                if each in self._matchers:
                    for _, start, end in self._matchers[each](doc):
                        ids = self._patterns[each][tuple(words[start:end])]
                        found.setdefault((start, end), set()).update(ids)
        taken: set[int] = set()
        for (start, end), ids in sorted(found.items(), key=lambda span: (span[0][0] - span[0][1], span[0])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield start, end, ids


def _forms(name: str, language: str) -> list[str]:
    if language == "fr" and name.startswith(_VOWELS):
        return [name, *(f"{letter}'{name}" for letter in _ELISIONS)]
    if language != "ar":
        return [name]
    forms = [prefix + name for prefix in _PREFIXES]
    return [*forms, "لل" + name[2:], "ولل" + name[2:]] if name.startswith(_ARTICLE) else forms


def _languages(language: str) -> list[str]:
    return list(dict.fromkeys([language, *_ALSO.get(language, ()), _EVERYWHERE]))


def _capitals(original: str, start: int, end: int) -> bool:
    """Whether these words of a sentence stand in capitals as written."""
    return all(word.isupper() for word, _ in tokens(original)[start:end])
