"""Makes the edits of a proposal: what each file of the content would hold after it."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from bot.languages import LANGUAGES
from bot.releases import FileEdit
from bot.staff.proposals.changes import Changes, Conversation, Example, NewGap, Step
from bot.staff.proposals.refusals import RefusedError
from bot.staff.proposals.yaml_lines import (
    added_under,
    last_line,
    node_of,
    quoted,
    value_of,
    with_lines,
)

CONVERSATIONS_FILE = "tests/conversations/reviewed.yml"
"""Where the conversations of proposals go, inside the content."""

_GAPS_FILE, _DOMAIN = "knowledge/not_stated.yml", "domain.yml"
_NEW_INTENTS = "data/nlu/not_stated"
_SCHEMA = "trials/scripts/schema.json"
_LONGEST_NAME = 60


class _Draft:
    """The files that are being edited, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before: dict[str, str | None] = {}
        self._after: dict[str, str] = {}

    def read(self, file: str) -> str | None:
        """Return what a file holds by now, or None where there is none."""
        if file not in self._before:
            path = self.folder / file
            self._before[file] = path.read_text("utf-8") if path.exists() else None
        return self._after.get(file, self._before[file])

    def text(self, file: str) -> str:
        """Return what a file holds that must be there."""
        held = self.read(file)
        if held is None:
            raise RefusedError("unreadable", file=file, why="it is not there")
        return held

    def write(self, file: str, text: str) -> None:
        """Note what a file would hold."""
        self.read(file)
        self._after[file] = text

    def edits(self) -> tuple[FileEdit, ...]:
        """Return what changed, by file."""
        return tuple(
            FileEdit(file, self._before[file], after)
            for file, after in sorted(self._after.items())
            if after != self._before[file]
        )


def edits_of(folder: Path, changes: Changes) -> tuple[FileEdit, ...]:
    """Return what each file of the content in a folder would hold after changes.

    Raises:
        RefusedError: A file has not the shape that it can be added to.
    """
    draft = _Draft(folder)
    if changes.gap is not None:
        _add_gap(draft, changes.gap)
    new = changes.gap.intent if changes.gap else ""
    of_new = [example for example in changes.examples if example.intent == new]
    if new:
        _add_intent(draft, new, of_new)
    for example in changes.examples:
        if example not in of_new:
            _add_example(draft, example)
    for conversation in changes.conversations:
        _add_conversation(draft, conversation)
    return draft.edits()


def _add_example(draft: _Draft, example: Example) -> None:
    """Add an example to the last block of its intent and language."""
    for file in _files_of(draft.folder, example.intent):
        text = draft.text(file)
        blocks = value_of(node_of(text, file), "nlu")
        found = [it for it in blocks.value if _is_of(it, example)] if blocks else []
        if found:
            last = last_line(value_of(found[-1], "examples"), text)
            line = text.splitlines()[last]
            indent = line[: len(line) - len(line.lstrip())]
            draft.write(file, with_lines(text, last, [f"{indent}- {example.text}"]))
            return
    file = next(_files_of(draft.folder, example.intent))
    text = draft.text(file).rstrip("\n") + "\n"
    lines = _block(example.intent, example.language, [example.text])
    draft.write(file, added_under(text, file, "nlu", lines))


def _files_of(folder: Path, intent: str) -> Iterator[str]:
    """Yield the files with examples of an intent, the one of its name first.

    Raises:
        RefusedError: There is none.
    """
    files = sorted(
        (folder / "data").rglob("*.yml"), key=lambda file: file.stem != intent
    )
    found = False
    for file in files:
        text = file.read_text("utf-8")
        # Stories name intents too.
        if "\nnlu:" in text and f"- intent: {intent}\n" in text:
            found = True
            yield str(file.relative_to(folder))
    if not found:
        raise RefusedError("unknown_intent", intent=intent)


def _is_of(block: yaml.MappingNode, example: Example) -> bool:
    intent, metadata = value_of(block, "intent"), value_of(block, "metadata")
    language = value_of(metadata, "language") if metadata else None
    return bool(
        intent is not None
        and intent.value == example.intent
        and language is not None
        and language.value == example.language
    )


