"""`citydesk serve-actions`: the action server in the foreground (started by `citydesk run`)."""


def command() -> None:
    """Serve the actions to Rasa until ended."""
    from citydesk.settings import load_settings
    from citydesk.wiring import serve_actions

    serve_actions(load_settings())
