"""Questions that leave something out, or only point to it, in their conversation."""

import pytest
from talking import Conversation, frame_of, question

from bot.answering import Context, Question
from bot.answering.resolve import resolve
from bot.knowledge import load_knowledge

BASE = load_knowledge()


def told_list(talk: Conversation) -> None:
    talk.ask("Hvem fikk penger?", "ask_grant_recipients", language="nb")


@pytest.mark.parametrize(
    ("first", "then", "topic", "says"),
    [
        (
            ("Hvem fikk penger i Bergen?", "ask_grant_recipients", "bergen"),
            ("og i Tromsø?", "tromso"),
            "recipients.in_place",
            "Norinnova",
        ),
        (
            ("Hva er en inkubator?", "ask_programme", "incubation"),
            ("og en næringshage?", "garden"),
            "programmes.garden",
            "næringshage",
        ),
        (
            ("Hvor mange inkubatorer er det?", "ask_network_size", "incubation"),
            ("og næringshager?", "garden"),
            "programmes.garden.network",
            "40",
        ),
        (
            ("Hva sier ministeren?", "ask_statement", "minister"),
            ("og direktøren?", "director"),
            "director.statement",
            "Lorange",
        ),
        (
            ("Hvor ligger Aleap?", "ask_recipient_location", "aleap"),
            ("enn Valide?", "valide"),
            "recipients.location",
            "Stavanger",
        ),
        (
            ("Hvem er inkubatorene for?", "ask_programme_target", "incubation"),
            ("nei, jeg mente næringshagene", "garden"),
            "programmes.garden.target",
            "etablerte",
        ),
    ],
)
def test_the_last_question_is_asked_again_about_another_name(
    talk: Conversation,
    first: tuple[str, str, str],
    then: tuple[str, str],
    topic: str,
    says: str,
) -> None:
    before = talk.ask(*first, language="nb")
    reply = talk.ask(then[0], "follow_up", then[1])
    assert reply.context.topic == topic
    assert says in reply.text
    assert reply.text != before.text


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("Og 40 næringshager?", "Ja. "), ("Og 30 næringshager?", "Nei. ")],
)
def test_a_figure_with_another_name_is_claimed_of_it(
    talk: Conversation, text: str, verdict: str
) -> None:
    talk.ask("Er det 35 inkubatorer?", "ask_network_size", "incubation", language="nb")
    reply = talk.ask(text, "follow_up", "garden")
    assert reply.context.topic == "programmes.garden.network"
    assert reply.text.startswith(verdict)


def test_a_name_after_another_question_leaves_the_verdict_out(
    talk: Conversation,
) -> None:
    talk.ask("Fikk Aleap penger?", "ask_grant_recipients", "aleap", language="nb")
    reply = talk.ask("og Valide?", "follow_up", "valide")
    assert reply.text.startswith("Valide i Stavanger")


def test_thanks_between_two_questions_do_not_end_the_topic(talk: Conversation) -> None:
    talk.ask("Hvem fikk penger i Bergen?", "ask_grant_recipients", "bergen")
    talk.ask("takk", "thank")
    assert "Norinnova" in talk.ask("og i Tromsø?", "follow_up", "tromso").text


def test_a_repeated_answer_can_be_gone_on_from(talk: Conversation) -> None:
    talk.ask("Hvor mange inkubatorer er det?", "ask_network_size", "incubation")
    talk.ask("Hva sa du?", "ask_repeat")
    reply = talk.ask("og næringshager?", "follow_up", "garden")
    assert reply.context.topic == "programmes.garden.network"


@pytest.mark.parametrize(
    ("intent", "name", "topic"),
    [
        ("ask_organisation_details", "aleap", "recipients.named"),
        ("nlu_fallback", "siva", "siva"),
        ("ask_statement", "garden", "programmes.garden"),
        ("ask_leader", "minister", "people.minister"),
        ("ask_pot", "tromso", "recipients.in_place"),
    ],
)
def test_a_name_alone_asks_what_its_kind_asks_for_whatever_it_was_taken_for(
    talk: Conversation, intent: str, name: str, topic: str
) -> None:
    label = BASE.names[name].label.nb
    bare = Question(label, intent, 0.2, (name,), bare=True)
    reply = talk.send(bare, language="nb")
    assert (reply.kind, reply.context.topic) == ("answer", topic)


def test_a_name_alone_asks_again_what_was_asked_before(talk: Conversation) -> None:
    talk.ask("Hvor ligger Aleap?", "ask_recipient_location", "aleap", language="nb")
    bare = Question("Valide", "ask_organisation", 0.2, ("valide",), bare=True)
    reply = talk.send(bare)
    assert reply.context.topic == "recipients.location"


