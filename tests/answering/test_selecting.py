"""Which topic or gap answers: by what is asked of whom, and before that by routes."""

import pytest
from talking import Conversation, frame_of

from bot.answering import Context
from bot.answering.resolve import resolve
from bot.answering.select import Selection, select
from bot.knowledge import load_knowledge

BASE = load_knowledge()


def selected(
    text: str, intent: str, *names: str, unknown: tuple[str, ...] = ()
) -> tuple[Selection, ...]:
    """Return what is selected for a question that begins a conversation."""
    frame = frame_of(text, intent, *names, unknown=unknown)
    return select(BASE, resolve(BASE, frame, Context()))


@pytest.mark.parametrize(
    ("intent", "names", "topic"),
    [
        ("ask_grant_amount", [], "grant.amount"),
        ("ask_grant_amount", ["aleap"], "gap.amount_per_recipient"),
        ("ask_grant_amount", ["finance"], "gap.field_amount"),
        ("ask_grant_amount", ["consortium"], "grant.amount"),
        ("ask_recipient_location", [], "recipients.cities"),
        ("ask_recipient_location", ["siva"], "gap.organisation_details"),
        ("ask_recipient_location", ["garden"], "gap.programme_locations"),
        ("ask_recipient_kind", ["aleap"], "recipients.kind"),
        ("ask_recipient_kind", ["valide"], "recipients.profile"),
        ("ask_organisation", ["siva"], "siva"),
        ("ask_organisation", ["ministry"], "ministry"),
        ("ask_organisation", ["consortium"], "consortium"),
        ("ask_organisation", ["ntnu"], "recipients.profile"),
        ("ask_organisation", ["enova"], "gap.other_organisation"),
        ("ask_network_size", ["incubation"], "programmes.incubation.network"),
        ("ask_network_size", ["garden"], "programmes.garden.network"),
        ("ask_network_size", ["siva"], "programmes.network"),
        ("ask_programme", ["incubation"], "programmes.incubation"),
        ("ask_programme", ["garden"], "programmes.garden"),
        ("ask_programme", ["siva", "garden"], "programmes.garden"),
        ("ask_programme_target", ["garden"], "programmes.garden.target"),
        ("ask_programme_services", ["incubation"], "programmes.incubation.services"),
        ("ask_person", ["director"], "people.director"),
        ("ask_person", ["minister"], "people.minister"),
        ("ask_person", ["health_minister"], "gap.health_minister_name"),
        ("ask_leader", ["siva"], "people.director"),
        ("ask_leader", ["aleap"], "gap.leader"),
        ("ask_leader", ["consortium"], "gap.consortium_details"),
        ("ask_statement", ["director"], "director.statement"),
        ("ask_statement", ["minister"], "minister.statement"),
        ("ask_statement", ["health_minister"], "people.health_minister"),
        ("ask_statement", ["sintef"], "gap.reactions"),
        ("ask_fields", ["northern_norway"], "pot.northern_norway"),
        ("ask_organisation_details", ["valide"], "gap.recipient_details"),
    ],
)
def test_whom_a_question_is_about_and_what_it_asks_choose_the_topic(
    intent: str, names: list[str], topic: str
) -> None:
    (selection,) = selected("Kan du si noe om det?", intent, *names)
    assert selection.topic == topic


@pytest.mark.parametrize("intent", BASE.intents)
def test_each_intent_leads_somewhere_without_a_name(intent: str) -> None:
    (selection,) = selected("Kan du si noe om det?", intent)
    assert selection.topic == BASE.answers[BASE.intents[intent]]


@pytest.mark.parametrize(
    ("intent", "topic"),
    [
        ("ask_network_size", "programmes.network"),
        ("ask_programme", "programmes"),
        ("ask_programme_target", "programmes.targets"),
        ("ask_programme_services", "programmes.services"),
    ],
)
def test_two_of_a_kind_lead_to_what_is_told_of_both(intent: str, topic: str) -> None:
    (selection,) = selected("Kan du si noe om det?", intent, "incubation", "garden")
    assert selection.topic == topic


