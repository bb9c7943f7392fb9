"""Tests that need Rasa: run under its own environment with unittest."""
