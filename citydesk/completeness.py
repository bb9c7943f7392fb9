"""What each language has and what it still lacks, of all that content/ and nlu/data hold."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from actions.emergency import Emergencies
from citydesk.settings import Settings
from citydesk.wiring import UTTERANCES, emergencies, faq_documents, glossary, wording
from knowledge.content.faq import load_faq, load_sources
from knowledge.content.glossary import Glossary
from knowledge.documents import Document
from nlu.training_data import examples
from wording.catalogue import Wording
from wording.languages import DEFAULT_LANGUAGE, Language

LEAST_EXAMPLES = 18
"""Examples that each intent needs in a language; nlu/data/en says which intents there are."""


DRAFTS = "drafts"
"""FAQ entries that are not answered from yet, in the same folders as the others."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a language has. `faq` and `faq_wanted` count entries, `drafts` those that wait in content/drafts; `missing`
    says what is lacking, a line each."""

    tag: str
    autonym: str
    subjects: str
    faq: int
    faq_wanted: int
    drafts: int
    examples: int
    missing: tuple[str, ...]


class Checker:
    """Looks through the content for one language after the other."""

    def __init__(
        self,
        wording: Wording,
        faq: Sequence[Document],
        glossary: Glossary | None,
        emergencies: Emergencies,
        utterances: Path,
        source_titles: Mapping[str, Set[str]],
        drafts: Sequence[Document] = (),
    ) -> None:
        """`utterances` is nlu/data; `source_titles` has the languages of each source that has a title for each;
        `drafts` are FAQ entries that are not answered from yet."""
        self._wording, self._glossary, self._emergencies = wording, glossary, emergencies
        self._utterances, self._source_titles = utterances, source_titles
        self._entries: dict[str, dict[str, str | None]] = {}
        for document in faq:
            self._entries.setdefault(document.language, {})[document.id] = document.topic
        self._drafts = {(document.language, document.id) for document in drafts}
        self._intents = set(examples(utterances / DEFAULT_LANGUAGE))

    def check_all(self) -> list[Completeness]:
        """Every language, in the order in which readers are offered them."""
        return [self.check(language) for language in self._wording.languages.values()]

    def check(self, language: Language) -> Completeness:
        """One language; one that is shown from another has what that has."""
        source = language.shown_from or language.tag
        wanted, there = self._wanted(language), self._entries.get(source, {})
        drafts = {name for name in wanted if (source, name) in self._drafts}
        taught = examples(self._utterances / source)
        missing = (
            *(f"FAQ entry {name.removeprefix('faq:')}" for name in sorted(wanted - set(there) - drafts)),
            *(
                f"FAQ entry {name.removeprefix('faq:')}, which {DEFAULT_LANGUAGE} has not"
                for name in self._extra(source)
            ),
            *(f"sentence {problem}" for problem in self._wording.missing(language.tag)),
            *(f"title of source {name}" for name, tags in sorted(self._source_titles.items()) if source not in tags),
            *(f"name of {name} in the glossary" for name in self._nameless(language.tag)),
            *([] if source in self._emergencies.languages else [f"emergencies/{source}.yml"]),
            *self._untaught(taught),
        )
        count = sum(map(len, taught.values()))
        return Completeness(
            language.tag,
            language.autonym,
            language.subjects,
            len(wanted & set(there)),
            len(wanted),
            len(drafts),
            count,
            missing,
        )

    def _wanted(self, language: Language) -> set[str]:
        """Ids of the FAQ entries that a language of these subjects has; English has all."""
        topics = self._wording.languages.topics_for_delegates
        everything = self._entries.get(DEFAULT_LANGUAGE, {})
        return {name for name, topic in everything.items() if language.subjects == "all" or topic in topics}

    def _extra(self, source: str) -> list[str]:
        return sorted(set(self._entries.get(source, {})) - set(self._entries.get(DEFAULT_LANGUAGE, {})))

    def _nameless(self, tag: str) -> list[str]:
        return [
            concept.id for concept in (self._glossary.entries if self._glossary else ()) if tag not in concept.names
        ]

    def _untaught(self, taught: Mapping[str, Sequence[str]]) -> list[str]:
        few = {intent: len(taught.get(intent, ())) for intent in sorted(self._intents)}
        return [
            f"examples of {intent}: {count}, at least {LEAST_EXAMPLES}"
            for intent, count in few.items()
            if count < LEAST_EXAMPLES
        ]


def completeness(settings: Settings) -> Checker:
    """Looks through the content as it is now. Raises `ContentError` and what reading the wording raises."""
    sources = load_sources(settings.content_dir / "sources.yml")
    titles = {name: frozenset(source["title"]) for name, source in sources.items() if source.get("language") is None}
    drafts = settings.content_dir / DRAFTS
    return Checker(
        wording(settings),
        faq_documents(settings),
        glossary(settings),
        emergencies(settings),
        UTTERANCES,
        titles,
        load_faq(drafts, sources) if drafts.exists() else (),
    )
