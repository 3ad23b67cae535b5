"""How much memory the trained model takes, beyond what serving takes without it.

It runs in a process of its own, in a working copy: `python -m
trials.measurements.footprint` prints the bytes.
"""

import asyncio

import psutil  # type: ignore[import-untyped]  # no stubs

from bot.quiet import silence_third_parties


def main() -> None:
    """Load the model and print by how much the resident memory has grown."""
    silence_third_parties()
    from rasa.core.agent import load_agent

    from bot.engine import process_lightly
    from bot.server import read_endpoints
    from bot.settings import read_settings
    from bot.training import model_file

    process_lightly()
    endpoints = read_endpoints(read_settings())
    process = psutil.Process()
    before = process.memory_info().rss
    agent = asyncio.run(load_agent(model_path=str(model_file()), endpoints=endpoints))
    assert agent.is_ready()
    print(process.memory_info().rss - before)


if __name__ == "__main__":
    main()
