"""Signs that somebody needs help now, for the case that the dialogue model was not sure.

Whole cries only: a question about the video 119 app or about fire prevention holds the same words.
"""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.text.analyser import fold

_CRIES = re.compile(
    "|".join(
        (
            r"\b(house|kitchen|building|room|apartment|flat|car|roof) (is |was )?on fire\b",
            r"\bthere('?s| is) (a )?(fire|smoke|gas leak)\b",
            r"^(help|fire)[ !.]*$",
            r"\bhelp me\b.*\b(fire|bleeding|dying|drowning|attack)",
            r"\b(call|need|send) (me )?(an |the )?(ambulance|police)\b",
            r"\b(not breathing|can'?t breathe|unconscious|heart attack|having a stroke|is drowning|bleeding badly)\b",
            r"\b(someone|somebody|a man|burglar|thief) (is |has )?(broke|breaking|broken) in",
            "救命|失火了|着火了|起火了|火灾了|昏倒了|没有呼吸|没呼吸|心脏病发|溺水了|有小偷|瓦斯外泄|瓦斯漏气|叫救护车|快报警|出车祸|被跟踪",
            "火事です|火事だ|助けて|燃えてい|燃えてる|倒れてい|倒れた|意识がな|意識がな|息をしてい|息してな|溺れてい|泥棒が|救急车を|強盗|ガス漏れ",
        )
    )
)
"""Compared with folded text: lower case, half width, Simplified where Chinese folds so."""


def is_cry_for_help(text: str) -> bool:
    """Whether `text` calls for 119 or 110 in so many words."""
    return bool(_CRIES.search(fold(text)))


def may_be_emergency(latest_message: Mapping[str, Any]) -> bool:
    """Whether the dialogue model held an emergency for likely, though it decided on something else."""
    ranking = latest_message.get("intent_ranking") or []
    return any(
        intent.get("name") == "emergency" and float(intent.get("confidence", 0.0)) >= POSSIBLE for intent in ranking
    )


POSSIBLE = 0.3
"""A needless line about 119 costs a reader a glance; a missing one may cost a life."""
