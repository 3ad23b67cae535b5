"""Figures and times that people mention, in digits or words."""

from typing import Any

import pytest

from bot.reading.quantities import find_moment, find_quantities


def figures(text: str) -> list[tuple[Any, str]]:
    return [
        (pytest.approx(quantity.value, abs=0.001), quantity.unit)
        for quantity in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Er det 10 millioner kroner?", 10_000_000, "kroner"),
        ("fikk de 6 mill", 6_000_000, "kroner"),
        ("fekk dei 6 mill. kroner?", 6_000_000, "kroner"),
        ("14,5 millionar", 14_500_000, "kroner"),
        ("14.5 million", 14_500_000, "kroner"),
        ("NOK 6 million", 6_000_000, "kroner"),
        ("6 MNOK", 6_000_000, "kroner"),
        ("6 000 000 kroner", 6_000_000, "kroner"),
        ("6.000.000 kr", 6_000_000, "kroner"),
        ("6\u00a0000\u00a0000 kroner", 6_000_000, "kroner"),
        ("2 milliarder", 2_000_000_000, "kroner"),
        ("500 tusen kroner", 500_000, "kroner"),
        ("2000 kroner", 2000, "kroner"),
        ("seks millioner", 6_000_000, "kroner"),
        ("six million", 6_000_000, "kroner"),
        ("41 prosent", 41, "percent"),
        ("41 %", 41, "percent"),
        ("41%", 41, "percent"),
        ("41.4 percent", 41.4, "percent"),
        ("41 per cent of the pot", 41, "percent"),
        ("førti prosent", 40, "percent"),
        ("går halvparten til helse?", 50, "percent"),
        ("a third of the pot", 33.333, "percent"),
        ("43 søkere", 43, "count"),
        ("3600 bedrifter", 3600, "count"),
        ("3 600 bedrifter", 3600, "count"),
        ("seks miljøer", 6, "count"),
        ("førtitre søkere", 43, "count"),
        ("tre og førti søkere", 43, "count"),
        ("syv miljøer", 7, "count"),
        ("to personer", 2, "count"),
        ("thirty-five incubators", 35, "count"),
        ("over hundre søkere", 100, "count"),
        ("to hundre bedrifter", 200, "count"),
        ("to tusen bedrifter", 2000, "count"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    assert figures(text) == [(value, unit)]


def test_figures_come_in_the_order_of_the_text() -> None:
    text = "Fikk 5 av 43 søkere 14,5 millioner, altså 12 prosent?"
    assert figures(text) == [
        (5, "count"),
        (43, "count"),
        (14_500_000, "kroner"),
        (12, "percent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hvem fikk penger?",
        "Kommer meldingen i 2019?",
        "Var det vinteren 2018?",
        "og en næringshage?",
        "Did Siva hand out money to the hubs?",
        "who is one to ask?",
        "covid19 og b2b",
    ],
)
def test_years_articles_and_codes_are_no_figures(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "season", "year"),
    [
        ("Kommer den vinteren 2019?", "winter", 2019),
        ("Våren 2019?", "spring", 2019),
        ("er det til sommeren", "summer", None),
        ("kjem ho hausten 2020", "autumn", 2020),
        ("in the winter of 2019", "winter", 2019),
        ("i januar 2019", "winter", 2019),
        ("in May?", None, None),
        ("1. april", "spring", None),
        ("i 2018", None, 2018),
        ("ikke i 2018, men i 2019?", None, 2019),
    ],
)
def test_a_time_is_read_as_season_and_year(
    text: str, season: str | None, year: int | None
) -> None:
    moment = find_moment(text)
    assert (moment and moment.season, moment and moment.year) == (season, year)


@pytest.mark.parametrize("text", ["", "Når kommer den?", "12345", "kl. 20.19"])
def test_without_a_season_or_year_there_is_no_time(text: str) -> None:
    assert find_moment(text) is None
