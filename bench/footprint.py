"""`python -m bench.footprint`: bytes per passage of an index over press releases, on disk and in memory."""

import argparse
import gzip
import json
import tempfile
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

from citydesk.output import say
from citydesk.settings import PROJECT_ROOT
from knowledge.documents import Document, Source
from knowledge.segments.lexical import LexicalIndex
from knowledge.segments.passages import rows_of
from knowledge.segments.segment import Segment
from knowledge.static import StaticEncoder
from knowledge.text import analyser

RESULTS = Path(__file__).parent / "results"


def documents(news: Path, count: int) -> list[Document]:
    """The first `count` press releases below `news`."""
    found: list[Document] = []
    for path in sorted(news.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if len(found) == count:
                    return found
                record = json.loads(line)
                source = Source(
                    record["title"], record["url"], record["language"], date.fromisoformat(record["published"])
                )
                name = f"news:{len(found):016x}"
                found.append(Document(name, "news", record["language"], record["title"], record["content"], source))
    return found


def measure(found: list[Document]) -> dict[str, Any]:
    """Counts, and bytes per passage: by file, and of what Python holds of a segment that is open."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Segment.write(folder, found, 0, StaticEncoder())
        size = {path.name: path.stat().st_size for path in folder.iterdir()}
        tracemalloc.start()
        segment = Segment.open(folder)
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        texts = ["\n".join(rows_of(found[passage.document], passage)) for passage in segment.passages]
        LexicalIndex.build(folder, enumerate(analyser.terms(text) for text in texts))
        size["lexical/"] = sum(path.stat().st_size for path in (folder / "lexical").iterdir())
    return {
        "documents": len(found),
        "passages": len(texts),
        "rows": len(segment.sentences.scales),
        "characters": sum(map(len, texts)),
        "bytes_per_passage_on_disk": {name: round(bytes_ / len(texts), 1) for name, bytes_ in sorted(size.items())},
        "bytes_per_passage_in_python": round(held / len(texts), 1),
    }


def main() -> None:
    """Measure, print, write footprint.json."""
    parser = argparse.ArgumentParser(prog="python -m bench.footprint", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT_ROOT.parent / "shared" / "data")
    parser.add_argument("--documents", type=int, default=4_000)
    options = parser.parse_args()
    found = documents(options.data / "news", options.documents)
    if not found:
        parser.error(f"there are no press releases in {options.data / 'news'}: put *.jsonl.gz there, or name --data")
    say(f"Indexing {len(found):,} press releases")
    text = json.dumps(measure(found), indent=1)
    (RESULTS / "footprint.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
