"""The Telegram channel: one handler per file, put together in `application`."""
