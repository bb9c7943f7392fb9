"""Generations of an index: built aside, checked, switched, read, rolled back; what is hidden outlives them."""
