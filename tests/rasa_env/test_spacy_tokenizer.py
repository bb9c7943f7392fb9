"""The tokenizer inside Rasa: tokens at the right places for every script, and no input that breaks it."""

import logging
import unittest

from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.spacy_tokenizer import MultilingualSpacyTokenizer

LOGGER = "nlu.components.spacy_tokenizer"


def tokenizer() -> MultilingualSpacyTokenizer:
    """The component as Rasa makes it from config.yml."""
    return MultilingualSpacyTokenizer(MultilingualSpacyTokenizer.get_default_config())


def tokens(text: str) -> list[Token]:
    """The tokens of one user message."""
    return tokenizer().tokenize(Message(data={TEXT: text}), TEXT)


class SplittingTest(unittest.TestCase):
    """Where tokens begin and end."""

    def test_each_script_is_cut_its_own_way(self) -> None:
        """English by words, Han by characters, kana by script changes, and all of it in one message."""
        for text, expected in (
            ("What's a smart meter?", ["What", "'s", "a", "smart", "meter", "?"]),
            ("三表是什麼", ["三", "表", "是", "什", "麼"]),
            ("video 119 是什麼 app?", ["video", "119", "是", "什", "麼", "app", "?"]),
            ("火事です", ["火", "事", "です"]),
            ("ビデオ119とは", ["ビデオ", "119", "とは"]),
            ("ﾆｭｰｽ", ["ﾆｭｰｽ"]),
        ):
            with self.subTest(text=text):
                self.assertEqual(expected, [token.text for token in tokens(text)])

    def test_texts_are_as_typed_and_lemmas_folded(self) -> None:
        """Offsets point into the message; the featurizers read the folded lemma."""
        text = "臺灣１１９ ＨＩ"
        for token in tokens(text):
            self.assertEqual(text[token.start : token.end], token.text)
        self.assertEqual(["台", "湾", "①①⑨", "HI"], [token.lemma for token in tokens(text)])

    def test_numbers_are_told_apart(self) -> None:
        """No lemma holds a digit, which Rasa's featurizer would replace: 119 and 1999 must not look alike."""
        lemmas = [token.lemma for token in tokens("119 1999 １１０")]
        self.assertEqual(["①①⑨", "①⑨⑨⑨", "①①⓪"], lemmas)

    def test_one_word_in_two_scripts_has_one_lemma(self) -> None:
        """A reader of Simplified Chinese is understood with Traditional training data."""
        traditional, simplified = tokens("救護車"), tokens("救护车")
        self.assertEqual([token.lemma for token in simplified], [token.lemma for token in traditional])


class OddInputTest(unittest.TestCase):
    """What nobody means to send and everybody does."""

    def test_nothing_to_read_gives_no_tokens(self) -> None:
        """Empty, blank, control characters only."""
        for text in ("", "   ", "\u3000\n", "\x00\x1b", "\u200b"):
            with self.subTest(text=ascii(text)):
                self.assertEqual([], tokens(text))

    def test_broken_characters_are_survived(self) -> None:
        """Lone surrogates, emoji sequences, right-to-left marks, control characters inside words."""
        family = "👨\u200d👩\u200d👧"
        for text in ("hi \ud83d there", "\udc00", family, "\u202eabc", "a\x00b", "火\ud83d事です"):
            with self.subTest(text=ascii(text)):
                self.assertTrue(tokens(text))

    def test_an_empty_message_goes_through_process(self) -> None:
        """As Rasa calls it."""
        (message,) = tokenizer().process([Message(data={TEXT: ""})])
        self.assertEqual([], message.get("text_tokens"))


class CapTest(unittest.TestCase):
    """The classifier never sees more than it can afford."""

    def test_long_messages_are_cut_with_a_warning_that_does_not_quote_them(self) -> None:
        """10,000 characters of each script."""
        for text in ("secret " * 1500, "水" * 10_000, "ア" * 10_000, "x" * 10_000, "火事です" * 2500):
            with self.subTest(text=text[:4]), self.assertLogs(LOGGER, logging.WARNING) as logs:
                found = tokens(text)
            self.assertLessEqual(len(found), 256)
            self.assertLessEqual(found[-1].end, 500)
            (warning,) = logs.output
            self.assertIn("MultilingualSpacyTokenizer", warning)
            self.assertNotIn(text[:4], warning)

    def test_messages_at_the_caps_are_whole_and_silent(self) -> None:
        """256 characters of Han are 256 tokens; 500 of one word is one."""
        for text, count in (("水" * 256, 256), ("x" * 500, 1)):
            with self.subTest(count=count), self.assertNoLogs(LOGGER):
                self.assertEqual(count, len(tokens(text)))


if __name__ == "__main__":
    unittest.main()
