"""The HTTP server that Rasa calls: rasa-sdk's webhook, and the NLG endpoint beside it."""

from collections.abc import Iterable

from rasa_sdk import Action
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from actions.responses import Responses


def build_app(actions: Iterable[Action], responses: Responses) -> Sanic:  # type: ignore[type-arg]
    """A Sanic application that serves these action objects at `/webhook` and `responses` at `/nlg`.

    No origin is allowed: browsers have no business here.
    """
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)
    app: Sanic = create_app(executor, cors_origins=None)  # type: ignore[type-arg]

    @app.post("/nlg")
    async def nlg(request: Request) -> HTTPResponse:
        return json(responses.generate(request.json or {}))

    return app


def serve(app: Sanic, host: str, port: int) -> None:  # type: ignore[type-arg]
    """Serve until the process is told to end. One process: the index is held in memory once."""
    app.run(host=host, port=port, single_process=True, motd=False, access_log=False)
