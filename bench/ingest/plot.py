"""Feeds per second as a picture, one panel for each pass."""

from pathlib import Path

from matplotlib.figure import Figure

from bench.ingest.contender import OWN
from bench.ingest.results import Results

_OTHER, _OWN = "#888a85", "#204a87"


def draw(results: Results) -> Figure:
    """Bars, longer is better."""
    figure = Figure(figsize=(8, 2.2), layout="constrained")
    panels = figure.subplots(1, 2).flat
    for axes, name in zip(panels, ("first", "second"), strict=True):
        shown = [(one, found) for one in reversed(results.figures) if (found := getattr(one, name)) is not None]
        bars = axes.barh(
            [one.title for one, _ in shown],
            [found.feeds_per_s for _, found in shown],
            color=[_OWN if one.key == OWN else _OTHER for one, _ in shown],
        )
        axes.bar_label(bars, fmt="%.0f", padding=3, fontsize=8)
        axes.margins(x=0.15)
        axes.set_title(f"{name} pass, feeds/s", fontsize=9, loc="left")
        axes.tick_params(labelsize=8)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    return figure


def save(results: Results, path: Path) -> None:
    """Write the picture as PNG; the same results give the same file."""
    draw(results).savefig(path, format="png", dpi=120, metadata={"Software": None})
