"""Vietnamese: the language of the office. Values in braces are escaped when put in."""

from bot.texts.vi import (
    deciding,
    forecast,
    groups,
    handing,
    history,
    messages,
    people,
    refusals,
    report_fields,
    reports,
    secretariat,
    sending,
    settings,
    settling,
    steering,
    tasks,
    weekly,
    words,
)

PARTS = (
    groups.SENTENCES,
    deciding.SENTENCES,
    handing.SENTENCES,
    weekly.SENTENCES,
    sending.SENTENCES,
    settling.SENTENCES,
    history.SENTENCES,
    forecast.SENTENCES,
    messages.SENTENCES,
    people.SENTENCES,
    refusals.SENTENCES,
    report_fields.SENTENCES,
    reports.SENTENCES,
    secretariat.SENTENCES,
    settings.SENTENCES,
    steering.SENTENCES,
    tasks.SENTENCES,
    words.SENTENCES,
)
VIETNAMESE: dict[str, str] = {key: sentence for part in PARTS for key, sentence in part.items()}
