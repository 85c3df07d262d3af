"""Personal data erased on request: a name and a chat are gone, the record stays whole (docs/personal-data.md)."""

import html
import json
import re
import secrets
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, or_, update
from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.people.leaving import check_not_last, end_seat, get_member
from db.models import (
    Address,
    DialogueState,
    InboxUpdate,
    Member,
    Membership,
    Notice,
    OutboxCover,
    OutboxMessage,
    Report,
    Snooze,
    WrongInvite,
)


def check_can_erase(work: Work, actor: Actor | None, member_id: int) -> Member:
    """Raises UserError unless this person's data may be erased now (`actor` None: from the command line)."""
    language = actor.language if actor else None
    if actor is not None:
        require(work, actor, Action.MANAGE_PEOPLE)
    member = get_member(work, member_id, language)
    check_not_last(work, member_id, language)
    return member


def erase_member(work: Work, actor: Actor | None, member_id: int) -> Member:
    """The name becomes a pseudonym, nothing reaches the person, what came from the chat is emptied.

    Reports, events and decisions stay, by the member's id. Whoever returns later is somebody new.
    """
    member = check_can_erase(work, actor, member_id)
    seats = select(Membership).where(
        col(Membership.member_id) == member_id, col(Membership.until_at).is_(None)
    )
    for seat in work.session.exec(seats).all():
        end_seat(work, actor, seat)
    name, pseudonym = member.name, work.texts().plain("member.erased", number=member_id)
    for address in work.session.exec(select(Address).where(col(Address.member_id) == member_id)).all():
        _forget_address(work, address)
    _replace_name(work, member_id, name, pseudonym)
    for table in (Snooze, DialogueState):
        work.session.execute(delete(table).where(col(table.member_id) == member_id))
    member.name, member.erased_at = pseudonym, work.now
    member.language = member.quiet_from = member.quiet_until = None
    work.record("erased", actor=actor, after={"member": member_id})
    work.session.flush()
    return member


def _forget_address(work: Work, address: Address) -> None:
    """Unreachable, under a placeholder that leads nowhere; what came from the chat is emptied."""
    waiting = update(OutboxMessage).where(
        col(OutboxMessage.address_id) == address.id, col(OutboxMessage.status) == "pending"
    )
    work.session.execute(waiting.values(status="expired", error=NOT_CONCERNED))
    _empty_inbox(work, address.address)
    work.session.execute(delete(WrongInvite).where(col(WrongInvite.address) == address.address))
    address.address = f"erased-{secrets.token_hex(12)}"
    address.reachable, address.unreachable_reason, address.unreachable_at = False, "gone", work.now
    address.language = address.menu = None
    work.session.flush()


def _empty_inbox(work: Work, chat: str) -> None:
    """The updates of the chat, and those of groups that came from the person."""
    found = select(InboxUpdate).where(col(InboxUpdate.raw).contains(chat, autoescape=True))
    for row in work.session.exec(found.execution_options(populate_existing=True)).all():
        if row.id != work.update_id and _names(json.loads(row.raw), chat):
            row.raw, row.answers, row.chat = "{}", None, None
            if row.state == "received":
                row.state, row.applied_at, row.done_at = "done", work.now, work.now


def _names(value: Any, chat: str) -> bool:
    if isinstance(value, dict):
        return str(value.get("id")) == chat or any(_names(each, chat) for each in value.values())
    return isinstance(value, list) and any(_names(each, chat) for each in value)


def _replace_name(work: Work, member_id: int, name: str, pseudonym: str) -> None:
    """In the words of messages: a name of several words anywhere, one that may be any word only where it is theirs."""
    shown = html.escape(name, quote=False)
    if not shown.strip():
        return
    query = select(OutboxMessage).where(col(OutboxMessage.text).contains(shown, autoescape=True))
    if len(name.split()) < 2:
        query = query.where(_is_about(member_id))
    else:
        _replace_in_inbox(work, name, pseudonym)
    whole = re.compile(rf"(?<!\w){re.escape(shown)}(?!\w)")
    for message in work.session.exec(query).all():
        message.text = whole.sub(lambda _: html.escape(pseudonym, quote=False), message.text)


def _replace_in_inbox(work: Work, name: str, pseudonym: str) -> None:
    """What others wrote with the name in it, and the screens that showed it to them."""
    raw, answers = col(InboxUpdate.raw), cast(col(InboxUpdate.answers), String)
    written = {name, json.dumps(name)[1:-1], html.escape(name, quote=False)}
    found = or_(*(each.contains(one, autoescape=True) for each in (raw, answers) for one in written))
    for row in work.session.exec(select(InboxUpdate).where(found)).all():
        if row.state in ("done", "parked"):
            row.answers = None
        for one in written:
            row.raw = row.raw.replace(one, json.dumps(pseudonym)[1:-1])


def _is_about(member_id: int) -> ColumnElement[bool]:
    """Messages to the person, and those about a report of theirs."""
    mine = select(Report.id).where(col(Report.submitted_by) == member_id)
    about = (
        select(OutboxCover.message_id)
        .join(Notice, col(Notice.id) == col(OutboxCover.notice_id))
        .where(col(Notice.report_id).in_(mine))
    )
    theirs = select(Address.id).where(col(Address.member_id) == member_id)
    return or_(col(OutboxMessage.id).in_(about), col(OutboxMessage.address_id).in_(theirs))
