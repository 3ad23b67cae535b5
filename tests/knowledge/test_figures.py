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
    ("place", "members"),
    [
        ("oslo", {"aleap"}),
        ("stavanger", {"valide"}),
        ("bergen", {"bergen_tto"}),
        ("tromso", {"norinnova"}),
        ("trondheim", {"sintef", "ntnu"}),
    ],
)
def test_every_environment_knows_its_city(place: str, members: set[str]) -> None:
    assert {m for m in BASE.members if BASE.place_of(m) == place} == members
    assert BASE.place_fact(min(members)) in BASE.facts


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("oslo", {"oslo"}),
        ("western_norway", {"stavanger", "bergen"}),
        ("southern_norway", set()),
    ],
)
def test_a_part_of_the_country_stands_for_the_places_in_it(
    name: str, places: set[str]
) -> None:
    assert set(BASE.places_in(name)) == places


@pytest.mark.parametrize(
    ("fact_id", "counted"),
    [
        ("applicants.count", {"applicants"}),
        ("applicants.rejected", {"rejected"}),
        ("programmes.garden.network", {"garden"}),
        ("pot.amount", {"pot"}),
        ("grant.purpose", set()),
    ],
)
def test_a_figure_knows_what_it_counts(fact_id: str, counted: set[str]) -> None:
    assert counted <= set(BASE.counted[fact_id])
    assert bool(counted) is bool(BASE.counted[fact_id])


@pytest.mark.parametrize(
    ("fact_id", "values"),
    [
        ("pot.fields", {"health", "finance", "northern_norway"}),
        ("people.director.role", {"chief_executive", "siva"}),
        # A sum states what its operands state.
        ("programmes.network", {"siva"}),
    ],
)
def test_a_fact_knows_the_names_and_values_that_it_states(
    fact_id: str, values: set[str]
) -> None:
    assert set(BASE.stated_by(fact_id)) >= values
