"""Draws the numbers of a report against the document's targets."""

from decimal import Decimal

from bot.screens.indicators import TargetWords, number_line
from bot.services.context import Work
from bot.services.standing.indicators import list_numbers
from bot.texts import Html, Texts
from db.models import Target

MOST = 8


def words_of(target: Target) -> TargetWords:
    return TargetWords(target.id, target.name, target.value, target.unit, target.by_on)


def lines_of(t: Texts, numbers: list[tuple[Target, str]]) -> list[Html]:
    """A line a number, as far as a screen has room."""
    lines = [number_line(t, words_of(target), Decimal(value)) for target, value in numbers[:MOST]]
    more = len(numbers) - MOST
    return [*lines, t("digest.more", count=more)] if more > 0 else lines


def number_lines(work: Work, t: Texts, report_id: int) -> list[Html]:
    """What a report says about targets."""
    return lines_of(t, list_numbers(work, report_id))
