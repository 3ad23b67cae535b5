"""Tries a proposal of the staff on a copy of the content, and tells what it changes."""
