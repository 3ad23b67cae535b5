"""A person reaches the staff over the real server's API, and hears from them."""

import contextlib
import signal
import sqlite3
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
import schemathesis
import yaml
from employees import ALWAYS, KARI, OLA
from hypothesis import settings
from listening import Stream
from rest_client import Server
from web_client import WebClient, code_of

from bot.cases import CaseRules, Cases
from bot.settings import PROJECT_DIR
from bot.store import ConversationStore
from bot.store.case_tables import PRESENCE
from trials.processes import free_port

pytestmark = pytest.mark.usefixtures("model")
OPEN = {"HELSE_CASES": "on", "HELSE_HOURS": "man-søn,helligdag 00:00-24:00"}
FREELY = {
    "HELSE_RATE_ADDRESS": "100000/minute",
    "HELSE_RATE_CONVERSATION": "100000/minute",
    "HELSE_RATE_OPENING": "100000/minute",
    "HELSE_RATE_CASES": "100000/minute",
}


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, metrics_port: int
) -> Iterator[Server]:
    """A server whose staff can be reached at any time."""
    folder = tmp_path_factory.mktemp("live")
    told = {"HELSE_METRICS": f"127.0.0.1:{metrics_port}"}
    server = Server(folder, folder / "conversations.db", **OPEN, **FREELY, **told)
    yield server
    server.stop()


SCHEMA = schemathesis.openapi.from_path(PROJECT_DIR / "docs" / "openapi.yml")
CALLS = SCHEMA.include(path_regex="/api/conversation/case").exclude(
    operation_id="streamCase"
)


def cases_of(server: Server) -> Cases:
    """Return the cases as the console has them, beside the server."""
    store = ConversationStore.in_file(server.store)
    return Cases(store.engine, CaseRules(True, ALWAYS))


@pytest.fixture
def staff(live: Server) -> Cases:
    """The cases, with Kari at her desk."""
    cases = cases_of(live)
    cases.ping(KARI)
    cases.set_away(KARI, False)
    return cases


@pytest.fixture
def citizen(live: Server) -> WebClient:
    return WebClient(live.url)


def new_id() -> str:
    return str(uuid.uuid4())


def opens(citizen: WebClient, call: str = "", **changes: Any) -> requests.Response:
    body = {"id": call or new_id(), "reason": "asked", "share": True, "language": "nb"}
    return citizen.call("POST", "conversation/case", json={**body, **changes})


def leaves(citizen: WebClient, call: str = "", **changes: Any) -> requests.Response:
    body = {
        "id": call or new_id(),
        "text": "Jeg lurer på noe.",
        "reach": "Ola, ola@example.org, 22 24 90 90",
        "share": True,
        "language": "nb",
    }
    return citizen.call("POST", "conversation/case/message", json={**body, **changes})


