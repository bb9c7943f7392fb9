"""The reliability diagram: expected against observed, the diagonal being perfect."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

from matplotlib import pyplot

Point = tuple[float, float, float]
"""Mean probability of a bin, share of right ones in it, its share of all questions."""


def save(curves: list[tuple[str, list[Point]]], folder: Path) -> None:
    """Draw the named curves into `folder`/reliability.png; a point is the larger, the more questions it stands for."""
    figure, axes = pyplot.subplots(figsize=(5.5, 5.5), dpi=120)
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="perfect")
    for name, points in curves:
        expected, observed, weight = zip(*points, strict=True)
        [line] = axes.plot(expected, observed, label=name)
        axes.scatter(expected, observed, s=[400 * share for share in weight], color=line.get_color())
    axes.set(xlabel="probability that the best hit answers", ylabel="share of questions that it answers")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left")
    figure.tight_layout()
    figure.savefig(folder / "reliability.png", metadata={"Software": None})
    pyplot.close(figure)
