"""What one question means by its words alone: of whom, what it claims, and how."""

import pytest
from talking import frame_of

from bot.knowledge import load_knowledge

BASE = load_knowledge()


@pytest.mark.parametrize(
    ("text", "intent", "names", "kept"),
    [
        ("Fikk Aleap penger?", "ask_grant_recipients", ["aleap"], ("aleap",)),
        (
            "Jeg bor i Oslo. Fikk Aleap penger?",
            "ask_grant_recipients",
            ["oslo", "aleap"],
            ("aleap",),
        ),
        (
            "Vi holder til i Oslo. Er vi med?",
            "ask_grant_recipients",
            ["oslo"],
            ("oslo",),
        ),
        (
            "Vi holder til i Oslo. Er vi med, og er Aleap det?",
            "ask_grant_recipients",
            ["oslo", "aleap"],
            ("oslo", "aleap"),
        ),
        (
            "Jeg leste om Siva. Hvor mye var det?",
            "ask_grant_amount",
            ["siva"],
            ("siva",),
        ),
    ],
)
def test_names_in_the_background_are_left_out_where_the_question_holds_its_own(
    text: str, intent: str, names: list[str], kept: tuple[str, ...]
) -> None:
    assert frame_of(text, intent, *names).names == kept


def test_an_unknown_name_in_the_background_is_left_out_too() -> None:
    text = "Jeg er fra Moss. Fikk Aleap og Ymse penger?"
    frame = frame_of(text, "ask_grant_recipients", "aleap", unknown=("Moss", "Ymse"))
    assert (frame.names, frame.unknown) == (("aleap",), ("Ymse",))


def test_an_unknown_name_that_is_a_value_is_no_name() -> None:
    unknown = ("NTB", "Ymse")
    frame = frame_of("Er bildet fra NTB eller Ymse?", "ask_photo", unknown=unknown)
    assert frame.unknown == ("Ymse",)
    assert [BASE.type_of(value) for value in frame.values] == ["photographer"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Is it 6 million euros?", {"euro"}),
        ("Er det svenske kroner?", {"swedish_krona"}),
        ("Er det kroner?", {"krone"}),
        ("Skal de ut i utlandet?", {"abroad"}),
        ("Skal dei jobbe kvar for seg?", {"apart"}),
        ("Har det kommet en slik før?", {"again"}),
        ("Er den for mer etablerte bedrifter?", {"established", "companies"}),
        ("Er Isaksen næringsminister?", {"trade_minister"}),
        ("Gir Nærings- og fiskeridepartementet penger?", set()),
    ],
)
def test_the_values_of_the_vocabulary_are_found_and_the_longest_wins(
    text: str, values: set[str]
) -> None:
    names = {"Isaksen": "minister", "fiskeridep": "ministry"}
    spoken = [name for written, name in names.items() if written in text]
    assert set(frame_of(text, "ask_summary", *spoken).values) == values


def test_an_office_counts_also_where_it_is_part_of_a_name() -> None:
    frame = frame_of("Er direktøren i Siva med?", "ask_person", "director")
    assert frame.written_as["director"] == ("direktoren", "i", "siva")
    assert "chief_executive" in frame.values


@pytest.mark.parametrize(
    ("text", "names", "counted"),
    [
        ("Er det 35 inkubatorer?", ["incubation"], [(35, ("incubation",))]),
        (
            "Er det 40 inkubatorer og 35 næringshager?",
            ["incubation", "garden"],
            [(40, ("incubation",)), (35, ("garden",))],
        ),
        (
            "Har Siva 40 næringshager?",
            ["siva", "garden"],
            [(40, ("garden",))],
        ),
        ("Er antallet inkubatorer 40?", ["incubation"], [(40, ("incubation",))]),
        ("Var det 43 søkere?", [], [(43, ("applicants",))]),
        ("Did 38 get rejected?", [], [(38, ("rejected",))]),
        ("Er det 12 sider?", [], [(12, ())]),
        ("Får konsortiet 6 millioner?", ["consortium"], [(6_000_000, ("consortium",))]),
        ("Går 6 millioner til konsortiet?", ["consortium"], [(6_000_000, ())]),
        ("Er det 41 prosent?", [], [(41, ())]),
    ],
)
def test_a_figure_comes_with_what_it_counts(
    text: str, names: list[str], counted: list[tuple[float, tuple[str, ...]]]
) -> None:
    figures = frame_of(text, "ask_network_size", *names).figures
    assert [(f.quantity.value, f.counts) for f in figures] == counted


