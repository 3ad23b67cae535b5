"""The evaluation: its figures, scan, keyword search, report and options."""

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from verdicts import verdict

from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR
from bot.training import fingerprint
from trials.circumstances import Circumstances
from trials.errors import TrialError
from trials.examples import data_dir, read_examples
from trials.pipelines import Project
from trials.questions import __main__, grading
from trials.questions.grader import load_grader
from trials.questions.grading import ask_all, case_files, read_cases
from trials.questions.intents import Intents, cross_validate
from trials.questions.keywords import KeywordSearch, sentences
from trials.questions.options import Options, read_options
from trials.questions.plot import draw_confidence, draw_intents, draw_kinds
from trials.questions.report import Report, as_json, page
from trials.questions.scan import offenders
from trials.questions.sections import MOST_LISTED, Asked
from trials.questions.shares import (
    calibration,
    calibration_error,
    fault_class,
    languages,
    latency,
    right_conversations,
    right_turns,
    worst,
    wrongly_answered,
)
from trials.questions.systems import keep_examples
from trials.unsupported import Scanner

BASE = load_knowledge()
SCANNER = Scanner(BASE)
WHERE = Circumstances("2020-01-01", "2 processors", "Python 3.10", (0.5, 2.0), 9)
INTENTS = Intents(
    ["ask_pot", "ask_pot", "greet"],
    ["ask_pot", "ask_fields", "greet"],
    {"ask_pot": "pot", "ask_fields": "pot", "greet": "talk"},
)


SOME = [
    verdict(),
    verdict(case="b", turns=2, confidence=0.95),
    verdict(case="b", turns=2, number=2, faults=("lacks six",), confidence=0.4),
    verdict(
        case="c",
        language="en",
        expected="not_stated",
        faults=("kind answer instead of not_stated",),
        told="Det var 44 søkere | og Equinor.",
        confidence=0.8,
    ),
    verdict(case="d", language="nn", expected="smalltalk", given="smalltalk"),
]
SYSTEMS = [
    Asked("assistant", "This project", "as it is served.", SOME),
    Asked("keywords", "Keyword search", "a search.", SOME[:4]),
]


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("Innovasjonsmiljøene deler 7 millioner kroner.", "7 millioner"),
        ("The hubs share NOK 14.7 million.", "14.7 million"),
        ("De deler sju millioner kroner.", "sju millioner"),
        ("Det var 44 søkere.", "44"),
        ("There were forty-four applicants.", "forty-four"),
        ("Siva har 3 700 bedrifter.", "3 700"),
        ("Halvparten av dem fikk støtte.", "halvparten"),
        ("Om lag 6 prosent fikk støtte.", "6 prosent"),
        ("Meldingen kommer våren 2019.", "våren"),
        ("Meldingen kommer vinteren 2021.", "2021"),
        ("Det skjedde 6. mars.", "mars"),
        ("Pengene deles ut av Equinor.", "Equinor"),
        ("Equinor deler ut pengene.", "Equinor"),
        ("Helseministeren er Bent Høie.", "Høie"),
        ("Pengene gis av Innovasjon Norge.", "Innovasjon"),
    ],
)
def test_what_the_knowledge_base_does_not_hold_is_found(text: str, stray: str) -> None:
    assert stray in SCANNER.unsupported(text, "Hvem fikk penger?")


@pytest.mark.parametrize(
    "text",
    [
        "Regjeringen gir 6 millioner kroner til seks innovasjonsmiljøer.",
        "NOK 8.5 million is left: NOK 14.5 million − NOK 6 million = NOK 8.5 million.",
        "Siva’s programmes have 3,600 companies, 48 per site on average.",
        "38 søkere fikk ikke støtte: 43 − 5 = 38.",
        "Om lag 41 prosent av potten går til helsekonsortiet.",
        "Næringsministeren og helseministeren legger frem meldingen vinteren 2019.",
        "Siva har 40 næringshagar i Noreg, og gjev pengar til to programmer.",
        "Ja. Sivas direktør er Ingrid Riddervold Lorange.",
        f"Dette står i kunngjøringen: «{BASE.announcement}»",
    ],
)
def test_what_the_knowledge_base_holds_is_supported(text: str) -> None:
    assert SCANNER.unsupported(text, "") == []


def test_a_name_may_be_said_back_but_a_figure_may_not() -> None:
    asked = "fikk innovasjon norge 7 millioner?"
    told = "Innovasjon Norge er ikke nevnt. De andre fikk 7 millioner kroner."
    assert SCANNER.unsupported(told, asked) == ["7 millioner"]
    assert "Innovasjon" in SCANNER.unsupported(told, "fikk de 7 millioner?")


