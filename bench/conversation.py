"""What a question costs through Rasa's REST channel, beside a plain `utter_` reply; and what memory all of it takes.

Both go the whole way: REST channel, tokenizer, classifier, policy, tracker store, one HTTP call to the action server
(webhook or NLG), the reply. The plain reply is the floor; the difference is what finding an answer costs.
"""

import os
import platform
import statistics
import tempfile
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import psutil

from citydesk.companions import running_servers
from citydesk.settings import Settings
from citydesk.wiring import build_index

ROUNDS = 120
TURNS = 8
"""Messages of each kind in one conversation; its events go with every call, so length counts."""
WARM_UP = 6

QUESTIONS = (
    "What are the three smart meters?",
    "三表是什麼",
    "自動運転バスはどこで見られましたか",
    "Which Polish cities signed with Taipei?",
    "翡翠水庫用什麼科技管理",
    "台北館には何人が来場しましたか",
    "How do I renew my passport?",
)
GREETINGS = ("hello", "你好", "こんにちは", "good morning", "早安", "おはようございます", "hi there")


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of one kind of message, sorted."""

    milliseconds: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[18]


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome of one run. Memory in MiB: `idle` once ready, `after` after all messages, long ones among them."""

    rounds: int
    question_p50_ms: float
    question_p95_ms: float
    utter_p50_ms: float
    utter_p95_ms: float
    p95_ratio: float
    memory_idle_mib: float
    memory_after_mib: float
    memory_by_process_mib: dict[str, float]
    load_before: float
    cores: int
    python: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def measure() -> Result:
    """Start the servers on ports of their own, talk, and end them. Needs a trained model (`make model`)."""
    trained = Settings()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            home=Path(folder), rasa_port=trained.rasa_port + 1000, actions_port=trained.actions_port + 1000
        )
        settings.model_path.parent.mkdir(parents=True)
        settings.model_path.symlink_to(trained.model_path)
        build_index(settings, print)
        with running_servers(settings, print):
            idle = sum(_memory().values())
            questions, greetings = _talk(settings)
            _send(settings, "long", "智慧 meters " * 1000)
            memory = _memory()
    return Result(
        rounds=ROUNDS,
        question_p50_ms=questions.p50,
        question_p95_ms=questions.p95,
        utter_p50_ms=greetings.p50,
        utter_p95_ms=greetings.p95,
        p95_ratio=questions.p95 / greetings.p95,
        memory_idle_mib=idle,
        memory_after_mib=sum(memory.values()),
        memory_by_process_mib=memory,
        load_before=load,
        cores=os.cpu_count() or 0,
        python=platform.python_version(),
    )


def _talk(settings: Settings) -> tuple[Timings, Timings]:
    """The two kinds by turns, so that whatever else the machine does hits both."""
    questions: list[float] = []
    greetings: list[float] = []
    for number in range(ROUNDS + WARM_UP):
        conversation = uuid.uuid5(uuid.NAMESPACE_OID, str(number // TURNS)).hex
        took_question = _send(settings, f"q{conversation}", QUESTIONS[number % len(QUESTIONS)])
        took_greeting = _send(settings, f"g{conversation}", GREETINGS[number % len(GREETINGS)])
        if number >= WARM_UP:
            questions.append(took_question)
            greetings.append(took_greeting)
    return Timings(sorted(questions)), Timings(sorted(greetings))


def _send(settings: Settings, sender: str, text: str) -> float:
    body = {"sender": sender, "message": text, "metadata": {"client_language": "en", "channel": "terminal"}}
    started = time.perf_counter()
    response = httpx.post(f"{settings.rasa_url}/webhooks/rest/webhook", json=body, timeout=60, trust_env=False)
    took = (time.perf_counter() - started) * 1000
    if not response.raise_for_status().json():
        raise RuntimeError(f"Rasa gave no reply to {text[:40]!r}; the measurement would mean nothing")
    return took


def _memory() -> dict[str, float]:
    """Proportional memory in MiB of every process that this one has started."""
    found: dict[str, float] = {}
    for process in psutil.Process().children(recursive=True):
        try:
            name = _name(process.cmdline())
            found[name] = found.get(name, 0.0) + process.memory_full_info().pss / 2**20
        except psutil.NoSuchProcess:
            continue
    return found


def _name(command: list[str]) -> str:
    line = " ".join(command)
    for part, name in (("rasa run", "rasa"), ("serve-actions", "actions"), ("citydesk run", "supervisor")):
        if part in line:
            return name
    return "other"