def test_a_figure_comes_with_the_word_after_it() -> None:
    (figure,) = frame_of("Er det 12 sider i saken?").figures
    assert figure.thing == "sider"


@pytest.mark.parametrize(
    ("text", "limit", "only"),
    [
        ("Er det over 40 søkere?", "more", False),
        ("Are there more than 40 applicants?", "more", False),
        ("Er det færre enn 50 søkere?", "less", False),
        ("Er det minst 40 søkere?", "least", False),
        ("Er det høyst 50 søkere?", "most", False),
        ("Er det ikke mer enn 50 søkere?", "most", False),
        ("Er det bare 43 søkere?", None, True),
        ("Er det 43 søkere i alt?", None, False),
    ],
)
def test_a_figure_can_be_a_limit_or_the_only_one(
    text: str, limit: str | None, only: bool
) -> None:
    (figure,) = frame_of(text).figures
    assert (figure.limit, figure.only) == (limit, only)
    assert {"over", "enn", "minst", "høyst"}.isdisjoint(frame_of(text).plain)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Hvem fikk penger?", "ask"),
        ("Kor mykje fekk dei", "ask"),
        ("Fortell om potten", "ask"),
        ("Kan du forklare potten?", "ask"),
        ("Can I have the list?", "ask"),
        ("Er det kjent hvem som fikk penger?", "ask"),
        ("Siva da?", "ask"),
        ("Fikk Aleap penger?", "claim"),
        ("fikk Aleap penger", "claim"),
        ("Og fikk Aleap penger?", "claim"),
        ("Aleap fikk penger, ikke sant", "claim"),
        ("Stemmer det at Aleap fikk penger?", "claim"),
        ("Can I say that Aleap got money?", "claim"),
        ("Aleap har fått penger?", "claim"),
        ("6 millioner?", "claim"),
        ("Did those who applied get money?", "claim"),
        ("Aleap har fått penger", "remark"),
        ("Det var mye", "remark"),
    ],
)
def test_to_ask_to_claim_and_to_remark_are_told_apart(text: str, act: str) -> None:
    assert frame_of(text).act == act


@pytest.mark.parametrize(
    ("intent", "subject", "attribute"),
    [
        ("ask_grant_amount", "grant", "received"),
        ("ask_leader", "siva", "leader"),
        ("ask_application", "grant", "application"),
        ("greet", "", ""),
    ],
)
def test_the_intent_tells_the_subject_and_what_is_asked_of_it(
    intent: str, subject: str, attribute: str
) -> None:
    frame = frame_of("…", intent)
    assert (frame.subject, frame.attribute) == (subject, attribute)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hvor mange søkte?", "count"),
        ("Kor mykje fekk dei?", "amount"),
        ("Hvem fikk?", "who"),
        ("Which ones?", "which"),
        ("Kvar ligg det?", "where"),
        ("Når kommer den?", "when"),
        ("Hvorfor det?", "why"),
        ("Korleis då?", "how"),
        ("Hva er det?", "what"),
        ("Fikk de penger?", None),
    ],
)
def test_the_kind_of_question_word_is_told(text: str, asks: str | None) -> None:
    assert next(iter(frame_of(text).asks), None) == asks


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Hvor mange prosent?", "share"),
        ("Og resten?", "remainder"),
        ("Til sammen?", "sum"),
        ("I snitt?", "average"),
        ("Hva er forskjellen?", "difference"),
        ("Og den andre?", "other"),
        ("Er det flest hager?", "more"),
        ("Which are there fewer of?", "fewer"),
        ("Hvor mye fikk hver?", "each"),
        ("Hva heter hun?", "naming"),
        ("Og begge to?", "both"),
    ],
)
def test_words_that_turn_a_question_are_noticed(text: str, cue: str) -> None:
    assert cue in frame_of(text).cues
    assert cue not in frame_of("Hvem fikk penger?").cues


@pytest.mark.parametrize(
    ("text", "names", "plain"),
    [
        ("Får Siva ros?", ["siva"], ("far", "ros")),
        ("Kommer Siva våren 2019?", ["siva"], ("kommer",)),
        ("Gir Siva 6 millioner kroner?", ["siva"], ("gir",)),
        ("Jeg er glad. Får Siva ros?", ["siva"], ("far", "ros")),
        ("Jeg leste at Siva får ros?", ["siva"], ("far", "ros")),
    ],
)
def test_plain_words_are_those_that_claim_something_in_words(
    text: str, names: list[str], plain: tuple[str, ...]
) -> None:
    assert frame_of(text, "ask_summary", *names).plain == plain


