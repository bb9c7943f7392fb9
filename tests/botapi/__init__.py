"""A strict server of the Telegram Bot API, for tests."""
