"""Draws the weekly digest and the summary for the leadership from the figures of their instant."""

from datetime import datetime

from bot.screens import weekly as screens
from bot.screens.base import Screen
from bot.services.context import Work
from bot.services.notice.said import Said
from bot.services.office import uptime
from bot.services.standing import weekly_figures
from bot.texts import Texts


def draw_digest(work: Work, t: Texts, notice: Said) -> Screen:
    """For the secretariat."""
    at = datetime.fromisoformat(notice.data["at"])
    found = weekly_figures.figures_at(work, at)
    return screens.digest(
        t,
        at=at,
        today=at.astimezone(work.office.zone).date(),
        sections=[
            ("newly_overdue", found.newly_overdue),
            ("due_next_week", found.due_next_week),
            ("waiting", found.waiting),
            ("unacknowledged", found.unacknowledged),
        ],
        unreachable=found.unreachable,
        undated=found.undated,
        unconfirmed=found.unconfirmed,
        running=_running(work, at),
    )


def _running(work: Work, at: datetime) -> screens.Running | None:
    found = uptime.describe(work, at - weekly_figures.WEEK, at)
    return screens.Running([(gap.start, gap.end) for gap in found.gaps], found.since) if found else None


def draw_summary(work: Work, t: Texts, notice: Said) -> Screen:
    """For the leadership."""
    return summary_screen(work, t, datetime.fromisoformat(notice.data["at"]))


def summary_screen(work: Work, t: Texts, at: datetime) -> Screen:
    found = weekly_figures.figures_at(work, at)
    return screens.summary(
        t,
        found.counts,
        at=at,
        newly=len(found.newly_overdue),
        next_week=len(found.due_next_week),
        waiting=len(found.waiting),
        original=found.original,
    )
