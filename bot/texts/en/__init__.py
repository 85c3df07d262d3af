"""English: complete, for colleagues and developers who do not read Vietnamese. Values in braces are escaped when put in."""

from bot.texts.en import (
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
ENGLISH: dict[str, str] = {key: sentence for part in PARTS for key, sentence in part.items()}
