"""Measures the project beside Rasa at its least and Rasa as it comes."""
