"""What the rules have to say, in both languages."""

import re

from bot.domain.saying import Saying
from bot.texts import Texts
from tests.conftest import ZONE

VIETNAMESE, ENGLISH = (Texts(language, ZONE, "Văn phòng Tỉnh ủy") for language in ("vi", "en"))
SAY, SAY_IN_ENGLISH = VIETNAMESE.say, ENGLISH.say

_VIETNAMESE_LETTER = re.compile("[À-ỹ]")
_QUOTED = re.compile('“[^”]*”|"[^"]*"')


def said(what: Saying | None) -> str:
    """In Vietnamese; empty where there is nothing to say."""
    return SAY(what) if what else ""


def is_english(sentence: str) -> bool:
    """No letter of Vietnamese outside what is quoted."""
    return _VIETNAMESE_LETTER.search(_QUOTED.sub("", sentence)) is None
