"""Asks questions of the assistant and of baselines, and judges the replies."""
