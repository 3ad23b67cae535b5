"""From a question to an answer: which topic it is, what may be said of it, and how."""

from bot.answering.answerer import Answerer
from bot.answering.conversation import Context
from bot.answering.question import Message, Question
from bot.answering.reply import Button, Reply
from bot.answering.service import Service

__all__ = ["Answerer", "Button", "Context", "Message", "Question", "Reply", "Service"]