def ends(citizen: WebClient, to: str = "robot", call: str = "") -> dict[str, Any]:
    body = {"id": call or new_id(), "to": to}
    answer = citizen.call("POST", "conversation/case/end", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def view(citizen: WebClient, since: int = 0) -> dict[str, Any]:
    answer = citizen.call("GET", f"conversation/case?since={since}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def in_a_case(citizen: WebClient, staff: Cases) -> int:
    """Open a case, and have Kari take it."""
    number = opens(citizen).json()["case"]["id"]
    staff.take(number, KARI)
    return int(number)


def said(lines: list[dict[str, Any]]) -> list[str]:
    return [it["code"] or it["text"] for it in lines]


def test_a_person_is_reached_and_the_robot_keeps_silent_until_it_is_handed_back(
    citizen: WebClient, staff: Cases
) -> None:
    asked = citizen.say("Hva er en næringshage?")
    wanted = citizen.say("Jeg vil snakke med et menneske")
    assert wanted["reply"]["offer"] == "person"
    assert view(citizen)["reach"]["state"] == "open"
    told = opens(citizen, reason="asked").json()
    assert (told["case"]["state"], told["case"]["place"]) == ("waiting", 1)
    assert said(told["lines"]) == ["opened"]
    # While nobody has taken it, the robot goes on.
    assert citizen.say("Hei")["reply"]["kind"] == "smalltalk"
    number = told["case"]["id"]
    assert staff.take(number, KARI).topic == "programmes.garden"
    staff.say(number, KARI, "Hei, jeg er Kari.", "line-from-kari")
    turn = citizen.say("Hva er det der?")
    reply = turn["reply"]
    assert (reply["kind"], reply["text"], reply["buttons"]) == ("relayed", "", [])
    assert (reply["facts"], reply["sources"]) == ([], [])
    assert (reply["intent"], reply["confidence"]) == ("relayed", 1.0)
    line = view(citizen)["lines"][-1]
    assert (line["id"], line["message"]) == (reply["relayed"], turn["id"])
    assert line["author"] == "citizen"
    assert citizen.send("Hva er det der?", turn["id"]).json() == turn
    ended = ends(citizen)
    assert ended["case"] is None
    assert said(view(citizen)["lines"]) == [
        *("opened", "taken", "Hei, jeg er Kari.", "Hva er det der?", "handed_back"),
    ]
    # What the robot remembers is what it was told by itself.
    assert citizen.say("og inkubatorene?")["reply"]["kind"] == "answer"
    turns = citizen.turns()
    assert turns[0] == asked
    assert [it["reply"]["kind"] for it in turns].count("relayed") == 1


def test_over_rest_a_message_is_relayed_alike(live: Server, staff: Cases) -> None:
    sender = f"rest-{new_id()}"
    assert live.client.say(sender, "Hei").kind == "smalltalk"
    staff.open(sender, "call-rest", "asked", "nn")
    case = staff.open_case(sender)
    assert case
    staff.take(case.id, KARI)
    reply = live.client.say(sender, "Er du der?")
    assert (reply.kind, reply.payload["language"]) == ("relayed", "nn")
    assert reply.texts == []
    [line] = [it for it in staff.lines(case.id) if it.author == "citizen"]
    assert (line.id, line.text) == (reply.payload["relayed"], "Er du der?")
    # What is too long to be read is none that could be handed on.
    assert live.client.say(sender, "a" * 1001).kind == "out_of_scope"
    assert live.client.say(sender, "👍").kind == "relayed"
    staff.close(case.id, KARI)
    assert live.client.say(sender, "Hei").kind == "smalltalk"


@pytest.fixture(scope="module")
def somebody(live: Server) -> Iterator[str]:
    """The token of one conversation, while Kari is at her desk."""
    cases = cases_of(live)
    cases.ping(KARI)
    theirs = PRESENCE.update().where(PRESENCE.c.person == KARI.id)
    with cases.engine.begin() as connection:
        connection.execute(theirs.values(seen_at=time.time() + 3600, is_away=False))
    yield WebClient(live.url).token
    with cases.engine.begin() as connection:
        connection.execute(theirs.values(seen_at=time.time()))


@CALLS.parametrize()
@settings(max_examples=25, deadline=None)
def test_whatever_is_sent_about_a_case_the_answer_is_as_described(
    case: schemathesis.Case, live: Server, somebody: str
) -> None:
    case.call_and_validate(
        base_url=live.url, headers={"Authorization": f"Bearer {somebody}"}
    )


def test_what_is_told_of_a_case_is_as_described(
    citizen: WebClient, staff: Cases
) -> None:
    schemas = yaml.safe_load((PROJECT_DIR / "docs" / "openapi.yml").read_text("utf-8"))
    whole = {**schemas, "$ref": "#/components/schemas/CaseView"}
    validator = jsonschema.Draft202012Validator(whole)

    def told() -> dict[str, Any]:
        seen = view(citizen)
        validator.validate(seen)
        return seen

    assert told()["case"] is None
    number = opens(citizen).json()["case"]["id"]
    assert told()["case"]["state"] == "waiting"
    staff.take(number, KARI)
    staff.say(number, KARI, "Hei", new_id())
    citizen.say("Hei")
    assert told()["case"]["state"] == "answered"
    ends(citizen)
    leaves(citizen)
    assert told()["case"]["state"] == "message"
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**told(), "case": {"state": "message"}})


