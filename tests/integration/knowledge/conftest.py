"""The shipped encoder, loaded once; the real content, indexed once."""

import shutil
from pathlib import Path

import pytest

from citydesk.settings import Settings
from citydesk.wiring import glossary
from knowledge.content.faq import load_faq
from knowledge.documents import Document
from knowledge.encoder import Encoder, load_encoder
from knowledge.service import KnowledgeBase
from news_ingest.fetching.http_fetcher import HttpFetcher
from news_ingest.ingest import ingest
from news_ingest.opml import read_opml
from news_ingest.publishing.documents import published_documents
from news_ingest.storing.store import open_store

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """The real FAQ, and the sample feeds through the real ingest."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('db') / 'news.db'}")
    samples = [spec for spec in read_opml(CONTENT / "feeds.opml") if spec.sample]
    assert ingest(samples, store, HttpFetcher()).ok
    return [*load_faq(CONTENT), *published_documents(store)]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory, shipped_city: Path, encoder: Encoder) -> KnowledgeBase:
    settings = Settings(home=tmp_path_factory.mktemp("base") / "home")
    shutil.copytree(shipped_city, settings.home)
    return KnowledgeBase(settings.index_dir, encoder, glossary(settings))
