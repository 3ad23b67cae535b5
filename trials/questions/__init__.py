"""Asks the held-out questions of the assistant and of baselines, and judges both."""
