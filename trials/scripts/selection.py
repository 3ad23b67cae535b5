"""Chooses conversations by an expression, like pytest's -k.

    penger and not nynorsk
    (grant or pot) and en

Each word is looked for, whatever its case, in a conversation's name, its file's name
and the values of its metadata.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.errors import RunError
from trials.scripts.script import Conversation, shown

Predicate = Callable[[str], bool]
_TOKEN = re.compile(r"\s*(?:([()])|([^\s()]+))")
_WRITE = "join words with and, or, not and parentheses, as in 'grant and not nynorsk'"


def select(
    conversations: Iterable[Conversation], expression: str
) -> list[Conversation]:
    """Return the conversations that an expression fits; all when it is empty.

    Raises:
        RunError: It is no expression, or fits none.
    """
    conversations = list(conversations)
    if not expression.strip():
        return conversations
    fits = _Parser(expression).parse()
    chosen = [each for each in conversations if fits(_searched(each))]
    if not chosen:
        raise RunError(
            f"-k '{expression}' fits none of {len(conversations)} conversations; "
            "words are looked for in names, files and metadata"
        )
    return chosen


def _searched(conversation: Conversation) -> str:
    labels = [*conversation.metadata.values()]
    for turn in conversation.turns:
        labels += turn.metadata.values()
    words = [conversation.name, shown(conversation.file), *map(str, labels)]
    return "\n".join(words).casefold()


class _Parser:
    """Reads an expression: `or` binds the least, then `and`, then `not`."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = list(_tokens(expression))

    def parse(self) -> Predicate:
        """Return what tells whether a text fits."""
        predicate = self._either()
        if self._tokens:
            raise self._error(self._left_over())
        return predicate

    def _either(self) -> Predicate:
        options = [self._both()]
        while self._take("or"):
            options.append(self._both())
        return lambda text: any(option(text) for option in options)

    def _both(self) -> Predicate:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return lambda text: all(part(text) for part in parts)

    def _one(self) -> Predicate:
        if self._take("not"):
            negated = self._one()
            return lambda text: not negated(text)
        if self._take("("):
            inside = self._either()
            if not self._take(")"):
                raise self._error(self._left_over() or "a ')' is missing")
            return inside
        if not self._tokens or self._tokens[0] in ("and", "or", ")"):
            before = f"before '{self._tokens[0]}'" if self._tokens else "at the end"
            raise self._error(f"a word is missing {before}")
        word = self._tokens.pop(0).casefold()
        return lambda text: word in text

    def _left_over(self) -> str:
        """Return what is wrong with the next token where nothing should follow."""
        if not self._tokens:
            return ""
        if self._tokens[0] == ")":
            return "')' is one too many"
        return f"'and' or 'or' is missing before '{self._tokens[0]}'"

    def _take(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            self._tokens.pop(0)
            return True
        return False

    def _error(self, reason: str) -> RunError:
        return RunError(f"-k '{self._expression}': {reason}; {_WRITE}")


def _tokens(expression: str) -> Iterator[str]:
    for match in _TOKEN.finditer(expression):
        yield match[1] or match[2]
