"""Every topic and gap, told in every language as somebody would come to it."""

import functools
import re
from collections.abc import Iterator

import num2words
import pytest
from talking import Conversation, question

from bot.answering import Answerer, Question, Reply, Service
from bot.knowledge import load_knowledge
from bot.knowledge.models import Route, SeasonFact
from bot.languages import LANGUAGES, Language

BASE = load_knowledge()
MOST_WORDS = 120
# What somebody asks of whom they name, and of nobody.
ASKED = "Kan du si noe om det?"
# Topics of the list, where the words and names decide.
OF_LIST = {
    "recipients.named": ("Fikk Sintef penger?", ["sintef", "ntnu"], ()),
    "recipients.in_place": ("Hvem i Trondheim fikk penger?", ["trondheim"], ()),
    "recipients.absent": ("Fikk Ymse penger?", [], ("Ymse",)),
    "recipients.not_only": ("Er det bare Aleap som fikk penger?", ["aleap"], ()),
    "recipients.not_all": ("Er alle som fikk penger, i Oslo?", ["oslo"], ()),
    "recipients.others": ("Hvem andre enn Aleap fikk penger?", ["aleap"], ()),
}
# Words with which somebody turns to what a route asks for.
TURNING = {
    "average": "i snitt",
    "more": "flest",
    "sum": "til sammen",
    "naming": "navnet",
    "count": "Hvor mange",
    "why": "Hvorfor",
    "who": "Hvem",
}
# Counted from the facts rather than stated as a figure: the two programmes, the two
# people who speak.
COUNTED = {"grant.channel": 2, "people.quoted": 2}
SPELLING = {"nb": "no", "nn": "no", "en": "en"}
# Spelt like a number without being one: the preposition, the article.
NO_NUMBERS = {"nb": {"en", "ett"}, "nn": {"ein", "eitt"}, "en": {"one"}}
ONLY_BOKMAL = """
    ikke hva hvem hvor hvordan hvorfor hvilke hvilken jeg penger pengene mer flere
    bare noe noen fra hun kunngjøringen regjeringen miljøer miljøene fikk sier være
    sammen søkere kommer bildet navn en ett et de dem mye mens gjøre inkubatorer
    næringshager meldingen millioner sommeren høsten løsninger forventninger
    markeder lykkes vokse
"""
ONLY_NYNORSK = """
    ikkje kva kven kor kvar korleis kvifor eg pengar pengane meir fleire berre noko
    nokon frå ho kunngjeringa regjeringa miljøa fekk seier vere saman søkjarar kjem
    biletet namn ein eit ei dei mykje medan gjere inkubatorar næringshagar meldinga
    millionar sommaren hausten løysingar forventningar marknader lukkast vekse gjev
"""
NORWEGIAN = """
    ikke ikkje hva kva hvem kven som til fra frå penger pengar kroner og en et er
    det av på med blir sier seier fikk fekk kunngjøringen kunngjeringa millioner
"""
FOREIGN: dict[Language, str] = {
    "nb": ONLY_NYNORSK,
    "nn": ONLY_BOKMAL,
    "en": NORWEGIAN,
}


def about(subject: str, intent: str, text: str = ASKED) -> Question:
    """Return a question about a name, or about somebody or something of a type."""
    if subject in BASE.values:
        form = BASE.values[subject].forms.all()[0].rstrip("*")
        return question(f"{text} {form}", intent)
    names = [n.id for n in BASE.names.values() if subject in (n.id, n.type)]
    unknown = ("Ymse",) if subject == "unknown" else ()
    return question(text, intent, *names[:1], unknown=unknown)


def along(route: Route, intent: str) -> Question:
    """Return a question that takes a route."""
    words = [TURNING[mark] for mark in (*route.asks, *route.when) if mark in TURNING]
    text = f"{' '.join(words[:1])} {'gjelder det' if words else ASKED}?"
    named = [*route.when_all, *(mark for mark in route.when if mark not in TURNING)]
    return about(named[0] if named else "", intent, text)


def questions_for(target: str) -> Iterator[Question]:
    """Yield questions that may lead to a topic or gap."""
    if target in OF_LIST:
        text, names, unknown = OF_LIST[target]
        yield question(text, "ask_grant_recipients", *names, unknown=unknown)
    record = BASE.topics.get(target) or BASE.gaps[target]
    yield from (question(ASKED, intent) for intent in record.intents)
    for pair in record.pairs:
        subject, _, attribute = pair.partition(".")
        for intent, own in BASE.intents.items():
            if own.partition(".")[2] == attribute:
                yield about(subject, intent)
    for route in BASE.routes:
        if route.topic == target and not route.claim:
            yield from (along(route, intent) for intent in route.intents)


@functools.cache
def question_for(target: str) -> Question:
    """Return a question that leads to a topic or gap, or fail where there is none."""
    answerer = Answerer(BASE, Service(contact=""))
    for asked in questions_for(target):
        if Conversation(answerer).send(asked).context.topic == target:
            return asked
    pytest.fail(f"no question leads to {target}")


def told(talk: Conversation, target: str, language: Language) -> Reply:
    reply = talk.send(question_for(target), language=language)
    assert reply.context.topic == target
    return reply


