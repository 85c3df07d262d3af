"""Conditions in the very words of a partial index: SQLite uses one only where a query says the same without values."""

from sqlalchemy import text

WAITING_MESSAGES = text("outbox_message.status IN ('pending', 'sending')")
OPEN_UPDATES = text("inbox_update.state IN ('received', 'applied')")
