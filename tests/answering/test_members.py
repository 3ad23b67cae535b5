"""Who got money: by name, by place, `only` and `all`, known or not."""

import pytest
from talking import Conversation

from bot.knowledge import load_knowledge

BASE = load_knowledge()
INTENT = "ask_grant_recipients"
LISTED = "teknologioverføringskontorene ved Sintef og NTNU i Trondheim"


@pytest.mark.parametrize("name", BASE.members)
def test_somebody_on_the_list_is_confirmed_with_their_city(
    talk: Conversation, name: str
) -> None:
    label = BASE.names[name].label.nb
    reply = talk.ask(f"Fikk {label} penger?", INTENT, name, language="nb")
    assert reply.text.startswith("Ja. ")
    assert label in reply.text
    assert BASE.names[BASE.place_of(name)].label.nb in reply.text
    assert f"recipients.{name}.city" in reply.facts


@pytest.mark.parametrize(
    "place", ["oslo", "stavanger", "bergen", "tromso", "trondheim"]
)
def test_a_city_gives_those_in_it_and_nobody_else(
    talk: Conversation, place: str
) -> None:
    label = BASE.names[place].label.nb
    reply = talk.ask(f"Fikk noen i {label} penger?", INTENT, place, language="nb")
    assert reply.text.startswith("Ja. ")
    for name in BASE.members:
        told = BASE.names[name].label.nb in reply.text
        assert told is (BASE.place_of(name) == place)


def test_two_cities_give_those_in_both(talk: Conversation) -> None:
    reply = talk.ask(
        "Hvem fikk penger i Oslo og Tromsø?", INTENT, "oslo", "tromso", language="nb"
    )
    assert "Aleap" in reply.text
    assert "Norinnova" in reply.text
    assert "Valide" not in reply.text


@pytest.mark.parametrize("unknown", ["Bodø", "Innovasjon Norge", "Oslo Cancer Cluster"])
def test_somebody_off_the_list_is_denied_and_the_list_given(
    talk: Conversation, unknown: str
) -> None:
    reply = talk.ask(
        f"Fikk {unknown} penger?", INTENT, unknown=(unknown,), language="nb"
    )
    assert reply.text.startswith(f"Nei. Kunngjøringen nevner ikke {unknown} ")
    assert LISTED in reply.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Er det bare Aleap som fikk penger?", ["aleap"]),
        ("Var det kun Sintef og NTNU som fikk?", ["sintef", "ntnu"]),
        ("Is it only Valide that got money?", ["valide"]),
    ],
)
def test_only_some_is_denied_and_the_list_given(
    talk: Conversation, text: str, names: list[str]
) -> None:
    reply = talk.ask(text, INTENT, *names, language="nb")
    assert reply.text.startswith("Nei. ")
    assert all(BASE.names[name].label.nb in reply.text for name in names)
    assert LISTED in reply.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Er det bare Bergen som får penger?", ["bergen"]),
        ("Ligger alle på Vestlandet?", ["western_norway"]),
        ("Er de fleste i Oslo?", ["oslo"]),
        ("Er alle i samme by?", []),
    ],
)
def test_all_or_most_in_one_place_is_denied_and_all_places_given(
    talk: Conversation, text: str, names: list[str]
) -> None:
    reply = talk.ask(text, "ask_recipient_location", *names, language="nb")
    assert reply.text.startswith("Nei. ")
    places = {BASE.place_of(member) for member in BASE.members}
    assert all(BASE.names[place].label.nb in reply.text for place in places)


def test_all_of_the_money_for_one_of_them_is_denied(talk: Conversation) -> None:
    reply = talk.ask("Fikk Aleap alle pengene?", INTENT, "aleap", language="nb")
    assert reply.text.startswith("Nei. ")
    assert "seks innovasjonsmiljøer" in reply.text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hvem andre enn Aleap fikk penger?", ["aleap"]),
        ("Who else besides Sintef and NTNU got money?", ["sintef", "ntnu"]),
        ("Hvem andre enn de i Trondheim fikk penger?", ["trondheim"]),
    ],
)
def test_the_others_are_told_without_those_that_are_named(
    talk: Conversation, text: str, names: list[str]
) -> None:
    reply = talk.ask(text, INTENT, *names, language="nb")
    there = {m for m in BASE.members if {m, BASE.place_of(m)} & set(names)}
    assert reply.context.topic == "recipients.others"
    for member in BASE.members:
        told = BASE.names[member].label.nb in reply.text
        assert told is (member not in there)


def test_the_others_than_all_of_them_are_the_whole_list(talk: Conversation) -> None:
    reply = talk.ask("Hvem andre enn de seks?", INTENT, *BASE.members, language="nb")
    assert reply.context.topic == "recipients.list"


@pytest.mark.parametrize("agency", ["innovation_norway", "enova", "parliament"])
def test_an_organisation_that_is_known_but_not_on_the_list_is_denied(
    talk: Conversation, agency: str
) -> None:
    label = BASE.names[agency].label.nb
    reply = talk.ask(f"Fikk {label} penger?", INTENT, agency, language="nb")
    assert reply.text.startswith(f"Nei. Kunngjøringen nevner ikke {label} ")
    assert LISTED in reply.text


def test_only_the_six_is_no_false_claim(talk: Conversation) -> None:
    reply = talk.ask(
        "Var det bare Aleap, Valide, BTO, Norinnova, Sintef og NTNU som fikk penger?",
        INTENT,
        *BASE.members,
        language="nb",
    )
    assert reply.text.startswith("Ja. ")


@pytest.mark.parametrize(
    ("text", "names", "unknown", "start"),
    [
        ("Ligger Norinnova i Tromsø?", ["norinnova", "tromso"], (), "Ja. "),
        ("Ligger Norinnova i Bergen?", ["norinnova", "bergen"], (), "Nei. "),
        ("Ligger Norinnova i Bodø?", ["norinnova"], ("Bodø",), "Nei. "),
        (
            "Ligger både Sintef og NTNU i Trondheim?",
            ["sintef", "ntnu", "trondheim"],
            (),
            "Ja. ",
        ),
        (
            "Ligger både Aleap og Valide i Oslo?",
            ["aleap", "valide", "oslo"],
            (),
            "Nei. ",
        ),
        ("Hvor ligger Valide?", ["valide"], (), "Valide ligger i Stavanger"),
    ],
)
def test_a_claim_about_where_somebody_is_gets_yes_or_no_and_the_city(
    talk: Conversation,
    text: str,
    names: list[str],
    unknown: tuple[str, ...],
    start: str,
) -> None:
    reply = talk.ask(
        text, "ask_recipient_location", *names, unknown=unknown, language="nb"
    )
    assert reply.text.startswith(start)
    for name in set(names) & set(BASE.members):
        assert BASE.names[BASE.place_of(name)].label.nb in reply.text


def test_the_list_keeps_the_order_of_the_announcement(talk: Conversation) -> None:
    text = talk.ask("Hvem fikk penger?", INTENT, language="nb").text
    places = [text.index(BASE.names[name].label.nb) for name in BASE.members]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "intent", ["ask_organisation", "ask_recipient_kind", "ask_recipient_location"]
)
def test_a_place_alone_is_never_told_of_without_a_name(
    talk: Conversation, intent: str
) -> None:
    reply = talk.ask("nei, mente dem i Stavanger", intent, "stavanger")
    assert reply.text[0].isalpha()
    assert "Valide" in reply.text
