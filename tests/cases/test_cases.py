"""What can become of a case, and what cannot, whoever tries and however often."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from employees import ALWAYS, KARI, OLA, Employee, write

from bot.cases import CaseRefusedError, CaseRules, Cases, counted, kept_of
from bot.hours import NEVER
from bot.store import ConversationStore
from bot.store.case_tables import CASE_LINES, CASE_NOTES, CASES, PRESENCE

DAY = 24 * 60 * 60
STAFF = (KARI, OLA)


def opened(cases: Cases, sender: str = "web-1", call: str = "call-open") -> int:
    cases.open(sender, call, "asked", "nb")
    case = cases.open_case(sender)
    assert case
    return case.id


def left(
    cases: Cases, sender: str = "web-1", call: str = "call-left", text: str = "Hjelp"
) -> int:
    cases.leave(sender, call, text, "ola@example.org", "asked", "nb")
    case = cases.open_case(sender)
    assert case
    return case.id


def codes(cases: Cases, number: int) -> list[str]:
    return [it.code or it.text for it in cases.lines(number)]


def set_columns(cases: Cases, number: int, **values: Any) -> None:
    with cases.engine.begin() as connection:
        its = CASES.c.id == number
        connection.execute(CASES.update().where(its).values(values))


def try_to_take(
    cases: Cases, number: int, who: Employee, begun: threading.Barrier
) -> str:
    begun.wait()
    try:
        return str(cases.take(number, who).taken_name)
    except CaseRefusedError as error:
        return f"{error.code} {error.by}"


def test_a_case_is_opened_taken_talked_in_and_handed_back(cases: Cases) -> None:
    number = opened(cases)
    [waiting] = cases.waiting()
    assert (waiting.id, waiting.place, waiting.state) == (number, 1, "waiting")
    assert cases.take(number, KARI).taken_by == KARI.id
    assert [it.taken_by for it in cases.answered()] == [KARI.id]
    assert cases.waiting() == ()
    line = cases.say(number, KARI, "Hva kan jeg hjelpe med?", "line-1")
    assert (line.author, line.name, line.text) == (
        *("staff", "Kari", "Hva kan jeg hjelpe med?"),
    )
    cases.end("web-1", "call-end", "robot")
    assert codes(cases, number) == ["opened", "taken", line.text, "handed_back"]
    [done] = cases.done()
    assert (done.id, done.closed_by) == (number, "citizen")
    assert cases.open_case("web-1") is None


@pytest.mark.parametrize("times", [2, 3])
def test_what_is_sent_again_is_done_once(cases: Cases, times: int) -> None:
    number = 0
    for _ in range(times):
        number = opened(cases)
    cases.take(number, KARI)
    for _ in range(times):
        cases.take(number, KARI)
        cases.say(number, KARI, "Hei", "line-1")
    for _ in range(times):
        cases.end("web-1", "call-end", "nobody")
    assert codes(cases, number) == ["opened", "taken", "Hei", "closed"]
    # The same again after a new one has begun ends nothing.
    later = opened(cases, call="call-again")
    cases.end("web-1", "call-end", "nobody")
    cases.open("web-1", "call-open", "asked", "nb")
    assert [it.id for it in cases.waiting()] == [later]


def test_a_message_left_twice_is_one_and_another_goes_with_it(cases: Cases) -> None:
    number = left(cases)
    assert left(cases) == number
    assert left(cases, call="call-more", text="Og en ting til") == number
    assert codes(cases, number) == ["Hjelp", "became_message", "Og en ting til"]
    [message] = cases.messages()
    assert (message.reach, message.state) == ("ola@example.org", "message")


def test_two_windows_that_open_at_once_open_one(cases: Cases) -> None:
    begun = threading.Barrier(4)

    def ask(number: int) -> None:
        begun.wait()
        cases.open("web-1", f"call-{number}", "asked", "nb")

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(ask, range(4)))
    [case] = cases.waiting()
    assert codes(cases, case.id) == ["opened"]


def test_of_two_who_take_at_once_one_gets_it_and_the_other_is_told_who(
    cases: Cases,
) -> None:
    for turn in range(5):
        number = opened(cases, f"web-{turn}", f"call-{turn}")
        begun = threading.Barrier(2)
        with ThreadPoolExecutor(2) as both:
            tries = [both.submit(try_to_take, cases, number, it, begun) for it in STAFF]
        case = cases.case(number)
        assert case
        winner = str(case.taken_name)
        expected = [winner if it.name == winner else f"taken {winner}" for it in STAFF]
        assert [it.result() for it in tries] == expected
        assert codes(cases, number) == ["opened", "taken"]


def test_only_who_has_a_case_answers_and_hands_it_on(cases: Cases) -> None:
    number = opened(cases)
    cases.take(number, KARI)
    for refused in (
        lambda: cases.say(number, OLA, "Hei", "line-1"),
        lambda: cases.transfer(number, OLA, KARI),
        lambda: cases.put_back(number, OLA),
        lambda: cases.take_over(number, OLA, "local:Per"),
    ):
        with pytest.raises(CaseRefusedError, match="not_yours"):
            refused()
    with pytest.raises(CaseRefusedError, match="taken") as error:
        cases.close(number, OLA)
    assert error.value.by == "Kari"
    assert cases.transfer(number, KARI, OLA).taken_by == OLA.id
    assert cases.take_over(number, KARI, OLA.id).taken_by == KARI.id
    assert cases.put_back(number, KARI).state == "waiting"
    cases.take(number, OLA)
    assert cases.close(number, OLA).closed_by == "staff"
    assert cases.close(number, KARI).state == "closed"
    assert codes(cases, number) == [
        *("opened", "taken", "transferred", "transferred"),
        *("queued", "taken", "closed"),
    ]


def test_what_is_closed_or_gone_is_changed_no_more(
    cases: Cases, store: ConversationStore
) -> None:
    number = opened(cases)
    cases.take(number, KARI)
    cases.close(number, KARI)
    for refused in (
        lambda: cases.take(number, KARI),
        lambda: cases.say(number, KARI, "Hei", "line-1"),
        lambda: cases.transfer(number, KARI, OLA),
        lambda: cases.put_back(number, KARI),
    ):
        with pytest.raises(CaseRefusedError, match="closed"):
            refused()
    store.forget("web-1")
    for refused in (
        lambda: cases.take(number, KARI),
        lambda: cases.say(number, KARI, "Hei", "line-1"),
        lambda: cases.note(number, KARI, "Hei"),
        lambda: cases.close(number, KARI),
    ):
        with pytest.raises(CaseRefusedError, match="gone"):
            refused()


def test_the_queue_has_an_order_which_who_was_put_back_keeps(cases: Cases) -> None:
    numbers = [opened(cases, f"web-{it}", f"call-{it}") for it in range(3)]
    assert [it.place for it in cases.waiting()] == [1, 2, 3]
    cases.take(numbers[0], KARI)
    places = [cases.open_case(f"web-{it}") for it in range(3)]
    assert [it and it.place for it in places] == [None, 1, 2]
    cases.put_back(numbers[0], KARI)
    assert [it.id for it in cases.waiting()] == numbers
    cases.end("web-0", "call-end", "nobody")
    assert [it.id for it in cases.waiting()] == numbers[1:]


def test_nobody_is_in_a_queue_where_nobody_is_there(store: ConversationStore) -> None:
    empty = Cases(store.engine, CaseRules(True, ALWAYS))
    assert empty.reach().state == "away"
    with pytest.raises(CaseRefusedError, match="nobody_there"):
        opened(empty)
    empty.ping(KARI)
    empty.set_away(KARI, True)
    assert (empty.reach().state, empty.is_away(KARI.id)) == ("away", True)
    empty.ping(KARI)
    assert empty.reach().state == "away"
    empty.set_away(KARI, False)
    assert empty.reach().state == "open"
    closed = Cases(store.engine, CaseRules(True, NEVER))
    assert closed.reach().state == "closed"
    with pytest.raises(CaseRefusedError, match="nobody_there"):
        opened(closed)
    assert left(closed)
    off = Cases(store.engine, CaseRules())
    assert off.reach().state == "off"
    with pytest.raises(CaseRefusedError, match="nobody_there"):
        left(off, "web-2")


def test_who_has_closed_the_page_is_present_no_more(cases: Cases) -> None:
    assert [it.name for it in cases.present()] == ["Kari"]
    with cases.engine.begin() as connection:
        connection.execute(PRESENCE.update().values(seen_at=time.time() - 31))
    assert (cases.present(), cases.reach().state) == ((), "away")
    cases.ping(KARI)
    assert cases.reach().state == "open"


def test_a_page_that_asks_all_the_time_is_noted_now_and_then(cases: Cases) -> None:
    def seen_at() -> float:
        return cases.present()[0].seen_at

    noted = seen_at()
    cases.ping(KARI)
    assert seen_at() == noted
    with cases.engine.begin() as connection:
        connection.execute(PRESENCE.update().values(seen_at=noted - 6))
    cases.ping(KARI)
    assert seen_at() > noted


def test_a_case_that_nobody_takes_becomes_a_message_in_time(
    store: ConversationStore,
) -> None:
    cases = Cases(store.engine, CaseRules(True, ALWAYS, wait=60, idle=3600))
    cases.ping(KARI)
    number = opened(cases)
    assert cases.expire() == 0
    set_columns(cases, number, changed_at=time.time() - 61)
    assert (cases.expire(), cases.expire()) == (1, 0)
    case = cases.open_case("web-1")
    assert case
    assert (case.state, case.reach, case.place) == ("message", "", None)
    assert codes(cases, number) == ["opened", "became_message"]
    # Whoever is asked how to be reached may have nothing to add.
    cases.leave("web-1", "call-reach", "", "22 24 90 90", "asked", "nb")
    cases.leave("web-1", "call-reach", "", "22 24 90 90", "asked", "nb")
    assert [it.reach for it in cases.messages()] == ["22 24 90 90"]
    assert codes(cases, number) == ["opened", "became_message", "became_message"]
    # And may come back while somebody is there.
    assert opened(cases, call="call-back") == number
    assert [it.id for it in cases.waiting()] == [number]


def test_a_case_in_which_nobody_says_anything_is_closed_in_time(
    store: ConversationStore,
) -> None:
    cases = Cases(store.engine, CaseRules(True, ALWAYS, wait=60, idle=600))
    cases.ping(KARI)
    number = opened(cases)
    cases.take(number, KARI)
    set_columns(cases, number, changed_at=time.time() - 599)
    assert cases.expire() == 0
    set_columns(cases, number, changed_at=time.time() - 601)
    cases.say(number, KARI, "Er du der?", "line-1")
    assert cases.expire() == 0
    set_columns(cases, number, changed_at=time.time() - 601)
    assert cases.expire() == 1
    [done] = cases.done()
    assert (done.closed_by, codes(cases, number)[-1]) == ("time", "closed")


def test_a_message_is_taken_by_one_and_closed(cases: Cases) -> None:
    number = left(cases)
    assert cases.take(number, KARI).state == "message"
    with pytest.raises(CaseRefusedError, match="taken"):
        cases.take(number, OLA)
    with pytest.raises(CaseRefusedError, match="not_yours"):
        cases.say(number, KARI, "Hei", "line-1")
    assert [it.taken_by for it in cases.messages()] == [KARI.id]
    # It stays with the person, whatever they end.
    cases.end("web-1", "call-end", "nobody")
    assert cases.close(number, KARI).state == "closed"


def test_a_message_that_says_nothing_needs_a_case(cases: Cases) -> None:
    with pytest.raises(CaseRefusedError, match="no_case"):
        left(cases, text="")
    number = opened(cases)
    assert left(cases, text="") == number
    assert codes(cases, number) == ["opened", "became_message"]
    cases.end("web-1", "x", "nobody")
    cases.close(number, KARI)
    number = opened(cases, call="call-new")
    cases.take(number, KARI)
    with pytest.raises(CaseRefusedError, match="being_answered"):
        left(cases, call="call-late")


def test_who_writes_is_shown_for_some_seconds(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = opened(cases)
    cases.types("web-1")
    case = cases.case(number)
    assert case
    assert not case.citizen_types  # Nobody answers yet.
    cases.take(number, KARI)
    cases.types("web-1")
    cases.staff_types(number, OLA)
    case = cases.case(number)
    assert case
    assert (case.citizen_types, case.staff_types) == (True, False)
    cases.staff_types(number, KARI)
    assert cases.view("web-1")["case"]["typing"]
    later = time.time() + 7
    monkeypatch.setattr(time, "time", lambda: later)
    case = cases.case(number)
    assert case
    assert (case.citizen_types, case.staff_types) == (False, False)
    cases.staff_types(number, KARI)
    cases.say(number, KARI, "Hei", "line-1")
    assert not cases.view("web-1")["case"]["typing"]


def test_a_person_is_told_the_role_of_who_answers_and_the_name_only_if_set(
    cases: Cases,
) -> None:
    cases.take(opened(cases), KARI)
    assert cases.view("web-1")["case"]["by"] == {"role": "handler", "name": None}
    told = Cases(cases.engine, CaseRules(True, ALWAYS, tells_names=True))
    assert told.view("web-1")["case"]["by"] == {"role": "handler", "name": "Kari"}
    assert "Kari" not in str(cases.view("web-1"))


def test_a_view_tells_what_is_new_of_all_the_cases_of_a_conversation(
    cases: Cases,
) -> None:
    number = opened(cases)
    cases.take(number, KARI)
    first = cases.view("web-1")
    assert [it["code"] for it in first["lines"]] == ["opened", "taken"]
    cases.say(number, KARI, "Hei", "line-1")
    cases.note(number, KARI, "Vanskelig")
    opened(cases, "web-2", "call-other")
    new = cases.view("web-1", first["latest"])
    assert [it["text"] for it in new["lines"]] == ["Hei"]
    cases.close(number, KARI)
    opened(cases, call="call-again")
    last = cases.view("web-1", new["latest"])
    assert [it["code"] for it in last["lines"]] == ["closed", "opened"]
    assert "Vanskelig" not in str(cases.view("web-1"))
    assert cases.view("web-1", last["latest"])["lines"] == []


def test_personal_numbers_are_left_out_but_how_to_be_reached_is_kept(
    cases: Cases,
) -> None:
    number = opened(cases)
    cases.take(number, KARI)
    line = cases.say(
        number, KARI, "Ring 22 24 90 90, ikke send 01019012345 her.", "line-1"
    )
    assert line.text == "Ring 22 24 90 90, ikke send [fødselsnummer] her."
    note = cases.note(number, KARI, "Ringte 22 24 90 90")
    assert note.text == "Ringte [telefonnummer]"
    assert [it.text for it in cases.notes(number)] == [note.text]


def test_a_deleted_conversation_leaves_nothing_of_its_case(
    cases: Cases, store: ConversationStore, tmp_path: Path
) -> None:
    write(store, "web-1")
    number = opened(cases)
    cases.take(number, KARI)
    cases.say(number, KARI, "Balalaika", "line-1")
    cases.note(number, KARI, "Zeppelin")
    cases.close(number, KARI)
    left(cases)
    other = left(cases, "web-2")
    kept = kept_of(store.engine, "web-1")
    assert [it["text"] for it in kept[0]["notes"]] == ["Zeppelin"]
    assert kept[1]["reach"] == "ola@example.org"
    store.forget("web-1")
    assert kept_of(store.engine, "web-1") == []
    assert [it.id for it in cases.messages()] == [other]
    store.forget("web-2")
    for table in (CASES, CASE_LINES, CASE_NOTES):
        with store.engine.connect() as connection:
            assert connection.execute(sa.select(table)).all() == []
    store.engine.dispose()
    content = (tmp_path / "conversations.db").read_bytes()
    for written in (b"Balalaika", b"Zeppelin", b"ola@example.org"):
        assert written not in content


def test_a_conversation_is_kept_as_long_as_its_case_goes_on(
    cases: Cases, store: ConversationStore
) -> None:
    long_ago = time.time() - 40 * DAY
    for sender in ("web-old", "web-going", "web-silent", "web-new"):
        number = left(cases, sender, f"call-{sender}")
        if sender in ("web-old", "web-silent"):
            set_columns(cases, number, changed_at=long_ago)
    for sender in ("web-old", "web-going"):
        write(store, sender)
        with store.engine.begin() as connection:
            its = f"WHERE sender_id = '{sender}'"
            for change in ("events SET timestamp", "standings SET said_at"):
                connection.exec_driver_sql(f"UPDATE {change} = {long_ago} {its}")
    assert store.holds("web-silent")
    assert store.forget_old(30) == 2
    assert [store.holds(it) for it in ("web-old", "web-silent")] == [False, False]
    assert {it.sender_id for it in cases.messages()} == {"web-going", "web-new"}


def test_who_was_present_long_ago_is_forgotten_with_the_audit_log(
    cases: Cases, store: ConversationStore
) -> None:
    cases.ping(OLA)
    with store.engine.begin() as connection:
        theirs = PRESENCE.update().where(PRESENCE.c.person == OLA.id)
        connection.execute(theirs.values(seen_at=time.time() - 400 * DAY))
    store.forget_audit(365)
    with store.engine.connect() as connection:
        names = connection.execute(sa.select(PRESENCE.c.name)).scalars().all()
    assert names == ["Kari"]


def test_the_database_itself_holds_one_open_case_of_a_conversation(
    cases: Cases, tmp_path: Path
) -> None:
    number = opened(cases)
    with (
        sqlite3.connect(tmp_path / "conversations.db") as connection,
        pytest.raises(sqlite3.IntegrityError),
    ):
        connection.execute(
            "INSERT INTO cases (sender_id, number, state, reason, language, opened_at,"
            " changed_at, last_line) SELECT sender_id, number + 1, 'message', reason,"
            f" language, opened_at, changed_at, 0 FROM cases WHERE id = {number}"
        )


def test_cases_are_counted_with_how_long_people_waited(cases: Cases) -> None:
    now = time.time()
    taken = opened(cases, "web-1", "call-1")
    cases.take(taken, KARI)
    set_columns(cases, taken, waiting_since=now - 90, taken_at=now - 30, topic="a.b")
    cases.close(taken, KARI)
    left(cases, "web-2", "call-2")
    cases.leave("web-3", "call-3", "Hi", "a@example.org", "thumbs", "en")
    found = counted(cases.engine, now - 60, time.time() + 1)
    assert (found.opened, found.live, found.messages) == (3, 1, 2)
    assert found.waited == (60.0,)
    assert found.by_reason == {"asked": 2, "thumbs": 1}
    assert (found.by_language["en"], found.by_topic) == (1, {"a.b": 1, "": 2})
    assert found.closed_by == {"staff": 1}
    assert counted(cases.engine, now - 200, now - 100).opened == 0


def test_a_message_that_waits_again_is_taken_by_nobody_yet(cases: Cases) -> None:
    cases.leave("web-1", "call-1", "Hei", "post@example.org", "asked", "nb")
    [message] = cases.messages()
    cases.take(message.id, KARI)
    cases.open("web-1", "call-2", "asked", "nb")
    [waiting] = cases.waiting()
    assert (waiting.taken_by, waiting.taken_at) == (None, None)
