"""What needs a person: everything that loses or holds up work, as `doctor` tells it. No names but agencies'."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from bot.domain.assignment import OPEN
from bot.services import uptime
from bot.services.context import Work
from bot.services.delivery import ANSWERS, is_quiet
from bot.services.guessing import count_wrong
from bot.services.office_settings import get_office_settings
from bot.services.overview import list_unreachable_agencies
from bot.services.pausing import is_paused
from bot.services.replanning import is_set_back
from bot.services.retention import is_behind
from bot.services.sending_state import NEW_BOT
from db.models import (
    Address,
    Agency,
    Assignment,
    Attachment,
    Document,
    Event,
    InboxUpdate,
    Installation,
    Member,
    Membership,
    OfficeSettings,
    OutboxMessage,
    Task,
)
from db.partial import WAITING_MESSAGES

NOT_APPLIED = timedelta(minutes=1)
NOT_ANSWERED = timedelta(minutes=5)
NOT_SENT = timedelta(minutes=15)
NOT_FETCHED = timedelta(hours=1)
NO_TICK = timedelta(minutes=5)
AHEAD = timedelta(minutes=1)  # less is a clock being put right
# Whatever went wrong longer ago has been seen; it is still told, and no longer an alarm.
RECENT = timedelta(days=30)
_OPEN = [status.value for status in OPEN]
_SHOWN = 12
GUESSED = 20

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One line. `fail`: work is lost or held up until a person does something."""

    check: str
    status: Level
    message: str


def examine(work: Work, wall: datetime) -> list[Finding]:
    """All that the database can tell. `wall`: the machine's time, where rows are stamped by it."""
    return [
        *_documents(work),
        *_deadlines(work),
        *_agencies(work),
        *_people(work),
        *_invites(work),
        *_inbox(work, wall),
        *_pauses(work),
        *_outbox(work, wall),
        *_attachments(work),
        *_tick(work, wall),
        *_planning(work),
        *_interruptions(work),
        *_retention(work),
    ]


def find_last_instant(session: Session) -> datetime | None:
    """The last instant a tick or an event has recorded: about the time, where the clock itself cannot be asked."""
    return (
        session.exec(select(OfficeSettings.seen_at)).first()
        or session.exec(select(func.max(col(Event.at)))).one()
    )


def list_stored_files(work: Work) -> Sequence[str]:
    """SHA-256 of every file that should be in DATA_DIR."""
    of_reports = work.session.exec(select(Attachment.sha256).distinct())
    of_documents = work.session.exec(select(Document.file_sha256).distinct())
    return sorted({each for each in (*of_reports, *of_documents) if each is not None})


def _documents(work: Work) -> Iterator[Finding]:
    documents = work.session.exec(select(Document.key, Document.past).order_by(col(Document.id))).all()
    if not documents:
        yield Finding("documents", "warn", "none is loaded: `dondoc load` loads tasks.json")
        return
    held = [key for key, past in documents if past == "held"]
    if held:
        yield Finding(
            "documents",
            "fail",
            f"{_listed(held)}: deadlines were past when it was loaded, and nothing about them is sent until the "
            "secretariat chooses in its chat, or `dondoc load --past now|all|silent`",
        )
    else:
        yield Finding("documents", "ok", f"{len(documents)} loaded")


def _deadlines(work: Work) -> Iterator[Finding]:
    leads = (
        select(func.count(col(Assignment.id)))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Assignment.role) == "lead", col(Assignment.status).in_(_OPEN))
    )
    undated = work.session.exec(
        leads.where(col(Assignment.due).is_(None), col(Task.deadline_kind).not_in(("ongoing", "recurring")))
    ).one()
    unconfirmed = work.session.exec(leads.where(col(Task.deadline_confirmed).is_(False))).one()
    if undated:
        yield Finding(
            "deadlines", "warn", f"{undated} open lead assignments have no date: nothing reminds of them"
        )
    if unconfirmed:
        yield Finding(
            "deadlines", "warn", f"{unconfirmed} open lead assignments have a deadline nobody has confirmed"
        )
    if not undated and not unconfirmed:
        yield Finding("deadlines", "ok", "every open lead assignment has its deadline")


