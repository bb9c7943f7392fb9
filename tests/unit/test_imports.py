"""Which folder may import which: the arrows of the design, held by reading every import."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = {
    "citydesk",
    "bot",
    "nlu",
    "actions",
    "knowledge",
    "news_ingest",
    "records",
    "wording",
    "console",
}

MAY_IMPORT = {
    "citydesk": FOLDERS,
    "bot": {"records", "wording"},
    "nlu": {"knowledge"},
    "actions": {"knowledge", "news_ingest", "records", "wording"},
    "knowledge": set[str](),
    "news_ingest": {"knowledge"},
    "records": set[str](),
    "wording": set[str](),
    "console": {"knowledge", "news_ingest", "records", "wording"},
}

# From other folders, only these modules may be used: the rest of those folders is none of their business.
NARROWED = {
    ("news_ingest", "knowledge"): {"knowledge.documents"},
    ("nlu", "knowledge"): {"knowledge.static", "knowledge.errors"},
}

# What runs in both environments may use of its own folder no more than this.
ALONE = {"knowledge/static.py": {"knowledge.errors"}, "knowledge/errors.py": set[str](), "knowledge/__init__.py": set()}

TORCH = {"torch", "sentence_transformers", "transformers"}

# What would pull Rasa's environment and ours, or torch and the dialogue side, together.
FOREIGN = {
    "bot": {"rasa", "rasa_sdk", "torch", "faiss", "sqlalchemy"},
    "nlu": {"torch", "rasa_sdk", "sqlalchemy", "telegram"},
    "knowledge": {"rasa", "rasa_sdk", "telegram", "typer"},
    "news_ingest": {"rasa", "rasa_sdk", "telegram", "torch", "typer"},
    "wording": {"rasa", "rasa_sdk", "telegram", "torch", "typer", "sqlalchemy"},
    "actions": {"rasa", "telegram", "torch", "typer"},
}


def present_folders() -> list[str]:
    return sorted(folder for folder in FOLDERS if (ROOT / folder).is_dir())


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that `source`, a module of `package`, imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).rstrip(".")
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def test_imports_are_read_in_every_form() -> None:
    """Plain, from, relative and lazy imports all count."""
    source = "import a.b\nfrom c import d\nfrom . import e\nfrom ..f import g\ndef h():\n    import i\n"
    expected = [(1, "a.b"), (2, "c.d"), (3, "x.y.e"), (4, "x.f.g"), (6, "i")]
    assert expected == sorted(imports(source, "x.y"))


@pytest.mark.parametrize("folder", present_folders())
def test_a_folder_imports_only_what_lies_below_it(folder: str) -> None:
    """The arrows go one way: nothing reaches up, nothing reaches sideways."""
    wrong = []
    for path in modules(folder):
        package = ".".join(path.relative_to(ROOT).parent.parts)
        for line, name in imports(path.read_text(encoding="utf-8"), package):
            other = name.split(".")[0]
            if other == folder or other not in FOLDERS:
                continue
            narrowed = NARROWED.get((folder, other))
            allowed = other in MAY_IMPORT[folder]
            if narrowed is not None:
                allowed = any(name == module or name.startswith(module + ".") for module in narrowed)
            if not allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("folder", sorted(set(FOREIGN) & set(present_folders())))
def test_a_folder_keeps_away_from_what_is_not_its_business(folder: str) -> None:
    """No torch beside the dialogue, no Rasa outside its environment, no command line in libraries."""
    wrong = []
    for path in modules(folder):
        package = ".".join(path.relative_to(ROOT).parent.parts)
        for line, name in imports(path.read_text(encoding="utf-8"), package):
            if name.split(".")[0] in FOREIGN[folder]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("path", ALONE)
def test_what_rasa_imports_of_knowledge_draws_nothing_else_in(path: str) -> None:
    """The encoder runs beside Rasa, where the rest of knowledge has no libraries."""
    package = Path(path).parent.name
    found = {name.rpartition(".")[0] for _, name in imports((ROOT / path).read_text(encoding="utf-8"), package)}
    assert {name for name in found if name.split(".")[0] in FOLDERS} <= ALONE[path]


def loaded(code: str, home: Path, names: set[str]) -> set[str]:
    """Those of `names` that are loaded after `code` has run in a process of its own."""
    environment = {**os.environ, "CITYDESK_HOME": str(home), "PYTHONPATH": str(ROOT)}
    asked = f"{code}\nimport sys\nprint(*({names!r} & sys.modules.keys()))"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_static_encoder_loads_nothing_heavy(tmp_path: Path) -> None:
    """Rasa's processes load it too."""
    heavy = {*TORCH, "faiss", "spacy", "pydantic", "sqlalchemy"}
    assert set() == loaded("from knowledge.static import StaticEncoder\nStaticEncoder()", tmp_path, heavy)


def test_answering_loads_no_torch(tmp_path: Path) -> None:
    """From the index to the answer with the shipped encoder: seconds and hundreds of megabytes for each process."""
    code = (
        "from citydesk import wiring\n"
        "from citydesk.settings import load_settings\n"
        "from knowledge.index.build import build_index\n"
        "settings = load_settings()\n"
        "build_index(settings.index_dir, wiring.faq_documents(settings)[:20], wiring.encoder(settings))\n"
        "assert wiring.searcher(settings).search('smart meters')\n"
        "assert wiring.answerer(settings).answer('What are the three smart meters?')\n"
    )
    assert set() == loaded(code, tmp_path, TORCH)


def test_every_folder_with_code_is_known_here() -> None:
    """A new top-level package has to take its place among the arrows."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "bench", "scripts"} <= FOLDERS
