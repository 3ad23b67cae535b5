"""Measures the project's pipeline beside the one that Rasa chooses by default."""
