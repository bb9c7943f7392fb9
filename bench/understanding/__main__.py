"""How well messages are understood, by language: `make eval-nlu`.

Reads the utterances and emergencies of `tests/understanding`, which were written apart from what the model is taught,
has the trained model parse them under Rasa's Python, and writes `understanding.json` and `understanding.md`. Ends with
exit status 1 where an utterance is too near to a training example to examine anything.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from actions.emergency import Emergencies
from bench.understanding.scoring import Parsed, Scores, score
from bench.understanding.utterances import near_duplicates, read_utterances
from citydesk.settings import PROJECT_ROOT, load_settings
from nlu.training_data import examples
from wording.languages import FILE, Languages

TESTS = PROJECT_ROOT / "tests" / "understanding"
RESULTS = PROJECT_ROOT / "bench" / "results"


def parse(texts: list[str], model: Path, python: Path) -> list[Parsed]:
    """What the model makes of these texts, in order."""
    command = [str(python), "-m", "scripts.understand", str(model)]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    run = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True, cwd=PROJECT_ROOT)
    return [Parsed(**json.loads(line)) for line in run.stdout.splitlines()]


def table(scores: Scores, languages: Languages) -> str:
    """The results as a page of Markdown."""
    lines = [
        "# How well messages are understood",
        "",
        "`make eval-nlu` writes this page. The utterances were written apart from the training data; none shares more",
        "than 0.6 of its pairs of characters with an example. *Out of scope* and *emergencies* are recalls.",
        "",
        "| language | utterances | intents right | out of scope | emergencies |",
        "| --- | --: | --: | --: | --: |",
    ]
    for tag in languages:
        one = scores.of(tag)
        lines.append(f"| {tag} | {one.count} | {one.accuracy:.3f} | {one.out_of_scope:.3f} | {one.emergencies:.3f} |")
    whole = scores.overall
    lines += [
        f"| **all** | {whole.count} | **{whole.accuracy:.3f}** | {whole.out_of_scope:.3f} | {whole.emergencies:.3f} |",
        "",
        f"Of {scores.cries} cries for help {scores.cries_heard:.3f} are told 119 and 110 first; of {scores.ordinary} "
        f"ordinary messages, many of them with words of danger, {scores.false_alarms:.3f} are.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write; the exit status."""
    parser = ArgumentParser(prog="python -m bench.understanding", description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    out: Path = parser.parse_args().out
    settings = load_settings()
    utterances = read_utterances(TESTS / "utterances")
    cries = read_utterances(TESTS / "emergencies")
    near = near_duplicates(utterances, (examples(PROJECT_ROOT / "nlu" / "data"), examples(settings.home / "nlu")))
    for text, example in near.items():
        print(f"too near to what is taught: {text} | {example}", file=sys.stderr)
    python = settings.rasa_command.with_name("python")
    parsed = parse([one.text for one in (*utterances, *cries)], settings.model_path, python)
    emergencies = Emergencies.read(settings.content_dir / "emergencies")
    heard = [emergencies.is_cry(one.text) for one in (*utterances, *cries)]
    scores = score([*utterances, *cries], parsed, heard)
    out.mkdir(parents=True, exist_ok=True)
    page = table(scores, Languages.read(settings.content_dir / FILE))
    (out / "understanding.md").write_text(page, encoding="utf-8")
    (out / "understanding.json").write_text(json.dumps(scores.as_dict(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(page)
    return 1 if near else 0


if __name__ == "__main__":
    sys.exit(main())
