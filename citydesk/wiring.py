"""The composition root: the one place that knows which parts make up CityDesk and puts them together."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.answering import Answerer
from actions.emergency import FOLDER as EMERGENCIES
from actions.emergency import Emergencies
from bot.rasa_client import RasaClient
from citydesk.checksums import checksum
from citydesk.settings import PROJECT_ROOT, Settings
from knowledge.answering.outside import read_outside
from knowledge.answering.training import train
from knowledge.content.faq import load_faq, topic_titles
from knowledge.content.glossary import FILE as GLOSSARY
from knowledge.content.glossary import Glossary, load_glossary
from knowledge.content.rehearsal import load_lessons
from knowledge.documents import Document
from knowledge.encoder import Encoder, EncoderChoice, load_encoder
from knowledge.gate import GoldenGate
from knowledge.index import build, preview, rollback, status, verifying
from knowledge.index.generations import Gate, Learn
from knowledge.index.opening import open_generation
from knowledge.index.tombstones import Tombstones
from knowledge.service import KnowledgeBase
from news_ingest.parsing.dates import DEFAULT_ZONE
from news_ingest.publishing.documents import as_document, published_documents
from news_ingest.storing.store import ArticleStore, open_store
from wording.catalogue import Wording

Say = Callable[[str], None]

OPENERS = {
    "expo": "expo.what",
    "smart-meters": "meters.what",
    "public-housing": "housing.what",
    "reservoir": "reservoir.what",
    "video-119": "video119.what",
    "forums-mous": "forums.mou-poland",
}
"""The topics offered when nothing was found, and the entry that each one opens on."""
REHEARSAL = "rehearsal"
UTTERANCES = PROJECT_ROOT / "nlu" / "data"
"""Rasa's training data, which has phrases out of scope."""


def wording(settings: Settings) -> Wording:
    """Every sentence that a reader sees."""
    return Wording(settings.content_dir)


def emergencies(settings: Settings) -> Emergencies:
    """What people call when they are in danger, in all languages."""
    return Emergencies.read(settings.content_dir / EMERGENCIES)


def rasa_client(settings: Settings) -> RasaClient:
    """The dialogue server, as channels see it."""
    return RasaClient(settings.rasa_url)


def open_articles(settings: Settings) -> ArticleStore:
    """The database of articles, migrated to the newest form."""
    return open_store(settings.database)


def faq_documents(settings: Settings) -> list[Document]:
    """The editors' FAQ. Raises `knowledge.errors.ContentError` with file and line."""
    return load_faq(settings.content_dir)


def all_documents(settings: Settings) -> Iterator[Document]:
    """What is to be indexed now: the FAQ and the stored articles."""
    yield from faq_documents(settings)
    store = open_articles(settings)
    try:
        yield from published_documents(store)
    finally:
        store.close()


def build_index(
    settings: Settings, say: Say, *, full: bool = False, release: bool = False, wait: float = build.WAIT
) -> build.BuildReport:
    """Index the FAQ and the stored articles; nothing is done where nothing has changed."""
    return build.build_index(
        settings.index_dir,
        lambda: all_documents(settings),
        encoder(settings),
        full=full,
        release=release,
        gate=golden_gate(settings, say),
        learn=learning(settings),
        learned_from=learned_from(settings),
        wait=wait,
        progress=_index_progress(say),
    )


def preview_index(settings: Settings, say: Say, *, full: bool = False, release: bool = False) -> preview.Preview:
    """What `build_index` would change, documents and answers."""

    def open_index(root: Path) -> preview.Ask:
        return KnowledgeBase(root, encoder(settings), glossary(settings)).best

    documents = list(all_documents(settings))
    return preview.preview(
        settings.index_dir,
        documents,
        encoder(settings),
        open_index,
        full=full,
        release=release,
        gate=golden_gate(settings, say),
        learn=learning(settings),
        learned_from=learned_from(settings),
        progress=_index_progress(say),
    )


def golden_gate(settings: Settings, say: Say) -> Gate | None:
    """Asks a new index the questions of content/golden.yml, where there is one, before readers see it."""
    path = settings.content_dir / "golden.yml"
    if not path.exists():
        return None
    hidden = Tombstones(settings.index_dir).hidden
    return GoldenGate(path, encoder(settings), glossary(settings), hidden, say)


def learning(settings: Settings) -> Learn:
    """Gives a new index what it carries beside its documents: the glossary, and what tells whether a hit answers."""

    def learn(folder: Path) -> None:
        names = glossary(settings)
        if names is not None:
            shutil.copyfile(settings.content_dir / GLOSSARY, folder / GLOSSARY)
        generation = open_generation(folder, encoder=encoder(settings))
        keys = (key for segment in generation.segments for key in segment.documents.keys)
        outside = read_outside(UTTERANCES, {language for name, language in keys if name.startswith("faq:")})
        lessons = load_lessons(settings.content_dir / REHEARSAL).and_elsewhere(outside)
        model = train(generation, encoder(settings), lessons, names)
        if model is not None:
            model.save(folder)

    return learn


