"""Runs the benchmark: `python -m trials.measurements`, called by `make benchmark`."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.settings import PROJECT_DIR
from trials.circumstances import Clock, circumstances
from trials.commands import run
from trials.errors import TrialError
from trials.measurements.baselines import RasaAsItComes, RasaFloor
from trials.measurements.compare import worse
from trials.measurements.figures import rows
from trials.measurements.options import Options, read_options
from trials.measurements.plot import draw
from trials.measurements.report import as_json, markdown_table, page
from trials.measurements.rounds import measure
from trials.pipelines import Project

REPORT = PROJECT_DIR / "reports" / "benchmark.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the report, or compare it.

    Returns:
        The exit status, as of all trials; 1, too, when something got worse.
    """
    options = read_options(arguments)

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            _benchmark(options, Path(scratch))

    return run(work, "Stopped before the end: no report was written.")


def _benchmark(options: Options, scratch: Path) -> None:
    clock = Clock(sys.stdout)
    before = os.getloadavg()[2]
    pipelines = (
        Project(scratch),
        RasaFloor(scratch),
        RasaAsItComes(scratch, options.examples),
    )
    table = rows(measure(pipelines, options, clock))
    where = circumstances(before, clock)
    print(f"\n{markdown_table(table)}\n")
    if options.compare:
        found = list(worse(table, REPORT.with_suffix(".json")))
        if found:
            raise TrialError("worse than the committed figures:\n" + "\n".join(found))
        clock.say("Nothing got worse than the committed figures.")
        return
    REPORT.write_text(page(table, options, where), encoding="utf-8")
    REPORT.with_suffix(".json").write_text(as_json(table, where), encoding="utf-8")
    draw(table, REPORT.with_suffix(".png"))
    clock.say(f"Wrote {REPORT.relative_to(PROJECT_DIR)}, .json and .png.")


if __name__ == "__main__":
    sys.exit(main())
