"""Addresses to bytes."""
