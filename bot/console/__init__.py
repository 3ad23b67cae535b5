"""The staff console over HTTP: pages, sign-in and roles."""
