"""The results as a picture: per language, how often each system finds what is right."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.encoder.quality import MEASURES
from bench.encoder.results import Measured, Results, with_mean

PANELS = ("ntrex_held_back", "cross_recall@5", "same_recall@5")
COLOURS = ("#3465a4", "#73a946", "#f57900", "#75507b", "#c17d11", "#a40000")
LEXICAL = "#b8b8b2"
"""BM25 comes last and stays in the background."""


def draw(results: Results) -> Figure:
    """Three panels of grouped bars: translations, passages across languages, passages within one."""
    figure = Figure(figsize=(11, 9), layout="constrained")
    titles = {item.key: item.title for item in MEASURES}
    for axes, key in zip(figure.subplots(len(PANELS), 1), PANELS, strict=True):
        _bars(axes, results.systems, key)
        axes.set_title(titles[key], fontsize=10, loc="left")
    handles, names = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside upper right", ncols=len(names), fontsize=8)
    return figure


def save(results: Results, path: Path) -> None:
    """Write the picture as PNG; the same results give the same file."""
    draw(results).savefig(path, format="png", dpi=120, metadata={"Software": None})


def _bars(axes: Axes, systems: Sequence[Measured], key: str) -> None:
    width = 0.84 / len(systems)
    for number, system in enumerate(systems):
        values = with_mean(system.figures[key])
        places = np.arange(len(values)) + (number - (len(systems) - 1) / 2) * width
        colour = LEXICAL if system.checksum is None else COLOURS[number % len(COLOURS)]
        axes.bar(places, [100 * value for value in values.values()], width, color=colour, label=system.name)
        axes.set_xticks(range(len(values)), [_label(name) for name in values], fontsize=8)
    axes.set_ylim(0, 100)
    axes.set_ylabel("%")
    axes.grid(axis="y", color="#e4e4e0")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _label(name: str) -> str:
    """`xquad-zh-en` as `zh → en`, `xquad-zh-zh` as `zh`; other names as they are."""
    if not name.startswith("xquad-"):
        return name
    _, asked, answered = name.split("-")
    return asked if asked == answered else f"{asked} → {answered}"