def _agencies(work: Work) -> Iterator[Finding]:
    unreachable = list_unreachable_agencies(work)
    leading = _list_leading(work)
    leads = [name for name in unreachable if name in leading]
    others = [name for name in unreachable if name not in leading]
    invite = "invite someone: `dondoc invite --agency KEY`"
    if leads:
        told = f"{len(leads)} lead open assignments and have nobody to be reached at"
        yield Finding("agencies", "fail", f"{told}: {_listed(leads)}; {invite}")
    if others:
        told = f"{len(others)} coordinate and have nobody to be reached at"
        yield Finding("agencies", "warn", f"{told}: {_listed(others)}; {invite}")
    if not unreachable:
        yield Finding("agencies", "ok", "all with open assignments can be reached")


def _list_leading(work: Work) -> set[str]:
    """Names of the agencies that answer for an open lead assignment."""
    answering = func.coalesce(col(Task.advising_id), col(Assignment.agency_id))
    query = (
        select(Agency.name)
        .join(Assignment, col(Assignment.status).in_(_OPEN) & (col(Assignment.role) == "lead"))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(col(Agency.id) == answering)
        .distinct()
    )
    return set(work.session.exec(query))


def _people(work: Work) -> Iterator[Finding]:
    serving = select(Membership.member_id).where(col(Membership.until_at).is_(None))
    reached = (
        select(func.count(col(Address.id)))
        .where(col(Address.reachable))
        .where(col(Address.member_id).in_(serving.where(col(Membership.role) == "secretariat")))
    )
    if not work.session.exec(reached).one():
        yield Finding(
            "secretariat", "warn", "nobody of it can be reached: `dondoc invite --secretariat` makes a link"
        )
    else:
        yield Finding("secretariat", "ok", "can be reached")
    lost = (
        select(Address.unreachable_reason, func.count(col(Address.id)))
        .where(col(Address.reachable).is_(False))
        .where(col(Address.member_id).is_(None) | col(Address.member_id).in_(serving))
        .group_by(col(Address.unreachable_reason))
        .order_by(col(Address.unreachable_reason))
    )
    counts = {reason or "for no known reason": count for reason, count in work.session.exec(lost)}
    waiting = counts.pop(NEW_BOT, 0)
    reasons = [f"{count} {reason}" for reason, count in counts.items()]
    if waiting:
        name = work.session.get_one(Installation, 1).bot_username
        told = f"the bot has been replaced: {waiting} chats have not started @{name} yet"
        yield Finding("people", "warn", f"{told}: send people https://t.me/{name}, add it to the groups")
    if reasons:
        yield Finding("people", "warn", f"chats that can no longer be written to: {', '.join(reasons)}")
    elif not waiting:
        yield Finding("people", "ok", "every chat can be written to")


def _invites(work: Work) -> Iterator[Finding]:
    wrong, people = count_wrong(work, work.now - timedelta(days=1))
    if wrong >= GUESSED:
        yield Finding(
            "invites",
            "warn",
            f"{wrong} wrong invite links were opened by {people} Telegram accounts within a day: somebody may be "
            "guessing. Each has few tries an hour, and a link is one of 2^192",
        )
    else:
        yield Finding("invites", "ok", "nobody is guessing links")


def _inbox(work: Work, wall: datetime) -> Iterator[Finding]:
    found = [*_parked(work, wall), *_open_updates(work, wall)]
    yield from found or [Finding("inbox", "ok", "everything received has been handled")]


def _parked(work: Work, wall: datetime) -> Iterator[Finding]:
    is_parked = col(InboxUpdate.state) == "parked"
    is_recent = col(InboxUpdate.received_at) >= wall - RECENT
    recent, old = _count(work, is_parked & is_recent), _count(work, is_parked & ~is_recent)
    if recent:
        rows = select(InboxUpdate.id).where(is_parked, is_recent).order_by(col(InboxUpdate.id).desc())
        numbers = _listed(str(number) for number in work.session.exec(rows))
        yield Finding("inbox", "fail", f"{recent} updates could not be handled, their codes: {numbers}")
    if old:
        yield Finding("inbox", "warn", f"{old} updates of more than 30 days ago could not be handled")


