"""`python -m bench.calibrate`: train the answer model that ships anew, after a change of encoder, analyser or scores.

Written is knowledge/answering/default.json, which is used where an index has too few questions to learn from.
`python -m bench.reliability` shows how well it is calibrated.
"""

import sys

from bench.rehearsed import GLOSSARY, shipped_generation, shipped_lessons
from citydesk.output import say
from knowledge.answering.model import DEFAULT
from knowledge.answering.training import train
from knowledge.content.glossary import load_glossary
from knowledge.encoder import load_encoder

ALL = 1_000_000


def main() -> int:
    """Train on every question and write the file; returns the exit status."""
    encoder = load_encoder()
    with shipped_generation(encoder) as generation:
        model = train(generation, encoder, shipped_lessons(), load_glossary(GLOSSARY), ALL)
    if model is None:
        say("The FAQ in content/faq has too few questions to train on; nothing was written.")
        return 1
    model.write(DEFAULT)
    say(f"Trained on {model.trained_on} questions, written: {DEFAULT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
