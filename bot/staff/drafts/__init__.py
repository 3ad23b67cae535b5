"""Answers to e-mails: which questions one asks, and a letter that answers them."""
