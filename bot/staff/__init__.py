"""What the staff console does, free of HTTP; `python -m bot.cli` shares it."""
