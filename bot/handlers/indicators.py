"""“Chỉ tiêu”: the document's targets with what was reported, for those who see the whole."""

from bot.domain.access import Action
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import indicators as screens
from bot.screens.indicators import Latest, Row
from bot.services.context import require
from bot.services.drawing.indicators import words_of
from bot.services.standing import indicators
from bot.services.standing.indicators import Figure, Standing
from bot.services.standing.views import name_document
from db.models import Document


def show(request: Request) -> Answers:
    """All targets."""
    require(request.work, request.actor, Action.SEE_OVERVIEW)
    rows = [
        _row(request, document, each)
        for document, standings in indicators.list_all(request.work)
        for each in standings
    ]
    return request.show(screens.overview(rows, request.t, request.integer(0, 0)))


def _row(request: Request, document: Document, found: Standing) -> Row:
    return Row(name_document(document, request.t), words_of(found.target), len(found.latest), found.total)


def show_one(request: Request) -> Answers:
    """One target: the latest of each agency, and the series."""
    require(request.work, request.actor, Action.SEE_OVERVIEW)
    wanted = request.integer(0)
    found = next(
        (
            (document, each)
            for document, standings in indicators.list_all(request.work)
            for each in standings
            if each.target.id == wanted
        ),
        None,
    )
    if found is None:
        raise request.work.refuse("bad_button", request.actor.language)
    series = indicators.list_series(request.work, [wanted])
    latest = [_latest(each, series) for each in found[1].latest]
    return request.show(screens.detail(_row(request, *found), latest, request.t, request.integer(1, 0)))


def _latest(figure: Figure, series: list[Figure]) -> Latest:
    before = [
        (each.value, each.as_of)
        for each in series
        if each.agency_id == figure.agency_id and each is not figure and each.report_id != figure.report_id
    ]
    return Latest(figure.agency, figure.value, figure.as_of, figure.report_id, before)
