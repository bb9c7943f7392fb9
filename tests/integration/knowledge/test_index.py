"""Index generations on a real disk: built once, switched whole, damage named."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.documents import Document, Source
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.errors import EncoderError, IndexCorrupt, IndexMismatch, IndexMissing, KnowledgeError
from knowledge.index import generations
from knowledge.index.build import build_index
from knowledge.index.manifest import MANIFEST
from knowledge.index.opening import open_generation
from knowledge.index.tombstones import Tombstones
from knowledge.service import KnowledgeBase
from tests.integration.knowledge.small_city import BEES, BIKES, SOURCE, TRAMS, article


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_nothing_is_done_where_nothing_changed(root: Path, encoder: Encoder) -> None:
    """The same documents give the same generation."""
    first = build_index(root, [BEES, BIKES], encoder)
    again = build_index(root, [BEES, BIKES], encoder)
    assert (True, False) == (first.changed, again.changed)
    assert first.generation == again.generation


def test_full_builds_anew(root: Path, encoder: Encoder) -> None:
    """An operator who asks for it gets it."""
    first = build_index(root, [BEES], encoder)
    assert first.generation != build_index(root, [BEES], encoder, full=True).generation


def test_a_reader_picks_the_new_generation_up(root: Path, encoder: Encoder) -> None:
    """No restart between an editor's change and the answer."""
    build_index(root, [BEES, BIKES], encoder)
    base = KnowledgeBase(root, encoder)
    assert "faq:trams" not in [hit.id for hit in base.search("When do trams run?")]
    build_index(root, [BEES, BIKES, TRAMS], encoder)
    assert "faq:trams" == base.search("When do trams run?")[0].id


def test_a_hidden_document_is_gone_at_once(root: Path, encoder: Encoder) -> None:
    """From search and by its id, in a process that is serving; and it is there again when shown."""
    build_index(root, [BEES, BIKES], encoder)
    base = KnowledgeBase(root, encoder)
    assert "faq:bees" == base.search("Who keeps the bees?")[0].id
    Tombstones(root).hide("faq:bees")
    assert "faq:bees" not in [hit.id for hit in base.search("Who keeps the bees?")]
    assert None is base.entry("faq:bees", "en")
    Tombstones(root).unhide("faq:bees")
    assert "faq:bees" == base.search("Who keeps the bees?")[0].id


def test_an_index_of_an_earlier_version(root: Path, encoder: Encoder) -> None:
    """It says so, and a build makes a new one."""
    manifest = root / build_index(root, [BEES], encoder).generation / MANIFEST
    old = {key: value for key, value in json.loads(manifest.read_text("utf-8")).items() if key != "format"}
    manifest.write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="another version of CityDesk"):
        KnowledgeBase(root, encoder).search("bees")
    assert build_index(root, [BEES], encoder).changed


