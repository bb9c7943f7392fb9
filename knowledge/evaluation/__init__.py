"""How well search finds what is right: judged sets of queries (BEIR layout) to figures."""
