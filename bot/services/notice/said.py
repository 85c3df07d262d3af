"""What is said: notices as plain rows, stored and read many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col, select

from bot.services.context import Work
from db.bulk import insert_columns, is_among, reserve_ids, table_of
from db.models import Notice, OutboxCover

# Kinds about one assignment that one digest can hold together.
DIGESTIBLE = ("assignment", "acknowledge", "reminder", "press", "snooze", "status")
# Kinds that tell of edits: several of one load are one message.
BUNDLED = ("changed", "withdrawn")
# Kinds that count as “Nhắc việc lần N” / “Đôn đốc lần N”.
NUMBERED = ("reminder", "press", "snooze")
NOTHING: Mapping[str, Any] = {}


class Said(NamedTuple):
    """A row of `notice`; `id` is 0 until it is stored. `due_at`: when it was said."""

    dedupe_key: str
    kind: str
    audience: str
    due_at: datetime
    agency_id: int | None = None
    member_id: int | None = None
    assignment_id: int | None = None
    report_id: int | None = None
    plan_no: int | None = None
    step: str | None = None
    data: Mapping[str, Any] = NOTHING
    number: int | None = None
    id: int = 0


_WRITTEN = tuple(name for name in Said._fields if name not in ("id", "due_at", "number"))
_COLUMNS = tuple(getattr(Notice, name) for name in Said._fields)


def say_all(work: Work, wanted: Sequence[Said]) -> list[Said]:
    """Stores what was not said before (`dedupe_key` is unique); only the new ones, in order."""
    if not wanted:
        return []
    work.session.flush()
    fresh = list_unsaid(work, wanted)
    ids = store(work, fresh)
    return [each._replace(id=ids[each.dedupe_key]) for each in fresh]


def list_unsaid(work: Work, wanted: Sequence[Said]) -> list[Said]:
    """What was not said before, each once; only reads."""
    if not wanted:
        return []
    each_once = {each.dedupe_key: each for each in reversed(wanted)}
    is_said = is_among(work.session, col(Notice.dedupe_key), list(each_once))
    known = set(work.session.exec(select(Notice.dedupe_key).where(is_said)))
    return [each for each in reversed(each_once.values()) if each.dedupe_key not in known]


def store(work: Work, said: Sequence[Said]) -> Mapping[str, int]:
    """Writes them; their ids by key."""
    if not said:
        return {}
    table = table_of(Notice)
    ids = reserve_ids(work.session, table, len(said))
    columns = dict(zip(Said._fields, zip(*said, strict=True), strict=True))
    keys = columns["dedupe_key"]
    written = {"id": ids, **{name: columns[name] for name in _WRITTEN}}
    insert_columns(work.session, table, written, {"due_at": work.now, "state": "open"})
    return dict(zip(keys, ids, strict=True))


def list_covered(work: Work, message_ids: Iterable[int]) -> list[tuple[int, Said]]:
    """The notices of these messages, each with the message's id, in the order they were said."""
    query = (
        select(OutboxCover.message_id, *_COLUMNS)
        .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
        .where(is_among(work.session, col(OutboxCover.message_id), list(message_ids)))
        .order_by(col(Notice.id))
    )
    return [(row[0], Said(*row[1:])) for row in work.session.execute(query)]


def list_notices(work: Work, message_id: int) -> list[Said]:
    """What one message speaks of."""
    return [notice for _, notice in list_covered(work, [message_id])]
