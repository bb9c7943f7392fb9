"""The torch-free encoder in processes of its own: Rasa's Python, an installation that is damaged, a forked child."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from citydesk.settings import PROJECT_ROOT
from knowledge.static import StaticEncoder

TEXTS = [
    "What are the three smart meters?",
    "三表是什麼",
    "自動運転バス",
    "Які лічильники?",
    "มิเตอร์",
    "",
    "🙂",
    "a" * 5000,
]


def run(python: Path, code: str, root: Path = PROJECT_ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """`code` under `python`, with our folders below `root` to import from."""
    environment = {name: value for name, value in os.environ.items() if name != "TOKENIZERS_PARALLELISM"}
    environment |= {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [python, "-c", code], cwd=root, env=environment, input=stdin, capture_output=True, text=True, check=False
    )


def test_rasas_python_gives_the_same_vectors() -> None:
    """Python 3.10 and its older numpy: what is learned on one side holds on the other."""
    code = (
        "import json, sys\n"
        "from knowledge.static import StaticEncoder\n"
        "encoder = StaticEncoder()\n"
        "vectors = encoder.encode(json.load(sys.stdin)).tolist()\n"
        "json.dump({'checksum': encoder.checksum, 'vectors': vectors}, sys.stdout)\n"
    )
    done = run(PROJECT_ROOT / ".venv-rasa" / "bin" / "python", code, stdin=json.dumps(TEXTS))
    assert "" == done.stderr
    answer, encoder = json.loads(done.stdout), StaticEncoder()
    assert encoder.checksum == answer["checksum"]
    np.testing.assert_allclose(encoder.encode(TEXTS), np.array(answer["vectors"]), atol=1e-3)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_damaged_shipped_model_says_how_to_restore_it(tmp_path: Path, file: str) -> None:
    """Another setting is no remedy where the project's own file is broken."""
    shutil.copytree(PROJECT_ROOT / "knowledge", tmp_path / "knowledge", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "knowledge" / "model" / file).write_bytes(b"")
    done = run(Path(sys.executable), "from knowledge.encoder import load_encoder; load_encoder()", tmp_path)
    [message] = [line for line in done.stderr.splitlines() if "EncoderError" in line]
    assert f"{tmp_path}/knowledge/model/{file}" in message
    assert "git checkout -- knowledge/model" in message


def test_a_process_may_fork_after_a_big_batch() -> None:
    """Servers with workers do: no warning of the tokenizers' library, no waiting for threads that are gone."""
    code = (
        "import os, sys\n"
        "from knowledge.static import StaticEncoder\n"
        "encoder = StaticEncoder()\n"
        "texts = ['The bus stops at the town hall. ' * 20] * 1000\n"
        "before = encoder.encode(texts)\n"
        "child = os.fork()\n"
        "after = encoder.encode(texts)\n"
        "if child == 0:\n"
        "    os._exit(0 if (before == after).all() else 3)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = run(Path(sys.executable), code)
    assert (0, "") == (done.returncode, done.stderr)
