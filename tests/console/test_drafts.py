"""The page Utkast: from a pasted e-mail to a letter, with nothing kept."""

import html
import re
from pathlib import Path

import pytest
from browsers import SignIn, csrf_token
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.staff.drafts.mail import LONGEST_MAIL
from bot.store import ConversationStore

MAIL = """Hei!

Hvor mange søkte om penger? Og hvem deler dem ut? Hvordan søker jeg?

Hilsen Berit Lund"""


def pressed(browser: FlaskClient, do: str = "make", **fields: object) -> TestResponse:
    """Return the page after a button is pressed."""
    token = csrf_token(browser, "/drafts")
    fields = {"mail": MAIL, **fields, "csrf_token": token, "do": do}
    return browser.post("/drafts", data=fields)


def letter(page: str) -> str:
    """Return the letter of a page."""
    found = re.search(r'<textarea id="letter"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return html.unescape(found[1])


def keys(page: str) -> list[str]:
    """Return the keys of the questions of a page, in order."""
    return re.findall(r'name="item" value="(\d+)"', page)


def form_of(page: str) -> dict[str, object]:
    """Return what a browser would send of the questions of a page."""
    texts = re.findall(
        r'<textarea[^>]*name="(text-\d+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL
    )
    kept = re.findall(r'name="kept" value="(\d+)" checked', page)
    return {
        "item": keys(page),
        "kept": kept,
        **{name: html.unescape(text) for name, text in texts},
        **{f"text-of-{key}": "" for key in keys(page)},
    }


def test_a_mail_becomes_questions_and_a_letter(sign_in: SignIn) -> None:
    page = pressed(sign_in("handler")).text
    assert len(keys(page)) == 3
    assert "Hei, Berit!" in letter(page)
    assert "Hvordan søker jeg?" in letter(page)
    assert letter(page).rstrip().endswith("Vennlig hilsen")


def test_editors_may_open_it_too(sign_in: SignIn) -> None:
    assert sign_in("editor").get("/drafts").status_code == 200


def test_admins_may_not(sign_in: SignIn) -> None:
    assert sign_in("admin").get("/drafts").status_code == 403


def test_what_is_left_out_is_not_in_the_letter(sign_in: SignIn) -> None:
    browser = sign_in("handler")
    form = form_of(pressed(browser).text)
    _, *others = form["item"]
    page = pressed(browser, "update", **{**form, "kept": others}).text
    assert "Hvor mange søkte" not in letter(page)
    assert "hvem deler dem ut" in letter(page)


def test_what_is_moved_down_comes_later_in_the_letter(sign_in: SignIn) -> None:
    browser = sign_in("handler")
    before = pressed(browser).text
    first, second, third = keys(before)
    page = pressed(browser, f"down:{first}", **form_of(before)).text
    assert keys(page) == [second, first, third]
    told = letter(page)
    assert told.index("hvem deler dem ut") < told.index("Hvor mange søkte")


def test_a_changed_answer_stands_in_the_letter_and_on_the_page(sign_in: SignIn) -> None:
    browser = sign_in("handler")
    form = form_of(pressed(browser).text)
    form[f"text-{form['item'][0]}"] = "Mange <søkte>."
    page = pressed(browser, "update", **form).text
    assert "Mange <søkte>." in letter(page)
    assert form_of(page)[f"text-{form['item'][0]}"] == "Mange <søkte>."


@pytest.mark.parametrize("mail", ["", "  \n ", "x" * (LONGEST_MAIL + 1)])
def test_a_mail_that_cannot_be_read_stays_with_what_is_wrong(
    sign_in: SignIn, mail: str
) -> None:
    answer = pressed(sign_in("handler"), mail=mail)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert mail.strip() in answer.text


def test_a_mail_of_the_most_characters_is_read(sign_in: SignIn) -> None:
    mail = MAIL + " " + "a" * (LONGEST_MAIL - len(MAIL) - 1)
    assert len(mail) == LONGEST_MAIL
    # A browser sends each line break as two characters.
    answer = pressed(sign_in("handler"), mail=mail.replace("\n", "\r\n"))
    assert answer.status_code == 200


def test_nothing_of_a_mail_is_kept(sign_in: SignIn, store: ConversationStore) -> None:
    browser = sign_in("handler")
    pressed(browser, mail=MAIL.replace("søkte", "søkte i Hemmelighuset"))
    store.engine.dispose()
    file = store.engine.url.database
    assert file is not None
    assert b"Hemmelighuset" not in Path(file).read_bytes()
    assert "Hemmelighuset" not in browser.get("/drafts").text
    cookies = [cookie.value for cookie in browser._cookies.values()]
    assert not any("Hemmelighuset" in value for value in cookies)


def test_two_people_do_not_see_each_others_drafts(sign_in: SignIn) -> None:
    hanne, halvor = sign_in(name="Hanne"), sign_in(name="Halvor")
    pressed(hanne, mail="Hvem er Hannes naboer? Hvor mange søkte?")
    page = pressed(halvor).text
    assert "naboer" not in page
    assert "naboer" not in halvor.get("/drafts").text


def test_personal_numbers_do_not_come_back_among_the_questions(sign_in: SignIn) -> None:
    mail = "Hvor mange søkte? Svar meg på 915 33 221 eller ola@eksempel.no?"
    page = pressed(sign_in("handler"), mail=mail).text
    questions = page.partition('id="questions"')[2]
    carried = re.compile(r'<input type="hidden" name="mail" value="[^"]*">')
    questions = carried.sub("", questions)
    assert "915 33 221" not in questions
    assert "ola@eksempel.no" not in questions


def test_the_audit_log_says_that_a_draft_was_made_and_nothing_of_it(
    sign_in: SignIn, store: ConversationStore
) -> None:
    pressed(sign_in("handler"))
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select action, subject from staff_audit where action = 'made_draft'"
        ).all()
    assert [tuple(row) for row in rows] == [("made_draft", "")]


def test_the_passage_that_proves_an_answer_can_be_read(sign_in: SignIn) -> None:
    browser = sign_in("handler")
    link = re.search(r'href="(/drafts/source/\d+-\d+)', pressed(browser).text)
    assert link
    page = browser.get(link[1]).text
    assert '<mark id="passage"' in page


def test_a_passage_outside_the_announcement_is_not_found(sign_in: SignIn) -> None:
    assert sign_in("handler").get("/drafts/source/5-999999").status_code == 404


def test_no_page_with_a_mail_is_kept_by_the_browser(sign_in: SignIn) -> None:
    assert pressed(sign_in("handler")).headers["Cache-Control"] == "no-store"


def test_without_a_token_nothing_is_drafted(sign_in: SignIn) -> None:
    answer = sign_in("handler").post("/drafts", data={"mail": MAIL, "do": "make"})
    assert answer.status_code == 400
