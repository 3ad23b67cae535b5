"""The announcement's lines as they are shown: what each is, and where it stands."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR

KNOWLEDGE_DIR = PROJECT_DIR / "knowledge"
BASE = load_knowledge()
LAYOUT = (KNOWLEDGE_DIR / "layout.yml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge base that a test may break."""
    return Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))


def refusal(folder: Path, old: str, new: str) -> str:
    """Return why a layout in which one text is put for another is refused."""
    assert old in LAYOUT, f"layout.yml no longer holds {old!r}; choose another text"
    (folder / "layout.yml").write_text(LAYOUT.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(folder)
    return str(error.value)


def words_of(role: str) -> list[str]:
    return [BASE.text_of(block) for block in BASE.blocks() if block.role == role]


def test_every_role_leads_to_the_lines_that_have_it() -> None:
    assert words_of("title") == ["Vil løfte norsk helsenæring internasjonalt"]
    assert words_of("origin") == [
        "Publisert under: Regjeringen Solberg",
        "Utgiver: Nærings- og fiskeridepartementet",
    ]
    assert words_of("heading") == [
        "Ny helsenæringsmelding",
        "14,5 millioner til vekst i bedriftene",
        "Fakta om Sivas programmer",
    ]
    for role in ("archive", "lead", "photo", "caption"):
        assert len(words_of(role)) == 1, role


def test_a_line_that_is_not_named_is_a_paragraph() -> None:
    assert len(words_of("paragraph")) == 7
    assert words_of("paragraph")[0].startswith("–\xa0Vi vil at norske bedrifter")


def test_a_line_with_a_bullet_is_an_item_without_the_bullet() -> None:
    assert [words.split()[0] for words in words_of("item")] == [
        "Siva",
        "Inkubasjonsprogrammet",
        "Næringshageprogrammet",
    ]


def test_no_block_begins_or_ends_with_a_blank() -> None:
    assert all(
        BASE.text_of(block) == BASE.text_of(block).strip() for block in BASE.blocks()
    )


def test_blocks_stand_in_the_order_of_the_announcement_and_do_not_overlap() -> None:
    places = [place for block in BASE.blocks() for place in (block.start, block.end)]
    assert places == sorted(places)


def test_all_that_is_not_shown_is_the_way_to_the_page_and_the_second_archive_note() -> (
    None
):
    shown = BASE.blocks()
    left_out = [BASE.text_of(line) for line in BASE.lines() if line not in shown]
    assert left_out == ["Forsiden", "Historisk arkiv"]


def test_the_archive_note_is_shown_where_a_quote_of_it_is_found() -> None:
    [note] = [block for block in BASE.blocks() if block.role == "archive"]
    assert note.start == BASE.locate("Historisk arkiv").start


def test_a_line_that_the_announcement_does_not_hold_is_refused(folder: Path) -> None:
    assert refusal(folder, '"Ny helsenæringsmelding"', '"Ny helsemelding"').startswith(
        "knowledge/layout.yml: Ny helsemelding: is no line of announcement.txt"
    )


def test_a_part_of_a_line_is_refused(folder: Path) -> None:
    assert "is no line" in refusal(
        folder, '"Ny helsenæringsmelding"', '"helsenæringsmelding"'
    )


def test_a_role_that_there_is_not_is_refused(folder: Path) -> None:
    message = refusal(folder, "role: heading", "role: headline")
    assert message.startswith("knowledge/layout.yml: Ny helsenæringsmelding: ")
    assert "field 'role'" in message
    assert "'heading'" in message


def test_a_line_that_is_named_twice_is_refused(folder: Path) -> None:
    assert refusal(
        folder, '"Fakta om Sivas programmer"', '"Ny helsenæringsmelding"'
    ).startswith(
        "knowledge/layout.yml: Ny helsenæringsmelding: the line stands twice; "
    )


def test_a_field_that_lines_do_not_have_is_refused(folder: Path) -> None:
    assert "field 'level'" in refusal(
        folder, "{role: heading,", "{role: heading, level: 2,"
    )


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("role: title", "role: heading", 0),
        ("role: heading", "role: title", 2),
    ],
)
def test_a_layout_with_another_number_of_titles_than_one_is_refused(
    folder: Path, old: str, new: str, count: int
) -> None:
    assert f"{count} lines have the role 'title'" in refusal(folder, old, new)


def test_a_line_that_a_fact_quotes_cannot_be_left_out(folder: Path) -> None:
    message = refusal(folder, "role: caption", "role: omitted")
    assert message.startswith(
        "knowledge/layout.yml: Næringsminister Torbjørn Røe Isaksen Foto: NFD: "
    )
    assert "«Foto: NFD» stands in it" in message


def test_a_missing_layout_is_named(folder: Path) -> None:
    (folder / "layout.yml").unlink()
    with pytest.raises(
        KnowledgeError, match=r"knowledge/layout\.yml: .*cannot be read"
    ):
        load_knowledge(folder)
