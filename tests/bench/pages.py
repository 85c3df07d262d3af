"""The page of what is overdue, beside the same rows asked for by hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.access import Role, Seat
from bot.handlers import overview
from bot.handlers.request import Request
from bot.inbox.parse import Incoming
from bot.screens.overview import PAGE
from bot.services.context import Actor, Work
from db.engine import Database
from tests.bench.office import NOW, OFFICE

AN = Actor(1, "An", None, (Seat(Role.SECRETARIAT, None, ""),))
TIMES = 15
# What it takes at least: how many in all and of which agencies, and the rows of the first page with their names.
_LATE = """a.role = 'lead' AND a.status IN ('not_started', 'in_progress') AND a.due <= '2023-05-23'
    AND (a.grace_until IS NULL OR a.grace_until < '2023-05-24')"""
_GROUPS = f"""SELECT a.agency_id + 0, count(*) FROM assignment a %s WHERE {_LATE}
    GROUP BY 1 ORDER BY min(a.due), 1"""
_ROWS = f"""SELECT a.id, a.due, t.clause_label, t.title, d.title, g.name FROM assignment a
    JOIN task t ON t.id = a.task_id JOIN document d ON d.id = t.document_id JOIN agency g ON g.id = a.agency_id
    WHERE {_LATE} AND a.agency_id = %d ORDER BY a.due, t.clause LIMIT {PAGE}"""


@dataclass(frozen=True)
class Page:
    """Milliseconds, medians: ours with its words and buttons, and the bare queries; how many are overdue."""

    ours: float
    bare: float
    count: int


def measure_page(database: Database) -> Page:
    count = _ask(database)
    bare = _median(lambda: _ask(database))
    assert f"{count}" in _draw(database)
    return Page(_median(lambda: _draw(database)), bare, count)


def _ask(database: Database) -> int:
    with database.read() as session:
        connection = session.connection()
        by = "INDEXED BY assignment_open_lead" if database.is_sqlite else ""
        groups = connection.exec_driver_sql(_GROUPS % by).all()
        assert len(connection.exec_driver_sql(_ROWS % groups[0][0]).all()) > 0
    return sum(row[1] for row in groups)


def _draw(database: Database) -> str:
    """As `/quahan` does it."""
    incoming = Incoming(chat_id=1000, is_private=True, user_id=1000, user_name="An", command="quahan")
    with database.read() as session:
        screen = overview.overdue(Request(Work(session, NOW, OFFICE), AN, incoming, "bot")).send
    assert screen is not None
    return str(screen.as_json())


def _median(do: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[TIMES // 2] * 1000
