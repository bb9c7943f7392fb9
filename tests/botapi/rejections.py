"""How the Bot API says no."""


class Rejected(Exception):
    """A refused call: Telegram's `error_code`, its `description`, and further `parameters`."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(why: str) -> Rejected:
    """Status 400 with Telegram's usual opening."""
    return Rejected(400, f"Bad Request: {why}")
