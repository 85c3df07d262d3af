"""Notices (what is to be said) become messages (one a chat): the only way anything leaves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.context import Work
from bot.services.notice.holding import Hold
from bot.services.notice.reach import Chat, Reach, find_chat
from bot.services.notice.said import BUNDLED, DIGESTIBLE, NOTHING, Said, list_covered, say_all
from bot.services.saying.posting import MERGED, Parcel, expire_messages, post
from bot.services.standing.view_cache import ViewCache
from bot.services.standing.views import list_views
from db.models import Address, OutboxCover, OutboxMessage


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
) -> Said | None:
    """Adds a notice; None where the same was said before (`key` is unique)."""
    wanted = Said(
        dedupe_key=key,
        kind=kind,
        audience=audience,
        due_at=work.now,
        agency_id=agency_id,
        member_id=member_id,
        assignment_id=assignment_id,
        report_id=report_id,
        plan_no=plan_no,
        step=step,
        data=data or NOTHING,
    )
    said = say_all(work, [wanted])
    return said[0] if said else None


def list_recipients(work: Work, notice: Said) -> list[Chat]:
    """Who can receive it now."""
    return Reach(work, [notice]).list_chats(notice)


def dispatch(
    work: Work, notices: Iterable[Said | None], hold: Hold | None = None, views: ViewCache | None = None
) -> bool:
    """Makes the messages of new notices: one a chat, several about assignments together as a digest.

    False where something has to wait, since nobody can receive it. `views`: what was read of them already.
    """
    said = [each for each in notices if each is not None]
    parcels = sort_out(said, Reach(work, said), hold)
    post(work, parcels, views)
    return not is_left_to_nobody(parcels)


def sort_out(said: Iterable[Said], reach: Reach, hold: Hold | None = None) -> list[Parcel]:
    """Which message each notice goes into."""
    sorter = _Sorter(hold)
    for notice in said:
        chats = reach.list_chats(notice)
        if not chats and not reach.is_silenced(notice):
            sorter.add_for_nobody(notice)
        for chat in chats:
            sorter.add(notice, chat)
    return sorter.list_parcels()


def is_left_to_nobody(parcels: Iterable[Parcel]) -> bool:
    """Whether something about an agency's assignments has to wait for somebody to join."""
    return any(each.chat is None and each.is_about_agency for each in parcels)


class _Sorter:
    """Which notices go into one message."""

    def __init__(self, hold: Hold | None) -> None:
        self.hold = hold
        self.nobody: dict[int | None, list[Said]] = defaultdict(list)
        self._alone: list[Parcel] = []
        self._together: dict[Chat, list[Said]] = defaultdict(list)
        self._edits: dict[Chat, list[Said]] = defaultdict(list)

    def add(self, notice: Said, chat: Chat) -> None:
        if notice.kind in DIGESTIBLE:
            self._together[chat].append(notice)
        elif notice.kind in BUNDLED:
            self._edits[chat].append(notice)
        else:
            self._alone.append(Parcel([notice], chat, hold=self.hold))

    def add_for_nobody(self, notice: Said) -> None:
        if notice.kind in DIGESTIBLE and notice.audience == "agency":
            self.nobody[notice.agency_id].append(notice)
        else:
            self._alone.append(Parcel([notice], None, hold=self.hold))

    def list_parcels(self) -> list[Parcel]:
        # Held on its own: taking it back must leave what waited before.
        merges = self.hold is None
        return [
            *self._alone,
            *(
                Parcel(theirs, chat, theirs[0].agency_id, is_digest=merges, hold=self.hold)
                for chat, theirs in self._together.items()
            ),
            *(Parcel(theirs, chat, hold=self.hold) for chat, theirs in self._edits.items()),
            *(
                Parcel(theirs, None, agency_id, is_digest=merges, hold=self.hold)
                for agency_id, theirs in self.nobody.items()
            ),
        ]


def leave_to_nobody(work: Work, notices: Iterable[Said]) -> None:
    """They wait for whoever joins. By agency: a digest of someone who served two is for the people of each."""
    sorter = _Sorter(None)
    for each in notices:
        sorter.add_for_nobody(each)
    post(work, sorter.list_parcels())


@dataclass(frozen=True)
class Welcome:
    """Whose waiting messages someone who joins gets."""

    agency_id: int | None
    role: Role


def deliver_waiting(work: Work, address: Address, welcome: Welcome) -> None:
    """Hands what nobody could receive to someone who has joined, as far as it is still current."""
    work.session.flush()
    waiting = _list_unreceived(work)
    covered: dict[int, list[Said]] = defaultdict(list)
    for message_id, notice in list_covered(work, waiting):
        covered[message_id].append(notice)
    mine = [key for key, theirs in covered.items() if _is_for(waiting[key], theirs[0], address, welcome)]
    digestible = [key for key in mine if covered[key][0].kind in DIGESTIBLE]
    notices = _list_current(work, [each for key in digestible for each in covered[key]])
    expire_messages(work, digestible, MERGED)
    if notices:
        post(work, [Parcel(notices, find_chat(work, address), welcome.agency_id, is_digest=True)])
    _hand_over(work, [key for key in mine if key not in digestible], address)


def _hand_over(work: Work, message_ids: Sequence[int], address: Address) -> None:
    if not message_ids:
        return
    for rows, key in ((OutboxMessage, OutboxMessage.id), (OutboxCover, OutboxCover.message_id)):
        theirs = update(rows).where(col(key).in_(message_ids))
        work.session.execute(theirs.values(address_id=address.id))


def _list_unreceived(work: Work) -> dict[int, int | None]:
    """The messages that wait for somebody to join, and their agencies."""
    query = select(OutboxMessage.id, OutboxMessage.agency_id).where(
        col(OutboxMessage.status) == "pending", col(OutboxMessage.address_id).is_(None)
    )
    return dict(work.session.exec(query.order_by(col(OutboxMessage.id))).all())


def _is_for(agency_id: int | None, notice: Said, address: Address, welcome: Welcome) -> bool:
    if notice.audience == "member":
        return notice.member_id == address.member_id
    if notice.audience == "agency":
        return welcome.agency_id is not None and agency_id == welcome.agency_id
    return notice.audience == welcome.role.value


def _list_current(work: Work, notices: Sequence[Said]) -> list[Said]:
    views = list_views(work, {each.assignment_id for each in notices if each.assignment_id})
    still = {view.id for view in views if view.is_open}
    return [each for each in notices if each.assignment_id in still]
