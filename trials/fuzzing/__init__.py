"""Messages that nobody writes in earnest, to find what breaks or takes too long."""
