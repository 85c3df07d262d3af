"""The people of the secretariat, and which of them decide where the office has switched proposing on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.office.office_settings import (
    change_office_settings,
    get_office_settings,
    lock_office_settings,
)
from db.models import Address, Member, Membership, Report


@dataclass(frozen=True)
class Secretary:
    """Someone of the secretariat now; `is_reachable`: has a chat that messages can go to."""

    member_id: int
    name: str
    decides: bool
    is_reachable: bool


def list_secretaries(work: Work) -> Sequence[Secretary]:
    """In the order of joining."""
    chats = select(Address.member_id).where(col(Address.reachable), col(Address.kind) == "private")
    reachable = set(work.session.exec(chats))
    rows = work.session.exec(
        select(Member.id, Member.name, Membership.decides)
        .join(Membership, col(Membership.member_id) == col(Member.id))
        .where(col(Membership.role) == "secretariat", col(Membership.until_at).is_(None))
        .order_by(col(Membership.id))
    )
    return [Secretary(key, name, bool(decides), key in reachable) for key, name, decides in rows]


def list_reachable(work: Work) -> frozenset[int]:
    """Who of the secretariat messages can go to."""
    return frozenset(each.member_id for each in list_secretaries(work) if each.is_reachable)


def list_deciders(work: Work, report: Report) -> list[Secretary]:
    """Who decides on a report: nobody on one of their own. Nobody at all while proposing is off."""
    if not get_office_settings(work).heads_decide:
        return []
    return [each for each in list_secretaries(work) if each.decides and each.member_id != report.submitted_by]


def must_propose(work: Work, member_id: int, report: Report) -> bool:
    """Whether this person's decision on the report is a proposal only.

    Where nobody is left who may decide on it, everyone does: no report can be stuck.
    """
    deciders = list_deciders(work, report)
    return bool(deciders) and all(each.member_id != member_id for each in deciders)


def require_decider(work: Work, actor: Actor, report: Report) -> None:
    """Raises UserError for someone who may only propose."""
    if must_propose(work, actor.member_id, report):
        names = ", ".join(each.name for each in list_deciders(work, report))
        raise work.refuse("heads_decide", actor.language, name=names)


def toggle_decider(work: Work, actor: Actor, member_id: int) -> bool:
    """Makes someone of the secretariat one who decides, or no longer; whether they do now."""
    require(work, actor, Action.EDIT_SETTINGS)
    settings = lock_office_settings(work)  # the last one cannot be taken away by two people at once
    query = select(Membership).where(
        col(Membership.role) == "secretariat",
        col(Membership.until_at).is_(None),
        col(Membership.member_id) == member_id,
    )
    seat = work.session.exec(query.with_for_update()).first()
    if seat is None:
        raise work.refuse("not_in_secretariat", actor.language)
    deciding = [each.member_id for each in list_secretaries(work) if each.decides]
    if settings.heads_decide and deciding == [member_id]:
        raise work.refuse("last_decider", actor.language)
    seat.decides = not seat.decides
    work.record(
        "decider_changed",
        actor=actor,
        before={"member": member_id, "decides": not seat.decides},
        after={"member": member_id, "decides": seat.decides},
    )
    work.session.flush()
    return seat.decides


def set_heads_decide(work: Work, actor: Actor, *, on: bool) -> None:
    """“Chuyên viên đề xuất, lãnh đạo Văn phòng quyết định”. Raises UserError where nobody decides yet."""
    require(work, actor, Action.EDIT_SETTINGS)
    lock_office_settings(work)
    if on and not any(each.decides for each in list_secretaries(work)):
        raise work.refuse("no_decider", actor.language)
    change_office_settings(work, actor, heads_decide=on)
