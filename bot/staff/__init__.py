"""What the staff console does, free of HTTP: each page's work, and its commands."""
