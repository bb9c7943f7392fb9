"""The shipped content, indexed in a folder that goes away, for measuring how questions to it are judged."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from citydesk.settings import PROJECT_ROOT
from knowledge.answering.model import AnswerModel
from knowledge.answering.outside import read_outside
from knowledge.content.faq import load_faq
from knowledge.content.rehearsal import Lessons, load_lessons
from knowledge.encoder import Encoder
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.opening import Generation, open_generation

CONTENT = PROJECT_ROOT / "content"
UTTERANCES = PROJECT_ROOT / "nlu" / "data"
GLOSSARY = CONTENT / "glossary.yml"


def shipped_lessons() -> Lessons:
    """The questions with a known outcome that ship, as `citydesk reindex` reads them."""
    languages = {document.language for document in load_faq(CONTENT)}
    return load_lessons(CONTENT / "rehearsal").and_elsewhere(read_outside(UTTERANCES, languages))


@contextmanager
def shipped_generation(encoder: Encoder) -> Iterator[Generation]:
    """The FAQ that ships, as a generation of the index; its files are there only within the block."""
    with tempfile.TemporaryDirectory() as folder:
        # The model that ships can't be read while its features are being changed, and is not needed here.
        build_index(Path(folder), load_faq(CONTENT), encoder, learn=AnswerModel.undecided().save)
        yield open_generation(generations.current(Path(folder)))