def _open_updates(work: Work, wall: datetime) -> Iterator[Finding]:
    state = col(InboxUpdate.state)
    stuck = _count(work, (state == "received") & (col(InboxUpdate.received_at) < wall - NOT_APPLIED))
    if stuck:
        yield Finding(
            "inbox", "fail", f"{stuck} updates have waited for more than a minute: is the bot running?"
        )
    unanswered = _count(work, (state == "applied") & (col(InboxUpdate.applied_at) < wall - NOT_ANSWERED))
    if unanswered:
        yield Finding(
            "inbox", "fail", f"{unanswered} updates have been handled and not answered for 5 minutes"
        )


def _outbox(work: Work, wall: datetime) -> Iterator[Finding]:
    # What failed because the chat is lost has been handed on, and is told with the people.
    lost = select(Address.id).where(col(Address.reachable).is_(False))
    failed = (col(OutboxMessage.status) == "failed") & (
        col(OutboxMessage.address_id).is_(None) | col(OutboxMessage.address_id).not_in(lost)
    )
    is_recent = col(OutboxMessage.created_at) >= work.now - RECENT
    recent, old = _count(work, failed & is_recent), _count(work, failed & ~is_recent)
    if recent:
        yield Finding("outbox", "fail", f"{recent} messages were refused: `dondoc outbox` tells why")
    if old:
        yield Finding("outbox", "warn", f"{old} messages of more than 30 days ago were refused")
    bare = _count(
        work, (col(OutboxMessage.status) == "sent") & col(OutboxMessage.error).is_not(None) & is_recent
    )
    if bare:
        told = f"{bare} messages went out without their formatting or buttons, which were refused"
        yield Finding("outbox", "warn", f"{told}: `dondoc outbox` tells why")
    stuck = count_stuck(work, wall)
    if stuck:
        told = f"{stuck} messages to known chats are waiting for more than 15 minutes"
        yield Finding("outbox", "fail", f"{told}{_name_reason(work, wall)}")
    if not (recent or old or stuck or bare):
        yield Finding("outbox", "ok", "nothing failed, nothing is stuck")


def _name_reason(work: Work, wall: datetime) -> str:
    """What most of those that wait failed by last."""
    errors = work.session.exec(
        select(OutboxMessage.error)
        .where(_is_stuck(work, wall), col(OutboxMessage.error).is_not(None))
        .group_by(col(OutboxMessage.error))
        .order_by(func.count().desc())
        .limit(1)
    ).first()
    return f"; most often: {errors[:100]}" if errors else ""


def _pauses(work: Work) -> Iterator[Finding]:
    paused_at = get_office_settings(work).paused_at
    if paused_at is not None:
        told = f"paused since {_local(work, paused_at)}: nothing but receipts is sent"
        yield Finding("sending", "warn", f"{told} until the secretariat resumes it in /caidat")
    query = select(Document.key, Document.paused_at).where(col(Document.paused_at).is_not(None))
    documents = [
        f"{key} since {_local(work, at)}"
        for key, at in work.session.exec(query.order_by(col(Document.id)))
        if at
    ]
    if documents:
        yield Finding("sending", "warn", f"nothing is sent by itself about {_listed(documents)}: paused")
    if paused_at is None and not documents:
        yield Finding("sending", "ok", "not paused")


def _local(work: Work, at: datetime) -> str:
    return f"{at.astimezone(work.office.zone):%Y-%m-%d %H:%M}"


def _may_go(work: Work) -> ColumnElement[bool]:
    """Neither paused nor in somebody's quiet hours."""
    is_answer = col(OutboxMessage.kind).in_(ANSWERS)
    if is_paused(work):
        return is_answer
    quiet = select(Address.id).join(Member, col(Member.id) == col(Address.member_id)).where(is_quiet(work))
    return is_answer | col(OutboxMessage.address_id).not_in(quiet)


def _is_stuck(work: Work, wall: datetime) -> ColumnElement[bool]:
    # A message never tried that is not to go out yet is not late.
    is_for_later = and_(
        col(OutboxMessage.attempts) == 0,
        col(OutboxMessage.not_before).is_not(None),
        col(OutboxMessage.not_before) > wall,
    )
    return (
        col(OutboxMessage.status).in_(("pending", "sending"))
        & col(OutboxMessage.address_id).is_not(None)
        & (col(OutboxMessage.created_at) < work.now - NOT_SENT)
        & ~is_for_later
        & _may_go(work)
    )


