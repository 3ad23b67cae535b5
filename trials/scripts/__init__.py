"""Runs scripted conversations against a server and judges what it replies."""
