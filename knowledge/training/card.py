"""The model card: what the weights were made from, what they are good for, and what not."""

from dataclasses import dataclass
from typing import Any

SOURCES = {
    "cldr": ("names of places, languages, units", "Unicode-3.0"),
    "cofacts-linebot": ("texts of a chat assistant", "MIT"),
    "exposure-notifications": ("health information in a program", "Apache-2.0"),
    "faq": ("questions of this project's own FAQ", "Apache-2.0"),
    "gaen-mobile": ("health information in a program", "MIT"),
    "hot-tasking-manager": ("program texts", "BSD-2-Clause"),
    "integreat": ("program texts, information for newcomers", "MIT"),
    "miniflux": ("program texts", "Apache-2.0"),
    "mozilla-www": ("web pages", "MPL-2.0"),
    "ntrex": ("news, the first 800 of the sentences", "CC BY-SA 4.0"),
    "opensource-guide": ("guides", "CC BY 4.0"),
    "osm-id-tagging": ("names of facilities and shops", "ISC"),
    "scratch-l10n": ("program texts, before the change of licence", "BSD-3-Clause"),
    "tanaka-enja": ("everyday sentences", "CC BY 2.0 FR, as distributed by Tatoeba"),
    "tatoeba": ("everyday sentences", "CC BY 2.0 FR"),
    "thunderbird": ("program texts", "MPL-2.0"),
    "tico19": ("health information", "CC0"),
    "tldr": ("help for commands", "CC BY 4.0"),
    "tokyo-covid19": ("information of a city", "MIT"),
    "tw-moj-law": ("Taiwan's statutes with official translations", "not copyrightable (ROC Copyright Act, art. 9)"),
    "xcopa": ("everyday situations; the English side by machine", "CC BY 4.0"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a training run came to; `accuracy` is by language, from 0 to 1."""

    recipe: dict[str, Any]
    pairs: dict[str, int]
    sources: list[str]
    english: int
    articles: int
    tokens: int
    bytes: int
    accuracy: dict[str, float]
    seconds: int
    machine: str


def model_card(facts: Facts) -> str:
    """The card as Markdown."""
    mean = sum(facts.accuracy.values()) / max(len(facts.accuracy), 1)
    languages = "".join(
        f"| {language} | {facts.pairs[language]:,} | {_percent(facts.accuracy.get(language))} |\n"
        for language in facts.pairs
    )
    sources = "".join(
        f"| {name} | {what} | {licence} |\n"
        for name, (what, licence) in ((name, SOURCES.get(name, ("", "not known"))) for name in facts.sources)
    )
    parts = {
        "tokens": f"{facts.tokens:,}",
        "learned": str(facts.recipe["dims"]),
        "random": str(facts.recipe["identity"]),
        "dims": str(facts.recipe["dims"] + facts.recipe["identity"]),
        "megabytes": f"{facts.bytes / 1e6:.1f}",
        "english": f"{facts.english:,}",
        "pairs": f"{sum(facts.pairs.values()):,}",
        "articles": f"{facts.articles:,}",
        "passes": str(facts.recipe["passes"]),
        "minutes": f"{facts.seconds / 60:.0f}",
        "machine": facts.machine,
        "languages": languages,
        "mean": _percent(mean),
        "sources": sources,
    }
    return _TEMPLATE.format(**parts)


def _percent(share: float | None) -> str:
    return "not measured" if share is None else f"{100 * share:.1f} %"


_TEMPLATE = """\
# CityDesk's sentence encoder

Turns a sentence into a unit vector of {dims} numbers; sentences of similar meaning have a high dot product, in one
language and across fifteen: English, Traditional and Simplified Chinese, Japanese, Korean, Vietnamese, Indonesian,
Thai, French, Polish, Turkish, Greek, Arabic, Spanish and German. It is a static model: the text is cut into pieces,
each piece has a row in a table, and the vector is the normalised mean of the rows. That needs no accelerator, no
download, and far less than a millisecond for a question.

## Intended use

First stage of a search over a city's news and frequent questions, beside a lexical index; features for telling what
a short message is about. Not for judging people, and not for telling whether a statement is true.

## Loading

```python
from pathlib import Path
from knowledge.static import StaticEncoder  # numpy, tokenizers and safetensors only

vectors = StaticEncoder(Path("knowledge/model")).encode(["明天早上會停水", "The water is cut off tomorrow morning."])
```

`SentenceTransformer("knowledge/model")` gives the same vectors. A text without any known piece (empty, only
punctuation, an unknown script) has the zero vector, which is near nothing.

`model.safetensors` holds `embeddings` ({tokens} x {dims}, int8) and `weights` ({tokens}, float32): token `i` has the
vector `embeddings[i] * weights[i]`. `tokenizer.json` folds case, width, Chinese scripts, Greek accents and Arabic
letter variants, and cuts Unigram pieces. Together {megabytes} MB.

## Training

`make train-encoder`. The teacher is all-MiniLM-L6-v2 (Apache-2.0), an English model: its vectors of {english} English
sentences, reduced to {learned} dimensions by principal components, are what the student learns to give for these
sentences and for their {pairs} translations. At the same time a translation has to find its English side and its
translation into a third language, a part of a text the passage it is from, and a headline its article ({articles}
press releases of a Taiwanese city, which are public). {passes} passes, {minutes} minutes on {machine}, teacher's
vectors included where they were not there yet. Behind the learned numbers of a row stand {random} random ones, longer
for rarer pieces, by which texts that share their very words are a little nearer.

| language | pairs | news sentence to English, accuracy@1 |
|---|--:|--:|
{languages}| mean | | {mean} |

The accuracy is that of the last 200 NTREX sentences of each language, which were not trained on; the candidates are
1,000 English sentences. `docs/encoder.md` has the other figures and all trials.

| source | what | licence |
|---|---|---|
{sources}
Two sources without a verified licence (civiform, open-data-handbook) are left out. No sentence of any source can be
read from the weights; who must not use weights learned from share-alike text trains without `ntrex`
(`docs/encoder.md` has the figures for that too).

## Known weaknesses

- Word order and negation do not reach the vector: "A before B" and "B before A" are the same.
- Names, numbers and codes are known only as far as their pieces are: a lexical index beside it is for them.
- Long texts blur; a passage of a few sentences is found better than a page, its best sentence better still.
- Arabic, Greek and Thai have the fewest and shortest sentences to learn from, and it shows when a question in them
  has to find an English passage.
- The domains are uneven: program texts, statutes and health weigh much, city life little.
- What the teacher does not tell apart in English, the student does not tell apart either, and a bias of its own
  texts reaches all languages.
"""
