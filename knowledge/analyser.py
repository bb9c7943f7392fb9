"""One analyser for index, query and filters: text to the terms that matching counts.

Latin words are lowercased, stripped of accents and stemmed (tantivy's own filters); runs of Chinese and
Japanese become overlapping character bigrams, Traditional folded to Simplified so that both scripts meet.
Words that carry no subject are dropped: spaCy's stop list in English, question phrases and particles in
Chinese and Japanese. Change `VERSION` with any change of behaviour:
an index built by another version is rebuilt.
"""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from knowledge.blank_spacy import STOP_WORDS

VERSION = "1"

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = r"\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
_RUN = re.compile(rf"[{_HAN}{_KANA}]+|[^\W_{_HAN}{_KANA}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CJK = re.compile(rf"[{_HAN}{_KANA}]")

# What only says that something is asked, or holds words together. Cut out before characters are paired, so that no
# pair reaches across. Folded forms: 什麼 is 什么 here. A lone hiragana between other characters is a particle.
_FILLER = re.compile(
    "为什么|什么|怎么样|怎么|怎样|请问|请教|哪里|哪些|哪个|哪一|有没有|是不是|可不可以|想知道|告诉我|介绍一下|介绍|一下|如何|多少|是谁|"
    "可以|我想|我要|你们|[吗呢吧啊呀的是了]|"
    "教えてください|教えて|について|ください|でしょうか|でしょう|ですか|でしたか|でした|ましたか|ました|ますか|ません|ます|です|"
    "何ですか|とは何|とは|って何|って|どこ|どの|どんな|どう|いつ|だれ|誰|何|なに|なん|ありますか|あります|できますか|できる|"
    "という|こと|ている|ていた|された|される|された|した|する|たい|れた|"
    r"(?<![\u3041-\u3096])[はがをにでのともへや](?![\u3041-\u3096])|を"
)


@lru_cache(maxsize=1)
def _folder() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _stemmer() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.whitespace())
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


def fold(text: str) -> str:
    """Full-width to half-width (NFKC), case folded, Traditional Chinese to Simplified: the form that is compared."""
    encodable = _SURROGATE.sub(" ", text)  # OpenCC goes through UTF-8, which has no lone surrogates
    return str(_folder().convert(unicodedata.normalize("NFKC", encodable).casefold()))


@lru_cache(maxsize=8192)
def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order, repeated as they occur; empty for text with nothing to match.

    >>> terms("What are the three smart meters?")
    ('three', 'smart', 'meter')
    """
    found: list[str] = []
    words: list[str] = []
    for run in _RUN.findall(_FILLER.sub(" ", fold(text))):
        if _CJK.match(run):
            found.extend([run[i : i + 2] for i in range(len(run) - 1)] or [run])
        elif run not in _STOP:
            words.append(run)
    return (*_stemmer().analyze(" ".join(words)), *found)


# Numbers and what distinguishes subjects are kept: "three meters" is a name here.
_STOP = frozenset(STOP_WORDS) - {
    "go",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "eight",
    "nine",
    "ten",
} | {"s", "t", "tell"}
