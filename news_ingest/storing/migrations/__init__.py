"""Alembic's scripts for the tables of this room."""
