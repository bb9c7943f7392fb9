"""Feeds and articles in the database."""
