"""Reads the form in which a proposal is edited."""

import dataclasses
from collections.abc import Iterator, Mapping

from bot.languages import LANGUAGES
from bot.staff.proposals.changes import Changes, Conversation, Example, NewGap


def examples_by_intent(changes: Changes) -> dict[str, dict[str, list[str]]]:
    """Return the examples of changes by intent and language, for the form."""
    intents = [example.intent for example in changes.examples]
    if changes.gap and changes.gap.intent:
        intents.append(changes.gap.intent)
    return {
        intent: {
            language: [
                each.text
                for each in changes.examples
                if (each.intent, each.language) == (intent, language)
            ]
            for language in LANGUAGES
        }
        for intent in dict.fromkeys(intents)
    }


def changes_in(form: Mapping[str, str], before: Changes) -> Changes:
    """Return the changes that a form holds.

    Args:
        form: What was sent.
        before: What the form was made of; a message that was emptied is left out.
    """
    return Changes(
        examples=tuple(_examples(form, before)),
        conversations=tuple(_conversations(form, before)),
        gap=before.gap and _gap(form, before.gap),
    )


def _examples(form: Mapping[str, str], before: Changes) -> Iterator[Example]:
    renamed = before.gap and (before.gap.intent, form.get("gap-intent", "").strip())
    for number, old in enumerate(examples_by_intent(before)):
        intent = form.get(f"intent-{number}", old).strip()
        if renamed and old == renamed[0]:
            intent = renamed[1]
        for language in LANGUAGES:
            for line in form.get(f"examples-{number}-{language}", "").splitlines():
                if line.strip():
                    yield Example(intent, language, line.strip())


def _conversations(form: Mapping[str, str], before: Changes) -> Iterator[Conversation]:
    gap = form.get("gap-id", "").strip()
    for number, conversation in enumerate(before.conversations):
        steps = []
        for place, step in enumerate(conversation.steps):
            name = f"step-{number}-{place}"
            user = form.get(f"{name}-user", "").strip()
            topic = form.get(f"{name}-topic", step.topic)
            if before.gap and topic == before.gap.id:
                topic = gap or topic
            if user:
                kind = form.get(f"{name}-kind", step.kind)
                steps.append(
                    dataclasses.replace(step, user=user, kind=kind, topic=topic)
                )
        if steps:
            yield Conversation(conversation.name, tuple(steps))


def _gap(form: Mapping[str, str], before: NewGap) -> NewGap:
    def by_language(field: str) -> dict[str, str]:
        return {each: form.get(f"gap-{field}-{each}", "").strip() for each in LANGUAGES}

    return NewGap(
        id=form.get("gap-id", before.id).strip(),
        nearby=form.get("gap-nearby", before.nearby).strip(),
        intent=form.get("gap-intent", before.intent).strip(),
        answers=tuple(form.get("gap-answers", "").replace(",", " ").split()),
        words=by_language("words"),
        questions=by_language("questions"),
    )
