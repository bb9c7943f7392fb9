"""The gateway against a strict Bot API server: what people on Telegram see."""

import json
import time
from pathlib import Path

import pytest

from tests.botapi.markup import visible_text
from tests.botapi.server import TOKEN
from tests.integration.bot.conftest import Stage
from tests.integration.bot.telegram_side import GROUP, Json
from wording.languages import Languages

LANGUAGES = Languages.read(Path("content/languages.yml"))


@pytest.fixture(scope="module", autouse=True)
def opening(stage: Stage) -> list[Json]:
    """What the gateway calls when it starts."""
    calls: list[Json] = []
    while sum(call["method"] == "setMyCommands" for call in calls) < 3:
        more = stage.telegram.calls(1)
        assert more, stage.log.read_text("utf-8")
        calls += more
    return calls


@pytest.fixture(autouse=True)
def quiet(stage: Stage, opening: list[Json]) -> None:
    """Each test looks at calls of its own."""
    stage.telegram.calls()


def buttons(message: Json) -> list[Json]:
    return [button for row in json.loads(message["reply_markup"])["inline_keyboard"] for button in row]


def test_commands_are_announced_in_each_language(opening: list[Json]) -> None:
    """The command menu is set for everyone, and for readers of Chinese and Japanese."""
    menus = {
        call["parameters"].get("language_code"): [one["command"] for one in json.loads(call["parameters"]["commands"])]
        for call in opening
        if call["method"] == "setMyCommands"
    }
    assert [call for call in opening if call["refused"]] == []
    assert menus == {code: ["start", "help", "language"] for code in (None, "zh", "ja")}


def test_start_says_who_it_is_and_what_is_kept(stage: Stage) -> None:
    """/start greets in the client's language, with the privacy notice, and asks nobody."""
    before = len(stage.heard())
    stage.telegram.write("/start", chat={"id": 8, "type": "private", "first_name": "Ken"}, client="zh-hant")
    [message] = stage.telegram.sent()
    assert "您好，我是 CityDesk" in message["text"]
    assert "1999" in message["text"]
    assert before == len(stage.heard())


def test_a_question_is_answered_in_html_with_its_source(stage: Stage) -> None:
    """Special characters survive; the quotation is set off; the source is linked and marked."""
    stage.telegram.write("special characters")
    [message] = stage.telegram.sent()
    assert message["parse_mode"] == "HTML"
    assert json.loads(message["link_preview_options"]) == {"is_disabled": True}
    assert "<blockquote>Visitors &lt;b&gt;&amp; guests&lt;/b&gt; came.</blockquote>" in message["text"]
    assert 'href="https://city.example/news?a=1&amp;b=2">Expo &lt;2018&gt; &amp; more</a>' in message["text"]
    shown = visible_text(message["text"])
    assert "published April 3, 2018" in shown
    assert "home page of the city" in shown
    assert "sample data" in shown


def test_the_conversation_and_the_client_go_with_a_question(stage: Stage) -> None:
    """The dialogue server learns the chat, the client's language and the channel."""
    stage.telegram.write("  hello\nthere ", client="ja")
    stage.telegram.sent()
    expected = {
        "sender": "telegram-7",
        "message": "hello there",
        "metadata": {"client_language": "ja", "channel": "telegram"},
    }
    assert expected == stage.heard()[-1]


def test_typing_is_shown(stage: Stage) -> None:
    """The chat shows that an answer is coming."""
    stage.telegram.write("slow")
    first = stage.telegram.calls(1)
    assert first[0]["method"] == "sendChatAction"
    stage.telegram.sent()


def test_a_long_answer_comes_in_pieces(stage: Stage) -> None:
    """Nothing is lost and nothing refused; pieces end with a sentence."""
    stage.telegram.write("long")
    pieces = [message["text"] for message in stage.telegram.sent(3)]
    assert "".join(pieces).replace("\n", "") == "市府今天宣布「三表」上路。" * 800
    assert all(piece.endswith("。") for piece in pieces)


