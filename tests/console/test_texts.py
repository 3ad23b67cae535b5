"""What the console says: all of it in texts, the same in both languages."""

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
from browsers import SignIn
from flask import Flask

from bot.console.pages import PAGES
from bot.console.texts import INTERFACE_LANGUAGES, STAFF_DIR, read_texts
from bot.staff.audit import ACTIONS
from bot.staff.people import ROLES

TEXTS = read_texts()
TEMPLATES = sorted((STAFF_DIR / "templates").glob("*.html"))
# What a template's own language, and HTML's, wrap around words; and names of keys.
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"<kbd[^>]*>\w</kbd>|<!?/?[a-z][^>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|alt|placeholder|title|summary)="([^"]*)"')
USED = re.compile(r"\bt\.([a-z_]\w*(?:\.[a-z_]\w*)*)")


Path = tuple[str, ...]


def leaves(texts: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each text with its keys."""
    if isinstance(texts, dict):
        for key, value in texts.items():
            yield from leaves(value, (*path, str(key)))
    elif isinstance(texts, list):
        for place, value in enumerate(texts):
            yield from leaves(value, (*path, str(place)))
    else:
        yield path, texts


def named(text: str) -> set[str]:
    """Return what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    nb, nn = ({path for path, _ in leaves(TEXTS[it])} for it in INTERFACE_LANGUAGES)
    assert nb ^ nn == set()


def test_both_languages_fill_in_the_same() -> None:
    nb, nn = (dict(leaves(TEXTS[language])) for language in INTERFACE_LANGUAGES)
    assert {path for path in nb if named(nb[path]) != named(nn[path])} == set()


def test_every_text_is_one_and_says_something_or_nothing_in_both_languages() -> None:
    nb, nn = (dict(leaves(TEXTS[language])) for language in INTERFACE_LANGUAGES)
    assert not [path for path, text in leaves(TEXTS) if not isinstance(text, str)]
    assert not [path for path in nb if bool(nb[path].strip()) != bool(nn[path].strip())]


def test_every_page_role_and_action_is_named() -> None:
    texts = TEXTS["nb"]
    assert all(texts[page]["title"] for page in PAGES)
    assert set(texts["roles"]) == set(ROLES)
    assert set(texts["audit"]["actions"]) == set(ACTIONS)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(template: Any) -> None:
    source = JINJA.sub("", template.read_text("utf-8"))
    words = re.findall(r"[^\W\d_]+", TAG.sub("", source))
    spoken = [word for text in SPOKEN.findall(source) for word in text.split()]
    assert words + spoken == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_texts_that_there_are(template: Any) -> None:
    missing = []
    for path in USED.findall(template.read_text("utf-8")):
        found: Any = TEXTS["nb"]
        for key in path.split("."):
            if isinstance(found, str):
                break  # What follows is a method of the text.
            if key not in found:
                missing.append(path)
                break
            found = found[key]
    assert not missing


def test_a_text_may_be_called_like_a_method_of_what_holds_it(console: Flask) -> None:
    template = console.jinja_env.from_string("{{ t.copy }} {{ t.items() | length }}")
    assert template.render(t={"copy": "Kopier"}) == "Kopier 1"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_script_or_style(template: Any) -> None:
    """The content security policy would not let it work."""
    source = template.read_text("utf-8")
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_its_token(template: Any) -> None:
    forms = re.findall(
        r'<form[^>]*method="post".*?</form>', template.read_text("utf-8"), re.DOTALL
    )
    # In a field of its own, or by a macro that is given it.
    assert not [form for form in forms if "csrf" not in form]


def test_the_language_is_chosen_and_remembered(sign_in: SignIn) -> None:
    browser = sign_in("admin")
    assert '<html lang="nb">' in browser.get("/audit/?person=x").text
    page = browser.get("/audit/?person=x&lang=nn").text
    assert '<html lang="nn">' in page
    assert "Frå og med" in page
    assert 'href="/audit/?person=x&amp;lang=nb"' in page
    assert '<html lang="nn">' in browser.get("/settings/").text
    cookie = browser.get_cookie("language", domain="127.0.0.1")
    assert cookie
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_an_unknown_language_changes_nothing(sign_in: SignIn) -> None:
    answer = sign_in("admin").get("/audit/?lang=xx")
    assert '<html lang="nb">' in answer.text
    assert not [it for it in answer.headers.getlist("Set-Cookie") if "lang" in it]
