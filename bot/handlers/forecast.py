"""`/lichnhac`: what will be sent in the days to come, for the secretariat."""

from datetime import date, datetime, timedelta

from bot.domain.access import Action
from bot.domain.forecast import Expected
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import forecast as screens
from bot.services.context import require
from bot.services.reminding.forecast import end_of_day, list_expected

AHEAD_DAYS = 30


def show_days(request: Request) -> Answers:
    """The days ahead on which something will be sent."""
    found = _list(request)
    work = request.work
    until = work.today + timedelta(days=AHEAD_DAYS)
    return request.show(screens.days(found, request.t, work.now, until, request.integer(0, 0)))


def show_day(request: Request) -> Answers:
    """All that will be sent on one day."""
    day = _day(request)
    found = [each for each in _list(request) if each.on == day]
    return request.show(screens.day_list(found, request.t, day, request.integer(1, 0)))


def _list(request: Request) -> list[Expected]:
    work, actor = request.work, request.actor
    require(work, actor, Action.SEE_FORECAST)
    return list_expected(work, end_of_day(work, AHEAD_DAYS), language=actor.language)


def _day(request: Request) -> date:
    try:
        return datetime.strptime(request.args[0], "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
