"""What needs eyes: found, grouped, and dealt with."""
