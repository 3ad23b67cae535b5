"""Single conversations: listed, read, marked, made tests of."""
