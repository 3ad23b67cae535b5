"""Drafts answers to e-mails and prints what came of it: `python -m trials.emails`."""

import argparse
import dataclasses
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.settings import read_settings
from bot.staff.assistant import Assistant
from bot.training import trained
from trials.commands import a_path, run, say
from trials.emails.grading import Judged, Verdict, email_files, judged_files
from trials.questions.shares import Share


def main(arguments: Sequence[str] | None = None) -> int:
    """Draft, judge and print.

    Returns:
        The exit status, as of all trials.
    """
    parser = argparse.ArgumentParser(
        prog="python -m trials.emails", description=__doc__
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=a_path,
        help="files of e-mails (default: all of tests/emails/)",
    )
    parser.add_argument("--json", action="store_true", help="print all as JSON")
    options = parser.parse_args(arguments)

    def work() -> None:
        files: list[Path] = options.files or email_files()
        trained(say)
        assistant = Assistant(read_settings())
        # The first words of a process take longer than all others.
        assistant.parse("?")
        found = judged_files(files, assistant)
        if options.json:
            as_dicts = [dataclasses.asdict(each) for each in found]
            print(json.dumps(as_dicts, ensure_ascii=False, indent=2))
        else:
            print("\n".join(summary(found)))

    return run(work, "Stopped before the end.")


def summary(found: Sequence[Judged]) -> list[str]:
    """Return lines on what became of e-mails: the figures, then what is not right."""
    verdicts = [verdict for each in found for verdict in each.verdicts]
    answerable = [verdict for verdict in verdicts if verdict.answerable]
    others = [verdict for verdict in verdicts if not verdict.answerable]
    seconds = [each.seconds for each in found] or [0.0]
    lines = [
        f"E-mails: {len(found)}, questions: {len(verdicts)}",
        *_counted("Answerable questions", answerable),
        *_counted("Not stated or out of scope", others),
        f"Answers in drafts to what is not asked: {sum(len(e.unasked) for e in found)}",
        f"Other items that are not asked: {sum(len(e.others) for e in found)}",
        f"Time for a draft: median {statistics.median(seconds):.3f} s, "
        f"longest {max(seconds):.3f} s",
        "",
    ]
    lines += [_told(verdict) for verdict in verdicts if verdict.result != "right"]
    for each in found:
        lines += [
            f"unasked {each.mail}: «{item.sentence}» -> {item.text!r}"
            for item in each.unasked
        ]
        lines += [
            f"not asked {each.mail}: «{item.sentence}» {item.kind}"
            for item in each.others
        ]
    return lines


def _counted(name: str, verdicts: Sequence[Verdict]) -> list[str]:
    def share(result: str) -> str:
        some = sum(verdict.result == result for verdict in verdicts)
        return str(Share(some, len(verdicts)))

    offered = sum(v.offered for v in verdicts if v.result == "unsure")
    return [
        f"{name}: {len(verdicts)}",
        f"  right in the draft: {share('right')}",
        f"  wrong in the draft: {share('wrong')}",
        f"  left to the person: {share('unsure')} (right one offered: {offered})",
        f"  missed: {share('missed')}",
    ]


def _told(verdict: Verdict) -> str:
    confidence = "" if verdict.confidence is None else f" {verdict.confidence:.2f}"
    offered = " (right one offered)" if verdict.offered else ""
    faults = "; ".join(verdict.faults)
    return (
        f"{verdict.result}{confidence} {verdict.mail}: «{verdict.asks}»: {faults}"
        f"{offered} -> {verdict.told!r}"
    )


if __name__ == "__main__":
    sys.exit(main())
