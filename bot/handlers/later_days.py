"""A later deadline as it is typed: by the agency that asks for it, by the office that gives it."""

from datetime import date

from bot.domain.deadlines import read_deadline
from bot.domain.typed_days import later_day
from bot.handlers.request import Request
from bot.texts import clip


def read_later_day(request: Request, words: str, due: date) -> date:
    """Any phrase the reader knows. Raises UserError with what would be right where it is no day to come."""
    work, language = request.work, request.actor.language
    reading = read_deadline(words[:500], work.today, work.calendar)
    right = {"due": max(due, work.today), "example": later_day(due, work.today)}
    if reading.problem:
        raise work.refuse("extension_problem", language, problem=reading.problem, **right)
    if reading.warning:
        raise work.refuse("extension_past", language, text=clip(words, 100), today=work.today, **right)
    if reading.due is None or reading.ambiguous:
        raise work.refuse("extension_date", language, text=clip(words, 100), **right)
    return reading.due
