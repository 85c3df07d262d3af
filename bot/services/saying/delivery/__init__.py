"""What happens to a message of the outbox: claimed, freshly drawn, sent, put off, failed."""

from bot.services.saying.delivery.candidates import ANSWERS, Candidate, is_quiet, is_time, list_candidates
from bot.services.saying.delivery.claims import Claimed, claim, is_claimed, recover, undo_claims
from bot.services.saying.delivery.lost import hand_over_waiting, lose_chat
from bot.services.saying.delivery.results import (
    put_back,
    record_arrived,
    record_later,
    record_moved,
    record_refused,
    record_sent,
    record_unreachable,
    tell_undelivered,
)

__all__ = [
    "ANSWERS",
    "Candidate",
    "Claimed",
    "claim",
    "hand_over_waiting",
    "is_claimed",
    "is_quiet",
    "is_time",
    "list_candidates",
    "lose_chat",
    "put_back",
    "record_arrived",
    "record_later",
    "record_moved",
    "record_refused",
    "record_sent",
    "record_unreachable",
    "recover",
    "tell_undelivered",
    "undo_claims",
]
