"""Group chats: bound to an agency by its people, or by the secretariat; whether reminders go there too."""

from dataclasses import dataclass

from sqlmodel import col, select

from bot.domain.access import Action, Role
from bot.services.context import Actor, Work, require
from bot.services.notice.expiry import NOT_CONCERNED
from bot.services.saying.delivery import hand_over_waiting
from bot.services.saying.notices import Welcome, deliver_waiting
from bot.services.standing.addresses import TELEGRAM, find_address, set_reachable
from db.models import Address, Agency, GroupBinding, Member


@dataclass(frozen=True)
class Group:
    """A group chat that speaks for an agency, and who bound it."""

    address: Address
    binding: GroupBinding
    agency: Agency
    bound_by: str

    @property
    def agency_id(self) -> int:
        return self.agency.id

    def is_of(self, actor: Actor) -> bool:
        """Whether the person may press here: one of the agency, or of the secretariat."""
        return self.agency.id in actor.agencies or actor.is_secretariat


def find_group(work: Work, chat_id: int) -> Group | None:
    """The binding of a group chat; None where there is none."""
    row = work.session.exec(
        select(Address, GroupBinding, Agency, Member.name)
        .join(GroupBinding, col(GroupBinding.address_id) == col(Address.id))
        .join(Agency, col(Agency.id) == col(GroupBinding.agency_id))
        .join(Member, col(Member.id) == col(GroupBinding.bound_by))
        .where(col(Address.channel) == TELEGRAM, col(Address.address) == str(chat_id))
    ).first()
    return Group(*row) if row else None


def get_group(work: Work, actor: Actor, chat_id: int) -> Group:
    """The binding, for who may change it. Raises UserError otherwise."""
    group = find_group(work, chat_id)
    if group is None:
        raise work.refuse("group_unbound", actor.language)
    require(work, actor, Action.BIND_GROUP, group.agency_id)
    return group


def bind(work: Work, actor: Actor, chat_id: int, agency_id: int) -> Group:
    """The group speaks for the agency from now on, and gets what waits for it."""
    agency = work.session.get(Agency, agency_id)
    if agency is None or agency.ended_on is not None:
        raise work.refuse("no_agency", actor.language)
    if not actor.can(Action.BIND_GROUP, agency_id):
        raise work.refuse("group_not_yours", actor.language, agency=agency.name)
    found = find_group(work, chat_id)
    if found is not None:
        if found.agency_id == agency_id:
            return found
        raise work.refuse("group_bound", actor.language, agency=found.agency.name)
    address = _get_address(work, actor, chat_id)
    work.session.add(
        GroupBinding(address_id=address.id, agency_id=agency_id, bound_by=actor.member_id, bound_at=work.now)
    )
    work.session.flush()
    work.record("group_bound", actor=actor, agency_id=agency_id, after={"address": address.id})
    deliver_waiting(work, address, Welcome(agency_id, Role.OFFICER))
    group = find_group(work, chat_id)
    assert group is not None
    return group


def _get_address(work: Work, actor: Actor, chat_id: int) -> Address:
    address = find_address(work, chat_id)
    if address is None:
        address = Address(channel=TELEGRAM, address=str(chat_id), kind="group")
        work.session.add(address)
    elif address.kind != "group":
        raise work.refuse("bad_button", actor.language)
    set_reachable(work, chat_id, None)
    work.session.flush()
    return address


def unbind(work: Work, actor: Actor, chat_id: int) -> None:
    """The group speaks for nobody; what waited for it goes to the agency's people."""
    group = get_group(work, actor, chat_id)
    work.session.delete(group.binding)
    work.session.flush()
    before = {"address": group.address.id}
    work.record("group_unbound", actor=actor, agency_id=group.agency_id, before=before)
    hand_over_waiting(work, group.address, NOT_CONCERNED)


def set_reminders(work: Work, actor: Actor, chat_id: int, wanted: bool) -> Group:
    """“Nhận nhắc việc trong nhóm”, on or off."""
    group = get_group(work, actor, chat_id)
    before = group.binding.reminders
    if before == wanted:
        return group
    group.binding.reminders = wanted
    work.session.flush()
    work.record(
        "group_reminders",
        actor=actor,
        agency_id=group.agency_id,
        before={"address": group.address.id, "reminders": before},
        after={"address": group.address.id, "reminders": wanted},
    )
    if wanted:
        deliver_waiting(work, group.address, Welcome(group.agency_id, Role.OFFICER))
    else:
        hand_over_waiting(work, group.address, NOT_CONCERNED)
    return group


def come_back(work: Work, chat_id: int) -> Group | None:
    """The bot is in the group again: what waits for the agency goes there."""
    set_reachable(work, chat_id, None)
    group = find_group(work, chat_id)
    if group is not None and group.binding.reminders:
        deliver_waiting(work, group.address, Welcome(group.agency_id, Role.OFFICER))
    return group
