"""The client of the dialogue server, against a server process."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.errors import MalformedReply, RasaUnavailable
from bot.ports import Metadata
from bot.rasa_client import RasaClient
from tests.integration.bot.processes import serving
from tests.integration.bot.telegram_side import Json

METADATA = Metadata(client_language=None, channel="terminal")


@pytest.fixture
async def client(rasa_url: str) -> AsyncIterator[RasaClient]:
    """A client that loses no time between its tries."""
    async with RasaClient(rasa_url, retry_delay=0.01) as client:
        yield client


def heard(rasa_url: str, text: str) -> list[Json]:
    said: list[Json] = httpx.get(f"{rasa_url}/heard", trust_env=False).json()
    return [one for one in said if one["message"] == text]


async def test_a_question(client: RasaClient) -> None:
    """The reply comes as typed messages."""
    [message] = await client.send("a", "hello", METADATA)
    assert message.text == "You said: hello"


async def test_an_intent(client: RasaClient, rasa_url: str) -> None:
    """Entities travel as JSON, unescaped."""
    await client.send_intent("a", "show_entry", {"entry": "表"}, METADATA)
    assert len(heard(rasa_url, '/show_entry{"entry": "表"}')) == 1


async def test_text_that_would_be_an_intent_is_refused(client: RasaClient) -> None:
    """A caller that forgot to prepare a text finds out at once."""
    with pytest.raises(ValueError, match=r"bot\.prepare"):
        await client.send("a", " /restart", METADATA)


async def test_an_empty_reply_is_tried_once_more(client: RasaClient, rasa_url: str) -> None:
    """Two tries, then it is given up."""
    before = len(heard(rasa_url, "nothing"))
    with pytest.raises(RasaUnavailable, match="empty reply"):
        await client.send("a", "nothing", METADATA)
    assert len(heard(rasa_url, "nothing")) - before == 2


async def test_a_failure_that_passes(client: RasaClient) -> None:
    """A status of 500 is tried once more."""
    [message] = await client.send("a", "fails once", METADATA)
    assert message.text == "You said: fails once"


async def test_a_malformed_reply_is_not_tried_again(client: RasaClient, rasa_url: str) -> None:
    """The same code would answer the same."""
    with pytest.raises(MalformedReply):
        await client.send("a", "not as agreed", METADATA)
    assert len(heard(rasa_url, "not as agreed")) == 1


async def test_a_slow_reply_is_not_asked_for_again(rasa_url: str) -> None:
    """Asking again would only lengthen the queue."""
    async with RasaClient(rasa_url, timeout=0.1, retry_delay=0.01) as client:
        with pytest.raises(RasaUnavailable, match="too long"):
            await client.send("a", "slow", METADATA)
    assert len(heard(rasa_url, "slow")) == 1


async def test_health(client: RasaClient, tmp_path: Path) -> None:
    """True while the server answers, False once it is gone."""
    assert await client.healthy()
    with serving("tests.integration.bot.fake_rasa", tmp_path) as (process, address):
        process.kill()
        process.wait()
        async with RasaClient(address, retry_delay=0.01) as gone:
            assert not await gone.healthy()
            with pytest.raises(RasaUnavailable, match="can't be reached"):
                await gone.send("a", "hello", METADATA)
