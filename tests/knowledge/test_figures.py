"""Figures: read as the announcement writes them, and worked out right."""

import pytest

from bot.knowledge import load_knowledge
from bot.knowledge.models import SeasonFact

BASE = load_knowledge()


@pytest.mark.parametrize(
    ("fact_id", "value", "kind"),
    [
        ("grant.amount", 6_000_000, "amount"),
        ("pot.amount", 14_500_000, "amount"),
        ("recipients.count", 6, "count"),
        ("applicants.count", 43, "count"),
        ("applicants.supported", 5, "count"),
        ("programmes.incubation.network", 35, "count"),
        ("programmes.garden.network", 40, "count"),
        ("programmes.companies", 3600, "count"),
        ("pot.share", 41.379, "percent"),
        ("pot.remainder", 8_500_000, "amount"),
        ("pot.gap", 2_500_000, "amount"),
        ("applicants.rejected", 38, "count"),
        ("applicants.success_rate", 11.628, "percent"),
        ("programmes.network", 75, "count"),
        ("programmes.network_gap", 5, "count"),
        ("programmes.companies_each", 48, "count"),
    ],
)
def test_every_figure_has_its_value_and_unit(
    fact_id: str, value: float, kind: str
) -> None:
    assert BASE.value(fact_id) == pytest.approx(value, abs=0.001)
    assert BASE.figure_kind(fact_id) == kind


def test_a_fact_in_words_has_no_figure() -> None:
    with pytest.raises(TypeError, match=r"grant\.purpose"):
        BASE.value("grant.purpose")


def test_the_white_paper_is_dated_as_loosely_as_the_announcement_dates_it() -> None:
    date = BASE.facts["white_paper.date"]
    assert isinstance(date, SeasonFact)
    assert (date.value.season, date.value.year) == ("winter", 2019)


@pytest.mark.parametrize(
    ("place", "recipients"),
    [
        ("oslo", ("aleap",)),
        ("stavanger", ("valide",)),
        ("bergen", ("bergen_tto",)),
        ("tromso", ("norinnova",)),
        ("trondheim", ("sintef", "ntnu")),
    ],
)
def test_every_city_knows_the_environments_in_it(
    place: str, recipients: tuple[str, ...]
) -> None:
    assert BASE.recipients_in(place) == recipients
    assert {BASE.city_of(recipient) for recipient in recipients} == {place}
