"""What to do with what came in: pure functions, tested as tables."""
