"""How much memory the trained model takes, beyond what serving takes without it.

It runs in a process of its own, in a working copy: `python -m
trials.measurements.footprint` prints the bytes.
"""

import psutil  # type: ignore[import-untyped]  # no stubs

from bot.quiet import silence_third_parties


def main() -> None:
    """Load the model and print by how much the resident memory has grown."""
    silence_third_parties()
    from bot.engine import LightAgent
    from bot.knowledge import load_knowledge
    from bot.renewal import intake_for
    from bot.settings import read_settings
    from bot.training import model_file

    intake = intake_for(read_settings(), load_knowledge())
    process = psutil.Process()
    before = process.memory_info().rss
    agent = LightAgent(model_file(), intake)
    assert agent.is_ready()
    print(process.memory_info().rss - before)


if __name__ == "__main__":
    main()
