"""The file of districts: read whole, or refused with the line that is wrong."""

from pathlib import Path

import pytest

from news_ingest.subjects.districts import LANGUAGES, DistrictsError, read_districts

SHIPPED = Path(__file__).parents[4] / "content" / "districts.yml"
NAMES = "\n".join(f"    {language}: [Harbour {language}]" for language in LANGUAGES)
WHOLE = f"- id: harbour\n  names:\n{NAMES}\n"


def test_the_shipped_file_has_twelve_districts() -> None:
    """Each named in fifteen languages; all but three have a namesake, or something that is written like one."""
    districts = read_districts(SHIPPED)
    assert 12 == len(districts)
    without = {district.id.removesuffix("-district") for district in districts if not district.elsewhere}
    assert {"wenshan", "shilin", "beitou"} == without


def test_their_ids_are_those_of_the_glossary() -> None:
    """A tag means the same place as the glossary's concept."""
    glossary = (SHIPPED.parent / "glossary.yml").read_text(encoding="utf-8")
    assert [] == [district.id for district in read_districts(SHIPPED) if f"- id: {district.id}\n" not in glossary]


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    """Names keep their order."""
    path = tmp_path / "districts.yml"
    path.write_text(WHOLE + "  elsewhere:\n    en: [Old Harbour, New Harbour]\n", encoding="utf-8")
    (district,) = read_districts(path)
    assert ("harbour", ("Harbour ja",)) == (district.id, district.names["ja"])
    assert {"en": ("Old Harbour", "New Harbour")} == district.elsewhere


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("", None, "must be a list"),
        ("harbour: {}\n", None, "must be a list"),
        ("- harbour\n", 1, "must have `id` and `names`"),
        ("- id: harbour\n", 1, "`names` is missing"),
        (WHOLE + "  motto: sea\n", 18, "'motto' means nothing here"),
        (WHOLE.replace("id: harbour", "id: Old Harbour"), 1, "small letters"),
        (WHOLE.replace("    ja: [Harbour ja]\n", ""), 2, "no name in ja"),
        (WHOLE.replace("    ja: [Harbour ja]", "    jp: [Harbour ja]"), 10, "'jp' is none of"),
        (WHOLE.replace("[Harbour de]", "Harbour"), 4, "in brackets"),
        (WHOLE.replace("[Harbour de]", "[110]"), 4, "110 is no name"),
        (WHOLE.replace("[Harbour de]", "[' ']"), 4, "no name"),
        (WHOLE + WHOLE, 18, "harbour is there twice"),
        (WHOLE + WHOLE.replace("id: harbour", "id: port"), 20, "a name of harbour and of port"),
        (WHOLE.replace("[Harbour de]", "[Harbour de"), 5, "not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, content: str, line: int | None, words: str) -> None:
    """One mistake each."""
    path = tmp_path / "districts.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DistrictsError, match=words) as caught:
        read_districts(path)
    assert line == caught.value.line


def test_a_missing_file_and_one_in_big5_are_told(tmp_path: Path) -> None:
    """Not a stack of Python's own errors."""
    with pytest.raises(DistrictsError, match="is missing"):
        read_districts(tmp_path / "districts.yml")
    (tmp_path / "big5.yml").write_bytes("- id: 港".encode("big5"))
    with pytest.raises(DistrictsError, match="not UTF-8"):
        read_districts(tmp_path / "big5.yml")
