"""Results as JSON, as a Markdown table and as a plot, in bench/results/."""

import json
from pathlib import Path

import matplotlib

from bench.conversation import Result

matplotlib.use("svg")

from matplotlib import pyplot

FOLDER = Path(__file__).parent / "results"


def write(result: Result) -> None:
    """Write conversation.json, README.md and conversation.svg, and print the table."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "conversation.json").write_text(json.dumps(result.as_dict(), indent=1) + "\n", encoding="utf-8")
    table = as_table(result)
    (FOLDER / "README.md").write_text(f"{HEADER}\n{table}\n![plot](conversation.svg)\n", encoding="utf-8")
    _plot(result, FOLDER / "conversation.svg")
    print(table)


HEADER = """# Measured

`make bench` writes this page. A question and a plain `utter_` reply go through Rasa's REST channel by turns, in
conversations of eight messages, all processes on the machine that also asks. Ratios are what to look at: the
milliseconds depend on the machine and on what else it does. Pages of their own: [the sentence encoder](encoder.md),
[search beside others](retrieval.md).
"""


def as_table(result: Result) -> str:
    """The figures, with the bar that each has to keep."""
    processes = ", ".join(f"{name} {size:.0f}" for name, size in sorted(result.memory_by_process_mib.items()))
    rows = [
        ("what", "p50", "p95"),
        ("---", "--:", "--:"),
        ("plain `utter_` reply (floor)", f"{result.utter_p50_ms:.0f} ms", f"{result.utter_p95_ms:.0f} ms"),
        ("question answered", f"{result.question_p50_ms:.0f} ms", f"{result.question_p95_ms:.0f} ms"),
        (
            "ratio (at most 3)",
            f"{result.question_p50_ms / result.utter_p50_ms:.2f}",
            f"**{result.p95_ratio:.2f}**",
        ),
    ]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    memory = (
        f"Memory of all processes (at most 3,072 MiB): **{result.memory_after_mib:.0f} MiB** after "
        f"{result.rounds} rounds and a message of 10,000 characters "
        f"({processes}); {result.memory_idle_mib:.0f} MiB before."
    )
    machine = f"{result.cores} cores, load {result.load_before:.1f} before the run, Python {result.python}."
    return "\n".join([*lines, "", memory, "", machine, ""])


def _plot(result: Result, path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(6, 2.2))
    names = ["plain reply", "question"]
    axes.barh(names, [result.utter_p95_ms, result.question_p95_ms], color="#c9d6e8", label="p95")
    axes.barh(names, [result.utter_p50_ms, result.question_p50_ms], color="#3465a4", label="p50")
    axes.axvline(3 * result.utter_p95_ms, color="#a40000", linestyle="--", label="bar: 3 × plain p95")
    axes.set_xlabel("milliseconds")
    axes.legend(loc="lower right", fontsize=7)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
