"""What every store is compared with: passages made of words in four scripts, and search by looking at all."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.encoder import Vectors
from knowledge.stores.port import Ids

DIMENSION = 32
FIRST_ID = 5_000_000_000
"""Beyond 32 bits: ids are global, and go on."""
_K1, _B = 1.2, 0.75

# Marks above and below letters, joined letters and signs: what a tokenizer loses or cuts at.
_WORDS = {
    "zh": "電車 車站 圖書 書館 開放 時間 垃圾 清運 申請 補助 捷運 公園 市民 服務 預約 導覽 展覽 中心 活動 報名",
    "th": "รถไฟ สถานี ห้องสมุด เปิด เวลา ขยะ น้ำ ไฟฟ้า ภาษี เด็ก ผู้สูงอายุ โรงเรียน ตลาด ถนน ที่จอดรถ ใบอนุญาต",
    "ar": "القطار محطّة المكتبة ساعات النفايات المياه الكهرباء الضريبة أطفال مدرسة سوق شارع تصريح الحديقة مُوَاطِن",
    "en": "tram stations library hours waste water meter tax school market street permit can't co-op c++ é №5 🚋",
}


@dataclass(frozen=True, slots=True)
class Passages:
    """`ids` (n,), unit `vectors` (n, DIMENSION), and n lists of terms."""

    ids: Ids
    vectors: Vectors
    terms: list[tuple[str, ...]]

    def take(self, rows: slice) -> "Passages":
        """A part of them."""
        return Passages(self.ids[rows], self.vectors[rows], self.terms[rows])


def make_passages(count: int, seed: int = 1) -> Passages:
    """The same passages for the same numbers: of 3 to 30 terms, frequent and rare ones, each in one language."""
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    terms = []
    for number in range(count):
        words = list(_WORDS.values())[number % len(_WORDS)].split()
        weights = 1 / np.arange(1, len(words) + 1)
        picked = rng.choice(len(words), size=rng.integers(3, 31), p=weights / weights.sum())
        terms.append(tuple(words[place] for place in picked))
    return Passages(np.arange(FIRST_ID, FIRST_ID + count, dtype=np.int64), vectors, terms)


def dense_scores(passages: Passages, query: Vectors) -> dict[int, float]:
    """The cosine of every passage."""
    return dict(zip(passages.ids.tolist(), (passages.vectors @ query).tolist(), strict=True))


def lexical_scores(passages: Passages, terms: Sequence[str]) -> dict[int, float]:
    """BM25 of every passage that holds any of `terms`."""
    counts = [Counter(words) for words in passages.terms]
    mean = sum(map(len, passages.terms)) / len(passages.terms)
    scores: dict[int, float] = {}
    for term in set(terms):
        holding = sum(term in count for count in counts)
        rarity = math.log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
        for passage, count in zip(passages.ids.tolist(), counts, strict=True):
            if often := count[term]:
                long = 1 - _B + _B * count.total() / mean
                scores[passage] = scores.get(passage, 0.0) + rarity * often * (_K1 + 1) / (often + _K1 * long)
    return scores


def same_ranks(scores: dict[int, float], found: Sequence[int]) -> bool:
    """Whether `found` are the best by `scores` in order, where equal scores (to 1e-4) may change places."""
    best = sorted(scores.values(), reverse=True)[: len(found)]
    ranked = [scores.get(passage, math.inf) for passage in found]
    return len(set(found)) == len(found) and np.allclose(best, ranked, rtol=1e-4, atol=1e-5)
