"""`python -m bench.languages`: how well, how fast and in how much memory detectors tell our languages apart.

Each detector runs in a process of its own over the same texts: for every language 1,000 sentences of news, and 1,000
of other sources that are prose; whole, and their first 30 characters. It needs nothing of ours but the detection
itself, so that detectors which are no dependency can be measured in an environment of their own.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

PROJECT_ROOT: Final = Path(__file__).parent.parent
LANGUAGES: Final = ("ar", "de", "el", "en", "es", "fr", "id", "ja", "ko", "pl", "th", "tr", "vi", "zh")
PER_LANGUAGE: Final = 1_000
SHORT: Final = 30
_NEWS: Final = "ntrex"
_PROSE: Final = {"tico19", "tatoeba", "xcopa", "opensource-guide", "tokyo-covid19", "integreat", "civiform"}

Tell = Callable[[str], str]


def texts(data: Path, kind: str) -> Iterator[tuple[str, str]]:
    """(language, text) of `kind` news or prose; Chinese in both scripts, as zh-Hant and zh-Hans."""
    for path in sorted((data / "parallel").glob("en-*.tsv.gz")):
        name = path.name.removeprefix("en-").removesuffix(".tsv.gz")
        if "." in name:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        wanted = [row for row in rows if (row[2] == _NEWS if kind == "news" else row[2] in _PROSE)]
        step = max(1, len(wanted) // PER_LANGUAGE)
        chosen = wanted[::step][:PER_LANGUAGE]
        yield from ((name, row[1]) for row in chosen)
        if name == "de":
            yield from (("en", row[0]) for row in chosen)


def py3langid_detector() -> Tell:
    """py3langid, restricted to ours."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return lambda text: str(identifier.classify(text)[0])


def _lingua(low: bool) -> Tell:
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder  # type: ignore[import-not-found,unused-ignore]

    ours = [Language.from_iso_code_639_1(getattr(IsoCode639_1, language.upper())) for language in LANGUAGES]
    builder = LanguageDetectorBuilder.from_languages(*ours).with_preloaded_language_models()
    detector = (builder.with_low_accuracy_mode() if low else builder).build()

    def tell(text: str) -> str:
        language = detector.detect_language_of(text)
        return "und" if language is None else str(language.iso_code_639_1.name).lower()

    return tell


def citydesk_detector() -> Tell:
    """Ours: the script first, then py3langid for what is in Latin letters."""
    from news_ingest.subjects.language import detect

    return lambda text: detect(text).language


DETECTORS: Final[dict[str, Callable[[], Tell]]] = {
    "py3langid": py3langid_detector,
    "lingua-low": lambda: _lingua(True),
    "lingua": lambda: _lingua(False),
    "citydesk": citydesk_detector,
}


def measure(name: str, data: Path) -> dict[str, Any]:
    """Accuracy in percent (Chinese as one language, and its scripts apart where told), speed, memory in MB."""
    samples = {kind: list(texts(data, kind)) for kind in ("news", "prose")}
    before = _memory()
    start = time.perf_counter()
    tell = DETECTORS[name]()
    tell("The library opens at nine.")
    result: dict[str, Any] = {"detector": name, "load_s": round(time.perf_counter() - start, 2)}
    for kind, pairs in samples.items():
        for length, cut in (("whole", None), ("first_30", SHORT)):
            start = time.perf_counter()
            told = [tell(text[:cut]) for _, text in pairs]
            seconds = time.perf_counter() - start
            result[f"{kind}_{length}"] = _score(pairs, told) | {"texts_per_s": round(len(pairs) / seconds)}
    result["memory_mb"] = {"resting": round(_memory() - before), "peak": round(_peak() - before)}
    return result


def _score(pairs: list[tuple[str, str]], told: list[str]) -> dict[str, Any]:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for (language, _), found in zip(pairs, told, strict=True):
        of[language] += 1
        right[language] += language == found or language.split("-")[0] == found
    each = {language: round(100 * right[language] / of[language], 1) for language in sorted(of)}
    return {"texts": len(pairs), "accuracy": round(sum(each.values()) / len(each), 2), "by_language": each}


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def main() -> None:
    """Measure each detector that can be imported here, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.languages", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data")
    parser.add_argument("--detector", choices=DETECTORS, help="measure this one, in this process")
    options = parser.parse_args()
    if options.detector:
        print(json.dumps(measure(options.detector, options.data)))
        return
    results = []
    for name in DETECTORS:
        command = [sys.executable, "-m", "bench.languages", "--data", str(options.data), "--detector", name]
        child = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT_ROOT)
        if child.returncode:
            print(f"{name}: not measured ({child.stderr.strip().splitlines()[-1]})", file=sys.stderr)
        else:
            results.append(json.loads(child.stdout))
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
