"""The same intent leads to different topics, by the names and words in it."""

import pytest
from talking import Conversation


@pytest.mark.parametrize(
    ("intent", "names", "topic"),
    [
        ("ask_grant_amount", [], "grant.amount"),
        ("ask_grant_amount", ["aleap"], "gap.amount_per_recipient"),
        ("ask_grant_amount", ["finance"], "gap.field_amount"),
        ("ask_recipient_location", [], "recipients.cities"),
        ("ask_recipient_location", ["siva"], "gap.organisation_details"),
        ("ask_recipient_location", ["garden"], "gap.programme_locations"),
        ("ask_recipient_kind", ["aleap"], "recipients.kind"),
        ("ask_recipient_kind", ["valide"], "recipients.profile"),
        ("ask_organisation", ["siva"], "siva"),
        ("ask_organisation", ["ministry"], "ministry"),
        ("ask_organisation", ["consortium"], "consortium"),
        ("ask_organisation", ["ntnu"], "recipients.profile"),
        ("ask_network_size", ["incubation"], "programmes.incubation.network"),
        ("ask_network_size", ["garden"], "programmes.garden.network"),
        ("ask_network_size", ["incubation", "garden"], "programmes.network"),
        ("ask_programme", ["incubation"], "programmes.incubation"),
        ("ask_programme", ["garden"], "programmes.garden"),
        ("ask_programme", ["garden", "incubation"], "programmes"),
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
def test_the_names_in_a_question_choose_the_topic(
    talk: Conversation, intent: str, names: list[str], topic: str
) -> None:
    assert talk.ask("Kan du si noe om det?", intent, *names).context.topic == topic


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("Hvor mange har de?", "ask_network_size", "programmes.network"),
        (
            "Hva er det flest av?",
            "ask_network_size",
            "programmes.network_comparison",
        ),
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
    ],
)
def test_the_words_of_a_question_choose_the_topic(
    talk: Conversation, text: str, intent: str, topic: str
) -> None:
    assert talk.ask(text, intent).context.topic == topic


@pytest.mark.parametrize(
    ("intent", "gap"),
    [
        ("ask_organisation", "gap.other_organisation"),
        ("ask_person", "gap.other_person"),
    ],
)
def test_somebody_unknown_is_not_stated_and_called_by_name(
    talk: Conversation, intent: str, gap: str
) -> None:
    reply = talk.ask("Hva er Ymse?", intent, unknown=("Ymse",), language="nb")
    assert (reply.kind, reply.context.topic) == ("not_stated", gap)
    assert "Ymse" in reply.text


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
    talk: Conversation, text: str, topic: str
) -> None:
    talk.ask(text, "ask_programme_fit")
    assert talk.context.topic == topic


@pytest.mark.parametrize(
    ("text", "unknown", "topic"),
    [
        ("Fikk Snekkerbua avslag?", ("Snekkerbua",), "gap.applicant_names"),
        ("Hva het de som fikk avslag?", (), "gap.applicant_names"),
        ("Hvor mange fra Moss fikk avslag?", ("Moss",), "applicants.rejected"),
        ("Fikk noen avslag?", (), "applicants.rejected"),
    ],
)
def test_who_was_turned_down_is_not_told_though_how_many_is(
    talk: Conversation, text: str, unknown: tuple[str, ...], topic: str
) -> None:
    talk.ask(text, "ask_rejected_count", unknown=unknown)
    assert talk.context.topic == topic
