"""What the articles are about, and which of them tell the same story: by the editors' names of things."""

from collections.abc import Mapping, Sequence

from citydesk.checksums import checksum
from citydesk.settings import Settings
from citydesk.wiring import Say, encoder, glossary
from knowledge.content.glossary import FILE as GLOSSARY
from knowledge.encoder import Encoder, Vectors
from knowledge.text.analyser import fold
from knowledge.text.blank_spacy import spacy
from news_ingest.deciding.stories import Similarity
from news_ingest.stories import Progress, Tags, place
from news_ingest.storing.store import ArticleStore
from news_ingest.subjects.districts import read_districts
from news_ingest.subjects.tags import Tagger
from news_ingest.tagging import retag

DISTRICTS = "districts.yml"
_EVERYWHERE = ("taipei", "taiwan", "tainan")
"""Names that nearly every article of the city has: they tell nothing of what it is about."""
_FEW = 500
"""Articles that are sorted before anyone wonders what takes so long."""
_TAGGED_BY = "tagged-by.sha256"
"""The checksum of the files of names that the stored articles are tagged by, in the home."""


def sort_news(settings: Settings, store: ArticleStore, say: Say) -> None:
    """Find out what the new articles are about, and which of them tell the same story.

    Where an editor has changed the names of things, the older articles get their tags anew. Raises `ContentError` and
    `DistrictsError`, which name the line; all that is left over is found the next time.
    """
    names = _names(settings)
    renamed = names != _tagged_by(settings)
    waiting = bool(store.unplaced())
    if not renamed and not waiting:
        return
    tags = tagger(settings)
    if waiting:
        place(store, tags, _Meaning(encoder(settings)), _EVERYWHERE, _telling(say))
    if renamed:
        changed = retag(store, tags)
        if changed:
            say(f"The glossary or the districts have changed; older articles with other tags now: {changed}.")
        _note(settings, names)


def tagger(settings: Settings) -> Tags:
    """Tags an article with the glossary's subjects and the city's districts that it names."""
    known = glossary(settings)
    names: dict[str, Mapping[str, Sequence[str]]] = {
        concept.id: concept.names for concept in (known.entries if known else ()) if concept.id not in _EVERYWHERE
    }
    not_meant = {}
    if (settings.content_dir / DISTRICTS).exists():
        for district in read_districts(settings.content_dir / DISTRICTS):
            names[district.id], not_meant[district.id] = district.names, district.elsewhere
    found = Tagger(names, spacy.blank("xx"), fold, not_meant)
    return lambda article: found.tags(article.title, article.text, article.language)


def _telling(say: Say) -> Progress:
    def tell(done: int, total: int) -> None:
        if done < total or done > _FEW:
            say(f"Stories: {done}/{total} articles")

    return tell


def _names(settings: Settings) -> str:
    """A checksum of the files of names as they are now."""
    paths = [settings.content_dir / name for name in (GLOSSARY, DISTRICTS)]
    return checksum(path for path in paths if path.exists())


def _tagged_by(settings: Settings) -> str | None:
    try:
        return (settings.home / _TAGGED_BY).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None


def _note(settings: Settings, names: str) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / _TAGGED_BY).write_text(f"{names}\n", encoding="ascii")


class _Meaning(Similarity):
    """Texts compared by the sentence encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See the port."""
        return self._encoder.encode(texts, "passage")
