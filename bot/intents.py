"""The intents that the code knows by name, whatever the content is."""

OUTSIDE = ("out_of_scope", "insult", "prompt_attack", "foreign_language")
"""What is none of the assistant's business."""

DISTRESS = "distress"
"""Somebody is in distress, which comes before all else."""

FALLBACK = "nlu_fallback"
"""What Rasa's `FallbackClassifier` puts first when no intent is likely."""