def test_only_answers_are_scanned_and_names_may_stand_earlier_in_the_talk() -> None:
    talk = [
        verdict(case="x", turns=2, asked="Er Equinor med?", told="Ja."),
        verdict(case="x", turns=2, number=2, asked="Sikker?", told="Equinor er ikke."),
        verdict(case="y", told="Equinor er ikke nevnt."),
        verdict(case="z", given="smalltalk", told="Equinor sier hei."),
    ]
    assert [(v.case, stray) for v, stray in offenders(talk, BASE)] == [
        ("y", ["Equinor"])
    ]


def test_every_sentence_of_the_announcement_stands_in_it() -> None:
    found = sentences(BASE.announcement)
    assert len(found) > 20
    assert all(sentence in BASE.announcement for sentence in found)


def test_keyword_search_replies_with_a_sentence_that_is_its_own_source() -> None:
    text, payload = KeywordSearch(BASE).say("me", "Hvor mange inkubatorer har Siva?")
    (source,) = payload["custom"]["sources"]
    assert payload["custom"]["kind"] == "answer"
    assert "35 inkubatorer" in text["text"]
    assert text["text"] == source["quote"]
    assert BASE.announcement[source["start"] : source["end"]] == source["quote"]


def test_keyword_search_has_no_answer_where_no_word_fits() -> None:
    _, payload = KeywordSearch(BASE).say("me", "xyzzy plugh")
    assert payload["custom"]["kind"] == "out_of_scope"
    assert payload["custom"]["sources"] == []


def test_the_grader_judges_keyword_search_as_it_judges_the_assistant(
    tmp_path: Path,
) -> None:
    turns = [
        {
            "user": "Hvor mange inkubatorer har Siva?",
            "kind": "answer",
            "facts": ["five"],
        }
    ]
    folder = tmp_path / "development"
    folder.mkdir()
    file = folder / "made.jsonl"
    file.write_text(json.dumps({"id": "a", "lang": "nb", "turns": turns}), "utf-8")
    (found,) = ask_all(KeywordSearch(BASE).say, [file])
    assert (found.set, found.file, found.given) == ("development", "made", "answer")
    assert found.faults == ("lacks five",)


def test_a_reply_without_payload_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "made.jsonl"
    turn = {"user": "Hei", "kind": "smalltalk"}
    file.write_text(json.dumps({"id": "a", "lang": "nb", "turns": [turn]}), "utf-8")
    (found,) = ask_all(lambda *_: [], [file])
    assert (found.given, found.confidence) == (grading.NO_KIND, None)
    assert not found.right


def test_turns_conversations_and_what_should_not_be_answered_are_counted() -> None:
    assert (right_turns(SOME).some, right_turns(SOME).all) == (3, 5)
    assert (right_conversations(SOME).some, right_conversations(SOME).all) == (0, 1)
    assert (wrongly_answered(SOME).some, wrongly_answered(SOME).all) == (1, 1)
    assert str(wrongly_answered([])) == "–"
    either = verdict(expected="not_stated", accepted=("not_stated", "answer"))
    assert wrongly_answered([either]).all == 0


def test_percentiles_are_of_all_turns() -> None:
    turns = [verdict(milliseconds=float(number)) for number in range(101)]
    assert (latency(turns, 50), latency(turns, 95)) == pytest.approx((50, 95))
    assert latency(turns[7:8], 95) == 7


def test_the_calibration_error_is_the_distance_of_confidence_from_accuracy() -> None:
    sure = [verdict(confidence=1.0)] * 3 + [verdict(confidence=1.0, faults=("x",))]
    assert calibration_error(sure) == pytest.approx(0.25)
    assert calibration_error([verdict(confidence=None)]) is None


def test_the_bins_of_confidence_hold_equally_many_turns() -> None:
    unsure = [verdict(confidence=0.9, faults=("x",))] * 15
    sure = [verdict(confidence=0.99)] * 10
    bins = calibration([*sure, *unsure, verdict(confidence=None)])
    assert sorted(each.turns for each in bins) == [2] * 5 + [3] * 5
    assert (bins[0].least, bins[0].most) == (0.9, 0.9)
    assert (bins[-1].least, bins[-1].right) == (0.99, 1.0)
    assert calibration_error([*sure, *unsure[:10]]) == pytest.approx((0.9 + 0.01) / 2)
    assert [each.turns for each in calibration(sure[:3])] == [1, 1, 1]


