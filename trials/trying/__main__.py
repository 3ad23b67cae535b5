"""Tries a proposal: validates, trains aside, asks both models, compares.

`python -m trials.trying FOLDER` is started by the staff console, which fills the folder
(`bot/staff/proposals/trying.py`) and reads `progress.json` and `result.json` there.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.quiet import silence_third_parties
from bot.releases import digest_of
from bot.settings import PROJECT_DIR
from bot.training import MODELS_DIR, model_name
from trials.errors import TrialError
from trials.processes import environment
from trials.trying.comparing import judged

_NICE = 19
_KEPT = 3
# What decides the replies and the verdicts, beside content and model.
_CODE = ("actions", "bot", "trials/questions", "trials/scripts", "trials/trying")
_LAST_LINES = 15

Tell = Callable[[float], None]


def main() -> int:
    """Run the trial of a folder, or one step of it in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m trials.trying")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--train", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ask", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    os.chdir(PROJECT_DIR)
    silence_third_parties()
    if args.train:
        _train(args.folder)
    elif args.ask:
        _ask(args.folder, *args.ask)
    else:
        _stand_back()
        _write(args.folder / "result.json", _try(args.folder))
    return 0


def _stand_back() -> None:
    """Let the chat come first: run only when it does not, and on one core."""
    os.nice(_NICE)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _try(folder: Path) -> dict[str, Any]:
    """Return what came of a trial."""
    began = time.monotonic()
    order = json.loads((folder / "order.json").read_text("utf-8"))
    content, current = folder / "content", Path(order["folder"])
    seconds: dict[str, float] = {}

    def step(name: str, run: Callable[[], Any]) -> Any:
        _tell(folder, name)(0.0)
        since = time.monotonic()
        result = run()
        seconds[name] = round(time.monotonic() - since, 1)
        return result

    def told(**found: Any) -> dict[str, Any]:
        all_of_it = round(time.monotonic() - began, 1)
        return {**found, "seconds": {**seconds, "all": all_of_it}}

    said = step("validate", lambda: _run(["-m", "bot.cli", "validate"], content))
    if said.returncode:
        return told(verdict="red", reasons=["validation"], said=_end_of(said.stdout))
    name = model_name(content=content)
    model = MODELS_DIR / name
    if not model.exists():
        model = folder / name
        command = ["-m", "trials.trying", str(folder), "--train"]
        said = step("train", lambda: _run(command, content))
        if said.returncode:
            return told(verdict="red", reasons=["training"], said=_end_of(said.stdout))
    after = step("ask", lambda: _asked(folder, content, model, folder / "after.json"))
    before = step("compare", lambda: _asked_before(folder, current))
    if digest_of(current) != order["digest"]:
        raise TrialError("the content in force changed meanwhile: try again")
    return told(**judged(before, after, order["new"]), model=str(model))


def _asked_before(folder: Path, current: Path) -> Any:
    """Return what the model in force says, which is asked once for each content."""
    name = model_name(content=current)
    digest = hashlib.sha256((name + digest_of(current)).encode())
    for part in _CODE:
        for file in sorted((PROJECT_DIR / part).rglob("*.py")):
            digest.update(file.read_bytes())
    kept = MODELS_DIR / f"asked-{digest.hexdigest()[:12]}.json"
    if kept.exists():
        kept.touch()
        return json.loads(kept.read_text("utf-8"))
    asked = _asked(folder, current, MODELS_DIR / name, kept)
    there = sorted(MODELS_DIR.glob("asked-*.json"), key=lambda f: -f.stat().st_mtime)
    for old in there[_KEPT:]:
        old.unlink()
    return asked


def _asked(folder: Path, content: Path, model: Path, target: Path) -> Any:
    command = ["-m", "trials.trying", str(folder), "--ask", str(model), str(target)]
    done = _run(command, content)
    if done.returncode:
        raise TrialError(f"the questions could not be asked: {_end_of(done.stdout)}")
    return json.loads(target.read_text("utf-8"))


def _run(arguments: list[str], content: Path) -> "subprocess.CompletedProcess[str]":
    """Run a step in a process of its own: what it takes of memory ends with it."""
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT_DIR,
        env=environment({"HELSE_CONTENT": str(content), **one_thread}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _train(folder: Path) -> None:
    from bot.training import train

    tell = _tell(folder, "train")

    def say(line: str) -> None:
        print(line, flush=True)
        if found := re.match(r"\s*(\d+)%", line):
            tell(int(found[1]) / 100)

    train(say, folder)


def _ask(folder: Path, model: Path, target: Path) -> None:
    from trials.trying.asking import ask_everything

    step = "ask" if target.parent == folder else "compare"
    _write(target, ask_everything(model, _tell(folder, step)))


def _tell(folder: Path, step: str) -> Tell:
    """Return who is told which share of a step is done, for whoever looks."""

    def tell(share: float) -> None:
        _write(folder / "progress.json", {"step": step, "share": round(share, 2)})

    return tell


def _write(file: Path, value: Any) -> None:
    """Write a file of JSON so that nobody reads half of it."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    beside.replace(file)


def _end_of(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return "\n".join(lines[-_LAST_LINES:])


if __name__ == "__main__":
    sys.exit(main())