def test_somebody_unknown_alone_is_not_on_the_list(talk: Conversation) -> None:
    reply = talk.ask("og Ymse?", "follow_up", unknown=("Ymse",), language="nb")
    assert reply.context.topic == "recipients.absent"
    assert "Ymse" in reply.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hva med den første?", "aleap"),
        ("den andre på lista", "valide"),
        ("og nummer tre?", "bergen_tto"),
        ("den fjerde da", "norinnova"),
        ("the fifth one", "sintef"),
        ("og den siste?", "ntnu"),
        ("den nest siste?", "sintef"),
    ],
)
def test_a_place_in_the_list_points_to_the_name_that_stands_there(
    talk: Conversation, text: str, name: str
) -> None:
    told_list(talk)
    reply = talk.ask(text, "follow_up")
    assert f"recipients.{name}.city" in reply.facts
    assert reply.context.names == (name,)


def test_a_place_counts_among_those_that_were_just_told(talk: Conversation) -> None:
    text = "Hvem fikk penger i Oslo og Tromsø?"
    talk.ask(text, "ask_grant_recipients", "oslo", "tromso", language="nb")
    assert talk.ask("den andre", "follow_up").context.names == ("norinnova",)


@pytest.mark.parametrize("text", ["nummer fire, hvor er den?", "hvor ligger nr 4?"])
def test_a_number_on_the_list_leads_to_its_place(talk: Conversation, text: str) -> None:
    told_list(talk)
    assert "Tromsø" in talk.ask(text, "ask_contact_details").text


def test_the_list_is_known_also_where_it_has_not_been_told(talk: Conversation) -> None:
    reply = talk.ask("Hvem er nummer to på lista?", "ask_grant_recipients")
    assert reply.context.names == ("valide",)


@pytest.mark.parametrize("text", ["den femte", "nummer seks"])
def test_a_place_that_the_list_does_not_have_points_to_nobody(
    talk: Conversation, text: str
) -> None:
    told = talk.press("pot.fields").context
    assert len(told.listed) == 3
    reply = talk.ask(text, "follow_up")
    assert not set(reply.context.names) & set(told.listed)


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("den andre", "og den neste?", "bergen_tto"),
        ("den andre", "og den etter?", "bergen_tto"),
        ("the third one", "the previous one?", "valide"),
        ("den tredje", "og den før den?", "valide"),
        ("den siste", "og den før?", "sintef"),
    ],
)
def test_next_and_previous_count_from_the_one_just_spoken_of(
    talk: Conversation, first: str, then: str, name: str
) -> None:
    told_list(talk)
    talk.ask(first, "follow_up")
    assert talk.ask(then, "follow_up").context.names == (name,)


def test_nobody_comes_after_the_last_of_the_list(talk: Conversation) -> None:
    told_list(talk)
    talk.ask("den siste", "follow_up")
    assert talk.ask("og den neste?", "follow_up").context.place in (None, 5)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hvor ligger de to første?", ("aleap", "valide")),
        ("Hvor ligger de to siste?", ("sintef", "ntnu")),
    ],
)
def test_the_first_and_last_two_of_the_list_are_pointed_to_together(
    talk: Conversation, text: str, names: tuple[str, ...]
) -> None:
    told_list(talk)
    reply = talk.ask(text, "ask_recipient_location")
    assert reply.context.names == names


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Hvor mange er det av førstnevnte?", "programmes.incubation.network"),
        ("Hvor mange er det av sistnevnte?", "programmes.garden.network"),
        ("How many of the former?", "programmes.incubation.network"),
        ("How many of the latter?", "programmes.garden.network"),
    ],
)
def test_former_and_latter_point_to_the_last_two_spoken_of(
    talk: Conversation, text: str, topic: str
) -> None:
    talk.ask("Hva er en inkubator?", "ask_programme", "incubation", language="nb")
    talk.ask("Hva er en næringshage?", "ask_programme", "garden", language="nb")
    assert talk.ask(text, "ask_network_size").context.topic == topic


def test_former_and_latter_point_to_the_two_named_in_the_question(
    talk: Conversation,
) -> None:
    text = "Av inkubatorer og næringshager, hvor mange er det av førstnevnte?"
    reply = talk.ask(text, "ask_network_size", "incubation", "garden")
    assert reply.context.topic == "programmes.incubation.network"


