"""Many people and a few of the staff who talk, over the real server and console."""
