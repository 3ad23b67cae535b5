"""How much was asked, what of it, and how it was answered."""
