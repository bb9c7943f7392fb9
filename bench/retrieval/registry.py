"""What is measured: names, where each comes from, and in which environment it runs."""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from bench.retrieval.system import System

OWN = "citydesk"
PEERS = ("txtai", "haystack", "bm25s", "faiss")
DISTRIBUTIONS = ("txtai", "haystack-ai", "bm25s", "faiss-cpu", "tantivy", "numpy", "torch", "transformers")
"""Packages whose versions matter to the figures."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One system; `factory` is `module:function` within this package, `peer` the project that it comes from.

    `timed` is false for a variant whose time and memory say nothing new.
    """

    key: str
    title: str
    peer: str
    factory: str
    timed: bool = True

    @property
    def own(self) -> bool:
        """Whether it is this project."""
        return self.peer == OWN


SYSTEMS = (
    Entry("citydesk-hybrid", "CityDesk", OWN, "citydesk_system:hybrid"),
    Entry("citydesk-dense", "CityDesk, meaning only", OWN, "citydesk_system:dense", timed=False),
    Entry("citydesk-lexical", "CityDesk, words only", OWN, "citydesk_system:lexical", timed=False),
    Entry("txtai-english", "txtai hybrid, MiniLM", "txtai", "txtai_system:english"),
    Entry("txtai-shipped", "txtai hybrid, our encoder", "txtai", "txtai_system:shipped"),
    Entry("haystack-bm25", "Haystack BM25", "haystack", "haystack_system:HaystackBm25"),
    Entry("haystack-embeddings", "Haystack, our encoder", "haystack", "haystack_system:HaystackEmbeddings"),
    Entry("bm25s", "bm25s, bigrams", "bm25s", "bm25s_system:Bm25s"),
    Entry("faiss", "bare FAISS, our encoder", "faiss", "faiss_system:Faiss"),
)


def chosen(without: set[str]) -> list[Entry]:
    """This project and the peers that are not left out."""
    return [entry for entry in SYSTEMS if entry.peer not in without]


def entry(key: str) -> Entry:
    """The system of this key; raises StopIteration for none."""
    return next(entry for entry in SYSTEMS if entry.key == key)


def load(key: str) -> System:
    """Import and make a system; only its own environment can."""
    module, _, name = entry(key).factory.partition(":")
    return cast(System, getattr(import_module(f"bench.retrieval.{module}"), name)())
