"""Stored articles as documents for the index, and as feeds for others."""
