"""English: settings, days off, the reminder ladder and the pause."""

SENTENCES: dict[str, str] = {
    "refuse.weekly_on": "The weekly digest goes out on a day from Monday to Friday.",
    "refuse.weekly_at": "“{text}” is no time I understand. Please enter hours and minutes, for example: 15:00.",
}
