"""What holds whatever the chat shows: WCAG's rules, targets, zoom, the keyboard."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from .conftest import OpenPage
from .controls import missed_by_tab, sideways, small_targets, unreachable
from .states import EMBEDDED_STATES, STATES
from .test_accessibility import breaches

# What is left of a window of 1280 × 800 at 400 percent.
ENLARGED = {"width": 320, "height": 200}
PHONE = {"width": 390, "height": 844}
ComeTo = Callable[..., Page]


@pytest.fixture
def come_to(open_page: OpenPage, embedding_site: str) -> ComeTo:
    """Opens a page and brings the chat into a state."""

    def come_to(state: str, scheme: Literal["light", "dark"] = "light") -> Page:
        is_embedded = state in EMBEDDED_STATES
        page = open_page(embedding_site if is_embedded else "/")
        page.emulate_media(color_scheme=scheme)
        (EMBEDDED_STATES if is_embedded else STATES)[state](page)
        open_page.faults.clear()  # The browser reports a request that is made to fail.
        return page

    return come_to


in_all_states = pytest.mark.parametrize("state", [*STATES, *EMBEDDED_STATES])


@in_all_states
def test_whatever_the_chat_shows_can_be_seen_reached_and_pressed(
    come_to: ComeTo, shoot: Callable[[Page, str], None], state: str
) -> None:
    page = come_to(state)
    shoot(page, f"{state}-light")
    found = {
        "against a rule": breaches(page),
        "too small": small_targets(page),
        "missed by Tab": missed_by_tab(page),
    }
    page.set_viewport_size(PHONE)
    found["too small on a phone"] = small_targets(page)
    page.set_viewport_size(ENLARGED)
    shoot(page, f"{state}-400-percent")
    found["scrolls sideways at 400 percent"] = sideways(page)
    # On another site the open chat fills such a window.
    where = "helse-assistent" if state in EMBEDDED_STATES else "html, helse-assistent"
    found["out of reach at 400 percent"] = unreachable(page, where)
    assert found == {check: [] for check in found}


@pytest.mark.needs("colour schemes")
@in_all_states
def test_nothing_is_against_a_rule_in_dark_colours(
    come_to: ComeTo, shoot: Callable[[Page, str], None], state: str
) -> None:
    page = come_to(state, "dark")
    shoot(page, f"{state}-dark")
    assert breaches(page) == []
