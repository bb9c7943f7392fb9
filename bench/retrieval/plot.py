"""Cost against size as a picture: one panel for each kind of cost, one line for each system."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.retrieval.results import Measured, Results, cost

PANELS = {
    "build_s": "build, s",
    "p50_ms": "query p50, ms",
    "p95_ms": "query p95, ms",
    "peak_mib": "peak memory, MiB",
    "disk_mib": "on disk, MiB",
    "added_saved_s": "one more passage, found and saved, s",
}
COLOURS = ("#f57900", "#c17d11", "#75507b", "#ad7fa8", "#73a946", "#888a85", "#a40000", "#555753")
OWN = "#204a87"


def draw(results: Results) -> Figure:
    """Six panels, both axes logarithmic."""
    figure = Figure(figsize=(11, 6.5), layout="constrained")
    timed = [system for system in results.systems if system.times]
    panels = figure.subplots(2, 3).flat
    for axes, (key, title) in zip(panels, PANELS.items(), strict=True):
        for place, system in enumerate(timed):
            _line(axes, system, key, place)
        axes.set_title(title, fontsize=10, loc="left")
        _dress(axes, results)
    handles, names = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=4, fontsize=8)
    return figure


def save(results: Results, path: Path) -> None:
    """Write the picture as PNG; the same results give the same file."""
    draw(results).savefig(path, format="png", dpi=120, metadata={"Software": None})


def _line(axes: Axes, system: Measured, key: str, place: int) -> None:
    sizes = sorted(system.times)
    values = [cost(system.times[size])[key] for size in sizes]
    own = system.entry.own
    colour = OWN if own else COLOURS[place % len(COLOURS)]
    axes.plot(
        sizes,
        values,
        marker="o",
        markersize=4,
        linewidth=2.5 if own else 1.2,
        color=colour,
        zorder=3 if own else 2,
        label=system.entry.title,
    )


def _dress(axes: Axes, results: Results) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(results.sizes, [f"{size:,}" for size in results.sizes], fontsize=8)
    axes.minorticks_off()
    axes.tick_params(labelsize=8)
    axes.set_xlabel("passages", fontsize=8)
    axes.grid(color="#e4e4e0")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
