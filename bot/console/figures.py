"""The page of figures, and the figures as files."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from bot.console.access import needs, person
from bot.console.case_lists import waited
from bot.console.charts import bars, columns
from bot.console.desk import Desk
from bot.console.formats import number, with_unit
from bot.console.pages import language, shown, texts
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.staff.figures.cases import Number
from bot.staff.figures.files import as_json, write_csv
from bot.staff.figures.hiding import LEAST
from bot.staff.figures.summary import PERIODS, Asked, Days, Figures, figures
from bot.staff.titles import intent_title, topic_title

_USUAL: Days = 7
# A chart with more bars is not read any more; the table behind it has them all.
_MOST_BARS = 12
_THOUSANDTHS = 1000


def blueprint(desk: Desk) -> Blueprint:
    """Return the page and its files."""
    pages = Blueprint("figures", __name__, url_prefix="/figures")

    @pages.get("/")
    @needs("handler", "editor", "admin")
    def index() -> str:
        told = figures(desk.store, _days())
        kept = desk.settings.kept_days
        return shown(
            "figures.html",
            figures=told,
            periods=PERIODS,
            least=LEAST,
            kept_days=kept if kept < told.days else None,
            since=_since(told),
            number=number,
            seconds=_seconds,
            waited=waited,
            has_cases=desk.settings.cases or told.cases.opened != 0,
            **_charts(told, load_knowledge()),
        )

    @pages.get("/figures.csv")
    @needs("handler", "editor", "admin")
    def as_csv() -> Response:
        file = io.StringIO(newline="")
        write_csv(_exported(desk), file)
        answer = Response(file.getvalue(), mimetype="text/csv")
        return _to_be_saved(answer, "csv")

    @pages.get("/figures.json")
    @needs("handler", "editor", "admin")
    def as_data() -> Response:
        return _to_be_saved(jsonify(as_json(_exported(desk))), "json")

    return pages


def _days() -> Days:
    """Return of how many days figures are asked for."""
    asked = request.args.get("days", "")
    return next((it for it in PERIODS if str(it) == asked), _USUAL)


def _since(told: Figures) -> str:
    """Return since when figures are told of, in words."""
    t, since = texts()["figures"], told.since
    month = t["months"][since.month - 1]
    written: str = t["since"].format(day=since.day, month=month, hour=f"{since:%H.%M}")
    return written


def _seconds(value: float | None) -> str:
    """Return how long something took, in a unit that fits."""
    t = texts()["figures"]
    if value is None:
        return "–"
    if value < 1:
        return with_unit(value * _THOUSANDTHS, t["milliseconds"])
    return with_unit(value, t["seconds"], 1)


def _exported(desk: Desk) -> Figures:
    days = _days()
    desk.audit.note(person(), "exported_figures", str(days))
    return figures(desk.store, days)


def _to_be_saved(answer: Response, ending: str) -> Response:
    name = f"tall-{_days()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _charts(told: Figures, base: KnowledgeBase) -> dict[str, Any]:
    """Return what is drawn, with the words beside it."""
    t: Mapping[str, Any] = texts()["figures"]
    spoken, intent_names = language(), texts()["intents"]

    def asked(rows: Sequence[Asked]) -> list[tuple[str, Number, Number]]:
        return [
            (
                topic_title(base, spoken, it.name) or t["no_topic"],
                it.number,
                it.pressed,
            )
            for it in rows
        ]

    def intents(counts: Mapping[str, Number]) -> list[tuple[str, Number]]:
        return [
            (intent_title(base, spoken, intent_names, name), count)
            for name, count in counts.items()
        ]

    def named(name: str, counts: Mapping[str, Number]) -> list[tuple[str, Number]]:
        # Rows of an older server may lack what is counted.
        return [(t[name].get(key, t["unknown"]), n) for key, n in counts.items()]

    def with_bars(rows: Sequence[Any]) -> dict[str, Any]:
        told_of = [(label, count) for label, count, *_ in rows]
        return {"rows": rows, "bars": bars(told_of[:_MOST_BARS], of=None)}

    kinds, languages = named("kinds", told.kinds), named("languages", told.languages)
    return {
        "kinds": {"rows": kinds, "bars": bars(kinds, of=told.messages)},
        "languages_used": {
            "rows": languages,
            "bars": bars(languages, of=told.messages),
        },
        "ratings": with_bars(named("thumbs", told.ratings)),
        "answered": with_bars(asked(told.answered)),
        "not_stated": with_bars(asked(told.not_stated)),
        "out_of_scope": with_bars(intents(told.out_of_scope)),
        "unclear": with_bars(intents(told.unclear)),
        **_of_cases(told, t, with_bars, base),
        **_over_time(told, t),
    }


def _of_cases(
    told: Figures,
    t: Mapping[str, Any],
    with_bars: Callable[[Sequence[Any]], dict[str, Any]],
    base: KnowledgeBase,
) -> dict[str, Any]:
    """Return what is drawn of those who wanted a human being."""
    words, spoken = t["cases"], language()

    def named(name: str, counts: Mapping[str, Number]) -> dict[str, Any]:
        return with_bars([(words[name][key], n) for key, n in counts.items()])

    about = [
        (topic_title(base, spoken, topic) if topic else t["no_topic"], number)
        for topic, number in told.cases.about.items()
    ]
    return {
        "case_ways": named("ways", told.cases.ways),
        "case_closers": named("closed_by", told.cases.closed_by),
        "case_reasons": named("reasons", told.cases.reasons),
        "case_topics": with_bars(about),
    }


def _over_time(told: Figures, t: Mapping[str, Any]) -> dict[str, Any]:
    moments = []
    for step in told.steps:
        if told.days == 1:
            moments.append(t["hour"].format(hour=f"{step.begins.hour:02}"))
        else:
            day = step.begins
            month = t["short_months"][day.month - 1]
            moments.append(t["day"].format(day=day.day, month=month))
    return {
        "moments": list(
            zip(
                moments,
                [it.conversations for it in told.steps],
                [it.messages for it in told.steps],
                strict=True,
            )
        ),
        "conversations_chart": columns(
            [(m, it.conversations) for m, it in zip(moments, told.steps, strict=True)]
        ),
        "messages_chart": columns(
            [(m, it.messages) for m, it in zip(moments, told.steps, strict=True)]
        ),
    }

