"""Decisions on deadlines: extended when asked or unasked, taken back, settled where they are open."""
