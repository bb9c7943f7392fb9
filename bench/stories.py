"""`python -m bench.stories`: how well and how fast articles that tell the same story are brought together.

Texts: press releases of one office, edited lightly in five ways, against each other when published within two days.
Many are notices that differ in a few numbers, so that these are harder than the news of several offices; the city's
case numbers of tenders tell for certain that two are different ones. Languages:
every five sentences of news that is parallel in fifteen languages count as an article, all of one day; each article
is there in each language by chance of a half. (The shipped encoder has learnt from these sentences.)
"""

import argparse
import gzip
import itertools
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench.languages import LANGUAGES, PROJECT_ROOT
from knowledge.static import StaticEncoder
from news_ingest.deciding.stories import Similarity, StoryIndex, StorySeed, Vectors, group

SENTENCES: Final = 5
EDITED_EACH: Final = 25
_NUMBER: Final = re.compile(r"\d+")
_CASE: Final = re.compile("標案案號[]：: ]*([A-Za-z0-9-]+)")
_FIGURE: Final = re.compile(r"\d+(?:[.,:]\d+)*")


class Encoded(Similarity):
    """The shipped encoder."""

    def __init__(self) -> None:
        self._encoder = StaticEncoder()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)


def press_releases(data: Path) -> list[StorySeed]:
    """Each as if it were from a feed of its own."""
    found: list[StorySeed] = []
    for path in sorted((data / "news").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                when = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
                name = f"{len(found):016x}"
                found.append(StorySeed(name, name, row["language"], row["title"], row["content"], when))
    return found


def edited(seed: StorySeed, kind: str, chance: random.Random) -> StorySeed:
    """What another newsroom makes of it."""
    title, text = seed.title, seed.text
    sentences = [sentence for sentence in re.split(r"(?<=[。！？\n])", text) if sentence.strip()]
    if kind == "words":
        letters = list(text)
        figures = {place for found in _FIGURE.finditer(text) for place in range(*found.span())}
        for place in chance.sample(range(len(letters)), max(1, len(letters) // 50)):
            letters[place] = letters[place] if place in figures else chance.choice("的了和在也都將已")
        title, text = title.replace("臺", "台"), "".join(letters)
    elif kind == "framed":
        title, text = f"【市政】{title}", f"〔本報訊〕{text}\n更多消息請見市府網站，或撥打1999洽詢。"
    elif kind == "cut":
        text = "".join(sentence for sentence in sentences if chance.random() > 0.25) or text
    elif kind == "opening":
        text = text[: max(150, len(text) // 2)]
    else:
        title = sentences[0][:20].rstrip("0123456789") + title[len(title) // 2 :].lstrip("0123456789")
    name = f"{seed.id}{kind}"
    return StorySeed(name, name, seed.language, title, text, seed.when)


def texts(seeds: Sequence[StorySeed]) -> dict[str, Any]:
    """Recall by kind of edit, and articles that share a story with a different release."""
    long = [seed for seed in seeds if len(seed.text) > 200]
    recall = {}
    for kind in ("words", "framed", "cut", "opening", "retitled"):
        chance, chosen = random.Random(kind), long[::EDITED_EACH]
        pairs = [(seed, edited(seed, kind, chance)) for seed in chosen]
        found = sum(len(set(group(pair).values())) == 1 for pair in pairs)
        recall[kind] = round(100 * found / len(pairs), 1)
    start = time.perf_counter()
    index = StoryIndex()
    stories = index.place(seeds)
    seconds = time.perf_counter() - start
    wrong, alike = _wrong(seeds, stories)
    return {
        "recall": recall,
        "articles": len(seeds),
        "articles_per_s": round(len(seeds) / seconds),
        "stories": len(set(stories.values())),
        "articles_in_a_story_of_another_case_number": _other_cases(seeds, stories),
        "articles_in_a_story_of_another_title": wrong,
        "articles_in_a_story_of_their_title": alike,
    }


def _other_cases(seeds: Sequence[StorySeed], stories: dict[str, str]) -> int:
    """How many tenders share a story with one of another case number: joined wrongly for certain."""
    cases: dict[str, Counter[str]] = {}
    for seed in seeds:
        found = _CASE.search(seed.title) or _CASE.search(seed.text)
        if found:
            cases.setdefault(stories[seed.id], Counter())[found[1]] += 1
    return sum(counts.total() for counts in cases.values() if len(counts) > 1)


def _wrong(seeds: Sequence[StorySeed], stories: dict[str, str]) -> tuple[int, int]:
    """How many articles beside the first of their story have another title than that: less than 0.6 of the pairs of
    letters in common, or other numbers."""
    titles = {seed.id: seed.title for seed in seeds}
    joined = [(titles[id_], titles[story]) for id_, story in stories.items() if id_ != story]
    alike = sum(_same_title(*pair) for pair in joined)
    return len(joined) - alike, alike


def _same_title(one: str, other: str) -> bool:
    first, second = ({a + b for a, b in itertools.pairwise(title)} for title in (one, other))
    common = 2 * len(first & second) / max(1, len(first) + len(second))
    return common >= 0.6 and set(_NUMBER.findall(one)) == set(_NUMBER.findall(other))


def languages(data: Path) -> dict[str, Any]:
    """Precision and recall of pairs in two languages."""
    names = [name for name in LANGUAGES if name not in {"en", "zh"}] + ["zh-Hans", "zh-Hant"]
    said: dict[str, dict[str, str]] = {}
    for name in names:
        with gzip.open(data / "parallel" / f"en-{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        said[name] = {row[0]: row[1] for row in rows if row[2] == "ntrex"}
    english = [sentence for sentence in said["de"] if all(sentence in said[name] for name in names)]
    said["en"] = {sentence: sentence for sentence in english}
    chance = random.Random(3)
    when = datetime(2026, 3, 5, tzinfo=UTC)
    seeds = []
    for block in range(0, len(english) - SENTENCES + 1, SENTENCES):
        for name, known in said.items():
            if chance.random() < 0.5:
                parts = [known[sentence] for sentence in english[block : block + SENTENCES]]
                id_ = f"{block // SENTENCES:04d}-{name}"
                seeds.append(StorySeed(id_, id_, name, "", " ".join(parts), when))
    start = time.perf_counter()
    stories = group(seeds, similarity=Encoded())
    seconds = time.perf_counter() - start
    return _pairs(stories) | {"articles": len(seeds), "articles_per_s": round(len(seeds) / seconds)}


def _pairs(stories: dict[str, str]) -> dict[str, float]:
    groups: dict[str, list[int]] = {}
    for id_, story in stories.items():
        groups.setdefault(story, []).append(int(id_[:4]))
    right = wrong = 0
    for blocks in groups.values():
        for place, one in enumerate(blocks):
            for other in blocks[:place]:
                right += one == other
                wrong += abs(one - other) > 3  # nearer ones are often of one and the same article
    present = Counter(int(id_[:4]) for id_ in stories)
    all_pairs = sum(count * (count - 1) // 2 for count in present.values())
    return {"recall": round(100 * right / all_pairs, 1), "precision": round(100 * right / max(1, right + wrong), 1)}


def main() -> None:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    result = {"texts": texts(press_releases(options.data)), "languages": languages(options.data)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
