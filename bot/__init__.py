"""The assistant: what it knows, how it understands, and how it answers."""
