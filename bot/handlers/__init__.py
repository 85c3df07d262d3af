"""Thin: read the update, check who asks, call one service, draw the answer."""
