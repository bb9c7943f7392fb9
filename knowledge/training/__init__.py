"""Trains the small sentence encoder that ships in `knowledge/model`; nothing here runs while people chat."""
