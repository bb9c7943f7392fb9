"""How fast the shipped encoder is, beside the teacher and beside the targets; each timing in its own process."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.encoder.child import run_python
from bench.encoder.datasets import Translations

SENTENCES = 1_000
PASSAGES = 20_000
PASSAGE_CHARACTERS = 400
LOADINGS = 3
QUIET = 0.2
"""Cores taken by other programs, below which the times can be trusted."""
THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class SpeedFigure:
    """One figure; `target` is what it should reach, or stay below where `below` is true."""

    key: str
    title: str
    value: float
    unit: str
    target: float | None = None
    below: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return self.value < self.target if self.below else self.value >= self.target


def measure_speed(
    model: Path, texts: Sequence[str], passages: Sequence[str], say: Callable[[str], None]
) -> list[SpeedFigure]:
    """Time the encoder in folder `model`.

    Args:
        texts: sentences that the static encoder and the teacher both encode.
        passages: Chinese passages of `PASSAGE_CHARACTERS` characters.
    """
    say("Speed: sentences, one core")
    alone = _probe("sentences", 1, model, texts)
    say("Speed: passages, two cores")
    both = _probe("passages", 2, model, passages)
    say("Speed: loading")
    loadings = [_probe("loading", 2, model, texts) for _ in range(LOADINGS)]
    loading = {name: statistics.median(found[name] for found in loadings) for name in loadings[0]}
    others = max(found["other_cores"] for found in (alone, both, *loadings))
    return [
        *_sentence_figures(alone),
        *_passage_figures(both, len(passages)),
        *_loading_figures(loading, len(texts)),
        SpeedFigure("other_cores", "Other programs meanwhile, at most", others, "cores", QUIET, below=True),
    ]


def _sentence_figures(found: dict[str, float]) -> list[SpeedFigure]:
    static, teacher = found["static_per_second"], found["teacher_per_second"]
    return [
        SpeedFigure("sentences_per_second", "Sentences, one core", static, "per s"),
        SpeedFigure("teacher_sentences_per_second", "English teacher, same sentences, one core", teacher, "per s"),
        SpeedFigure("ratio", "Shipped ÷ teacher", found["ratio"], "×", target=50),
    ]


def _passage_figures(found: dict[str, float], count: int) -> list[SpeedFigure]:
    whole, tokenizing = found["seconds"], found["tokenizing_seconds"]
    what = f"Passages of {PASSAGE_CHARACTERS} Chinese characters, two cores"
    return [
        SpeedFigure("passages_per_second", what, count / whole, "per s", target=5_000),
        SpeedFigure("passages_tokenizing_seconds", f"{count:,} of them: tokenizing alone", tokenizing, "s"),
        SpeedFigure("passages_rest_seconds", f"{count:,} of them: all else", whole - tokenizing, "s"),
    ]


def _loading_figures(found: dict[str, float], count: int) -> list[SpeedFigure]:
    memory = "Growth of resident memory"
    return [
        SpeedFigure("loading_seconds", "Imports, loading, first vector", found["seconds"], "s", 0.5, below=True),
        SpeedFigure("import_seconds", "Imports alone", found["import_seconds"], "s"),
        SpeedFigure(
            "first_megabytes", f"{memory}: loading, first vector", found["first_megabytes"], "MB", 150, below=True
        ),
        # Most of the rest are pages of the table, mapped from disk: counted here, but shared and given back on demand.
        SpeedFigure("megabytes", f"{memory}: and {count:,} sentences", found["megabytes"], "MB"),
    ]


def sample_sentences(translations: Sequence[Translations]) -> list[str]:
    """Half English sentences, half their translations, each from the next language in turn."""
    english = translations[0].english[: SENTENCES // 2]
    targets = [translations[row % len(translations)].targets[row] for row in range(len(english))]
    return [*english, *targets]


def _probe(task: str, cores: int, model: Path, texts: Sequence[str]) -> dict[str, float]:
    # The encoder shares its work out to threads of its own; those of the libraries stay out of their way.
    variables = dict.fromkeys(THREAD_VARIABLES, str(cores)) | {"TOKENIZERS_PARALLELISM": "false"}
    arguments = ["-m", "bench.encoder.probe", task, str(cores), str(model)]
    printed = run_python(arguments, f"Timing {task}", text=json.dumps(list(texts)), variables=variables)
    figures: dict[str, float] = json.loads(printed)
    return figures