def test_what_is_written_to_a_person_is_masked_and_cleaned(
    citizen: WebClient, staff: Cases
) -> None:
    number = in_a_case(citizen, staff)
    turn = citizen.say("Jeg er ola@example.org\x07, 01019012345")
    assert turn["text"] == "Jeg er [e-postadresse] , [fødselsnummer]"
    assert [it.text for it in staff.lines(number)][-1] == turn["text"]
    ends(citizen)


def test_a_stream_tells_at_once_what_is_new_and_another_window_hears_it_too(
    citizen: WebClient, staff: Cases
) -> None:
    first, second = Stream(citizen), Stream(citizen)
    number = in_a_case(citizen, staff)
    for stream in (first, second):
        told = stream.wait_for(lambda it: it["case"] and it["case"]["by"])
        assert told["case"]["by"] == {"role": "handler", "name": None}
    began = time.time()
    staff.staff_types(number, KARI)
    first.wait_for(lambda it: it["case"] and it["case"]["typing"])
    staff.say(number, KARI, "Hei", new_id())
    told = first.wait_for(lambda it: "Hei" in said(it["lines"]))
    assert time.time() - began < 5
    assert not told["case"]["typing"]
    turn = citizen.say("Hei du")
    second.wait_for(lambda it: "Hei du" in said(it["lines"]))
    ends(citizen)
    for stream in (first, second):
        stream.wait_for(lambda it: "handed_back" in said(it["lines"]))
        assert said(stream.lines()) == [
            *("opened", "taken", "Hei", "Hei du", "handed_back"),
        ]
        assert [it["message"] for it in stream.lines()].count(turn["id"]) == 1
        assert stream.events[-1][1]["case"] is None
        stream.close()


def test_a_stream_lasts_longer_than_any_other_answer_may(
    citizen: WebClient, staff: Cases, metrics_port: int
) -> None:
    number = in_a_case(citizen, staff)
    stream = Stream(citizen)
    assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert stream.headers["Cache-Control"] == "no-store"
    assert stream.headers["X-Accel-Buffering"] == "no"
    assert streams(metrics_port) >= 1
    # A request is ended after 20 seconds, unless something is told meanwhile.
    time.sleep(23)
    assert (stream.beats, len(stream.events)) == (1, 1)
    staff.say(number, KARI, "Er du der?", new_id())
    stream.wait_for(lambda it: "Er du der?" in said(it["lines"]))
    stream.close()
    ends(citizen)
    until = time.monotonic() + 20
    while streams(metrics_port) and time.monotonic() < until:
        time.sleep(0.2)
    assert streams(metrics_port) == 0


def streams(port: int) -> float:
    """Return how many streams the server tells of."""
    told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
    [line] = [it for it in told.splitlines() if it.startswith("helse_streams ")]
    return float(line.split()[1])


def test_who_loses_the_stream_goes_on_where_it_was(
    citizen: WebClient, staff: Cases
) -> None:
    number = in_a_case(citizen, staff)
    stream = Stream(citizen)
    latest = stream.events[-1][1]["latest"]
    stream.close()
    lines = [staff.say(number, KARI, f"{it}", new_id()) for it in range(3)]
    again = Stream(citizen, since=latest)
    assert said(again.events[0][1]["lines"]) == ["0", "1", "2"]
    assert again.events[0][1]["latest"] == lines[-1].id
    assert view(citizen, since=lines[0].id)["lines"] == again.events[0][1]["lines"][1:]
    again.close()
    ends(citizen)