def count_stuck(work: Work, wall: datetime) -> int:
    """Messages to known chats that should have gone out long ago."""
    stuck = select(func.count()).select_from(OutboxMessage).where(WAITING_MESSAGES, _is_stuck(work, wall))
    return work.session.exec(stuck).one()


def _attachments(work: Work) -> Iterator[Finding]:
    is_reported = col(Attachment.report_id).is_not(None)
    failed = _count(work, is_reported & (col(Attachment.state) == "failed"))
    if failed:
        yield Finding(
            "attachments", "fail", f"{failed} files of reports could not be fetched: ask for them again"
        )
    late = _count(
        work, (col(Attachment.state) == "wanted") & (col(Attachment.created_at) < work.now - NOT_FETCHED)
    )
    if late:
        yield Finding("attachments", "warn", f"{late} files have not been fetched for more than an hour")
    if not failed and not late:
        yield Finding("attachments", "ok", "every file of a report has been fetched")


def _tick(work: Work, wall: datetime) -> Iterator[Finding]:
    ticked_at = work.session.get_one(Installation, 1).ticked_at
    if ticked_at is None:
        yield Finding("tick", "warn", "the bot has not run on this database yet")
        return
    local = ticked_at.astimezone(work.office.zone)
    if ticked_at - wall > AHEAD:
        told = f"the last one was at {local:%Y-%m-%d %H:%M}, {_lasting(ticked_at - wall)} from now"
        yield Finding("tick", "warn", f"{told}: this machine's clock has been set back")
    elif wall - ticked_at > NO_TICK:
        told = f"the last one was at {local:%Y-%m-%d %H:%M}, {_lasting(wall - ticked_at)} ago"
        yield Finding("tick", "warn", f"{told}: the bot does not seem to run")
    else:
        told = _lasting(max(wall - ticked_at, timedelta()))
        yield Finding("tick", "ok", f"the bot is running, the last one was {told} ago")


def _planning(work: Work) -> Iterator[Finding]:
    seen_at = work.session.exec(select(OfficeSettings.seen_at)).first()
    if seen_at is not None and is_set_back(seen_at, work.now):
        told = f"it has been set back by {_lasting(seen_at - work.now)} since the last tick"
        yield Finding("clock", "warn", f"{told}: the next one plans the reminders anew, none comes twice")


def _retention(work: Work) -> Iterator[Finding]:
    keeping = work.office.keeping
    kept = (
        f"messages are kept {keeping.messages} days (KEEP_MESSAGES_DAYS; {_count_rows(work, OutboxMessage.id)} now), "
        f"handled updates {keeping.updates} (KEEP_UPDATES_DAYS; {_count_rows(work, InboxUpdate.id)} now)"
    )
    pruned_at = work.session.exec(select(OfficeSettings.pruned_at)).first()
    if pruned_at is None:
        yield Finding("retention", "ok", f"{kept}; nothing was looked through yet")
        return
    told = f"{kept}; last looked through at {pruned_at.astimezone(work.office.zone):%Y-%m-%d %H:%M}"
    yield Finding("retention", "warn" if is_behind(work) else "ok", told)


def _count_rows(work: Work, key: Any) -> int:
    return work.session.exec(select(func.count(col(key)))).one()


def _interruptions(work: Work) -> Iterator[Finding]:
    week = uptime.describe(work, work.now - timedelta(days=7), work.now)
    if week is None:
        return
    if not week.gaps:
        yield Finding("uptime", "ok", "the bot ran without a break in the last 7 days, as far as is recorded")
        return
    shown = [f"{_local(work, each.start)} to {_local(work, each.end)}" for each in week.gaps]
    yield Finding("uptime", "warn", f"interrupted {len(shown)} times in the last 7 days: {_listed(shown)}")


def _lasting(span: timedelta) -> str:
    """Roughly: the largest unit of which there are two."""
    seconds = int(span.total_seconds())
    for name, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {name}"
    return f"{seconds} seconds"


def _count(work: Work, condition: ColumnElement[bool]) -> int:
    return work.session.exec(select(func.count()).where(condition)).one()


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