def test_languages_are_those_of_long_first_messages_of_the_held_out_set() -> None:
    asked = [
        verdict(replied_in="nn"),
        verdict(asked="Hvor mange søkte?"),
        verdict(number=2),
        verdict(language=""),
        verdict(set="development"),
    ]
    assert languages(asked) == {("nb", "nn"): 1}
    assert languages(asked[4:]) == {("nb", "nb"): 1}


def test_the_most_confident_wrong_turns_are_listed_by_class() -> None:
    classes = worst([*SOME, *SOME], 3)
    assert {name: len(turns) for name, turns in classes.items()} == {
        "Another kind than expected": 2,
        "Right kind, but a fact is missing": 1,
    }


def test_every_fault_of_the_grader_has_a_class() -> None:
    judge = load_grader().judge
    turn = {"kind": "answer", "facts": ["six"], "forbid": ["five"]}
    payload = {"kind": "answer", "sources": [{"quote": "oppdiktet"}]}
    faults = [
        *judge(turn, "nb", []),
        *judge(turn, "nb", [{"text": "fem", "custom": payload}]),
        *judge(turn, "nb", [{"custom": {"kind": "answer"}}]),
        *judge(turn, "nb", [{"text": "a", "custom": {"kind": "clarify"}}]),
        *judge(turn, "en", [{"text": "Jeg vet ikke hva de er", "custom": payload}]),
        *judge(turn, "nb", [{"text": "seks " * 121, "custom": payload}]),
    ]
    classes = {fault_class(verdict(faults=(fault,))) for fault in faults}
    assert len(classes) == 9


def test_the_page_and_the_json_hold_every_system_and_what_went_wrong() -> None:
    text = page(Report(SYSTEMS, INTENTS, BASE, WHERE, 0.3))
    assert "| Measure | This project | Keyword search |" in text
    assert "| Right turns | 60.0% (3 of 5) | 50.0% (2 of 4) |" in text
    assert "### Another kind than expected: 1" in text
    assert "44, Equinor" in text
    assert "44 søkere \\| og" in text
    assert "| expected kind | smalltalk | 1 | 100.0% | – |" in text
    assert "less sure than 0.30" in text
    written = json.loads(as_json(Report(SYSTEMS, INTENTS, BASE, WHERE, 0.3)))
    content = written["systems"]
    assert written["threshold"] == 0.3
    assert content["assistant"]["cost_by_threshold"]["0.00"] == pytest.approx(4.0)
    assert [len(content[key]["turns"]) for key in ("assistant", "keywords")] == [5, 4]
    assert content["assistant"]["unsupported"] == [
        {"case": "c", "turn": 1, "stated": ["44", "Equinor"]}
    ]


def test_a_page_without_faults_says_so_and_a_long_one_is_cut() -> None:
    flawless = page(
        Report([Asked("assistant", "A", "n", SOME[:1])], INTENTS, BASE, WHERE, 0.3)
    )
    assert flawless.count("None.") == 2
    wrong = [verdict(case=f"case-{i}", faults=("lacks six",)) for i in range(99)]
    text = page(
        Report([Asked("assistant", "A", "n", wrong)], INTENTS, BASE, WHERE, 0.3)
    )
    assert "99 turns are wrong; the 60 most confident are listed." in text
    assert text.count("| case-") == MOST_LISTED