def _block(intent: str, language: str, texts: Iterable[str]) -> list[str]:
    return [
        f"- intent: {intent}",
        f"  metadata: {{language: {language}}}",
        "  examples: |",
        *(f"    - {text}" for text in texts),
    ]


def _add_intent(draft: _Draft, intent: str, examples: Sequence[Example]) -> None:
    """Add an intent to the domain, and the file of its examples."""
    lines = [f"- {intent}"]
    draft.write(_DOMAIN, added_under(draft.text(_DOMAIN), _DOMAIN, "intents", lines))
    lines = [f"# Examples of {intent}.", 'version: "3.1"', "", "nlu:"]
    for language in LANGUAGES:
        texts = [each.text for each in examples if each.language == language]
        block = _block(intent, language, texts) if texts else []
        lines += [f"  {line}" for line in block]
    draft.write(f"{_NEW_INTENTS}/{intent}.yml", "\n".join(lines) + "\n")


def _add_gap(draft: _Draft, gap: NewGap) -> None:
    """Add the record of a gap, and its words in each language."""
    fields = [f"id: {gap.id}"]
    if gap.intent:
        subject = gap.nearby.partition(".")[0]
        fields.append(
            f"intents: {{{gap.intent}: {subject}.{gap.id.partition('.')[2]}}}"
        )
    if gap.answers:
        fields.append(f"answers: [{', '.join(gap.answers)}]")
    fields.append(f"nearby: {gap.nearby}")
    record = [f"- {{{', '.join(fields)}}}"]
    text = draft.text(_GAPS_FILE)
    draft.write(_GAPS_FILE, added_under(text, _GAPS_FILE, "not_stated", record))
    for language in LANGUAGES:
        if not gap.words.get(language):
            raise RefusedError("gap_words", languages=language)
        file = f"knowledge/wording/{language}.yml"
        words = [f"{gap.id}: {quoted(gap.words[language])}"]
        text = added_under(draft.text(file), file, "gaps", words)
        if gap.questions.get(language):
            asked = [f"{gap.id}: {quoted(gap.questions[language])}"]
            text = added_under(text, file, "gap_questions", asked)
        draft.write(file, text)


def _add_conversation(draft: _Draft, conversation: Conversation) -> None:
    """Add a conversation at the end of the file of those of proposals."""
    file = CONVERSATIONS_FILE
    text = draft.read(file)
    if text is None:
        lines = [f"  {line}" for line in _case(conversation.name, conversation.steps)]
        draft.write(file, _head(draft.folder) + "\n".join(lines) + "\n")
        return
    cases = value_of(node_of(text, file), "test_cases")
    if cases is None:
        raise RefusedError("unreadable", file=file, why="it has no test_cases")
    names = {
        case.value for each in cases.value if (case := value_of(each, "test_case"))
    }
    lines = ["", *_case(free_name(conversation.name, names), conversation.steps)]
    text = added_under(text.rstrip("\n") + "\n", file, "test_cases", lines)
    draft.write(file, "\n".join(line.rstrip() for line in text.split("\n")))


def _head(folder: Path) -> str:
    head = "# Conversations that proposals of the staff console added.\ntest_cases:\n"
    if (folder / _SCHEMA).exists():
        return f"# yaml-language-server: $schema=../../{_SCHEMA}\n{head}"
    return head


def _case(name: str, steps: Iterable[Step]) -> Iterator[str]:
    yield f"- test_case: {quoted(name)}"
    yield "  steps:"
    for step in steps:
        yield f"    - user: {quoted(step.user)}"
        expected = list(_expected(step))
        if expected:
            yield "      assertions:"
            yield from (f"        {line}" for line in expected)


def _expected(step: Step) -> Iterator[str]:
    if step.kind:
        yield f"- kind: {step.kind}"
    if step.language:
        yield f"- language: {step.language}"
    if step.topic:
        yield "- slot_was_set:"
        yield "    - name: last_topic"
        yield f"      value: {step.topic}"
    if step.facts:
        yield f"- facts_include: [{', '.join(step.facts)}]"


def free_name(message: str, taken: Iterable[str]) -> str:
    """Return the first words of a message, with a number where they are taken."""
    first = textwrap.shorten(message, _LONGEST_NAME, placeholder=" …") or "…"
    taken, name, number = set(taken), first, 1
    while name in taken:
        number += 1
        name = f"{first} ({number})"
    return name
