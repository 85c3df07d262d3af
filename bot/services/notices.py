"""Notices (what is to be said) become messages (one a chat): the only way anything leaves."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.context import Work
from bot.services.views import list_views
from db.models import Address, Membership, Notice, OutboxCover, OutboxMessage

# Kinds about one assignment that one digest can hold together.
DIGESTIBLE = ("assignment", "acknowledge", "reminder", "press", "snooze", "status")
# Kinds that tell of edits: several of one load are one message.
BUNDLED = ("changed", "withdrawn")
# Kinds that count as “Nhắc việc lần N” / “Đôn đốc lần N”.
NUMBERED = ("reminder", "press", "snooze")
NOBODY = "-"
MERGED = "gộp vào tin nhắn sau"


def say(
    work: Work,
    kind: str,
    key: str,
    *,
    audience: str,
    agency_id: int | None = None,
    member_id: int | None = None,
    assignment_id: int | None = None,
    report_id: int | None = None,
    plan_no: int | None = None,
    step: str | None = None,
    data: dict[str, Any] | None = None,
) -> Notice | None:
    """Adds a notice; None where the same was said before (`key` is unique)."""
    if work.session.exec(select(Notice.id).where(col(Notice.dedupe_key) == key)).first() is not None:
        return None
    notice = Notice(
        dedupe_key=key,
        kind=kind,
        audience=audience,
        agency_id=agency_id,
        member_id=member_id,
        assignment_id=assignment_id,
        report_id=report_id,
        plan_no=plan_no,
        step=step,
        due_at=work.now,
        data=data or {},
    )
    work.session.add(notice)
    work.session.flush()
    return notice


def list_recipients(work: Work, notice: Notice) -> list[Address]:
    """Who can receive it now. Asked when planning, and again at the moment of sending."""
    query = select(Address).where(col(Address.reachable), col(Address.kind) == "private")
    if notice.audience == "member":
        query = query.where(col(Address.member_id) == notice.member_id)
        return list(work.session.exec(query.order_by(col(Address.id))))
    query = (
        query.join(Membership, col(Membership.member_id) == col(Address.member_id))
        .where(col(Membership.until_at).is_(None))
        .distinct()
        .order_by(col(Address.id))
    )
    if notice.audience == "agency":
        return _list_agency_recipients(work, notice, query)
    return list(work.session.exec(query.where(col(Membership.role) == notice.audience)))


def _list_agency_recipients(work: Work, notice: Notice, query: Any) -> list[Address]:
    of_agency = query.where(col(Membership.agency_id) == notice.agency_id)
    if notice.kind == "press":
        # Pressing is a person's decision, and only it reaches the head.
        return list(work.session.exec(of_agency))
    is_officer = col(Membership.role) == Role.OFFICER.value
    found = list(work.session.exec(of_agency.where(is_officer)))
    if not found:
        found = list(work.session.exec(of_agency))
    elif notice.data.get("contact"):
        found = list(work.session.exec(of_agency.where(is_officer | col(Membership.is_contact))))
    if notice.kind != "reminder":
        return found
    silent = work.snoozed.get(notice.assignment_id or 0, frozenset())
    return [address for address in found if address.member_id not in silent]


def is_silenced(work: Work, notice: Notice) -> bool:
    """Everyone who could receive it has put it off: it is not a matter of nobody being reachable."""
    if notice.kind != "reminder" or notice.assignment_id not in work.snoozed:
        return False
    loud = Notice(**{**notice.model_dump(), "kind": "assignment"})
    return bool(list_recipients(work, loud))


@dataclass(frozen=True)
class Hold:
    """Messages that can be taken back until an instant of the office's clock, or of the machine's.

    `batch` names all that one decision sent.
    """

    batch: str
    until: datetime
    until_wall: datetime


def dispatch(work: Work, notices: Iterable[Notice | None], hold: Hold | None = None) -> bool:
    """Makes the messages of new notices: one a chat, several about assignments together as a digest.

    False where something has to wait, since nobody can receive it.
    """
    together: dict[int, list[Notice]] = defaultdict(list)
    edits: dict[int, list[Notice]] = defaultdict(list)
    nobody: dict[int | None, list[Notice]] = defaultdict(list)
    addresses: dict[int, Address] = {}
    for notice in notices:
        if notice is None:
            continue
        recipients = list_recipients(work, notice)
        if not recipients and not is_silenced(work, notice):
            _leave_waiting(work, notice, nobody)
        for address in recipients:
            addresses[address.id] = address
            if notice.kind in DIGESTIBLE:
                together[address.id].append(notice)
            elif notice.kind in BUNDLED:
                edits[address.id].append(notice)
            else:
                add_message(work, address, [notice], hold)
    for address_id, theirs in together.items():
        if hold is None:
            add_digest(work, addresses[address_id], theirs[0].agency_id, theirs)
        else:
            # On its own: taking it back must leave what waited before.
            add_message(work, addresses[address_id], theirs, hold)
    for address_id, theirs in edits.items():
        add_message(work, addresses[address_id], theirs)
    for agency_id, theirs in nobody.items():
        add_digest(work, None, agency_id, theirs)
    return not nobody


def _leave_waiting(work: Work, notice: Notice, nobody: dict[int | None, list[Notice]]) -> None:
    if notice.kind in DIGESTIBLE and notice.audience == "agency":
        nobody[notice.agency_id].append(notice)
    else:
        add_message(work, None, [notice])


def add_digest(work: Work, address: Address | None, agency_id: int | None, notices: Sequence[Notice]) -> None:
    """One message for all that waits for a chat about assignments: of each assignment only the latest."""
    waiting = _list_waiting(work, address, agency_id)
    earlier = _list_covered(work, [message.id for message in waiting])
    latest: dict[int | None, Notice] = {}
    for notice in sorted([*earlier, *notices], key=lambda each: each.id):
        latest[notice.assignment_id] = notice
    for message in waiting:
        message.status, message.error = "expired", MERGED
    if waiting:
        work.session.flush()
        gone = delete(OutboxCover).where(col(OutboxCover.message_id).in_([each.id for each in waiting]))
        work.session.execute(gone)
    add_message(work, address, list(latest.values()))


def _list_waiting(work: Work, address: Address | None, agency_id: int | None) -> list[OutboxMessage]:
    query = select(OutboxMessage).where(
        col(OutboxMessage.status) == "pending",
        col(OutboxMessage.kind).in_([*DIGESTIBLE, "digest"]),
        col(OutboxMessage.batch).is_(None),
    )
    if address is None:
        query = query.where(
            col(OutboxMessage.address_id).is_(None), col(OutboxMessage.agency_id) == agency_id
        )
    else:
        query = query.where(col(OutboxMessage.address_id) == address.id)
    return list(work.session.exec(query))


def _list_covered(work: Work, message_ids: Sequence[int]) -> list[Notice]:
    if not message_ids:
        return []
    query = select(Notice).join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
    return list(work.session.exec(query.where(col(OutboxCover.message_id).in_(message_ids))))


def add_message(
    work: Work, address: Address | None, notices: Sequence[Notice], hold: Hold | None = None
) -> None:
    """One row of the outbox. Its words are drawn now, to be seen, and again when it is sent."""
    from bot.services.rendering import draw

    place = NOBODY if address is None else str(address.id)
    kind = notices[0].kind if len(notices) == 1 else "changes" if notices[0].kind in BUNDLED else "digest"
    screen = draw(work, notices, address)
    message = OutboxMessage(
        dedupe_key=_make_key(work, notices, place),
        address_id=address.id if address else None,
        agency_id=notices[0].agency_id,
        kind=kind,
        text=screen.text if screen else "",
        keyboard=screen.keyboard_json() if screen else None,
        created_at=work.now,
        held_until=hold.until if hold and address else None,
        not_before=hold.until_wall if hold and address else None,
        batch=hold.batch if hold and address else None,
    )
    work.session.add(message)
    work.session.flush()
    for notice in notices:
        work.session.add(
            OutboxCover(
                message_id=message.id, notice_id=notice.id, address_id=address.id if address else None
            )
        )
    work.session.flush()


def _make_key(work: Work, notices: Sequence[Notice], place: str) -> str:
    if len(notices) == 1:
        key = f"{notices[0].dedupe_key}@{place}"
    else:
        ids = ",".join(str(notice.id) for notice in notices)
        key = f"digest:{hashlib.sha256(ids.encode()).hexdigest()[:16]}@{place}"
    exact = select(OutboxMessage.id).where(col(OutboxMessage.dedupe_key) == key)
    if work.session.exec(exact).first() is None:
        return key
    again = select(func.count()).where(col(OutboxMessage.dedupe_key).startswith(key, autoescape=True))
    return f"{key}+{work.session.exec(again).one()}"


@dataclass(frozen=True)
class Welcome:
    """Whose waiting messages someone who joins gets."""

    agency_id: int | None
    role: Role


def deliver_waiting(work: Work, address: Address, welcome: Welcome) -> None:
    """Hands what nobody could receive to someone who has joined, as far as it is still current."""
    waiting = [each for each in _list_unreceived(work) if _is_for(work, each, address, welcome)]
    digestible = [each for each in waiting if each.kind in (*DIGESTIBLE, "digest")]
    notices = _list_current(work, _list_covered(work, [each.id for each in digestible]))
    for message in digestible:
        message.status, message.error = "expired", MERGED
    if digestible:
        work.session.flush()
        ids = [each.id for each in digestible]
        work.session.execute(delete(OutboxCover).where(col(OutboxCover.message_id).in_(ids)))
    if notices:
        add_digest(work, address, welcome.agency_id, notices)
    for message in waiting:
        if message not in digestible:
            message.address_id = address.id
            for cover in work.session.exec(
                select(OutboxCover).where(col(OutboxCover.message_id) == message.id)
            ):
                cover.address_id = address.id


def _list_unreceived(work: Work) -> list[OutboxMessage]:
    query = select(OutboxMessage).where(
        col(OutboxMessage.status) == "pending", col(OutboxMessage.address_id).is_(None)
    )
    return list(work.session.exec(query.order_by(col(OutboxMessage.id))))


def _is_for(work: Work, message: OutboxMessage, address: Address, welcome: Welcome) -> bool:
    notices = _list_covered(work, [message.id])
    if not notices:
        return False
    if notices[0].audience == "member":
        return notices[0].member_id == address.member_id
    if notices[0].audience == "agency":
        return welcome.agency_id is not None and message.agency_id == welcome.agency_id
    return notices[0].audience == welcome.role.value


def _list_current(work: Work, notices: Sequence[Notice]) -> list[Notice]:
    views = list_views(work, {each.assignment_id for each in notices if each.assignment_id})
    still = {view.id for view in views if view.is_open}
    return [each for each in notices if each.assignment_id in still]
