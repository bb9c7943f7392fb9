"""Bytes to entries in plain text."""