def test_the_pictures_are_drawn(tmp_path: Path) -> None:
    draw_kinds(Counter({("answer", "none"): 1}), tmp_path / "kinds.png")
    draw_confidence(SOME, tmp_path / "confidence.png")
    draw_intents(INTENTS, tmp_path / "intents.png")
    assert all(file.read_bytes()[1:4] == b"PNG" for file in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 3


def test_every_example_has_its_topic_folder() -> None:
    topics = {example.intent: example.topic for example in read_examples(data_dir())}
    assert (topics["ask_pot"], topics["greet"]) == ("pot", "talk")
    inside = {path.name for path in (PROJECT_DIR / "data" / "nlu").iterdir()}
    assert set(topics.values()) <= inside


def test_intents_are_found_in_examples_that_were_not_learnt_from(
    tmp_path: Path,
) -> None:
    # What is said of balloons and of carrots tells the intent; the single words tell
    # nothing to those who have not learnt them.
    examples = {
        "a": [f"ballong {number}" for number in range(9)],
        "b": [f"gulrot {number}" for number in range(9)],
        "c": ["fjell", "kjøpte", "mus", "wok"],
        "d": ["trikk", "sår", "pynt", "zoo"],
    }
    for intent, lines in examples.items():
        nlu = [{"intent": intent, "examples": "".join(f"- {t}\n" for t in lines)}]
        (tmp_path / f"{intent}.yml").write_text(yaml.safe_dump({"nlu": nlu}), "utf-8")
    found = cross_validate(tmp_path)
    wrong = [a for a, b in zip(found.right, found.found, strict=True) if a != b]
    assert set(wrong) == {"c", "d"}


def test_a_working_copy_holds_all_that_the_model_is_learnt_from(
    tmp_path: Path,
) -> None:
    assert fingerprint(Project(tmp_path).folder) == fingerprint()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Training data of 60 examples of one intent and 20 of another, and rules."""
    for intent, count in (("a", 60), ("b", 20)):
        examples = "".join(f"- {intent} {number}\n" for number in range(count))
        nlu = [{"intent": intent, "examples": examples}]
        (tmp_path / f"{intent}.yml").write_text(yaml.safe_dump({"nlu": nlu}), "utf-8")
    (tmp_path / "rules.yml").write_text("rules: []\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "left"),
    [(40, {"a": 30, "b": 10}), (0, {"a": 60, "b": 20}), (79, {"a": 60, "b": 20})],
)
def test_a_sample_of_the_examples_keeps_the_shares_and_the_rules(
    data: Path, wanted: int, left: dict[str, int]
) -> None:
    assert keep_examples(data, wanted) == sum(left.values())
    assert {file.name for file in data.iterdir()} == {"nlu.yml", "rules.yml"}
    kept = yaml.safe_load((data / "nlu.yml").read_text("utf-8"))["nlu"]
    counted = {block["intent"]: len(block["examples"].splitlines()) for block in kept}
    assert counted == left


def test_a_sample_smaller_than_the_number_of_intents_is_refused(data: Path) -> None:
    with pytest.raises(TrialError, match="too few"):
        keep_examples(data, 1)


def test_options_are_those_of_make_evaluate_unless_told_otherwise() -> None:
    assert read_options([]) == Options()
    told = read_options(["--baselines", "default,keywords", "--examples", "0"])
    assert (told.baselines, told.examples) == (("default", "keywords"), 0)
    assert read_options(["--baselines", "none"]).baselines == ()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--baselines", "gpt"], "'gpt' is no baseline"),
        (["--baselines", ""], "'' is no baseline"),
        (["--diet-epochs", "0"], "--diet-epochs: '0'"),
        (["--examples", "many"], "--examples: 'many'"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        __main__.main(arguments)
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert __main__.main(["--cases", "nowhere.jsonl"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("TrialError: ")
    assert "nowhere.jsonl" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "no cases"), ("{", "made.jsonl:1 is no JSON"), ("{}", "lacks id")],
)
def test_files_without_cases_are_refused(
    content: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "made.jsonl"
    file.write_text(content, "utf-8")
    assert __main__.main(["--cases", str(file)]) == 1
    assert says in capsys.readouterr().err


def test_a_case_with_an_unknown_fact_is_refused_before_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "made.jsonl"
    turn = {"user": "Hei", "kind": "answer", "facts": ["made_up"]}
    file.write_text(json.dumps({"id": "a", "lang": "nb", "turns": [turn]}), "utf-8")
    assert __main__.main(["--cases", str(file)]) == 1
    assert "the case a names the fact 'made_up'" in capsys.readouterr().err


def test_a_baseline_without_its_environment_is_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "RASAS_ENVIRONMENT", tmp_path / "none")
    file = tmp_path / "made.jsonl"
    turn = {"user": "Hei", "kind": "smalltalk"}
    file.write_text(json.dumps({"id": "a", "lang": "nb", "turns": [turn]}), "utf-8")
    assert __main__.main(["--cases", str(file)]) == 1
    assert "run make install-tensorflow first" in capsys.readouterr().err


def test_cases_are_found_in_folders_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inner = tmp_path / "held_out"
    inner.mkdir()
    for file in (tmp_path / "a.jsonl", inner / "b.jsonl"):
        file.write_text("", "utf-8")
    monkeypatch.setattr(grading, "questions_dir", lambda: tmp_path)
    assert [file.name for file in case_files()] == ["a.jsonl", "b.jsonl"]
    assert read_cases(inner / "b.jsonl") == []
