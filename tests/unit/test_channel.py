"""What the channel to Telegram makes of words, without a network."""

from bot.channels.telegram import cut


def test_a_text_is_cut_as_telegram_counts() -> None:
    assert cut("a" * 4096) == "a" * 4096
    assert cut("a" * 4097) == "a" * 4095 + "…"
    flags = "🔔" * 2100
    assert len(cut(flags).encode("utf-16-le")) <= 2 * 4096
    assert cut(flags).endswith("🔔…")
