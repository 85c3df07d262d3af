"""An agency that has ended is given nothing by a file loaded later."""

from bot.documents.plan import LoadPlan
from bot.errors import UserError
from bot.services.context import Work
from bot.services.documents.stored_documents import StoredRows
from bot.services.standing.agency_names import find_heir
from db.models import Agency


def check_alive(work: Work, rows: StoredRows, plan: LoadPlan) -> None:
    """Raises UserError naming each ended agency that the file gives a task, its clauses and who follows it."""
    clauses: dict[str, list[str]] = {}
    for entry in plan.tasks:
        for change in entry.assignments:
            agency = rows.agencies.get(change.key.agency)
            if change.action != "withdraw" and agency is not None and agency.ended_on is not None:
                clauses.setdefault(agency.key, []).append(entry.key)
    if clauses:
        raise UserError(*(_sentence(work, rows.agencies[key], told) for key, told in clauses.items()))


def _sentence(work: Work, agency: Agency, clauses: list[str]) -> str:
    heir = find_heir(work, agency.id)
    t = work.texts()
    follow = (
        t.plain("load.heir", code=work.session.get_one(Agency, heir).key) if heir else t.plain("load.no_heir")
    )
    return t.plain(
        "load.agency_ended",
        code=agency.key,
        agency=agency.name,
        day=agency.ended_on,
        clauses=", ".join(dict.fromkeys(clauses)),
        follow=follow,
    )
