"""What looks wrong in a document's number or date, as a question: nothing is refused for it."""

from collections.abc import Sequence

from bot.texts import Html, Texts, clip


def doubt_line(t: Texts, doubt: Sequence[str] | None) -> Html:
    """“Đề nghị kiểm tra: …” of a doubt as it is kept (`Doubt.as_json`); empty where there is none."""
    if not doubt or isinstance(doubt, str):  # a draft of an earlier version kept a sentence
        return Html("")
    kind, what, written = doubt
    said = t.plain(f"doubt.{kind}", what=clip(what, 60), written=clip(written, 60))
    return t("extension.word_doubt", doubt=said)