def learned_from(settings: Settings) -> str:
    """A checksum over all that `learning` reads beside the documents."""
    paths = (settings.content_dir / GLOSSARY, settings.content_dir / REHEARSAL, UTTERANCES)
    return checksum([path for path in paths if path.exists()])


def index_status(settings: Settings) -> dict[str, Any]:
    """What the index in force holds, all files checked. Raises `knowledge.errors.IndexProblem`."""
    found = status.index_status(settings.index_dir, thorough=True)
    return {
        "generation": found.generation,
        "documents": found.documents,
        "passages": found.passages,
        "encoder": found.encoder,
        "created": datetime.fromtimestamp(found.created, UTC).isoformat(timespec="seconds"),
    }


def index_overview(settings: Settings) -> status.IndexStatus:
    """The index in force and what is kept beside it."""
    return status.index_status(settings.index_dir)


def roll_back(settings: Settings, generation: str | None) -> status.IndexStatus:
    """Put an earlier generation in force; gives what there is then."""
    rollback.roll_back(settings.index_dir, encoder(settings), generation)
    return status.index_status(settings.index_dir)


def verify_index(settings: Settings) -> list[verifying.Verdict]:
    """Every kept generation looked through, oldest first."""
    return verifying.verify_all(settings.index_dir)


def hide_document(settings: Settings, document_id: str) -> bool:
    """Hide a document from all answers, at once; False when it was hidden."""
    return Tombstones(settings.index_dir).hide(document_id)


def unhide_document(settings: Settings, document_id: str) -> bool:
    """Show a document again; False when it was not hidden."""
    return Tombstones(settings.index_dir).unhide(document_id)


def _index_progress(say: Say) -> Callable[[str, int, int], None]:
    def tell(step: str, done: int, total: int) -> None:
        say(f"Index: {step}" + (f" {done}/{total}" if total > 1 else ""))

    return tell


def searcher(settings: Settings) -> KnowledgeBase:
    """The knowledge base over the index in force."""
    return KnowledgeBase(settings.index_dir, encoder(settings), glossary(settings), city_today)


def answerer(settings: Settings) -> Answerer:
    """Answers without Rasa."""
    titles = topic_titles(settings.content_dir)
    return Answerer(searcher(settings), wording(settings), titles, OPENERS, city_today)


def serve_actions(settings: Settings) -> None:
    """The action server, until ended. Objects are built here, in the process that serves."""
    from actions.answer import AnswerAction
    from actions.choose_language import ChooseLanguageAction
    from actions.latest_news import LatestNewsAction
    from actions.responses import Responses
    from actions.server import build_app, serve
    from actions.show_entry import ShowEntryAction

    answers, words, store = answerer(settings), wording(settings), open_articles(settings)
    answers.warm_up()

    def latest(language: str, count: int) -> list[Document]:
        return [as_document(article) for article in store.latest(language, count)]

    actions = [
        AnswerAction(answers, words, emergencies(settings)),
        ShowEntryAction(answers),
        LatestNewsAction(latest, words),
        ChooseLanguageAction(words),
    ]
    serve(build_app(actions, Responses(words)), "127.0.0.1", settings.actions_port)


def serve_bot(settings: Settings) -> int:
    """The Telegram gateway, until ended; gives the exit status."""
    from bot.telegram.application import run
    from citydesk.errors import SettingsError
    from citydesk.output import say
    from citydesk.readiness import wait_until_ready
    from citydesk.servers import all_servers, log_file

    if settings.telegram_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set; it is the token that @BotFather gave you")
    # Until Rasa answers, Telegram keeps what people write: nobody is told to try again because we are starting.
    servers = all_servers(settings, with_bot=False)
    wait_until_ready(servers, lambda: True, lambda name: log_file(settings, name), say)
    token = settings.telegram_token.get_secret_value()
    return run(token, settings.rasa_url, wording(settings), base_url=settings.telegram_api)


@lru_cache(maxsize=1)
def _encoder(choice: str | None) -> Encoder:
    return load_encoder(EncoderChoice.parse(choice) if choice else EncoderChoice())


@lru_cache(maxsize=1)
def _glossary(path: Path, changed: int) -> Glossary:
    return load_glossary(path)


def glossary(settings: Settings) -> Glossary | None:
    """Names of things in all languages, as editors have them now; None where content/ has no glossary.yml."""
    path = settings.content_dir / GLOSSARY
    return _glossary(path, path.stat().st_mtime_ns) if path.exists() else None


def city_today() -> date:
    """The day on the city's calendar."""
    return datetime.now(DEFAULT_ZONE).date()


def encoder(settings: Settings) -> Encoder:
    """The sentence encoder that the settings name, loaded once: another than the shipped one may take seconds."""
    return _encoder(settings.encoder)
