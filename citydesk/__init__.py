"""The command line, the settings and the composition root: the only place that wires the parts together."""

__version__ = "0.1.0"
