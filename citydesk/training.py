"""Trains the dialogue model: writes the FAQ's questions as training data, runs Rasa if anything changed."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from citydesk.checksums import checksum
from citydesk.errors import MissingPartError, TrainingError
from citydesk.servers import rasa_environment
from citydesk.settings import PROJECT_ROOT, Settings
from citydesk.wiring import emergencies, faq_documents
from knowledge.documents import Document
from wording.chinese import convert
from wording.languages import FILE as LANGUAGES
from wording.languages import Languages

MODEL_NAME = "citydesk"
INPUTS = ("config.yml", "endpoints.yml", "nlu", "knowledge/model", "knowledge/static.py", "requirements/rasa.lock")
OUTPUT_LINES = 25


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training came to. `seconds` is 0 when nothing had changed."""

    model: Path
    trained: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Taught:
    """What the content teaches the model: questions of the FAQ, names of languages, and words of danger (kind →
    language → pattern), of which a language that is shown from another one has that one's, converted."""

    faq: Sequence[Document]
    languages: Languages
    dangers: Mapping[str, Mapping[str, str]]


def taught(settings: Settings) -> Taught:
    """What the content teaches as it is now."""
    languages = Languages.read(settings.content_dir / LANGUAGES)
    return Taught(faq_documents(settings), languages, emergencies(settings).dangers)


def train(
    settings: Settings, taught: Taught, on_progress: Callable[[str], None], *, force: bool = False
) -> TrainingReport:
    """Make `settings.model_path` from nlu/, config.yml and what the content teaches (`write_training_data`).

    Does nothing when the model is there and its inputs have not changed, unless `force`. The model is
    trained aside and put in place by one rename, so that a running Rasa never sees half of it. Raises
    TrainingError with the end of Rasa's output, MissingPartError without Rasa's environment.
    """
    data = write_training_data(settings.home / "nlu", taught)
    wanted = checksum([PROJECT_ROOT / name for name in INPUTS] + [data])
    stamp = settings.home / "stamps" / "dialogue-model"
    model = settings.model_path
    if not force and model.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return TrainingReport(model, trained=False, seconds=0.0)
    if not settings.rasa_command.exists():
        raise MissingPartError("Rasa's environment", settings.rasa_command, "make setup")
    on_progress("Training the dialogue model (a minute or two) …")
    begun = time.monotonic()
    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent, prefix="training-") as folder:
        fresh = _run_rasa(settings, data, Path(folder))
        os.replace(fresh, model)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")
    return TrainingReport(model, trained=True, seconds=time.monotonic() - begun)


def write_training_data(folder: Path, taught: Taught) -> Path:
    """Write `ask_<language>.yml` for every language of the FAQ, `languages.yml` and `dangers.yml` into `folder`, drop
    older files, return `folder`."""
    from nlu.training_data import ask_examples, danger_examples, language_examples

    names = {tag: (one.autonym, *one.asked_as) for tag, one in taught.languages.items()}
    dangers = {kind: list(_shown(patterns, taught.languages)) for kind, patterns in taught.dangers.items()}
    files = {"languages.yml": language_examples(names), "dangers.yml": danger_examples(dangers)}
    for language in {document.language for document in taught.faq}:
        mine = [document for document in taught.faq if document.language == language]
        questions = [(language, question) for document in mine for question in (document.title, *document.questions)]
        files[f"ask_{language}.yml"] = ask_examples(questions)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yml"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _shown(patterns: Mapping[str, str], languages: Languages) -> Iterator[str]:
    yield from patterns.values()
    for tag, language in languages.items():
        if language.shown_from is not None and language.shown_from in patterns:
            yield convert(patterns[language.shown_from], tag, language.shown_from)


def _run_rasa(settings: Settings, data: Path, folder: Path) -> Path:
    command = [str(settings.rasa_command), "train", "--fixed-model-name", MODEL_NAME, "--out", str(folder)]
    # Rasa's own cache of trained components looks at their settings, not at the modules that ours import.
    command.append("--force")
    command += [
        "--config",
        str(PROJECT_ROOT / "config.yml"),
        "--domain",
        str(PROJECT_ROOT / "nlu" / "domain"),
    ]
    # Rasa reads every YAML below --data, so it is given exactly the two folders of training data.
    command += ["--data", str(PROJECT_ROOT / "nlu" / "data"), str(data)]
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=training_environment(settings),
        cwd=PROJECT_ROOT,
        check=False,
    )
    fresh = folder / f"{MODEL_NAME}.tar.gz"
    if result.returncode or not fresh.exists():
        tail = result.stdout.decode("utf-8", "replace").splitlines()[-OUTPUT_LINES:]
        lines = [f"Rasa could not train the model (exit status {result.returncode}). The end of its output:"]
        raise TrainingError("\n".join([*lines, *(f"    {line}" for line in tail)]))
    return fresh


def training_environment(settings: Settings) -> Mapping[str, str]:
    """This process's environment with what Rasa needs."""
    return dict(os.environ) | rasa_environment(settings)