def test_a_very_long_question_is_shortened_and_told(stage: Stage) -> None:
    """Only the first 500 characters are read, and the answer says so."""
    stage.telegram.write("長" * 900)
    [message] = stage.telegram.sent()
    assert stage.heard()[-1]["message"] == "長" * 500
    assert message["text"].startswith("<i>I read only the first 500 characters.</i>")


def test_help_and_unknown_commands(stage: Stage) -> None:
    """/help and a command that nobody knows give the help; /restart never reaches the dialogue as such."""
    for text in ("/help", "/restart", "/book_tour"):
        stage.telegram.write(text)
        [message] = stage.telegram.sent()
        assert message["text"] == "help from the dialogue server"
        assert stage.heard()[-1]["message"] == "/help"


@pytest.mark.parametrize("text", ['/book_tour{"a": 1}', "／restart", "/ /restart", "\u200b/restart", "/重來"])
def test_what_people_write_is_never_an_intent(stage: Stage, text: str) -> None:
    """Even when Telegram's client marks no command, a leading slash is made harmless."""
    stage.telegram.arrive({"text": text})
    stage.telegram.sent()
    assert not stage.heard()[-1]["message"].startswith("/")


def test_language_by_button(stage: Stage) -> None:
    """/language offers the languages by their own names; a press tells the dialogue and is acknowledged."""
    stage.telegram.write("/language")
    [message] = stage.telegram.sent()
    offered = {button["text"]: button["callback_data"] for button in buttons(message)}
    assert [one.autonym for one in LANGUAGES.values()] == list(offered)
    stage.telegram.press(offered["日本語"], query="q1")
    calls = stage.telegram.calls(3)
    assert [call for call in calls if call["refused"]] == []
    assert calls[0]["method"] == "answerCallbackQuery"
    assert stage.heard()[-1]["message"] == '/choose_language{"language": "ja"}'
    # From now on the channel's own sentences are Japanese as well, whatever the client says.
    stage.telegram.arrive({"photo": []})
    [message] = stage.telegram.sent()
    assert message["text"].startswith("今のところ、文字のメッセージだけ")
    stage.telegram.write("back to English")
    stage.telegram.sent()


def test_language_by_name(stage: Stage) -> None:
    """/language with a name chooses at once; an unknown language is answered kindly with the buttons."""
    stage.telegram.write("/language 日本語")
    stage.telegram.sent()
    assert stage.heard()[-1]["message"] == '/choose_language{"language": "ja"}'
    stage.telegram.write("back to English")
    stage.telegram.sent()
    stage.telegram.write("/language Klingon")
    [message] = stage.telegram.sent()
    assert "I speak Traditional Chinese, English, Japanese, Korean," in message["text"]
    assert len(buttons(message)) == len(LANGUAGES)


def test_buttons_of_an_answer(stage: Stage) -> None:
    """Choices become buttons that lead to an entry; what is not allowed is left out."""
    stage.telegram.write("choices")
    [message] = stage.telegram.sent()
    [button] = buttons(message)
    assert button["text"] == "Meters"
    stage.telegram.press(button["callback_data"], query="q2")
    [message] = stage.telegram.sent()
    assert message["text"] == "The entry on meters."


@pytest.mark.parametrize("data", ["/restart", "vote:7", '/show_entry{"entry":"../x"}', "/choose_language[1]"])
def test_a_button_that_no_longer_works(stage: Stage, data: str) -> None:
    """Foreign callback data is acknowledged with a kind word and goes nowhere."""
    before = len(stage.heard())
    stage.telegram.press(data, query=f"old {data}")
    [call] = stage.telegram.calls(1)
    assert call["method"] == "answerCallbackQuery"
    assert "This button no longer works." in call["parameters"]["text"]
    assert before == len(stage.heard())


def test_a_press_that_telegram_has_forgotten_is_still_answered(stage: Stage) -> None:
    """When the acknowledgement comes too late, the answer comes all the same."""
    stage.telegram.refuse("answerCallbackQuery", 400, "Bad Request: query is too old")
    stage.telegram.press('/show_entry{"entry":"meters.what"}', query="q3")
    calls = stage.telegram.calls(3)
    assert "sendMessage" in [call["method"] for call in calls]


