"""The migrations, each with the number that a database bears after it."""
