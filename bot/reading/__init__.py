"""Reads a message as text, without Rasa: spelling, names, quantities, sentence form."""
