"""Proposals: what may become one, what it changes, and who may do what with it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from proposing import (
    AUTHOR,
    EXAMPLE,
    FILE,
    INTENT,
    OTHER,
    TEST,
    TOPIC,
    copy_of_content,
    found_green,
    made,
)

from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from bot.releases import Releases
from bot.staff.proposals.changes import Changes, Conversation, Example, NewGap, Step
from bot.staff.proposals.checking import LEAST_EXAMPLES, problems
from bot.staff.proposals.diffs import diffs
from bot.staff.proposals.edits import CONVERSATIONS_FILE, edits_of
from bot.staff.proposals.making import change, intents_for, propose_test, reject
from bot.staff.proposals.records import Proposals
from bot.staff.proposals.refusals import RefusedError
from bot.staff.proposals.releasing import approve, can_undo, undo
from bot.store import ConversationStore
from bot.training import model_name
from trials.scripts.loading import read_conversations

pytestmark = pytest.mark.usefixtures("content")
GAP = NewGap(
    "gap.roof_colour",
    nearby=TOPIC,
    answers=("recipient.colour",),
    words={"nb": "hvilken farge", "nn": "kva farge", "en": "which colour"},
    questions={"nb": "Hvilken farge?", "nn": "Kva farge?", "en": "Which colour?"},
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content in force."""
    copy = copy_of_content(tmp_path)
    monkeypatch.setenv("HELSE_CONTENT", str(copy))
    return copy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore.in_file(tmp_path / "conversations.db")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def models(tmp_path: Path, content: Path) -> Path:
    """A folder of models, with one for the content in force and a new one."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / model_name(content=content)).write_text("old", "utf-8")
    (folder / "new.tar.gz").write_text("new", "utf-8")
    return folder


def refused(does: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        does(*given, **named)
    return caught.value.reason


def test_a_proposal_of_one_sentence_can_be_tried_at_once(
    store: ConversationStore,
) -> None:
    proposal = Proposals(store).get(made(store))
    assert (proposal.status, proposal.author) == ("open", AUTHOR)
    assert proposal.changes.examples == (Example(INTENT, "nb", EXAMPLE),)
    ((step,),) = (each.steps for each in proposal.changes.conversations)
    assert step == Step(TEST, "answer", "nb", TOPIC)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"test_sentence": f"{EXAMPLE.upper()}?!"}, "same_sentence"),
        ({"example": "hvor mye strøm blir det"}, "in_data"),
        ({"example": "Hva er navnet på kontoret?"}, "in_questions"),
        ({"test_sentence": "Hvor mye strøm blir det?"}, "in_data"),
        ({"example": "Ring meg på 98 76 54 32 om strømmen"}, "personal"),
        ({"test_sentence": "Hva med [telefonnummer]?"}, "placeholder"),
        ({"example": "To\nlinjer"}, "several_lines"),
        ({"example": "- med strek"}, "odd_example"),
        ({"example": "?"}, "empty"),
        ({"example": "strøm " * 100}, "too_long"),
        ({"topic": "no.such"}, "unknown_topic"),
        ({"author": ""}, "nobody"),
    ],
)
def test_what_would_spoil_the_tests_or_hold_a_number_is_refused(
    content: Path, store: ConversationStore, other: dict[str, Any], reason: str
) -> None:
    questions = content / "tests" / "questions" / "held_out"
    questions.mkdir(parents=True)
    case = '{"id": "1", "lang": "nb", "turns": [{"user": "Hva er navnet på kontoret"}]}'
    (questions / "round.jsonl").write_text(case, "utf-8")
    assert refused(made, store, **other) == reason
    assert Proposals(store).all() == []


def test_a_sentence_of_another_intent_is_refused_by_the_name_of_its_file(
    store: ConversationStore,
) -> None:
    with pytest.raises(RefusedError, match=r"ask_power\.yml") as caught:
        made(store, example="Hvor mye strøm blir det?", topic="grant.amount")
    assert caught.value.reason == "in_other_intent"


def test_an_example_is_one_more_line_under_its_language(content: Path) -> None:
    example = Example(INTENT, "nn", "Kor mykje straum får vi?")
    (edit,) = edits_of(content, Changes((example,)))
    assert edit.file == FILE
    old, new = str(edit.before).splitlines(), str(edit.after).splitlines()
    (place,) = [n for n, line in enumerate(new) if line.endswith(example.text)]
    assert new[:place] + new[place + 1 :] == old
    blocks = yaml.safe_load(str(edit.after))["nlu"]
    held = [b["metadata"]["language"] for b in blocks if example.text in b["examples"]]
    assert held == ["nn"]


def test_the_diff_tells_the_line_and_those_around_it(content: Path) -> None:
    example = Example(INTENT, "nb", EXAMPLE)
    (file,) = diffs(edits_of(content, Changes((example,))))
    ((first, second, added, *rest),) = file.places
    assert (first.kind, second.kind, added.kind) == ("same", "same", "added")
    assert (added.before, added.after) == (None, (second.after or 0) + 1)
    assert added.text.strip() == f"- {EXAMPLE}"
    assert {line.kind for line in rest} == {"same"}


def test_conversations_can_be_read_as_scripts_and_none_takes_anothers_name(
    content: Path,
) -> None:
    said = 'Sa han "ja"?'
    both = [
        Conversation("En samtale", (Step(user, "answer", "nb", TOPIC),))
        for user in (TEST, said)
    ]
    for conversation in both:
        for edit in edits_of(content, Changes(conversations=(conversation,))):
            (content / edit.file).parent.mkdir(parents=True, exist_ok=True)
            (content / edit.file).write_text(str(edit.after), "utf-8")
    first, second = read_conversations(content / CONVERSATIONS_FILE)
    assert (first.name, second.name) == ("En samtale", "En samtale (2)")
    assert second.turns[0].user == said
    expected = {check.field: check.expected for check in first.turns[0].checks}
    assert expected["slot_was_set"] == [{"name": "last_topic", "value": TOPIC}]


def test_a_gap_that_a_pair_leads_to_is_known_afterwards(content: Path) -> None:
    for edit in edits_of(content, Changes(gap=GAP)):
        (content / edit.file).write_text(str(edit.after), "utf-8")
    base = load_knowledge(content / "knowledge")
    assert base.answers["recipient.colour"] == GAP.id
    assert {base.wording[each].gaps[GAP.id] for each in LANGUAGES} == {
        *GAP.words.values()
    }


def test_a_gap_with_an_intent_of_its_own_stays_a_draft_until_it_has_examples(
    content: Path, store: ConversationStore
) -> None:
    gap = NewGap(GAP.id, TOPIC, "ask_roof_colour", (), GAP.words, GAP.questions)
    number = made(store, topic=None, gap=gap)
    again = made(store, topic=None, gap=gap, example="Er de blå?", test_sentence="Blå?")
    assert again == number
    proposal = Proposals(store).get(number)
    assert proposal.status == "draft"
    examples = tuple(
        Example("ask_roof_colour", LANGUAGES[n % 3], f"Hvilken farge har tak {n}?")
        for n in range(LEAST_EXAMPLES)
    )
    after = change(
        store,
        number,
        OTHER,
        "",
        Changes(examples, proposal.changes.conversations, gap),
    )
    assert problems(content, load_knowledge(), after.changes) == []
    assert (after.status, after.changed_by) == ("open", OTHER)
    for edit in edits_of(content, after.changes):
        (content / edit.file).parent.mkdir(parents=True, exist_ok=True)
        (content / edit.file).write_text(str(edit.after), "utf-8")
    domain = yaml.safe_load((content / "domain.yml").read_text("utf-8"))
    assert "ask_roof_colour" in domain["intents"]
    assert load_knowledge(content / "knowledge").intents["ask_roof_colour"]


def test_a_gap_may_begin_without_its_words(
    content: Path, store: ConversationStore
) -> None:
    gap = NewGap(GAP.id, intent="ask_roof_colour")
    proposal = Proposals(store).get(made(store, topic=None, gap=gap))
    found = {it.reason for it in problems(content, load_knowledge(), proposal.changes)}
    assert found == {"gap_nearby", "gap_words", "gap_examples"}


def test_a_topic_without_an_intent_of_its_own_is_led_to_by_another() -> None:
    base = load_knowledge()
    assert intents_for(base, TOPIC)[0] == INTENT
    without = [
        topic for topic, it in base.topics.items() if not it.intents and it.answers
    ]
    for topic in without:
        attributes = {pair.partition(".")[2] for pair in base.topics[topic].answers}
        for intent in intents_for(base, topic)[:1]:
            assert base.intents[intent].partition(".")[2] in attributes


def test_a_pair_of_a_gap_begins_with_what_the_content_knows(content: Path) -> None:
    gap = NewGap(GAP.id, TOPIC, "", ("roof.colour",), GAP.words, GAP.questions)
    found = problems(content, load_knowledge(), Changes(gap=gap))
    assert [it.reason for it in found] == ["gap_subject"]


def test_a_test_alone_can_be_proposed(content: Path, store: ConversationStore) -> None:
    number = propose_test(
        store,
        author=AUTHOR,
        sender_id="web-1",
        steps=[Step("Hei"), Step(TEST, "answer", "nb", TOPIC)],
    )
    (edit,) = edits_of(content, Proposals(store).get(number).changes)
    assert edit.file == CONVERSATIONS_FILE


def test_nobody_approves_what_they_made_or_last_changed(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    changes = Proposals(store).get(number).changes
    change(store, number, OTHER, "Nytt navn", changes)
    found_green(store, number, content, models / "new.tar.gz")
    for person in (AUTHOR, OTHER):
        assert refused(approve, store, number, person, models) == "own_proposal"
    assert refused(approve, store, number, "", models) == "nobody"
    assert approve(store, number, "local:Third", models).status == "live"


def test_what_is_not_green_is_not_approved(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    assert refused(approve, store, number, OTHER, models) == "not_green"
    green = found_green(store, number, content, models / "new.tar.gz")
    Proposals(store).save(green, status="red")
    assert refused(approve, store, number, OTHER, models) == "not_green"


def test_a_release_changes_files_and_model_and_is_undone_whole(
    content: Path, store: ConversationStore, models: Path
) -> None:
    before = Releases(content, models).digest()
    number = made(store)
    found_green(store, number, content, models / "new.tar.gz")
    approve(store, number, OTHER, models)
    assert EXAMPLE in (content / FILE).read_text("utf-8")
    latest = Releases(content, models).latest()
    assert latest is not None
    assert latest.model == "new.tar.gz"
    assert can_undo(Proposals(store).get(number), models)
    assert undo(store, number, AUTHOR, models).status == "undone"
    assert Releases(content, models).digest() == before
    assert not (content / CONVERSATIONS_FILE).exists()
    back = Releases(content, models).latest()
    assert back is not None
    assert (back.number, back.model) == (2, model_name(content=content))


def test_what_was_tried_on_another_content_is_not_approved(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    found_green(store, number, content, models / "new.tar.gz")
    changed = content / "knowledge" / "routes.yml"
    changed.write_text(changed.read_text("utf-8") + "# changed\n", "utf-8")
    assert refused(approve, store, number, OTHER, models) == "tried_on_other"
    assert Proposals(store).get(number).status == "green"


def test_undoing_is_refused_by_the_name_of_a_file_that_was_changed_since(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    found_green(store, number, content, models / "new.tar.gz")
    approve(store, number, OTHER, models)
    (content / FILE).write_text("changed by hand", "utf-8")
    with pytest.raises(RefusedError, match=FILE) as caught:
        undo(store, number, OTHER, models)
    assert caught.value.reason == "file_changed"
    assert Proposals(store).get(number).status == "live"
    assert (content / CONVERSATIONS_FILE).exists()


def test_only_the_latest_release_is_undone(
    content: Path, store: ConversationStore, models: Path
) -> None:
    first = made(store)
    second = made(store, example="Blir det mye sol?", test_sentence="Mye sol her?")
    for number in (first, second):
        found_green(store, number, content, models / "new.tar.gz")
        approve(store, number, OTHER, models)
        (models / model_name(content=content)).write_text("new", "utf-8")
    assert refused(undo, store, first, OTHER, models) == "not_latest"
    assert undo(store, second, OTHER, models).status == "undone"


def test_two_who_change_at_once_do_not_overwrite_each_other(
    store: ConversationStore,
) -> None:
    proposals = Proposals(store)
    read_before = proposals.get(made(store))
    proposals.save(read_before, title="Den ene")
    reason = refused(proposals.save, read_before, title="Den andre")
    assert reason == "changed_meanwhile"
    assert proposals.get(read_before.id).title == "Den ene"


def test_a_rejection_has_a_reason_and_is_final(store: ConversationStore) -> None:
    number = made(store)
    assert refused(reject, store, number, OTHER, " ") == "no_reason"
    assert reject(store, number, OTHER, "Finnes fra før").reason == "Finnes fra før"
    assert refused(reject, store, number, OTHER, "Igjen") == "wrong_status"


def test_nobody_approves_what_somebody_else_has_changed_after_them(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    for person, title in ((OTHER, "Skjult her"), ("local:Third", "Pyntet på")):
        changes = Proposals(store).get(number).changes
        change(store, number, person, title, changes)
    found_green(store, number, content, models / "new.tar.gz")
    assert refused(approve, store, number, OTHER, models) == "own_proposal"
    assert approve(store, number, "local:Fourth", models).status == "live"


@pytest.mark.parametrize("person", ["LOCAL:eva", "local: Eva ", "local:Ｅva"])
def test_an_id_in_another_spelling_is_the_same_person(
    content: Path, store: ConversationStore, models: Path, person: str
) -> None:
    number = made(store)
    found_green(store, number, content, models / "new.tar.gz")
    assert refused(approve, store, number, person, models) == "own_proposal"


def test_of_two_that_were_tried_on_the_same_content_only_one_goes_live(
    content: Path,
    store: ConversationStore,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = made(store), made(store, example="Hvor mye strøm blir det av det?")
    for number in (first, second):
        found_green(store, number, content, models / "new.tar.gz")
    before = Releases(models=models).digest()
    approve(store, first, OTHER, models)
    # The other has looked just before the first was written.
    unlocked = iter([before])
    later = Releases.digest
    monkeypatch.setattr(Releases, "digest", lambda it: next(unlocked, later(it)))
    edits = Proposals(store).get(second).trial or {}
    edits["edits"] = []
    Proposals(store).save(Proposals(store).get(second), trial=edits)
    assert refused(approve, store, second, OTHER, models) == "release_failed"
    assert Proposals(store).get(second).status == "green"


def test_a_trial_whose_model_is_gone_is_not_approved(
    content: Path, store: ConversationStore, models: Path
) -> None:
    number = made(store)
    found_green(store, number, content, models / "gone.tar.gz")
    assert refused(approve, store, number, OTHER, models) == "model_gone"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (Changes((Example("ask_nothing", "nb", "Er det noe?"),)), "unknown_intent"),
        (
            Changes((Example(f"{INTENT}\nx: y", "nb", "Er det noe?"),)),
            "unknown_intent",
        ),
        (Changes((Example(INTENT, "nb", "Er det [noe](topic)?"),)), "odd_example"),
        (Changes((Example(INTENT, "nb", "Er det\u2028noe?"),)), "several_lines"),
        (
            Changes(conversations=(Conversation("a", (Step("Ja?", "answer\n x"),)),)),
            "unknown_kind",
        ),
        (
            Changes(
                conversations=(Conversation("a", (Step("Ja?", "answer", "nb\nx"),)),)
            ),
            "unknown_language",
        ),
    ],
)
def test_nothing_breaks_out_of_its_line(
    content: Path, changes: Changes, reason: str
) -> None:
    found = [it.reason for it in problems(content, load_knowledge(), changes)]
    assert reason in found


@pytest.mark.parametrize("pair", ["recipient.x]}", "recipient.x:y", 'recipient."x"'])
def test_a_pair_of_a_gap_is_two_words(content: Path, pair: str) -> None:
    gap = NewGap(GAP.id, TOPIC, "", (pair,), GAP.words, GAP.questions)
    found = problems(content, load_knowledge(), Changes(gap=gap))
    assert [it.reason for it in found] == ["gap_subject"]


def test_the_words_of_a_gap_stand_for_nothing_else(content: Path) -> None:
    words = {**GAP.words, "nb": "hva {grant.amount} er"}
    gap = NewGap(GAP.id, TOPIC, "", GAP.answers, words, GAP.questions)
    found = problems(content, load_knowledge(), Changes(gap=gap))
    assert [it.reason for it in found] == ["braces"]


NUMBER = "Jeg har fødselsnummer 13097248022"


def test_not_even_a_draft_keeps_somebodys_number(store: ConversationStore) -> None:
    gap = NewGap(GAP.id, TOPIC, "", GAP.answers, {"nb": NUMBER}, {})
    assert refused(made, store, topic=None, gap=gap, intent=INTENT) == "personal"
    number = made(store)
    changes = Changes((Example(INTENT, "nb", NUMBER),))
    assert refused(change, store, number, OTHER, "Navn", changes) == "personal"
    kept = Proposals(store).get(number)
    change(store, number, OTHER, NUMBER, kept.changes)
    assert "13097248022" not in Proposals(store).get(number).title
    reject(store, number, OTHER, NUMBER)
    assert "13097248022" not in Proposals(store).get(number).reason


def test_who_adds_to_a_gap_is_forgotten_there_too(store: ConversationStore) -> None:
    gap = {"topic": None, "gap": GAP, "intent": INTENT}
    number = made(store, sender_id="first", **gap)
    theirs = {"example": "Hva slags farge er det?", "test_sentence": "Fargen er hva?"}
    assert made(store, sender_id="second", **gap, **theirs) == number
    store.forget("second")
    kept = Proposals(store).get(number)
    assert [it.text for it in kept.changes.examples] == [EXAMPLE]
    assert [it.steps[0].user for it in kept.changes.conversations] == [TEST]
    assert made(store, sender_id="second", **gap, **theirs) == number
    store.forget("first")
    kept = Proposals(store).get(number)
    assert [it.text for it in kept.changes.examples] == [theirs["example"]]
    assert (kept.title, kept.sender_id) == (theirs["example"], "second")
    store.forget("second")
    assert refused(Proposals(store).get, number) == "unknown_proposal"


def test_a_sentence_that_was_written_anew_goes_with_all_the_proposal(
    store: ConversationStore,
) -> None:
    gap = {"topic": None, "gap": GAP, "intent": INTENT}
    number = made(store, sender_id="first", **gap)
    theirs = {"example": "Hva slags farge er det?", "test_sentence": "Fargen er hva?"}
    made(store, sender_id="second", **gap, **theirs)
    changes = Proposals(store).get(number).changes
    anew = (*changes.examples[:1], Example(INTENT, "nb", "Hvilken farge er det, da?"))
    change(store, number, OTHER, "", dataclasses.replace(changes, examples=anew))
    store.forget("second")
    assert refused(Proposals(store).get, number) == "unknown_proposal"
