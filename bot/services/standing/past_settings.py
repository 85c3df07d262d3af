"""What else stood otherwise at an instant of the past: open deadlines, and chats that could be reached."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.services.context import Work
from db.bulk import is_among
from db.models import Event, Task

_CHANGES = ("deadline_settled", "deadline_unsettled", "task_changed")
_FIELDS = ("deadline_kind", "due", "recurrence", "deadline_confirmed")


@dataclass
class _Deadline:
    """Of a task, as the record tells it."""

    values: dict[str, Any]
    is_settled: bool

    @property
    def is_open(self) -> bool:
        kind, recurrence = self.values["deadline_kind"], self.values["recurrence"]
        is_open_kind = kind in ("none", "relative") or (kind == "recurring" and recurrence is None)
        return is_open_kind and self.values["due"] is None and not self.is_settled


def count_open_at(work: Work, at: datetime, task_ids: Collection[int]) -> tuple[int, int]:
    """Of these tasks: how many had no deadline yet, and how many waited for a confirmation."""
    tasks = work.session.exec(select(Task).where(is_among(work.session, col(Task.id), list(task_ids)))).all()
    found = _list_deadlines(work, at, {(each.document_id, each.clause): each for each in tasks})
    undated = sum(each.is_open and bool(each.values["deadline_confirmed"]) for each in found)
    return undated, sum(not each.values["deadline_confirmed"] for each in found)


def _list_deadlines(work: Work, at: datetime, tasks: Mapping[tuple[int, str], Task]) -> Collection[_Deadline]:
    found = {
        key: _Deadline(
            {name: getattr(task, name) for name in _FIELDS},
            task.settled_at is not None and task.settled_at <= at,
        )
        for key, task in tasks.items()
    }
    documents = list({document_id for document_id, _ in tasks})
    query = (
        select(Event)
        .where(col(Event.action).in_(_CHANGES), is_among(work.session, col(Event.document_id), documents))
        .order_by(col(Event.id).desc())
    )
    told: set[tuple[int, str]] = set()
    for event in work.session.exec(query):
        before, after = event.before or {}, event.after or {}
        key = (event.document_id or 0, str(before.get("clause")))
        if key not in found:
            continue
        if event.at > at:
            found[key].values.update({name: before[name] for name in _FIELDS if name in before})
        elif key not in told and (event.action != "task_changed" or set(_FIELDS) & after.keys()):
            # The last that was done to it by then says whether somebody had settled it.
            told.add(key)
            found[key].is_settled = event.action == "deadline_settled" or bool(after.get("settled"))
    return found.values()


def list_reachable_changes(work: Work, at: datetime) -> Mapping[int, bool]:
    """Whether chats that were lost or came back later could be reached then, by address."""
    query = (
        select(Event.action, Event.after)
        .where(col(Event.action).in_(("chat_lost", "chat_back")), col(Event.at) > at)
        .order_by(col(Event.id))
    )
    found: dict[int, bool] = {}
    for action, after in work.session.exec(query):
        found.setdefault(int((after or {})["address"]), action == "chat_lost")
    return found
