"""`python -m bench.crash`: kills builders of the index at random moments, and looks at what they leave.

Each round starts a process that updates the index, builds it anew or goes back to the generation before, and kills it
(SIGKILL, by its process id) after a random part of the time that the deed takes. Then CURRENT must name one whole
generation that answers, its documents must be those from before or those from after, what was hidden must be hidden,
and the next run must bring the index up to date and clear away what was left.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.crash_city import do, documents_at
from knowledge.current_index import CurrentIndex
from knowledge.documents import Document
from knowledge.encoder import Encoder, load_encoder
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.manifest import read_manifest
from knowledge.index.opening import open_generation
from knowledge.index.tombstones import Tombstones
from knowledge.index.verifying import verify_generation

RESULTS = Path(__file__).parent / "results" / "crash.json"
DEEDS = ("update", "update", "update", "build", "roll back")
HIDDEN = "news:hidden-by-hand"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Round:
    """One kill: what was being done, after how many milliseconds it was killed, what was in force then, and what was
    wrong with it, if anything. `seconds` is what the whole round took."""

    deed: str
    killed_after_ms: float
    outcome: str
    problems: tuple[str, ...]
    seconds: float


def main() -> int:
    """Run the rounds, print a line for each kind of outcome, write the results; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citydesk-crash-") as place:
        found = Rounds(Path(place) / "index", arguments.seed).run(arguments.rounds)
    outcomes = Counter(f"{one.deed}: {one.outcome}" for one in found)
    problems = [problem for one in found for problem in one.problems]
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:4}  {outcome}")
    print(f"{len(found)} kills, {len(problems)} problems" + "".join(f"\n  {problem}" for problem in problems))
    result = {
        "rounds": len(found),
        "problems": problems,
        "outcomes": dict(sorted(outcomes.items())),
        "longest_round_s": round(max(one.seconds for one in found), 2),
    }
    arguments.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 1 if problems else 0


class Rounds:
    """An index, and the rounds that it has to live through."""

    def __init__(self, root: Path, seed: int) -> None:
        self._root, self._random = root, random.Random(seed)
        self._encoder: Encoder = load_encoder()
        # A server that has imported everything forks the children: they begin at once, with no thread of ours in them.
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(["bench.crash_city"])
        self._step = 0
        self._took: dict[str, float] = {}
        for step in range(2):
            build_index(root, documents_at(step), self._encoder)
            self._step = step
        Tombstones(root).hide(HIDDEN)

    def run(self, count: int) -> list[Round]:
        """The rounds, after each deed was timed once to its end."""
        for deed in dict.fromkeys(DEEDS):
            self._took[deed] = self._child(deed, None)
            self._catch_up()
        found = []
        for number in range(1, count + 1):
            found.append(self._round())
            print(f"{number}/{count} {found[-1].deed}: {found[-1].outcome}", file=sys.stderr, flush=True)
        return found

    def _round(self) -> Round:
        begun = time.monotonic()
        deed = self._random.choice(DEEDS)
        before, after = _content(self._root), self._aim(deed)
        delay = self._random.uniform(0, 1.1 * self._took[deed])
        self._child(deed, delay)
        outcome, problems = self._look(before, after)
        problems += self._catch_up()
        return Round(deed, 1000 * delay, outcome, tuple(problems), time.monotonic() - begun)

    def _child(self, deed: str, delay: float | None) -> float:
        """Start a deed for the next step; kill it `delay` seconds after it began (None: never). Seconds it lived."""
        here, there = self._processes.Pipe(duplex=False)
        process = self._processes.Process(target=do, args=(str(self._root), deed, self._step + 1, there))
        process.start()
        there.close()
        with here:
            if not here.poll(_PATIENCE) or here.recv() != "begins":
                raise SystemExit(f"the child that was to {deed} did not begin")
            begun = time.perf_counter()
            if delay is not None:
                time.sleep(delay)
                process.kill()
            process.join()
            return time.perf_counter() - begun

    def _aim(self, deed: str) -> set[Document]:
        """The documents that are in force once the deed is done."""
        if deed != "roll back":
            return set(documents_at(self._step + 1))
        parent = read_manifest(generations.current(self._root)).parent
        return set(open_generation(self._root / str(parent)).documents())

    def _look(self, before: set[Document], after: set[Document]) -> tuple[str, list[str]]:
        """What is in force after a kill, and what is wrong with that."""
        try:
            folder = generations.current(self._root)
            problems = list(verify_generation(folder))
            found = _content(self._root)
            question = documents_at(self._step)[0]
            [hit, *_] = (
                CurrentIndex(self._root, self._encoder).get().search.search(question.title, 1, question.language)
            )
            if hit.id != question.id:
                problems.append(f"{question.title}: answered from {hit.id}")
        except Exception as error:  # whatever it is, it is a finding
            return "cannot be read", [repr(error)]
        if HIDDEN not in Tombstones(self._root).hidden():
            problems.append("what was hidden is not hidden any more")
        if found == before:
            return "what was before is in force", problems
        if found == after:
            return "what was to come is in force", problems
        return "neither", [*problems, "documents of neither the one before nor the one after"]

    def _catch_up(self) -> list[str]:
        """The next run: it must finish the work, and leave no rubbish."""
        self._step += 1
        documents = documents_at(self._step)
        build_index(self._root, documents, self._encoder, release=True)
        problems = []
        if _content(self._root) != set(documents):
            problems.append("the next run did not finish the work")
        left = [path.name for path in self._root.iterdir() if path.name.endswith((".building", ".new"))]
        if left:
            problems.append(f"the next run left {', '.join(left)}")
        return problems


def _content(root: Path) -> set[Document]:
    return set(open_generation(generations.current(root)).documents())


if __name__ == "__main__":
    sys.exit(main())
