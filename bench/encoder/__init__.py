"""The sentence encoder measured: translations found, passages found, speed; side by side in one run."""
