"""What came in and was not handled, and what was to go out and has not gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from bot.services.context import Work
from bot.services.office.office_settings import get_office_settings
from bot.services.upkeep.health.finding import RECENT, Finding, count, listed, local
from bot.services.upkeep.health.late import count_stuck, is_stuck
from db.models import Address, Attachment, Document, InboxUpdate, OutboxMessage

NOT_APPLIED = timedelta(minutes=1)
NOT_ANSWERED = timedelta(minutes=5)
NOT_FETCHED = timedelta(hours=1)


def examine_inbox(work: Work, wall: datetime) -> Iterator[Finding]:
    found = [*_parked(work, wall), *_open_updates(work, wall)]
    yield from found or [Finding("inbox", "ok", "everything received has been handled")]


def _parked(work: Work, wall: datetime) -> Iterator[Finding]:
    is_parked = col(InboxUpdate.state) == "parked"
    is_recent = col(InboxUpdate.received_at) >= wall - RECENT
    recent, old = count(work, is_parked & is_recent), count(work, is_parked & ~is_recent)
    hint = "send the log's lines “update_parked” to the developers"
    if recent:
        rows = select(InboxUpdate.id).where(is_parked, is_recent).order_by(col(InboxUpdate.id).desc())
        numbers = listed(str(number) for number in work.session.exec(rows))
        yield Finding(
            "inbox", "fail", f"{recent} updates could not be handled, their codes: {numbers}; {hint}"
        )
    if old:
        yield Finding("inbox", "warn", f"{old} updates of more than 30 days ago could not be handled; {hint}")


def _open_updates(work: Work, wall: datetime) -> Iterator[Finding]:
    state = col(InboxUpdate.state)
    stuck = count(work, (state == "received") & (col(InboxUpdate.received_at) < wall - NOT_APPLIED))
    if stuck:
        yield Finding(
            "inbox", "fail", f"{stuck} updates have waited for more than a minute: is the bot running?"
        )
    unanswered = count(work, (state == "applied") & (col(InboxUpdate.applied_at) < wall - NOT_ANSWERED))
    if unanswered:
        yield Finding(
            "inbox",
            "fail",
            f"{unanswered} updates have been handled and not answered for 5 minutes: see the log",
        )


def examine_outbox(work: Work, wall: datetime) -> Iterator[Finding]:
    # What failed because the chat is lost has been handed on, and is told with the people.
    lost = select(Address.id).where(col(Address.reachable).is_(False))
    failed = (col(OutboxMessage.status) == "failed") & (
        col(OutboxMessage.address_id).is_(None) | col(OutboxMessage.address_id).not_in(lost)
    )
    is_recent = col(OutboxMessage.created_at) >= work.now - RECENT
    recent, old = count(work, failed & is_recent), count(work, failed & ~is_recent)
    if recent:
        yield Finding("outbox", "fail", f"{recent} messages were refused: `dondoc outbox` tells why")
    if old:
        told = f"{old} messages of more than 30 days ago were refused"
        yield Finding("outbox", "warn", f"{told}: `dondoc outbox` tells why")
    bare = count(
        work, (col(OutboxMessage.status) == "sent") & col(OutboxMessage.error).is_not(None) & is_recent
    )
    if bare:
        told = f"{bare} messages went out without their formatting or buttons, which were refused"
        yield Finding("outbox", "warn", f"{told}: `dondoc outbox` tells why")
    stuck = count_stuck(work, wall)
    if stuck:
        told = f"{stuck} messages to known chats are waiting for more than 15 minutes: `dondoc outbox` tells which"
        yield Finding("outbox", "fail", f"{told}{_name_reason(work, wall)}")
    if not (recent or old or stuck or bare):
        yield Finding("outbox", "ok", "nothing failed, nothing is stuck")


def _name_reason(work: Work, wall: datetime) -> str:
    """What most of those that wait failed by last."""
    errors = work.session.exec(
        select(OutboxMessage.error)
        .where(is_stuck(work, wall), col(OutboxMessage.error).is_not(None))
        .group_by(col(OutboxMessage.error))
        .order_by(func.count().desc())
        .limit(1)
    ).first()
    return f"; most often: {errors[:100]}" if errors else ""


def examine_pauses(work: Work) -> Iterator[Finding]:
    paused_at = get_office_settings(work).paused_at
    if paused_at is not None:
        told = f"paused since {local(work, paused_at)}: nothing but receipts is sent"
        yield Finding("sending", "warn", f"{told} until the secretariat resumes it in /caidat")
    query = select(Document.key, Document.paused_at).where(col(Document.paused_at).is_not(None))
    documents = [
        f"{key} since {local(work, at)}"
        for key, at in work.session.exec(query.order_by(col(Document.id)))
        if at
    ]
    if documents:
        yield Finding("sending", "warn", f"nothing is sent by itself about {listed(documents)}: paused")
    if paused_at is None and not documents:
        yield Finding("sending", "ok", "not paused")


def examine_attachments(work: Work) -> Iterator[Finding]:
    is_reported = col(Attachment.report_id).is_not(None)
    failed = count(work, is_reported & (col(Attachment.state) == "failed"))
    if failed:
        yield Finding(
            "attachments", "fail", f"{failed} files of reports could not be fetched: ask for them again"
        )
    late = count(
        work, (col(Attachment.state) == "wanted") & (col(Attachment.created_at) < work.now - NOT_FETCHED)
    )
    if late:
        told = f"{late} files have not been fetched for more than an hour"
        yield Finding("attachments", "warn", f"{told}: see whether Telegram can be reached")
    if not failed and not late:
        yield Finding("attachments", "ok", "every file of a report has been fetched")