def test_two_people_of_whom_nothing_is_told_together_are_told_of_each(
    talk: Conversation,
) -> None:
    text = "Hva sier ministeren og direktøren?"
    topics = [s.topic for s in selected(text, "ask_statement", "minister", "director")]
    assert topics == ["minister.statement", "director.statement"]
    reply = talk.ask(text, "ask_statement", "minister", "director", language="nb")
    apart = [
        Conversation(talk.answerer).ask("Hva?", "ask_statement", who, language="nb")
        for who in ("minister", "director")
    ]
    assert reply.text == "\n\n".join(single.text for single in apart)


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("Hvor mange har de?", "ask_network_size", "programmes.network"),
        ("Hva er det flest av?", "ask_network_size", "programmes.network_comparison"),
        (
            "Hvor mange bedrifter har hver inkubator i snitt?",
            "ask_programme_companies",
            "programmes.companies_each",
        ),
        (
            "Hvilket program er for distriktene?",
            "ask_programme_target",
            "programmes.garden.target",
        ),
        ("Hvem har søkt?", "ask_applicant_count", "gap.applicant_names"),
        ("Hvor mange har søkt?", "ask_applicant_names", "applicants.count"),
        ("Kor mange eldre er det?", "ask_health_challenges", "gap.health_figures"),
        ("Hva er utfordringene?", "ask_health_challenges", "health.challenges"),
        ("Hvorfor trengs det?", "ask_health_solutions", "minister.on_health"),
        ("Hva trengs?", "ask_health_solutions", "health.solutions"),
    ],
)
def test_a_route_leads_on_by_the_words_of_the_question(
    text: str, intent: str, topic: str
) -> None:
    (selection,) = selected(text, intent)
    assert selection.topic == topic


@pytest.mark.parametrize(
    ("text", "intent", "names", "topic"),
    [
        ("Gikk hele potten til helse?", "ask_pot", ["pot", "health"], "pot.fields"),
        ("Hvor stor er hele potten?", "ask_pot", ["pot"], "pot.amount"),
        (
            "Fikk Aleap noe?",
            "ask_amount_per_recipient",
            ["aleap"],
            "recipients.named",
        ),
        (
            "Hvor mye fikk Aleap?",
            "ask_amount_per_recipient",
            ["aleap"],
            "gap.amount_per_recipient",
        ),
        (
            "Fikk Aleap 2 millioner?",
            "ask_amount_per_recipient",
            ["aleap"],
            "gap.amount_per_recipient",
        ),
        (
            "Er Valide i Stavanger?",
            "ask_organisation",
            ["valide", "stavanger"],
            "recipients.location",
        ),
        ("Fikk alle som søkte?", "ask_applicant_count", [], "applicants.supported"),
        ("Fikk finans noe?", "ask_other_supported", ["finance"], "pot.finance"),
    ],
)
def test_a_claim_can_lead_elsewhere_than_a_question_about_the_same(
    text: str, intent: str, names: list[str], topic: str
) -> None:
    (selection,) = selected(text, intent, *names)
    assert selection.topic == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Vi har nettopp starta opp, hva passer?", "programmes.incubation.target"),
        ("Vi er ei ny verksemd, kva passar?", "programmes.incubation.target"),
        (
            "Firmaet er etablert for lenge siden, hva passer?",
            "programmes.garden.target",
        ),
        ("Our firm is in a rural area, what fits?", "programmes.garden.target"),
        ("Hva passer for meg?", "programmes.fit"),
        ("En ny bedrift i distriktet, hva passer?", "programmes.fit"),
    ],
)
def test_the_programme_that_fits_is_named_where_the_words_tell_it(
    text: str, topic: str
) -> None:
    (selection,) = selected(text, "ask_programme_fit")
    assert selection.topic == topic


@pytest.mark.parametrize(
    ("text", "unknown", "topic"),
    [
        ("Fikk Snekkerbua avslag?", ("Snekkerbua",), "gap.applicant_names"),
        ("Hva het de som fikk avslag?", (), "gap.applicant_names"),
        ("Hvem fikk avslag?", (), "gap.applicant_names"),
        ("Hvor mange fra Moss fikk avslag?", ("Moss",), "gap.applicant_names"),
        ("Hvor mange fikk avslag?", (), "applicants.rejected"),
        ("Fikk noen avslag?", (), "applicants.rejected"),
    ],
)
def test_who_was_turned_down_is_not_told_though_how_many_is(
    text: str, unknown: tuple[str, ...], topic: str
) -> None:
    (selection,) = selected(text, "ask_rejected_count", unknown=unknown)
    assert selection.topic == topic


