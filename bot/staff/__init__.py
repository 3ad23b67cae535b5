"""What the staff console does, free of HTTP."""
