"""Why a message was not sent, in a reader's language: what is stored is Vietnamese, and stays as it was written."""

from collections.abc import Mapping

from bot.services.notice import expiry
from bot.services.notice.expiry import WAITS
from bot.services.saying.posting import MERGED
from bot.texts import Texts

KEYS: Mapping[str, str] = {
    expiry.POINTLESS: "unsent.pointless",
    expiry.NOT_CONCERNED: "unsent.not_concerned",
    expiry.UNREACHABLE: "unsent.unreachable",
    expiry.PAUSED: "unsent.paused",
    expiry.TAKEN_BACK: "unsent.taken_back",
    expiry.COMPLETED: "unsent.completed",
    expiry.REPORTED: "unsent.reported",
    expiry.WITHDRAWN: "unsent.withdrawn",
    expiry.REASSIGNED: "unsent.reassigned",
    expiry.SUSPENDED: "unsent.suspended",
    expiry.REPLANNED: "unsent.replanned",
    expiry.ACKNOWLEDGED: "unsent.acknowledged",
    expiry.SUPERSEDED: "unsent.superseded",
    MERGED: "unsent.merged",
    WAITS: "unsent.waits",
}


def in_words(t: Texts, stored: str | None) -> str | None:
    """The reason as people read it; what Telegram answered is shown as it is."""
    key = KEYS.get(stored or "")
    return t.plain(key) if key else stored
