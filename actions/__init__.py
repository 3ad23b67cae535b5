"""Thin adapters between Rasa's tracker and the assistant in `bot/`."""
