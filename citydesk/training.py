"""Trains the dialogue model: writes the FAQ's questions as training data, runs Rasa if anything changed."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from citydesk.checksums import checksum
from citydesk.errors import MissingPartError, TrainingError
from citydesk.servers import rasa_environment
from citydesk.settings import PROJECT_ROOT, Settings
from knowledge.documents import Document
from wording.languages import LANGUAGES

MODEL_NAME = "citydesk"
INPUTS = ("config.yml", "endpoints.yml", "nlu", "knowledge/model", "knowledge/static.py", "requirements/rasa.lock")
OUTPUT_LINES = 25


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training came to. `seconds` is 0 when nothing had changed."""

    model: Path
    trained: bool
    seconds: float


def train(
    settings: Settings, faq: Sequence[Document], on_progress: Callable[[str], None], *, force: bool = False
) -> TrainingReport:
    """Make `settings.model_path` from nlu/, config.yml and the FAQ's questions.

    Does nothing when the model is there and its inputs have not changed, unless `force`. The model is
    trained aside and put in place by one rename, so that a running Rasa never sees half of it. Raises
    TrainingError with the end of Rasa's output, MissingPartError without Rasa's environment.
    """
    data = write_training_data(settings.home / "nlu", faq)
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


def write_training_data(folder: Path, faq: Sequence[Document]) -> Path:
    """Write `ask_<language>.yml` for every language into `folder`, drop older files, return `folder`."""
    from nlu.training_data import ask_examples

    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"ask_{language}.yml" for language in LANGUAGES}
    for old in folder.glob("*.yml"):
        if old.name not in wanted:
            old.unlink()
    for language in LANGUAGES:
        mine = [document for document in faq if document.language == language]
        questions = [(language, question) for document in mine for question in (document.title, *document.questions)]
        (folder / f"ask_{language}.yml").write_text(ask_examples(questions), encoding="utf-8")
    return folder


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
