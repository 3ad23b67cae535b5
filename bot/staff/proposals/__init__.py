"""Changes of the content: made, checked, tried, approved and taken back."""
