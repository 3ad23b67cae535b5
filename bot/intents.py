"""The intents that the code knows by name, whatever the content is."""

OUTSIDE = ("out_of_scope", "insult", "prompt_attack", "foreign_language")
"""What is none of the assistant's business."""

DISTRESS = "distress"
"""Somebody is in distress, which comes before all else."""

FALLBACK = "nlu_fallback"
"""What Rasa's `FallbackClassifier` puts first when no intent is likely."""

ASK_TOPIC = "ask_topic"
"""A button was pressed; the entity `topic` says which."""

SOMETHING_ELSE = "something_else"
"""The button was pressed that says none of the offered is meant."""

EMPTY, TOO_LONG = "empty", "too_long"
"""A message has no letter or digit, or more characters than are read."""