def test_both_point_to_the_last_two_spoken_of(talk: Conversation) -> None:
    talk.ask("Hvor ligger Aleap?", "ask_recipient_location", "aleap", language="nb")
    talk.ask("og Valide?", "follow_up", "valide")
    reply = talk.ask("Hvor ligger begge to?", "ask_recipient_location")
    assert set(reply.context.names) == {"aleap", "valide"}
    assert "Oslo" in reply.text
    assert "Stavanger" in reply.text


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("programmes.incubation", "programmes.garden"),
        ("programmes.garden.target", "programmes.incubation.target"),
        ("programmes.incubation.services", "programmes.garden.services"),
        ("programmes.garden.network", "programmes.incubation.network"),
    ],
)
def test_the_other_one_is_the_one_of_two_that_was_not_spoken_of(
    talk: Conversation, first: str, then: str
) -> None:
    talk.press(first)
    reply = talk.ask("og den andre?", "follow_up")
    assert reply.context.topic == then


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("Hvem er han?", "ask_person", "people.minister"),
        ("Hva sier han?", "ask_statement", "minister.statement"),
        ("Hvem er hun?", "ask_person", "people.director"),
        ("Kva seier ho?", "ask_statement", "director.statement"),
    ],
)
@pytest.mark.parametrize("focus", ["minister", "director"])
def test_he_and_she_point_to_the_right_person_whoever_was_spoken_of(
    talk: Conversation, focus: str, text: str, intent: str, topic: str
) -> None:
    talk.ask("Hvem er det?", "ask_person", focus)
    assert talk.ask(text, intent).context.topic == topic


def test_in_nynorsk_a_thing_is_she_too(talk: Conversation) -> None:
    talk.ask(
        "Kva er helsenæringsmeldinga?", "ask_white_paper", "white_paper", language="nn"
    )
    reply = talk.ask("Kva er ho?", "ask_organisation")
    assert reply.context.topic == "white_paper"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Er hun ministeren?", "Nei. "),
        ("Er hun næringsminister?", "Nei. "),
        ("Er han ministeren?", "Ja. "),
    ],
)
def test_he_or_she_with_a_title_is_held_up_to_whoever_was_spoken_of(
    talk: Conversation, text: str, holds: str
) -> None:
    talk.ask("Hvem er Lorange?", "ask_person", "director", language="nb")
    reply = talk.ask(text, "ask_person", "minister")
    assert reply.text.startswith(holds)


def test_it_points_to_what_was_spoken_of(talk: Conversation) -> None:
    talk.ask("Hva er Norinnova?", "ask_organisation", "norinnova", language="nb")
    assert "Tromsø" in talk.ask("Hvor ligger det?", "ask_recipient_location").text
    assert "Tromsø" in talk.ask("Hvor er de?", "ask_recipient_location").text


def test_a_question_of_its_own_leans_on_nothing(talk: Conversation) -> None:
    talk.ask("Hva er Norinnova?", "ask_organisation", "norinnova", language="nb")
    reply = talk.ask("Hvilke byer ligger miljøene i?", "ask_recipient_location")
    assert reply.context.topic == "recipients.cities"


def test_what_was_hardly_understood_is_taken_for_what_can_be_asked_of_it(
    talk: Conversation,
) -> None:
    talk.ask("Hvem er Lorange?", "ask_person", "director", language="nb")
    likely = ("ask_statement",)
    unsure = Question("ka meine ho?", "nlu_fallback", 0.3, alternatives=likely)
    assert talk.send(unsure).context.topic == "director.statement"


def test_what_was_hardly_understood_is_asked_about_where_nothing_was_said(
    talk: Conversation,
) -> None:
    likely = ("ask_statement",)
    unsure = Question("ka meine ho?", "nlu_fallback", 0.3, alternatives=likely)
    assert talk.send(unsure).kind == "clarify"


def test_a_move_is_not_taken_for_another_question_of_whom_it_points_to(
    talk: Conversation,
) -> None:
    talk.ask("Hvem er Lorange?", "ask_person", "director", language="nb")
    likely = ("ask_statement",)
    again = Question("gjenta det om henne", "ask_repeat", 0.5, alternatives=likely)
    assert talk.send(again).context.topic == "people.director"


def test_what_is_asked_of_that_goes_on_from_what_was_told(talk: Conversation) -> None:
    talk.press("pot.amount", language="nb")
    reply = talk.ask("Hva er det til?", "ask_grant_purpose")
    assert reply.context.topic == "pot.purpose"


@pytest.mark.parametrize(
    ("text", "names", "topic"),
    [
        ("nei, jeg mente næringshagene", ["garden"], "programmes.garden.target"),
        (
            "not the incubators, I meant the business gardens",
            ["incubation", "garden"],
            "programmes.garden.target",
        ),
        (
            "ikkje inkubatorane, men næringshagane",
            ["incubation", "garden"],
            "programmes.garden.target",
        ),
    ],
)
def test_a_correction_asks_again_about_what_was_meant(
    talk: Conversation, text: str, names: list[str], topic: str
) -> None:
    talk.ask("Hvem er inkubatorene for?", "ask_programme_target", "incubation")
    assert talk.ask(text, "deny", *names).context.topic == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("nei, jeg mente ham", "minister.statement"),
        ("ikke hun, men han", "minister.statement"),
        ("not her, I meant him", "minister.statement"),
    ],
)
def test_a_correction_may_point_with_he_or_she(
    talk: Conversation, text: str, topic: str
) -> None:
    talk.ask("Hva sier Lorange?", "ask_statement", "director", language="nb")
    assert talk.ask(text, "deny").context.topic == topic