@pytest.mark.parametrize("question", ["nothing", "not as agreed"])
def test_no_usable_reply_is_told(stage: Stage, question: str) -> None:
    """An empty or malformed reply is not passed over in silence."""
    stage.telegram.write(question)
    [message] = stage.telegram.sent()
    assert message["text"].startswith("I can't answer right now")


def test_a_failure_that_passes_goes_unnoticed(stage: Stage) -> None:
    """One failure of the dialogue server is tried again."""
    stage.telegram.write("fails once")
    [message] = stage.telegram.sent()
    assert message["text"] == "You said: fails once"


def test_too_many_messages_are_waited_out(stage: Stage) -> None:
    """Telegram's flood control is obeyed, and the answer still comes."""
    stage.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    stage.telegram.write("patience")
    calls = stage.telegram.calls(3)
    sent = [call["refused"] for call in calls if call["method"] == "sendMessage"]
    assert sent == ["Too Many Requests: retry after 1", None]


@pytest.mark.parametrize(
    "content",
    [{"photo": []}, {"sticker": {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1,
     "is_animated": False, "is_video": False, "type": "regular"}},
     {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}}],
)  # fmt: skip
def test_what_is_not_text_gets_a_kind_word(stage: Stage, content: Json) -> None:
    """Photo, sticker and voice are not ignored."""
    stage.telegram.arrive(content)
    [message] = stage.telegram.sent()
    assert message["text"].startswith("I can only read text for now.")


def test_an_empty_message_is_told(stage: Stage) -> None:
    """A message of slashes and spaces has nothing to answer."""
    stage.telegram.arrive({"text": "/ /"})
    [message] = stage.telegram.sent()
    assert message["text"].startswith("Your message was empty.")


def test_silence_in_groups_unless_addressed(stage: Stage) -> None:
    """In a group only a mention, a reply to the bot and a command are answered."""
    telegram = stage.telegram
    telegram.write("just talking", chat=GROUP)
    telegram.write("/vote@other_bot", chat=GROUP)
    telegram.write("/vote", chat=GROUP)
    telegram.arrive({"photo": []}, chat=GROUP)
    telegram.arrive({"new_chat_title": "New"}, chat=GROUP)
    telegram.write("@city_desk_bot what is this?", chat=GROUP)
    [message] = telegram.sent()
    assert message["text"] == "You said: what is this?"
    assert "message_id" in json.loads(message["reply_parameters"])
    assert stage.heard()[-1]["sender"] == "telegram--70"
    own = {"message_id": 1, "date": 1, "chat": GROUP, "text": "x",
           "from": {"id": 999, "is_bot": True, "first_name": "CityDesk"}}  # fmt: skip
    telegram.write("and then?", chat=GROUP, reply_to_message=own)
    [message] = telegram.sent()
    assert message["text"] == "You said: and then?"
    telegram.write("/help@city_desk_bot", chat=GROUP)
    assert len(telegram.sent()) == 1


def test_one_chat_in_order_others_meanwhile(stage: Stage) -> None:
    """A slow answer holds back its own chat only."""
    other = {"id": 9, "type": "private", "first_name": "Ann"}
    stage.telegram.write("slow")
    stage.telegram.write("after slow")
    stage.telegram.write("elsewhere", chat=other)
    texts = [message["text"] for message in stage.telegram.sent(3)]
    assert texts == ["You said: elsewhere", "You said: slow", "You said: after slow"]


def test_the_token_is_not_logged(stage: Stage) -> None:
    """Not even at the level DEBUG, which prints addresses."""
    time.sleep(0.1)
    log = stage.log.read_text("utf-8")
    assert "telegram" in log
    assert TOKEN not in log


def test_the_dialogue_server_is_down(stage: Stage) -> None:
    """Questions are told so, /help still helps. Stands last: the server stays away."""
    stage.rasa.kill()
    stage.rasa.wait()
    stage.telegram.write("anyone there?")
    [message] = stage.telegram.sent()
    assert message["text"].startswith("I can't answer right now")
    assert "119" in message["text"]
    stage.telegram.write("/help")
    [message] = stage.telegram.sent()
    assert message["text"].startswith("Ask me in your own words")
