"""A document is loaded: what changes, who is told, and how that is seen first and taken back."""