@pytest.mark.parametrize(
    ("first", "text", "topic"),
    [
        ("incubation", "Hvor mange hager er det?", "programmes.garden.network"),
        ("garden", "Kor mange hagar er det?", "programmes.garden.network"),
        ("incubation", "How many gardens?", "programmes.garden.network"),
    ],
)
def test_a_short_name_is_known_once_something_alike_was_spoken_of(
    talk: Conversation, first: str, text: str, topic: str
) -> None:
    talk.ask("Hva er det?", "ask_programme", first, language="nb")
    assert talk.ask(text, "ask_network_size").context.topic == topic


def test_a_short_name_is_no_name_before_that() -> None:
    frame = frame_of("Hvor mange hager er det?", "ask_network_size")
    assert resolve(BASE, frame, Context()).names == ()
    told = Context(topic="programmes.incubation", names=("incubation",))
    assert resolve(BASE, frame, told).names == ("garden",)


@pytest.mark.parametrize(
    ("first", "text", "topic"),
    [
        ("programmes.incubation.network", "og til sammen?", "programmes.network"),
        ("programmes.network", "og i snitt?", "programmes.companies_each"),
        (
            "programmes.network",
            "Hva er differansen?",
            "programmes.network_comparison",
        ),
        ("grant.amount", "og resten?", "pot.remainder"),
        ("grant.amount", "Hvor mange prosent?", "pot.share"),
        ("pot.amount", "og resten?", "pot.remainder"),
        ("pot.amount", "How many per cent?", "pot.share"),
        ("pot.remainder", "Hva er forskjellen?", "pot.comparison"),
        ("applicants.supported", "Hvor mange prosent?", "applicants.success_rate"),
        ("applicants.supported", "og resten?", "applicants.rejected"),
    ],
)
def test_a_short_question_turns_to_another_side_of_what_was_told(
    talk: Conversation, first: str, text: str, topic: str
) -> None:
    talk.press(first, language="nb")
    assert talk.ask(text, "follow_up").context.topic == topic


def test_a_question_that_is_surely_understood_is_no_turn(talk: Conversation) -> None:
    talk.press("grant.amount", language="nb")
    text = "Hvor mange prosent av søkerne fikk støtte?"
    reply = talk.send(Question(text, "ask_success_rate", 0.99))
    assert reply.context.topic == "applicants.success_rate"


def test_a_turn_after_a_gap_goes_on_from_what_was_told_instead(
    talk: Conversation,
) -> None:
    talk.ask("Hva fikk Aleap?", "ask_grant_amount", "aleap", language="nb")
    assert talk.ask("Hvor mange prosent?", "follow_up").context.topic == "pot.share"


def test_others_than_those_spoken_of_are_the_rest_of_the_list(
    talk: Conversation,
) -> None:
    talk.ask("Fikk Norinnova penger?", "ask_grant_recipients", "norinnova")
    reply = talk.ask("hvem fler er med enn dem?", "ask_grant_recipients")
    assert reply.context.topic == "recipients.others"
    assert "Valide" in reply.text
    assert "Norinnova" not in reply.text


def test_more_than_of_those_compares_with_what_was_spoken_of(
    talk: Conversation,
) -> None:
    talk.ask("Hvor mange inkubatorer er det?", "ask_network_size", "incubation")
    reply = talk.ask("Er det flere næringshager?", "ask_network_size", "garden")
    assert reply.context.topic == "programmes.network_comparison"


def test_what_was_filled_in_is_told_in_one_line() -> None:
    context = Context(topic="people.director", names=("director",))
    frame = frame_of("Hva sier hun?", "ask_statement")
    told = resolve(BASE, frame, context).described()
    assert told == "people.statement of director"
    alone = resolve(BASE, frame_of("Hvor mye?", "ask_grant_amount"), Context())
    assert alone.described() == "grant.received of nobody in particular"


def test_a_second_question_of_a_message_leans_on_the_first(talk: Conversation) -> None:
    talk.send(
        question("Hva er Norinnova?", "ask_organisation", "norinnova"),
        question("og hvor ligger det?", "ask_recipient_location"),
        language="nb",
    )
    assert talk.context.topic == "recipients.location"