def test_a_failed_build_leaves_the_old_one(root: Path, encoder: Encoder) -> None:
    """Whatever breaks while building, readers have what they had, and no half folder stays."""
    build_index(root, [BEES], encoder)
    before = sorted(root.iterdir())

    def broken(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(root, [BEES, BIKES], encoder, progress=broken)
    assert before == sorted(root.iterdir())


def test_old_generations_go(root: Path, encoder: Encoder) -> None:
    """Three stay: enough to look back, not enough to fill the disk."""
    for _ in range(5):
        last = build_index(root, [BEES], encoder, full=True)
    assert generations.KEPT == len(list(root.glob(f"*/{MANIFEST}")))
    assert last.generation == generations.current(root).name


def test_no_index_says_what_makes_one(root: Path, encoder: Encoder) -> None:
    """The message is the remedy."""
    with pytest.raises(IndexMissing, match="citydesk reindex"):
        KnowledgeBase(root, encoder).search("bees")


NAMES = ["vectors.faiss", "documents.jsonl", "keys.json", "ledger.json", "terms.npy", "sentences.npy"]


@pytest.mark.parametrize("name", [*NAMES, "manifest.json", "meta.json"])
@pytest.mark.parametrize("damage", ["cut", "gone", "garbled"])
def test_damage_is_named(root: Path, encoder: Encoder, name: str, damage: str) -> None:
    """A damaged file is found before anything is answered from it, and a build mends it."""
    folder = root / build_index(root, [BEES, BIKES], encoder).generation
    [file] = folder.rglob(name)
    data = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(data[: len(data) // 2] if damage == "cut" else b"\x00" + data[1:])
    with pytest.raises(IndexCorrupt, match="citydesk reindex"):
        KnowledgeBase(root, encoder).search("bees")
    assert build_index(root, [BEES, BIKES], encoder).changed
    assert "faq:bees" == KnowledgeBase(root, encoder).search("bees")[0].id


def test_a_lexical_folder_that_is_gone(root: Path, encoder: Encoder) -> None:
    """tantivy's files are checked like the others."""
    folder = root / build_index(root, [BEES], encoder).generation
    shutil.rmtree(folder / "lexical")
    with pytest.raises(IndexCorrupt, match="lexical"):
        open_generation(folder)


def test_a_pointer_to_nowhere(root: Path, encoder: Encoder) -> None:
    """CURRENT that names a folder which is not there is damage too."""
    build_index(root, [BEES], encoder)
    (root / generations.POINTER).write_text("nowhere\n", encoding="utf-8")
    with pytest.raises(IndexCorrupt, match="nowhere"):
        KnowledgeBase(root, encoder).search("bees")


def test_who_is_chatting_keeps_the_old_one(root: Path, encoder: Encoder) -> None:
    """A damaged new generation is passed over while the old one is in memory."""
    build_index(root, [BEES], encoder)
    base = KnowledgeBase(root, encoder)
    base.search("bees")
    folder = root / build_index(root, [BEES, BIKES], encoder).generation
    for file in folder.rglob("*.faiss"):
        file.unlink()
    assert "faq:bees" == base.search("bees")[0].id


def test_nothing_to_index(root: Path, encoder: Encoder) -> None:
    """An empty city is an error with a remedy, not an index without answers."""
    with pytest.raises(KnowledgeError, match="content/faq"):
        build_index(root, [], encoder)


def test_an_encoder_that_is_not_there() -> None:
    """A wrong setting is named with its remedy."""
    with pytest.raises(EncoderError, match="CITYDESK_ENCODER"):
        SentenceTransformerEncoder("no/such/folder/or/model")


def test_a_contrast_keeps_an_entry_from_answering(root: Path, encoder: Encoder) -> None:
    """An editor names what sounds alike and is not meant: it no longer comes, and the entry still does."""
    asked, meant = "How many bees live in the city?", "Who keeps the bees?"
    contrasting = replace(BEES, contrasts=("How many bees are there in the city?",))
    build_index(root, [contrasting, BIKES], encoder)
    base = KnowledgeBase(root, encoder)
    [bees] = [hit for hit in base.search(asked) if hit.id == "faq:bees"]
    assert 0 == bees.scores.dense
    assert "faq:bees" == base.search(meant)[0].id


NOTICE = Document(
    "news:0000000000000001",
    "news",
    "zh-Hant",
    "防疫措施（附越南文翻譯）",
    "市府加強防疫措施。\n"
    "Thành phố tăng cường các biện pháp phòng chống dịch. Trong trường hợp có triệu chứng, người dân gọi điện thoại "
    "theo số của sở y tế hoặc đến bệnh viện gần nhất.",
    Source("防疫措施", "https://www.gov.taipei/", "zh-Hant"),
)
AMBULANCE = Document(
    "faq:ambulance", "faq", "en", "Which number calls an ambulance?", "Call 119 for an ambulance or a fire.", SOURCE
)
AMBULANCE_IN_VIETNAMESE = "Trong trường hợp khẩn cấp, gọi xe cứu thương theo số nào?"


def test_common_words_of_a_rare_language_do_not_decide(root: Path, encoder: Encoder) -> None:
    """A notice in Chinese that holds half of a Vietnamese question's words is behind the entry that means it."""
    build_index(root, [NOTICE, AMBULANCE, *(article(number) for number in range(40))], encoder)
    base = KnowledgeBase(root, encoder)
    assert NOTICE.id == base.search(AMBULANCE_IN_VIETNAMESE)[0].id
    assert AMBULANCE.id == base.search(AMBULANCE_IN_VIETNAMESE, language="vi")[0].id
    assert NOTICE.id == base.search("越南文翻譯 防疫", language="zh-Hans")[0].id


def test_words_count_a_third_in_news_of_another_language(root: Path, encoder: Encoder) -> None:
    """Not so in news that is also in the reader's, nor in an FAQ entry; Traditional and Simplified are one language."""
    there = replace(NOTICE, id="news:0000000000000002", language="vi")
    also = replace(there, language="zh-Hant", text="兩種語言都有的公告。")
    build_index(root, [NOTICE, there, also, replace(AMBULANCE, text=NOTICE.text)], encoder)
    base = KnowledgeBase(root, encoder)

    def words(language: str | None) -> dict[str, tuple[float, float]]:
        hits = base.search("biện pháp phòng chống dịch", language=language)
        return {hit.id: (hit.scores.bm25, hit.scores.coverage) for hit in hits}

    full, vietnamese = words(None), words("vi")
    third = tuple(score / 3 for score in full[NOTICE.id])
    assert {**full, NOTICE.id: pytest.approx(third)} == vietnamese
    assert full == words("zh-Hans")


@pytest.mark.parametrize(
    "pointer", ["x" * 4000, "../elsewhere", "", "no such thing"], ids=["long", "path", "empty", "words"]
)
def test_nonsense_in_the_pointer(root: Path, encoder: Encoder, pointer: str) -> None:
    """Whatever CURRENT holds is damage that a build mends, not a crash."""
    build_index(root, [BEES], encoder)
    (root / generations.POINTER).write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexCorrupt, match="CURRENT"):
        KnowledgeBase(root, encoder).search("bees")
    assert build_index(root, [BEES], encoder).changed


@pytest.mark.parametrize(
    ("key", "value"),
    [("files", None), ("created", "x"), ("passages", []), ("generation", 1), ("segments", [1]), ("next_id", -0.5)],
)
def test_a_manifest_of_the_wrong_types(root: Path, encoder: Encoder, key: str, value: object) -> None:
    """Valid JSON is not yet a manifest."""
    manifest = root / build_index(root, [BEES], encoder).generation / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), key: value}), encoding="utf-8")
    with pytest.raises(IndexCorrupt, match="manifest"):
        KnowledgeBase(root, encoder).search("bees")
    assert build_index(root, [BEES], encoder).changed
