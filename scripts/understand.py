"""Texts to intents and entities, by a trained model: runs beside Rasa, under its Python.

Lines of JSON in, each with its `text`, lines of JSON out: intent, confidence, ranking and entities of each.
"""

import asyncio
import json
import sys

from rasa.core.agent import Agent


async def main(model: str) -> None:
    """Parse every line of the standard input."""
    answers, sys.stdout = sys.stdout, sys.stderr  # Rasa prints
    agent = Agent.load(model)
    for line in sys.stdin:
        parsed = await agent.parse_message(json.loads(line)["text"])
        found = {
            "intent": parsed["intent"]["name"],
            "confidence": parsed["intent"]["confidence"],
            "ranking": [(one["name"], one["confidence"]) for one in parsed.get("intent_ranking", [])][:4],
            "entities": [(one["entity"], one.get("value")) for one in parsed.get("entities", [])],
        }
        print(json.dumps(found), flush=True, file=answers)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
