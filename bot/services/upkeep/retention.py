"""What is over and long past is forgotten, a little at a time; the record, notices and reports are kept for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from bot.clock import wall
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.duty import Due, Found, Queries
from bot.services.office.office_settings import lock_office_settings
from db.bulk import is_among, table_of
from db.engine import count_changed
from db.models import Assignment, InboxUpdate, Notice, OfficeSettings, OutboxCover, OutboxMessage

EVERY = timedelta(days=1)
BATCH = 500  # rows a transaction: others may write in between
_OVER = ("sent", "failed", "expired")
_CLOSED = (Status.COMPLETED.value, Status.WITHDRAWN.value)


def ask_next() -> Queries:
    """When all that is over was last forgotten, and how far the present round has come."""
    table = table_of(OfficeSettings)
    return [select_columns(table.c.pruned_at), select_columns(table.c.pruned_to)]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """Now, once a day; nobody waits for it, so that it is never announced."""
    pruned_at, pruned_to = found
    is_rested = pruned_at is not None and abs(work.now - pruned_at) < EVERY
    return None if is_rested and pruned_to is None else work.now


def is_behind(work: Work) -> bool:
    """Whether it has not been done for days, though the office's clock went on."""
    pruned_at = work.session.exec(select(OfficeSettings.pruned_at)).first()
    return pruned_at is not None and work.now - pruned_at > 3 * EVERY


def fire(work: Work) -> Due:
    """One batch; after a crash it goes on where it stood."""
    row = lock_office_settings(work)
    row.pruned_to = _prune_messages(work, row.pruned_to or 0)
    has_more = _prune_updates(work)
    if row.pruned_to is None and not has_more:
        row.pruned_at = work.now
        return Due(0, more=False)
    row.pruned_to = row.pruned_to or 0
    return Due(0, more=True)


def _is_long_past(work: Work) -> ColumnElement[bool]:
    """By the machine's clock. The newest is kept: a worker looks only for numbers above those it has seen."""
    newest = select(func.max(col(InboxUpdate.id))).scalar_subquery()
    return (_is_long_handled(work) | _is_long_parked(work)) & (col(InboxUpdate.id) < newest)


def _is_long_handled(work: Work) -> ColumnElement[bool]:
    before = wall() - timedelta(days=work.office.keeping.updates)
    is_old = (col(InboxUpdate.received_at) < before) & (col(InboxUpdate.done_at) < before)
    return (col(InboxUpdate.state) == "done") & is_old


def _is_long_parked(work: Work) -> ColumnElement[bool]:
    """What a bug kept from being handled is there for whoever mends it, and no longer than messages are."""
    before = wall() - timedelta(days=work.office.keeping.messages)
    return (col(InboxUpdate.state) == "parked") & (col(InboxUpdate.received_at) < before)


def _prune_updates(work: Work) -> bool:
    """True where there may be more."""
    oldest = select(InboxUpdate.id).where(_is_long_past(work)).order_by(col(InboxUpdate.id)).limit(BATCH)
    gone = delete(InboxUpdate).where(col(InboxUpdate.id).in_(oldest))
    return count_changed(work.session.execute(gone)) == BATCH


def _prune_messages(work: Work, after: int) -> int | None:
    """Looks at the next messages; the last it has looked at, None at the end of those that are old enough."""
    before = work.now - timedelta(days=work.office.keeping.messages)
    query = select(OutboxMessage.id, OutboxMessage.created_at).where(col(OutboxMessage.id) > after)
    rows = work.session.exec(query.order_by(col(OutboxMessage.id)).limit(BATCH)).all()
    old: list[int] = []
    for key, created_at in rows:
        if created_at >= before:
            break  # they are numbered as they are made
        old.append(key)
    if old:
        _delete_messages(work, old, before)
    return old[-1] if len(old) == BATCH else None


def _delete_messages(work: Work, ids: Sequence[int], before: datetime) -> None:
    needed = select(OutboxCover.message_id).where(
        is_among(work.session, col(OutboxCover.message_id), ids), _is_needed()
    )
    query = select(OutboxMessage.id).where(
        is_among(work.session, col(OutboxMessage.id), ids),
        col(OutboxMessage.status).in_(_OVER),
        # The newest is kept whatever its age: SQLite numbers the next row after it.
        col(OutboxMessage.id) < select(func.max(col(OutboxMessage.id))).scalar_subquery(),
        or_(col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.sent_at) < before),
        col(OutboxMessage.id).not_in(needed),
    )
    gone = list(work.session.exec(query))
    _write_down_told(work, gone)
    # Their notices stay: what was said is never said again, whatever is forgotten of the words.
    covers = delete(OutboxCover).where(is_among(work.session, col(OutboxCover.message_id), gone))
    work.session.execute(covers)
    work.session.execute(delete(OutboxMessage).where(is_among(work.session, col(OutboxMessage.id), gone)))


def _write_down_told(work: Work, ids: Sequence[int]) -> None:
    """That an agency was told, and when, is the record's; only the words and the chats are forgotten."""
    cover, sent_at = col(OutboxCover.notice_id), col(OutboxMessage.sent_at)
    sent = select(OutboxCover.notice_id).join(
        OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id)
    )
    theirs = sent.where(is_among(work.session, col(OutboxMessage.id), ids), sent_at.is_not(None))
    first = (
        select(func.min(sent_at))
        .join(OutboxCover, col(OutboxCover.message_id) == col(OutboxMessage.id))
        .where(cover == col(Notice.id))
        .scalar_subquery()
    )
    of_these = update(Notice).where(col(Notice.id).in_(theirs), col(Notice.told_at).is_(None))
    work.session.execute(of_these.values(told_at=first), execution_options={"synchronize_session": False})


def _is_needed() -> ColumnElement[bool]:
    """Whether a message is still asked for what it says: by replies, numbers, and others that say the same."""
    return or_(_is_of_open_assignment(), _has_last_number(), _is_being_said())


def _is_of_open_assignment() -> ColumnElement[bool]:
    return (
        select(Notice.id)
        .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
        .where(col(Notice.id) == col(OutboxCover.notice_id), col(Assignment.status).not_in(_CLOSED))
        .exists()
    )


def _has_last_number() -> ColumnElement[bool]:
    """The N of “Nhắc việc lần N” goes on after it where the task is taken up again."""
    later = aliased(Notice)
    same = (col(later.assignment_id) == col(Notice.assignment_id)) & (col(later.number) > col(Notice.number))
    return (
        select(Notice.id)
        .where(
            col(Notice.id) == col(OutboxCover.notice_id),
            col(Notice.number).is_not(None),
            ~select(later.id).where(same).exists(),
        )
        .exists()
    )


def _is_being_said() -> ColumnElement[bool]:
    other, message = aliased(OutboxCover), aliased(OutboxMessage)
    return (
        select(other.message_id)
        .join(message, col(message.id) == col(other.message_id))
        .where(
            col(other.notice_id) == col(OutboxCover.notice_id),
            col(message.status).not_in(_OVER),
        )
        .exists()
    )
