"""Why a message was not sent is stored once, and read in the reader's language."""

from bot.services.saying.why_unsent import KEYS, in_words
from tests.saying import ENGLISH, VIETNAMESE, is_english


def test_every_stored_reason_is_said_as_it_is_stored_and_in_english() -> None:
    for stored in KEYS:
        assert in_words(VIETNAMESE, stored) == stored
        said = in_words(ENGLISH, stored)
        assert said is not None
        assert is_english(said)


def test_what_telegram_answered_is_shown_as_it_is() -> None:
    assert (
        in_words(ENGLISH, "Forbidden: bot was blocked by the user")
        == "Forbidden: bot was blocked by the user"
    )
    assert in_words(ENGLISH, None) is None
