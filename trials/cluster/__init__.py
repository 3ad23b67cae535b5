"""Several servers behind a proxy, disturbed while people talk to them."""