@pytest.mark.parametrize(
    ("intent", "gap"),
    [
        ("ask_organisation", "gap.other_organisation"),
        ("ask_person", "gap.other_person"),
        ("ask_statement", "gap.reactions"),
    ],
)
def test_somebody_unknown_is_not_told_of(
    talk: Conversation, intent: str, gap: str
) -> None:
    reply = talk.ask("Hva er Ymse?", intent, unknown=("Ymse",), language="nb")
    assert (reply.kind, reply.context.topic) == ("not_stated", gap)
    assert ("Ymse" in reply.text) is (gap != "gap.reactions")


def test_what_is_claimed_of_somebody_unknown_is_held_up_to_what_is_known() -> None:
    text = "Deler Ymse ut pengene?"
    (claimed,) = selected(text, "ask_grant_giver", unknown=("Ymse",))
    assert claimed.topic == "grant.giver"
    (listed,) = selected("Er Ymse med?", "ask_organisation", unknown=("Ymse",))
    assert listed.topic == "recipients.absent"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Er Lorange ministeren?", "people.director"),
        ("Heter ministeren Lorange?", "people.minister"),
    ],
)
def test_is_ann_the_minister_is_about_ann_and_is_the_minister_called_ann_is_not(
    text: str, topic: str
) -> None:
    (selection,) = selected(text, "ask_person", "director", "minister")
    assert selection.topic == topic


@pytest.mark.parametrize(
    ("text", "names", "topic", "told", "holds"),
    [
        ("Hvem fikk?", [], "recipients.list", (), None),
        ("Hvem er i samme by?", [], "recipients.list", (), None),
        (
            "Hvem av Aleap og Valide er i Oslo?",
            ["aleap", "valide", "oslo"],
            "recipients.location",
            ("aleap",),
            None,
        ),
        ("Fikk Aleap?", ["aleap"], "recipients.named", ("aleap",), True),
        ("Fikk noen i Oslo?", ["oslo"], "recipients.in_place", ("aleap",), True),
        (
            "Fikk noen på Vestlandet?",
            ["western_norway"],
            "recipients.named",
            ("valide", "bergen_tto"),
            True,
        ),
        ("Noen på Sørlandet?", ["southern_norway"], "recipients.absent", (), False),
        ("Fikk bare Aleap?", ["aleap"], "recipients.not_only", ("aleap",), False),
        ("Er alle i Oslo?", ["oslo"], "recipients.not_all", ("aleap",), False),
        (
            "Er Aleap i Bergen?",
            ["aleap", "bergen"],
            "recipients.location",
            ("aleap",),
            False,
        ),
    ],
)
def test_the_list_tells_whom_it_is_about_and_whether_the_claim_holds(
    text: str,
    names: list[str],
    topic: str,
    told: tuple[str, ...],
    holds: bool | None,
) -> None:
    (selection,) = selected(text, "ask_grant_recipients", *names)
    assert (selection.topic, selection.subject.names) == (topic, told)
    assert selection.holds is holds


def test_what_is_not_stated_comes_with_what_is_said_nearby(talk: Conversation) -> None:
    reply = talk.ask("Hva fikk Aleap?", "ask_grant_amount", "aleap", language="nb")
    assert reply.kind == "not_stated"
    assert "hvert enkelt miljø" in reply.text
    assert "6 millioner kroner" in reply.text
    assert "grant.amount" in reply.facts


def test_six_and_five_are_both_said_and_not_explained_away(talk: Conversation) -> None:
    reply = talk.ask("Hvorfor seks og fem?", "ask_six_and_five", language="nb")
    assert {"recipients.count", "applicants.supported"} <= set(reply.facts)
    assert "forklarer ikke" in reply.text


@pytest.mark.parametrize(
    ("intent", "name", "untold"),
    [
        ("ask_network_size", "incubation", "næringshage"),
        ("ask_network_size", "garden", "inkubator"),
        ("ask_programme_target", "incubation", "etablerte"),
        ("ask_programme_target", "garden", "oppstart"),
    ],
)
def test_who_asks_of_one_programme_is_not_told_of_the_other(
    talk: Conversation, intent: str, name: str, untold: str
) -> None:
    reply = talk.ask("Kan du si noe om det?", intent, name, language="nb")
    assert untold not in reply.text.lower()


def test_what_was_selected_is_told_in_one_line() -> None:
    (selection,) = selected("Fikk Aleap?", "ask_grant_recipients", "aleap")
    assert selection.described() == (
        "recipients.named for recipients.members, about aleap"
    )
