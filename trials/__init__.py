"""Everything that asks a served assistant: scripts, questions, measurements."""
