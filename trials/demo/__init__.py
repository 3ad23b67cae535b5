"""Made-up traffic, marked as such, so that the staff console has something to show."""