def test_of_too_many_streams_of_one_conversation_the_oldest_ends(
    citizen: WebClient,
) -> None:
    streams = [Stream(citizen) for _ in range(5)]
    assert streams[0].has_ended.wait(5)
    assert not any(it.has_ended.is_set() for it in streams[1:])
    for stream in streams:
        stream.close()


@pytest.mark.usefixtures("staff")
def test_everybody_in_the_queue_hears_of_a_new_place(live: Server) -> None:
    people = [WebClient(live.url) for _ in range(3)]
    for person in people:
        opens(person)
    streams = [Stream(person) for person in people]
    places = [it.events[0][1]["case"]["place"] for it in streams]
    assert places == [places[0], places[0] + 1, places[0] + 2]
    ends(people[0], "nobody")
    for stream, place in zip(streams[1:], places[:-1], strict=True):
        stream.wait_for(lambda it, place=place: it["case"]["place"] == place)
    for stream, person in zip(streams, people, strict=True):
        stream.close()
        ends(person)


def test_a_stream_hears_that_nobody_is_there_any_more(
    citizen: WebClient, staff: Cases
) -> None:
    stream = Stream(citizen)
    staff.set_away(KARI, True)
    stream.wait_for(lambda it: it["reach"]["state"] == "away")
    refused = opens(citizen)
    assert (refused.status_code, code_of(refused)) == (409, "nobody_there")
    stream.close()


def test_outside_a_message_is_left_with_a_receipt(
    citizen: WebClient, staff: Cases, live: Server
) -> None:
    staff.set_away(KARI, True)
    call = new_id()
    told = leaves(citizen, call, text="Ring meg, ikke skriv til ola@example.org").json()
    case = told["case"]
    assert (case["state"], case["reachable"]) == ("message", True)
    assert 100_000 <= case["number"] <= 999_999
    assert leaves(citizen, call, text="noe annet").json()["case"] == case
    kept = staff.case(case["id"])
    assert kept
    assert kept.reach == "Ola, ola@example.org, 22 24 90 90"
    assert said(view(citizen)["lines"]) == [
        *("Ring meg, ikke skriv til [e-postadresse]", "became_message"),
    ]
    # How to be reached stands in the case, and nowhere else.
    assert "example.org" not in str(view(citizen))
    with contextlib.closing(sqlite3.connect(live.store)) as connection:
        for table, text in (("events", "data"), ("messages", "text")):
            found = f"SELECT count(*) FROM {table} WHERE {text} LIKE '%ola@example%'"
            assert connection.execute(found).fetchone() == (0,)
    assert "example.org" not in live.output()


def test_a_waiting_case_becomes_a_message_and_waits_again(
    citizen: WebClient, staff: Cases
) -> None:
    number = opens(citizen).json()["case"]["id"]
    told = leaves(citizen, text="").json()
    assert (told["case"]["id"], told["case"]["state"]) == (number, "message")
    assert opens(citizen).json()["case"]["state"] == "waiting"
    staff.take(number, KARI)
    refused = leaves(citizen)
    assert (refused.status_code, code_of(refused)) == (409, "being_answered")
    ends(citizen)
    refused = leaves(citizen, text="")
    assert (refused.status_code, code_of(refused)) == (409, "no_case")


@pytest.mark.usefixtures("staff")
def test_nothing_is_shared_without_consent(citizen: WebClient) -> None:
    for answer in (
        *(opens(citizen, share=1), opens(citizen, text="Hei")),
        *(opens(citizen, share=False), opens(citizen, share="true")),
        *(opens(citizen, reason="bored"), opens(citizen, language="sv")),
        *(leaves(citizen, reach=" "), leaves(citizen, reach="a" * 201)),
        *(leaves(citizen, share=None), opens(citizen, "22249090")),
        citizen.call("GET", "conversation/case?since=-1"),
        citizen.call("GET", "conversation/case?until=1"),
    ):
        assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert code_of(leaves(citizen, text="a" * 1001)) == "too_long"
    assert view(citizen)["case"] is None


