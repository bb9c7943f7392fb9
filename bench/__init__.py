"""Measurements: each side by side with a floor or a peer, as ratios from one run."""
