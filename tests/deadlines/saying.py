"""What readings have to say, in both languages."""

from bot.domain.saying import Saying
from bot.texts import Texts
from tests.conftest import ZONE

SAY = Texts("vi", ZONE, "Văn phòng Tỉnh ủy").say
SAY_IN_ENGLISH = Texts("en", ZONE, "Văn phòng Tỉnh ủy").say


def said(what: Saying | None) -> str:
    """In Vietnamese; empty where there is nothing to say."""
    return SAY(what) if what else ""