def without_names(text: str) -> str:
    """Return a text without titles, quotes and names that keep their own language."""
    text = re.sub(r"«[^»]*»|“[^”]*”|\([^)]*\)", "", text)
    labels = {
        label
        for name in BASE.names.values()
        for label in (name.label.nb, name.label.en)
        if label[:1].isupper()
    }
    for label in sorted(labels, key=len, reverse=True):
        text = text.replace(label, "")
    return text


def numbers_in(text: str, language: Language) -> list[float]:
    decimal = "." if language == "en" else ","
    group = "," if language == "en" else "[ \u00a0]"
    pattern = rf"\d+(?:{group}\d{{3}})*(?:\{decimal}\d+)?"
    return [
        float(re.sub(group, "", found).replace(decimal, "."))
        for found in re.findall(pattern, text)
    ]


def spelt_numbers_in(text: str, language: Language) -> list[int]:
    spelt = {
        num2words.num2words(number, lang=SPELLING[language]): number
        for number in range(2, 101)
    }
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [spelt[w] for w in words if w in spelt and w not in NO_NUMBERS[language]]


def parts_of(derived: str) -> tuple[str, str]:
    return BASE.derived[derived].operands


def figures_of(reply: Reply) -> set[float]:
    """Return the figures of the facts that a reply cites, also rounded, in millions."""
    figures: set[float] = set()
    cited = {*reply.facts, *(o for f in reply.facts for o in BASE.operands(f))}
    cited |= {o for f in reply.facts if f in BASE.derived for o in parts_of(f)}
    for fact_id in cited:
        kind = BASE.figure_kind(fact_id)
        fact = BASE.facts.get(fact_id)
        if isinstance(fact, SeasonFact):
            figures.add(fact.value.year)
        elif kind in ("amount", "count", "percent"):
            value = BASE.value(fact_id)
            figures |= {value, round(value), value / 1_000_000}
    return figures


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("target", [*BASE.topics, *BASE.gaps])
def test_every_topic_is_told_in_whole_sentences_with_its_sources(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    assert reply.kind == ("not_stated" if target in BASE.gaps else "answer")
    assert reply.facts
    assert reply.sources
    assert not set("{}") & set(reply.text)
    assert len(reply.text.split()) <= MOST_WORDS
    assert reply.text.endswith(".")
    assert reply.text[0].isupper() or reply.text[0].isdigit()
    assert not re.search(r"  | [.,;]|\.\.", reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("target", [*BASE.topics, *BASE.gaps])
def test_every_number_told_is_a_figure_of_a_fact_that_is_cited(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    figures = figures_of(reply)
    assert set(numbers_in(reply.text, language)) <= figures
    spelt = set(spelt_numbers_in(reply.text, language))
    nearby = BASE.gaps[target].nearby if target in BASE.gaps else target
    assert spelt <= figures | {COUNTED.get(nearby)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("target", [*BASE.topics, *BASE.gaps])
def test_no_word_of_another_written_language_slips_in(
    talk: Conversation, target: str, language: Language
) -> None:
    reply = told(talk, target, language)
    titles = [button.title for button in reply.buttons]
    text = without_names(" ".join([reply.text, *titles]))
    words = set(re.findall(r"\w+", text.lower()))
    assert not words & set(FOREIGN[language].split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_another_written_language_slips_into_small_talk(
    language: Language,
) -> None:
    for key, texts in BASE.wording[language].talk.items():
        if key == "foreign_language":
            continue  # it is told in English and Norwegian to everybody
        words = set(re.findall(r"\w+", without_names(" ".join(texts)).lower()))
        assert not words & set(FOREIGN[language].split())


@pytest.fixture(scope="module")
def every_fact_told() -> set[str]:
    """The facts that the topics tell of, and what is told of each recipient."""
    questions = [question_for(topic) for topic in BASE.topics]
    questions += [
        question("Hva er det?", intent, name)
        for intent in ("ask_recipient_location", "ask_recipient_kind")
        for name in BASE.members
    ]
    answerer = Answerer(BASE, Service(contact=""))
    return {
        fact
        for question in questions
        for fact in Conversation(answerer).send(question).facts
    }


@pytest.mark.parametrize("fact_id", [*BASE.facts, *BASE.derived])
def test_every_fact_is_told_by_some_topic(
    every_fact_told: set[str], fact_id: str
) -> None:
    assert fact_id in every_fact_told


@pytest.mark.parametrize(
    ("intent", "nb", "nn", "en"),
    [
        (
            "ask_pot",
            "14,5 millioner kroner",
            "14,5 millionar kroner",
            "NOK 14.5 million",
        ),
        ("ask_pot_share", "41 prosent", "41 prosent", "41 per cent"),
        ("ask_programme_companies", "3600 bedrifter", "3600 bedrifter", "3,600"),
        ("ask_white_paper_date", "vinteren 2019", "vinteren 2019", "winter of 2019"),
        ("ask_recipient_count", "Seks", "Seks", "Six"),
    ],
)
def test_figures_are_written_as_each_language_writes_them(
    talk: Conversation, intent: str, nb: str, nn: str, en: str
) -> None:
    for language, figure in zip(LANGUAGES, (nb, nn, en), strict=True):
        assert figure in talk.ask("…", intent, language=language).text
