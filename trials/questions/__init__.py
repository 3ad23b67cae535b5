"""Asks the questions of `tests/questions/` of the assistant and of baselines, and judges both."""
