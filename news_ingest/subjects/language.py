"""The language of a feed or an item: its declared tags, held against what its text says."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from news_ingest.subjects.scripts import chinese_script, letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
"""BCP 47's tag for a language that can't be told."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_SIMPLIFIED = {"cn", "sg", "my", "hans"}
_KANA_SHARE = 0.1
# A Han character says as much as three Latin letters, so that names and links don't outvote Chinese prose.
_HAN_WEIGHT = 3
# Han says the most in a sign, then syllables; by this an amount of text is judged, not its letters.
_WEIGHTS: Final = {"han": _HAN_WEIGHT, "kana": 2, "hangul": 2}
_SCRIPT_OF: Final = {"zh": "han", "ja": "han", "ko": "hangul", "th": "thai", "ar": "arabic", "el": "greek"}
_OURS: Final = ("ar", "de", "el", "en", "es", "fr", "id", "ja", "ko", "pl", "th", "tr", "vi", "zh")
# What would else be taken for one of ours, and surely so.
_NEIGHBOURS: Final = (
    *("az", "ca", "cs", "da", "fa", "fi", "hr", "hu", "it", "ms"),
    *("nl", "no", "pt", "ro", "sk", "sv", "tl", "ug", "ur"),
)
_NOT_PROSE: Final = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_READ: Final = 600
"""Characters that detection looks at: more tells nothing new."""
_ENOUGH: Final = {"latin": 80, "han": 60}
_ENOUGH_OF_OTHERS: Final = 40
_SURE: Final = 0.9
_CLEAR_SHARE: Final = 0.7


def match_tag(tag: str | None) -> str | None:
    """Our tag for a declared one: zh-TW → zh-Hant, zh-CN → zh-Hans, en-GB → en; None for nonsense."""
    if tag is None:
        return None
    normal = tag.strip().lower().replace("_", "-")
    if not _TAG.fullmatch(normal):
        return None
    primary, *rest = normal.split("-")
    if primary == UNKNOWN:
        return None
    if primary == "zh":
        return "zh-Hans" if _SIMPLIFIED & set(rest) and "hant" not in rest else "zh-Hant"
    return primary


def language_of_script(text: str) -> str | None:
    """ja, zh-Hant or en, by the letters that the text is written in; None when it has none of those."""
    kana = sum("\u3041" <= c <= "\u30ff" and c not in "・ー" for c in text)
    han = sum("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in text)
    latin = sum("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" for c in text.lower())
    if kana and kana >= _KANA_SHARE * (kana + han):  # a lone の on a Taiwanese sign is not yet Japanese
        return "ja"
    if not han and not latin:
        return None
    return "zh-Hant" if han * _HAN_WEIGHT >= latin else "en"


def item_language(declared: list[str | None], text: str) -> str:
    """The first declared tag that means something, else the script's language, else `und`."""
    for tag in declared:
        matched = match_tag(tag)
        if matched is not None:
            return matched
    return language_of_script(text) or UNKNOWN


@dataclass(frozen=True, slots=True)
class Detected:
    """A language told from the text alone. `sure`: enough to overrule what a feed declares."""

    language: str
    sure: bool


def detect(text: str) -> Detected:
    """The language of `text`, told by a statistical detector and by its letters. Never raises.

    Told apart are our fifteen, and in longer text their neighbours too (Italian, Malay, Persian, …), so that nobody
    takes those for ours; `und` where nothing tells. Chinese with shared characters alone counts as zh-Hant.
    """
    text = unicodedata.normalize("NFC", _NOT_PROSE.sub(" ", text)[:_READ])
    found = {script: count * _WEIGHTS.get(script, 1) for script, count in letters(text).items()}
    found["han"] += found.pop("kana")
    everything = sum(found.values())
    if found["other"] >= _CLEAR_SHARE * everything:
        return Detected(UNKNOWN, False)
    ranked = _identifier().rank(text)
    best, probability = ranked[0]
    if best == "id":
        probability += dict(ranked)["ms"]  # the written languages differ in few words; a city's feed means Indonesian
    script = _SCRIPT_OF.get(best, "arabic" if best in {"fa", "ug", "ur"} else "latin")
    enough = found[script] >= max(_ENOUGH.get(script, _ENOUGH_OF_OTHERS), _CLEAR_SHARE * everything)
    sure = enough and probability >= _SURE and best != "ms"
    if best not in _OURS and not sure:
        best = next(language for language, _ in ranked if language in _OURS)
    return _of_chinese(text, sure) if best == "zh" else Detected(best, sure)


def article_language(
    declared_item: str | None, declared_feed: str | None, known: str | None, title: str, text: str
) -> str:
    """The language of an article; `known` is what the editors say of its feed.

    What is declared holds (the item's own tag, else the feed's, else what the editors know of the feed) unless the
    text is long enough and surely in another language: feeds in Chinese that call themselves English are common.
    Nothing declared: what the text tells, else `und`.
    """
    declared = next((tag for tag in map(match_tag, (declared_item, declared_feed, known)) if tag is not None), None)
    detected = detect(f"{title}\n{text}")
    if declared is None or detected.sure:
        return detected.language
    return declared


def _of_chinese(text: str, sure: bool) -> Detected:
    script = chinese_script(text)
    return Detected(script or "zh-Hant", sure and script is not None)


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """py3langid's model with the columns of our languages only; read at first use, which takes 0.6 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages([*_OURS, *_NEIGHBOURS])
    return LanguageIdentifier(  # a copy, as the whole one keeps the columns of 140 languages
        whole.nb_ptc.copy(),
        whole.nb_pc.copy(),
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
