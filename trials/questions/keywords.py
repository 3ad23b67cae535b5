"""A baseline without understanding: the sentence most like the question replies."""

import re
from typing import Any

from bot.knowledge import KnowledgeBase

# Cosine similarity below which no sentence is taken to fit.
LEAST_SIMILARITY = 0.15
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ–])|\s*\n\s*")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, as they stand in it."""
    return [part.strip() for part in _SENTENCE_ENDS.split(text) if part.strip()]


class KeywordSearch:
    """Searches the announcement by TF-IDF over words (Spärck Jones 1972)."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Index the announcement's sentences."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._base = base
        self._sentences = list(dict.fromkeys(sentences(base.announcement)))
        self._vectorizer = TfidfVectorizer()
        self._index = self._vectorizer.fit_transform(self._sentences)

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """Return the reply to a message, which never depends on those before it."""
        del sender
        similarity = (self._vectorizer.transform([text]) @ self._index.T).toarray()[0]
        best = int(similarity.argmax())
        surely = float(similarity[best])
        if surely < LEAST_SIMILARITY:
            told = self._base.wording["nb"].talk["out_of_scope"][0]
            return _reply("out_of_scope", told, [], surely)
        sentence = self._sentences[best]
        source = self._base.locate(sentence)
        quoted = {"quote": source.quote, "start": source.start, "end": source.end}
        return _reply("answer", sentence, [quoted], surely)


def _reply(
    kind: str, text: str, sources: list[dict[str, Any]], confidence: float
) -> list[dict[str, Any]]:
    payload = {
        "kind": kind,
        "language": "nb",
        "facts": [],
        "sources": sources,
        "intent": "keyword_search",
        "confidence": round(confidence, 4),
    }
    return [{"text": text}, {"custom": payload}]
