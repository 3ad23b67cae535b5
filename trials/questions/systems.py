"""What is asked: the assistant as it is served, and the baselines beside it."""

import contextlib
import dataclasses
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import load_knowledge
from bot.training import model_file
from trials.circumstances import Clock
from trials.client import Client, NoReplyError
from trials.errors import TrialError
from trials.examples import read_examples, sample
from trials.pipelines import Pipeline, Project, RasaDefault
from trials.processes import run_to_end
from trials.questions.grading import Say
from trials.questions.keywords import LEAST_SIMILARITY, KeywordSearch
from trials.questions.options import DEFAULT, KEYWORDS, Options
from trials.serving import served, stopped

ASSISTANT = "assistant"
_LONGEST_TRAINING = 40.0
_NLU_FILE = "nlu.yml"


@dataclasses.dataclass(frozen=True)
class System:
    """Something that answers messages.

    Attributes:
        key: Its name on the command line and in the JSON report.
        name: What the report calls it.
        note: What the report tells of it.
        start: Makes it ready, and ends it when the context is left.
    """

    key: str
    name: str
    note: str
    start: Callable[[], AbstractContextManager[Say]]


def systems(model: Path, options: Options, scratch: Path, clock: Clock) -> list[System]:
    """Return the assistant and the baselines that were asked for.

    Args:
        model: The assistant's trained model.
        options: Which baselines, and how large.
        scratch: Gets their working copies and logs.
        clock: Is told how far they have come.
    """
    examples = f"{options.examples} examples" if options.examples else "all examples"
    every = [
        System(
            ASSISTANT,
            Project.name,
            "as `make serve` runs it, asked over REST.",
            lambda: _assistant(model, scratch),
        ),
        System(
            KEYWORDS,
            "Keyword search",
            "the announcement's sentence that is most like the question, by TF-IDF "
            f"over words, or out of scope below a similarity of {LEAST_SIMILARITY}; in "
            "this process, without a server. Its confidence is the similarity.",
            _keywords,
        ),
        System(
            DEFAULT,
            RasaDefault.name,
            "the pipeline and policies that Rasa fills in itself, with the project's "
            "domain, rules and actions, asked over REST. It learnt from "
            f"{examples}, by lot within each intent, and DIET trained "
            f"{options.diet_epochs} epochs (Rasa's default is 100); with more of "
            "either, which takes longer, it may do better. It finds neither names nor "
            "languages, so the actions answer in Bokmål and without names.",
            lambda: _rasa_default(options, scratch, clock),
        ),
    ]
    return [each for each in every if each.key in (ASSISTANT, *options.baselines)]


@contextlib.contextmanager
def _assistant(model: Path, scratch: Path) -> Iterator[Say]:
    """Serve a working copy, which keeps its conversations in itself."""
    pipeline = Project(scratch)
    copied = model_file(pipeline.folder)
    if copied.name != model.name:
        raise TrialError(
            "what the model is trained on was changed while it was being trained; run "
            "the evaluation again"
        )
    copied.parent.mkdir(parents=True)
    shutil.copy2(model, copied)
    with _asked(pipeline) as say:
        yield say


@contextlib.contextmanager
def _keywords() -> Iterator[Say]:
    yield KeywordSearch(load_knowledge()).say


@contextlib.contextmanager
def _rasa_default(options: Options, scratch: Path, clock: Clock) -> Iterator[Say]:
    pipeline = RasaDefault(scratch, options.diet_epochs)
    taken = keep_examples(pipeline.folder / "data", options.examples)
    clock.say(f"{pipeline.name}: training on {taken} examples")
    seconds = run_to_end(
        pipeline.training(),
        pipeline.folder,
        pipeline.folder / "training.log",
        _LONGEST_TRAINING,
        advice="give fewer --diet-epochs or --examples",
    )
    clock.say(f"{pipeline.name}: trained in {seconds:.0f} s")
    with _asked(pipeline) as say:
        yield say


@contextlib.contextmanager
def _asked(pipeline: Pipeline) -> Iterator[Say]:
    """Serve a trained pipeline and talk to it over REST."""
    log = pipeline.folder / "serving.log"
    with served(pipeline, log) as (_, url, _):
        client = Client(url)

        def say(sender: str, text: str) -> list[dict[str, Any]]:
            try:
                return client.say(sender, text)
            except NoReplyError:
                # An error for a reply is no reply; the grader counts it as wrong.
                return []
            except TrialError as error:
                raise stopped(pipeline, error, log) from error

        yield say


def keep_examples(data: Path, examples: int) -> int:
    """Leave so many examples in a copy of the training data, by lot in each intent.

    Returns:
        How many are left.

    Raises:
        TrialError: There are more intents than examples to take.
    """
    every = read_examples(data)
    for file in data.rglob("*.yml"):
        if "nlu" in yaml.safe_load(file.read_text("utf-8")):
            file.unlink()
    intents = [example.intent for example in every]
    if 0 < examples < len(set(intents)):
        raise TrialError(
            f"--examples: {examples} are too few, as there are {len(set(intents))} "
            "intents; give more, or 0 for all"
        )
    # Those left out must be of all intents too, or there is nothing to divide.
    if len(every) - examples < len(set(intents)):
        examples = 0
    kept: dict[str, list[str]] = {}
    taken = sample(intents, examples)
    for place in taken:
        kept.setdefault(every[place].intent, []).append(f"- {every[place].text}\n")
    nlu = [{"intent": i, "examples": "".join(lines)} for i, lines in kept.items()]
    (data / _NLU_FILE).write_text(
        yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8"
    )
    return len(taken)
