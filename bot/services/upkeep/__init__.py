"""The bot looks after itself: what a tick does, whether all is well, what waits, what is forgotten."""
