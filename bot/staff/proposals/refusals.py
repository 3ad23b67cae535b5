"""Why something cannot be done with a proposal, in a form that pages can translate."""

from bot.errors import BotError

_TOLD = {
    "same_sentence": "the example and the test are the same sentence; write the test "
    "in other words, or the test would only show what was learnt by heart",
    "in_other_intent": "'{text}' stands in {file} already, as an example of {intent}; "
    "take it out there first, or choose that topic",
    "in_data": "'{text}' stands in {file} already; choose another sentence",
    "twice": "'{text}' stands twice in the proposal; take one away",
    "in_questions": "'{text}' stands among the questions of {file}, which nothing may "
    "be learnt from; write it in other words",
    "in_conversations": "'{text}' is said in {file}, which tests the assistant; write "
    "it in other words",
    "personal": "'{text}' may hold somebody's number or address; leave it out",
    "placeholder": "'{text}' holds a mark of what was left out; write it without",
    "several_lines": "'{text}' is no single line of text; write one sentence",
    "too_long": "'{text}' has more than {most} characters; write it shorter",
    "empty": "there is no sentence; write one",
    "odd_example": "'{text}' cannot stand among the examples: it may not begin with "
    "'-' nor hold ' #', '[' or ']'",
    "unknown_topic": "there is no topic '{topic}' in the content; choose another",
    "unknown_intent": "there is no intent '{intent}' in domain.yml; choose another",
    "no_intent": "no intent leads to the topic '{topic}', so there is nothing to learn "
    "from an example; choose another topic",
    "unknown_kind": "there is no kind of reply '{kind}'; choose another",
    "unknown_language": "'{language}' is no language of the assistant's; choose nb, "
    "nn or en",
    "nothing_changed": "the proposal changes nothing; add an example or a conversation",
    "gap_id": "'{id}' is no id of a gap; write 'gap.' and a word in small letters",
    "gap_there": "the content has a gap '{id}' already; choose it as the topic",
    "gap_words": "the gap lacks its words in {languages}; write what the announcement "
    "does not say, in each language",
    "braces": "'{text}' holds a brace, which stands for a fact; write it without",
    "gap_nearby": "there is no topic '{nearby}', which is told instead; choose one",
    "gap_way": "nothing leads to the gap; name an intent of its own, or a subject and "
    "an attribute that are asked for, such as {example}",
    "gap_taken": "'{pair}' leads to {topic} already; choose another",
    "gap_subject": "'{pair}' does not begin with a name, a value or a type of the "
    "content, a full stop and an attribute; correct it",
    "gap_intent": "the intent '{intent}' of the gap is no new name like ask_something; "
    "choose another",
    "gap_examples": "the new intent has {count} examples in {languages}; it needs "
    "{least} in all, and some in each language, to be told from the others",
    "unreadable": "{file} cannot be changed: {why}; mend it by hand",
    "file_changed": "{files} changed since; look at what changed there, then try again",
    "unknown_proposal": "there is no proposal {number}; list them first",
    "wrong_status": "this cannot be done with a proposal that is {status}",
    "changed_meanwhile": "somebody changed the proposal meanwhile; look at it anew",
    "own_proposal": "{person} made or last changed this proposal; somebody else must "
    "approve it",
    "nobody": "it is not said who acts; name a person",
    "not_green": "the proposal is not green; only what made nothing worse goes live",
    "model_gone": "the model of the trial is no longer there; try the proposal again",
    "tried_on_other": "the content in force is not what the proposal was tried on; try "
    "it again",
    "other_trial": "another proposal is being tried; wait for it, or stop it",
    "no_trial": "the proposal is not being tried",
    "no_reason": "a rejection needs a reason; write one",
    "not_latest": "only the release that came last can be undone",
    "no_model": "the model {model} is not in {folder}; it was removed",
    "release_failed": "the release could not be made, and nothing was changed: {why}",
}


class RefusedError(BotError):
    """Something cannot be done with a proposal.

    Attributes:
        reason: Why: a key of the texts of the console's page.
        values: What the text's placeholders stand for.
    """

    def __init__(self, reason: str, **values: object) -> None:
        """Name the reason, and what it is about."""
        super().__init__(_TOLD[reason].format(**values))
        self.reason = reason
        self.values = values


REASONS = tuple(_TOLD)
"""Every reason, for the texts of the page to have one each."""
