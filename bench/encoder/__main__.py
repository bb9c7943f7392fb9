"""`python -m bench.encoder`: measure the shipped encoder beside others, print the table, write bench/results/."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench.encoder import loaders, plot
from bench.encoder.datasets import read_news, require
from bench.encoder.errors import MeasuringError
from bench.encoder.loaders import Loaded
from bench.encoder.quality import QualityData, measure, read_data
from bench.encoder.results import Measured, Results, as_dict, this_machine
from bench.encoder.speed import PASSAGE_CHARACTERS, PASSAGES, SpeedFigure, measure_speed, sample_sentences
from bench.encoder.systems import Bm25, Dense, Remembered
from bench.encoder.table import as_markdown, as_rich
from citydesk.errors import CityDeskError
from citydesk.output import PIPE_WIDTH, print_json, say
from citydesk.settings import PROJECT_ROOT, load_settings
from knowledge.static import SHIPPED_MODEL

SHIPPED, SECOND_TRY, TEACHER = "shipped", "second try rebuilt", "English teacher"
RESERVED = (SHIPPED, SECOND_TRY, TEACHER, Bm25.name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns the exit status, 1 when data or a system is missing."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if len(dict(options.model)) < len(options.model):
        parser.error("two --model have the same name")
    try:
        results = run(options)
    except (MeasuringError, CityDeskError) as error:
        say(str(error))
        return 1
    write(results, options.out)
    if options.json:
        print_json(as_dict(results))
    else:
        Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(as_rich(results), markup=False)
    say(f"Written: encoder.json, encoder.md and encoder.png in {options.out}")
    return 0


def run(options: argparse.Namespace) -> Results:
    """Load, measure one system after the other, then the times; see `_parser` for the options."""
    machine = this_machine()
    require(options.data)
    state = load_settings().home / "encoder"
    say("Reading the data")
    data = read_data(options.data)
    systems = [_measure_folder(SHIPPED, SHIPPED_MODEL, data)]
    if options.without_second_try:
        say(f"{SECOND_TRY}: left out, as --without-second-try says")
    else:
        folder = loaders.build_second_try(state, options.data / "parallel", say)
        systems.append(_measure_folder(SECOND_TRY, folder, data))
    systems += [_measure_folder(name, folder, data) for name, folder in options.model]
    if not options.without_teacher:
        systems.append(_measure_teacher(state / "vectors", data))
    systems.append(Measured(Bm25.name, measure(Bm25(), data, say)))
    speed = [] if options.without_speed else _speed(options.data, data)
    return Results(machine, systems, speed)


def write(results: Results, folder: Path) -> None:
    """encoder.json, encoder.md and encoder.png in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(as_dict(results), indent=1, ensure_ascii=False)
    (folder / "encoder.json").write_text(text + "\n", encoding="utf-8")
    (folder / "encoder.md").write_text(as_markdown(results), encoding="utf-8")
    plot.save(results, folder / "encoder.png")


def _measure_folder(name: str, folder: Path, data: QualityData) -> Measured:
    return _measure(name, loaders.load_static(folder), data, None)


def _measure_teacher(vectors: Path, data: QualityData) -> Measured:
    teacher = loaders.load_teacher()
    return _measure(TEACHER, teacher, data, vectors / teacher.checksum)


def _measure(name: str, encoder: Loaded, data: QualityData, cache: Path | None) -> Measured:
    figures = measure(Dense(name, Remembered(encoder.encode, cache)), data, say)
    return Measured(name, figures, encoder.checksum, encoder.dimension)


def _speed(folder: Path, data: QualityData) -> list[SpeedFigure]:
    passages = read_news(folder / "news", PASSAGES, PASSAGE_CHARACTERS)
    return measure_speed(SHIPPED_MODEL, sample_sentences(data.translations), passages, say)


def _named_folder(text: str) -> tuple[str, Path]:
    name, _, folder = text.partition("=")
    if not name or not folder or name in RESERVED:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=FOLDER with a name beside {', '.join(RESERVED)}")
    if not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {folder!r}")
    return name, Path(folder).resolve()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.encoder", description=(__doc__ or "").split(": ")[1])
    parser.add_argument(
        "--data", type=lambda text: Path(text).resolve(), default=PROJECT_ROOT.parent / "shared" / "data"
    )
    parser.add_argument(
        "--model", type=_named_folder, action="append", default=[], metavar="NAME=FOLDER", help="one more model folder"
    )
    parser.add_argument("--without-second-try", action="store_true", help="do not train and measure that recipe")
    parser.add_argument("--without-teacher", action="store_true", help="leave the teacher's quality out")
    parser.add_argument("--without-speed", action="store_true", help="take no times")
    parser.add_argument(
        "--out", type=Path, default=PROJECT_ROOT / "bench" / "results", help="where results are written"
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON, and nothing else")
    return parser


if __name__ == "__main__":
    sys.exit(main())