def test_a_capital_letter_inside_the_sentence_is_noticed() -> None:
    frame = frame_of("Er Ingrid Hansen sjef?", "ask_leader", "director")
    assert frame.capitalised == {"hansen"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Stemmer det at Aleap ikke er med?", True),
        ("Aleap er ikkje med, stemmer det?", True),
        ("Is it true that none of them got money?", True),
        ("Fikk ikke Aleap penger?", False),
        ("Isn't Aleap among them?", False),
        ("Fikk Aleap penger, ikke sant?", False),
        ("Er det 38 som ikke fikk støtte?", False),
        ("Skal de satse i utlandet og ikke hjemme?", False),
        ("Fikk Aleap penger?", False),
    ],
)
def test_a_denial_is_told_from_not_in_other_places(text: str, denied: bool) -> None:
    assert frame_of(text, "ask_grant_recipients").denied is denied


def test_the_clauses_of_a_claim_hold_what_each_speaks_of() -> None:
    text = "Er inkubatorene for ferske gründere, mens næringshagene er for 40 i byen?"
    first, second = frame_of(text, "ask_programme", "incubation", "garden").clauses
    assert set(first.spoken) == {"incubation", "start_up"}
    assert (set(second.spoken) >= {"garden"}, "byen" in second.plain) == (True, True)
    assert (first.figures, second.figures) == (False, True)


@pytest.mark.parametrize(
    ("text", "names", "titled"),
    [
        ("Er ministeren helseminister?", ["minister"], {"minister"}),
        ("Er Isaksen minister?", ["minister"], set()),
        ("Er næringsminister Isaksen med?", ["minister"], set()),
        ("Leder direktøren Siva?", ["director", "siva"], {"director"}),
        ("Er staten med?", ["government"], {"government"}),
        ("Er regjeringen Solberg med?", ["government"], set()),
    ],
)
def test_who_is_mentioned_by_a_title_alone_is_told(
    text: str, names: list[str], titled: set[str]
) -> None:
    assert frame_of(text, "ask_person", *names).titled == titled


def test_the_words_of_each_name_and_value_are_kept() -> None:
    frame = frame_of("Gir Siva kroner?", "ask_pot", "siva")
    assert frame.written_as == {"siva": ("siva",), "krone": ("kroner",)}


@pytest.mark.parametrize(
    ("text", "season", "year", "month"),
    [
        ("Kommer den vinteren 2019?", "winter", 2019, False),
        ("Kommer den i mars?", "spring", None, True),
        ("Fikk de 2000 kroner?", None, None, False),
    ],
)
def test_a_time_is_told_from_a_figure(
    text: str, season: str | None, year: int | None, month: bool
) -> None:
    moment = frame_of(text).moment
    told = (moment.season, moment.year, moment.month) if moment else (None, None, False)
    assert told == (season, year, month)


def test_all_that_is_spoken_of_marks_a_question_for_the_routes() -> None:
    text = "Fikk Aleap og Ymse 6 millioner av de 43 søkerne til sammen?"
    marks = frame_of(text, "ask_pot", "aleap", unknown=("Ymse",)).marks(BASE)
    assert marks >= {
        "aleap",
        "recipient",
        "unknown",
        "figure",
        "amount",
        "count",
        "applicants",
        "counted",
        "sum",
    }
    assert {"figure", "unknown", "sum"}.isdisjoint(frame_of("Fikk de?").marks(BASE))


def test_a_frame_is_told_in_one_line() -> None:
    told = frame_of(
        "Har Siva og Ymse 40 næringshager til sammen?",
        "ask_network_size",
        "siva",
        "garden",
        unknown=("Ymse",),
    ).described()
    assert told.startswith("claim network.count; names: siva, garden, «Ymse»")
    assert "figures: 40 garden" in told
    assert "cues: sum" in told
    assert "\n" not in told


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍", "123", "og", "…"])
def test_a_message_without_words_has_a_meaning_all_the_same(text: str) -> None:
    frame = frame_of(text, "out_of_scope")
    assert (frame.names, frame.values, frame.attribute) == ((), (), "")
