"""What language an article is in, and what it is about."""