def test_nobody_reads_or_ends_the_case_of_another(
    citizen: WebClient, staff: Cases, live: Server
) -> None:
    in_a_case(citizen, staff)
    citizen.say("Hemmelig")
    other = WebClient(live.url)
    assert view(other)["case"] is None
    assert Stream(other).events[0][1]["lines"] == []
    ends(other)
    assert view(citizen)["case"]["state"] == "answered"
    other.token = "none"
    assert other.call("GET", "conversation/case").status_code == 401
    assert Stream(other).status == 401
    for path in ("", "/message", "/end", "/typing"):
        answer = other.call("POST", f"conversation/case{path}", json={})
        assert answer.status_code == 401
    ends(citizen)


def test_typing_is_told_to_the_staff(citizen: WebClient, staff: Cases) -> None:
    number = in_a_case(citizen, staff)
    assert citizen.call("POST", "conversation/case/typing").status_code == 204
    case = staff.case(number)
    assert case
    assert case.citizen_types
    citizen.say("Ferdig")
    case = staff.case(number)
    assert case
    assert not case.citizen_types
    ends(citizen)


def test_a_deleted_conversation_takes_its_case_with_it(
    citizen: WebClient, staff: Cases
) -> None:
    number = in_a_case(citizen, staff)
    stream = Stream(citizen)
    citizen.say("Balalaika")
    assert citizen.call("DELETE", "conversation").status_code == 204
    assert staff.case(number) is None
    stream.wait_for(lambda it: it["case"] is None)
    assert view(citizen) == {**view(citizen), "case": None, "lines": [], "latest": 0}
    stream.close()


def test_a_stop_ends_the_streams_at_once_and_nothing_is_lost_by_it(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path, tmp_path / "c.db", **OPEN, **FREELY)
    citizen, staff = WebClient(server.url), cases_of(server)
    port = int(server.url.rpartition(":")[2])
    try:
        staff.ping(KARI)
        number = in_a_case(citizen, staff)
        stream = Stream(citizen)
        sent = [new_id() for _ in range(4)]
        turns = [citizen.send(it, it).json() for it in sent[:2]]
        began = time.monotonic()
        server.stop(signal.SIGTERM)
        assert time.monotonic() - began < 5
        assert stream.has_ended.wait(1)
        # The console goes on meanwhile.
        staff.say(number, KARI, "Er du der?", new_id())
        server = Server(tmp_path, tmp_path / "c.db", port, **OPEN, **FREELY)
        # Sent again, as no reply may have come, then what was not sent yet.
        assert [citizen.send(it, it).json() for it in sent[:2]] == turns
        again = Stream(citizen, stream.events[-1][1]["latest"])
        for message in sent[2:]:
            assert citizen.send(message, message).json()["reply"]["kind"] == "relayed"
        again.wait_for(lambda it: sent[3] in said(it["lines"]))
        both = said([*stream.lines(), *again.lines()])
        assert both == ["opened", "taken", *sent[:2], "Er du der?", *sent[2:]]
        assert said(view(citizen)["lines"]) == both
        again.close()
    finally:
        server.stop()


def test_a_server_that_drains_takes_no_streams_but_tells_of_the_case(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path, tmp_path / "c.db", **OPEN, **FREELY, HELSE_DRAIN="4")
    citizen, staff = WebClient(server.url), cases_of(server)
    staff.ping(KARI)
    in_a_case(citizen, staff)
    stream = Stream(citizen)
    server._process.send_signal(signal.SIGTERM)
    assert stream.has_ended.wait(2)
    refused = Stream(citizen)
    assert (refused.status, refused.code) == (503, "not_ready")
    assert view(citizen)["case"]["state"] == "answered"
    assert citizen.say("Hei")["reply"]["kind"] == "relayed"
    server.stop()


