"""Draws what is said from its notices as things stand now, for one reader in one language."""
