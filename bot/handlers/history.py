"""`/lichsu`, and the record of one task."""

from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import history as screens
from bot.services.standing import history


def show(request: Request) -> Answers:
    """The newest changes a person may see; of one assignment where the button names one."""
    assignment_id, page = request.integer(0, 0), request.integer(1, 0)
    entries, total = history.list_entries(
        request.work, request.actor, assignment_id or None, page=page, size=screens.PAGE
    )
    back = f"view:{assignment_id}" if assignment_id else ""
    data = f"hist:{assignment_id}"
    return request.show(screens.history(entries, request.t, page=page, total=total, data=data, back=back))