def test_time_makes_messages_of_what_nobody_takes(tmp_path: Path) -> None:
    server = Server(tmp_path, tmp_path / "c.db", **OPEN, **FREELY)
    citizen, staff = WebClient(server.url), cases_of(server)
    try:
        staff.ping(KARI)
        opens(citizen)
        stream = Stream(citizen)
        with contextlib.closing(sqlite3.connect(server.store)) as connection:
            connection.execute("UPDATE cases SET changed_at = changed_at - 601")
            connection.commit()
        told = stream.wait_for(lambda it: "became_message" in said(it["lines"]))
        assert (told["case"]["state"], told["case"]["reachable"]) == ("message", False)
    finally:
        server.stop()


def test_floods_of_cases_are_refused(tmp_path: Path) -> None:
    few = {**OPEN, "HELSE_RATE_CASES": "3/minute", "HELSE_RATE_CONVERSATION": "5/hour"}
    server = Server(tmp_path, tmp_path / "c.db", **few)
    staff = cases_of(server)
    try:
        staff.ping(KARI)
        citizen, other = WebClient(server.url), WebClient(server.url)
        call = new_id()
        # What is sent again counts once.
        for _ in range(6):
            assert opens(citizen, call).status_code == 200
        ends(citizen)
        for _ in range(2):
            assert leaves(other).status_code == 200
        for refused in (opens(citizen), leaves(other)):
            assert (refused.status_code, code_of(refused)) == (429, "rate_limited")
            assert refused.headers["Retry-After"]
        # Opening counts as a message of the conversation, too.
        statuses = [citizen.send("Hei").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
    finally:
        server.stop()


def test_where_cases_are_off_all_is_as_before(server: Server) -> None:
    citizen = WebClient(server.url)
    told = view(citizen)
    assert told == {
        "reach": {"state": "off", "opens_at": None, "hours": []},
        "case": None,
        "lines": [],
        "latest": 0,
    }
    assert citizen.call("GET", "about").json()["cases"] is False
    for refused in (opens(citizen), leaves(citizen)):
        assert (refused.status_code, code_of(refused)) == (409, "nobody_there")
    stream = Stream(citizen)
    assert (stream.status, stream.code) == (409, "nobody_there")
    assert ends(citizen)["case"] is None
    assert citizen.call("POST", "conversation/case/typing").status_code == 204
    reply = citizen.say("Jeg vil snakke med et menneske")["reply"]
    assert (reply["kind"], "offer" in reply) == ("handover", False)


def test_a_person_is_offered_where_somebody_may_want_one(citizen: WebClient) -> None:
    def offer(text: str) -> str | None:
        return citizen.say(text)["reply"].get("offer")

    assert offer("Hvem fikk penger?") is None
    first = citizen.say("Når er søknadsfristen?")["reply"]
    assert (first["kind"], first.get("offer")) == ("not_stated", None)
    again = citizen.say("Hvordan søker jeg?")["reply"]
    assert (again["kind"], again["offer"]) == ("not_stated", "person")
    assert offer("Hvem fikk penger?") is None
    assert offer("Når er søknadsfristen?") is None
    assert offer("jeg vil snakke med et menneske") == "person"
    # Who is in danger is told whom to ring, and is put into no queue.
    assert offer("Jeg vil ta livet mitt") is None


def test_two_of_the_staff_see_one_case_in_one_place(
    citizen: WebClient, staff: Cases
) -> None:
    number = in_a_case(citizen, staff)
    stream = Stream(citizen)
    staff.transfer(number, KARI, OLA)
    stream.wait_for(lambda it: "transferred" in said(it["lines"]))
    staff.say(number, OLA, "Nå er det meg", new_id())
    stream.wait_for(lambda it: "Nå er det meg" in said(it["lines"]))
    staff.put_back(number, OLA)
    told = stream.wait_for(lambda it: "queued" in said(it["lines"]))
    assert (told["case"]["state"], told["case"]["place"]) == ("waiting", 1)
    assert citizen.say("Hei")["reply"]["kind"] == "smalltalk"
    stream.close()
    ends(citizen)
