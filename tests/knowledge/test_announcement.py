"""The announcement itself: unchanged, quoted verbatim and covered by facts."""

import hashlib
import re

import pytest

from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR

KNOWLEDGE_DIR = PROJECT_DIR / "knowledge"
BASE = load_knowledge()
CHECKSUM = "dc02d962cf1e24a7ed2c17e1fa268da1711ffdeb502db4766cdd6c5e29057d45"
# Lines that lead the reader around the page and state nothing of their own.
NAVIGATION = {
    "Forsiden",
    "Ny helsenæringsmelding",
    "14,5 millioner til vekst i bedriftene",
    "Fakta om Sivas programmer",
}
# What stands between quotes: who speaks, and what another quote says already.
BETWEEN_QUOTES = {
    "og",
    "sier",
    "sier Røe Isaksen",
    "Næringsminister Torbjørn Røe Isaksen",
}


def uncovered_passages() -> set[str]:
    """Return the passages outside every quote, without the marks around them."""
    covered = bytearray(len(BASE.announcement))
    for fact in BASE.facts.values():
        for quote in fact.quotes:
            for found in re.finditer(re.escape(quote), BASE.announcement):
                covered[found.start() : found.end()] = b"\x01" * len(quote)
    left = "".join(
        "\n" if hidden else letter
        for letter, hidden in zip(BASE.announcement, covered, strict=True)
    )
    passages = {line.strip(" \xa0.,–•") for line in left.splitlines()}
    return passages - {""}


def test_the_announcement_is_the_published_one_to_the_byte() -> None:
    content = (KNOWLEDGE_DIR / "announcement.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == CHECKSUM


@pytest.mark.parametrize("fact_id", BASE.facts)
def test_every_quote_stands_verbatim_at_its_offsets(fact_id: str) -> None:
    written = (KNOWLEDGE_DIR / "announcement.txt").read_bytes().decode()
    sources = BASE.sources([fact_id])
    assert sources
    for source in sources:
        assert source.quote in BASE.facts[fact_id].quotes
        assert written[source.start : source.end] == source.quote


def test_every_statement_of_the_announcement_is_quoted_by_a_fact() -> None:
    assert uncovered_passages() == NAVIGATION | BETWEEN_QUOTES


def test_a_passage_inside_another_is_not_shown_twice() -> None:
    long, short = BASE.sources(["grant.amount", "grant.target_group"])[:2]
    assert short.end > long.end
    nested = BASE.sources(["recipients.list", "recipients.valide.city"])
    assert [source.quote for source in nested] == list(
        BASE.facts["recipients.list"].quotes
    )


def test_the_recipients_keep_the_order_of_the_announcement() -> None:
    listed = BASE.facts["recipients.list"].quotes[0]
    labels = [BASE.names[name].label.nb for name in BASE.members]
    places = [listed.index(label) for label in labels]
    assert places == sorted(places)
    assert len(places) == BASE.value("recipients.count")


@pytest.mark.parametrize("fact_id", ["pot.share", "programmes.companies_each"])
def test_a_derived_figure_is_proved_by_the_quotes_it_is_worked_out_from(
    fact_id: str,
) -> None:
    stated = BASE.operands(fact_id)
    assert set(stated) <= set(BASE.facts)
    quotes = {source.quote for source in BASE.sources([fact_id])}
    assert quotes == {quote for fact in stated for quote in BASE.facts[fact].quotes}
