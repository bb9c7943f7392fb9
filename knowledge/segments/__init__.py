"""One piece of an index on the disk: its passages, vectors and words, and how each is looked through."""
