"""Writes messages into the outbox, many at a time; what still waits for a chat becomes one digest with what comes."""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Boolean,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    not_,
    or_,
    text,
    update,
)
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.clock import wall
from bot.screens.base import Screen
from bot.services.context import StaleError, Work
from bot.services.drawing.rendering import Drawer, Wanted
from bot.services.notice.holding import Hold, _is_held
from bot.services.notice.reach import Chat
from bot.services.notice.said import BUNDLED, DIGESTIBLE, Said, list_covered
from bot.services.standing.view_cache import ViewCache
from db.bulk import insert_columns, is_among, is_listed, reserve_ids, table_of
from db.engine import count_changed
from db.models import OutboxCover, OutboxMessage

NOBODY = "-"
MERGED = "gộp vào tin nhắn sau"
# A chat, or the agency for whose people it waits.
Place = tuple[int | None, int | None]
# In so many words, or SQLite does not see that the partial index will do.
_NOT_SENT = text("outbox_message.status IN ('pending', 'sending')")


@dataclass(frozen=True)
class Parcel:
    """One message: what it speaks of, and the chat (None: it waits for whoever joins the agency).

    `is_digest`: takes with it what waits for the chat, or the agency, about assignments.
    """

    notices: Sequence[Said]
    chat: Chat | None
    agency_id: int | None = None
    is_digest: bool = False
    hold: Hold | None = None

    @property
    def kind(self) -> str:
        if len(self.notices) == 1:
            return self.notices[0].kind
        return "changes" if self.notices[0].kind in BUNDLED else "digest"

    @property
    def is_about_agency(self) -> bool:
        return self.notices[0].audience == "agency" and self.notices[0].kind in DIGESTIBLE

    @property
    def place(self) -> Place:
        return (self.chat.id, None) if self.chat else (None, self.agency_id)


@dataclass(frozen=True)
class Packed:
    """Messages ready to be written: a key and words each; and the waiting ones that they have taken in."""

    parcels: Sequence[Parcel]
    keys: Sequence[str]
    screens: Sequence[Screen | None]
    keyboards: Sequence[Any]
    merged: Sequence[int]


def post(work: Work, parcels: Sequence[Parcel], views: ViewCache | None = None) -> None:
    """A row of the outbox each. The words are drawn now, to be seen, and again when it is sent."""
    if parcels:
        work.session.flush()
        put(work, pack(work, parcels, Drawer(work, views), lock=True), {})


def pack(work: Work, parcels: Sequence[Parcel], drawer: Drawer, *, lock: bool) -> Packed:
    """Draws them; only reads. `lock`: holds what waits, so that no sender takes it meanwhile."""
    ready, merged = _merge(work, parcels, lock)
    screens = drawer.draw_all([Wanted(each.notices, each.chat) for each in ready])
    keyboards = [each.keyboard_json() if each else None for each in screens]
    return Packed(ready, _make_keys(work, ready), screens, keyboards, merged)


def put(work: Work, packed: Packed, said: Mapping[str, int]) -> None:
    """Writes them. `said`: ids, by key, of notices that were packed before they were stored.

    Raises StaleError where a sender has taken what they speak of.
    """
    if expire_messages(work, packed.merged, MERGED) != len(packed.merged):
        raise StaleError
    ids = reserve_ids(work.session, table_of(OutboxMessage), len(packed.parcels))
    _write_messages(work, ids, packed)
    _write_covers(work, ids, packed.parcels, said)


def _merge(work: Work, parcels: Sequence[Parcel], lock: bool) -> tuple[list[Parcel], Sequence[int]]:
    """Digests with what waits for the same place: of each assignment only the latest; and the ids of that."""
    waiting = _list_waiting(work, [each for each in parcels if each.is_digest], lock)
    if not waiting:
        return list(parcels), ()
    earlier: dict[Place, list[Said]] = defaultdict(list)
    for message_id, notice in list_covered(work, waiting):
        earlier[waiting[message_id]].append(notice)
    merged = [
        replace(each, notices=keep_latest([*earlier[each.place], *each.notices])) if each.is_digest else each
        for each in parcels
    ]
    return merged, list(waiting)


def keep_latest(notices: Sequence[Said]) -> list[Said]:
    """Of each assignment what was said last; they come in the order they were said."""
    return list({notice.assignment_id: notice for notice in notices}.values())


def expire_messages(work: Work, ids: Sequence[int], reason: str) -> int:
    """They go no more, and speak of nothing. How many: those that no sender has taken."""
    if not ids:
        return 0
    waiting = update(OutboxMessage).where(
        is_among(work.session, col(OutboxMessage.id), ids), col(OutboxMessage.status) == "pending"
    )
    expired = count_changed(work.session.execute(waiting.values(status="expired", error=reason)))
    gone = select(OutboxMessage.id).where(
        is_among(work.session, col(OutboxMessage.id), ids), col(OutboxMessage.status) == "expired"
    )
    work.session.execute(delete(OutboxCover).where(col(OutboxCover.message_id).in_(gone)))
    return expired


def _list_waiting(work: Work, digests: Sequence[Parcel], lock: bool) -> Mapping[int, Place]:
    """The messages about assignments that wait for these places, by id."""
    if not digests:
        return {}
    agencies = [each.agency_id for each in digests if not each.chat]
    asked = {
        "chats": [each.chat.id for each in digests if each.chat],
        "agencies": [each for each in agencies if each is not None],
        "of_none": None in agencies,
        "now": work.now,
        "wall": wall(),
    }
    query = _select_waiting().with_for_update() if lock else _select_waiting()
    rows = work.session.execute(query, asked)
    return {key: (address, None) if address else (None, agency) for key, address, agency in rows}


@functools.cache
def _select_waiting() -> Select[*tuple[Any, ...]]:
    # Put together once: that takes longer than to carry it out.
    table = table_of(OutboxMessage)
    nobody, agency = table.c.address_id.is_(None), table.c.agency_id
    # By an expression, or SQLite reads all that was ever sent to a chat instead of the partial index.
    to_chat = is_listed(table.c.address_id + literal_column("0"), "chats")
    to_agency = or_(
        is_listed(agency, "agencies"), and_(agency.is_(None), bindparam("of_none", type_=Boolean()))
    )
    now, wall_now = (bindparam(name, type_=table.c.held_until.type) for name in ("now", "wall"))
    return select_columns(table.c.id, table.c.address_id, agency).where(
        _NOT_SENT,
        table.c.status == "pending",
        table.c.kind.in_([*DIGESTIBLE, "digest"]),
        not_(_is_held(now, wall_now)),
        or_(to_chat, and_(nobody, to_agency)),
    )


def _write_messages(work: Work, ids: Sequence[int], packed: Packed) -> None:
    parcels, screens = packed.parcels, packed.screens
    holds = [each.hold for each in parcels]
    columns: dict[str, Sequence[Any]] = {
        "id": ids,
        "dedupe_key": packed.keys,
        "address_id": [each.chat.id if each.chat else None for each in parcels],
        "agency_id": [each.notices[0].agency_id for each in parcels],
        "kind": [each.kind for each in parcels],
        "text": [each.text if each else "" for each in screens],
        "language": [_language(work, each) for each in parcels],
        "keyboard": packed.keyboards,
        "batch": [each.batch if each else None for each in holds],
        "held_until": [each.until if each else None for each in holds],
        "not_before": [each.until_wall if each else None for each in holds],
    }
    shared = {"channel": "telegram", "status": "pending", "attempts": 0, "created_at": work.now}
    insert_columns(work.session, table_of(OutboxMessage), columns, shared)


def _language(work: Work, parcel: Parcel) -> str:
    """In which it is drawn."""
    return (parcel.chat.language if parcel.chat else None) or work.office.language


def _write_covers(work: Work, ids: Sequence[int], parcels: Sequence[Parcel], said: Mapping[str, int]) -> None:
    notices = [notice for parcel in parcels for notice in parcel.notices]
    each_time = list(zip(ids, parcels, strict=True))
    columns: dict[str, Sequence[Any]] = {
        "message_id": [key for key, parcel in each_time for _ in parcel.notices],
        "notice_id": [each.id or said[each.dedupe_key] for each in notices],
        "address_id": [
            parcel.chat.id if parcel.chat else None for _, parcel in each_time for _ in parcel.notices
        ],
    }
    insert_columns(work.session, table_of(OutboxCover), columns)


def _make_keys(work: Work, parcels: Sequence[Parcel]) -> list[str]:
    """Unique; what is said again to the same place, after it could not be sent, gets a number."""
    wanted = [_name(each) for each in parcels]
    taken = set(work.session.execute(_select_keys(), {"keys": wanted}).scalars())
    keys = []
    for key in wanted:
        keys.append(_number_again(work, key, taken) if key in taken else key)
        taken.add(keys[-1])
    return keys


@functools.cache
def _select_keys() -> Select[*tuple[Any, ...]]:
    # Put together once: that takes longer than to carry it out.
    key = table_of(OutboxMessage).c.dedupe_key
    return select_columns(key).where(is_listed(key, "keys", str))


def _name(parcel: Parcel) -> str:
    place = parcel.chat.id if parcel.chat else NOBODY
    if len(parcel.notices) == 1:
        return f"{parcel.notices[0].dedupe_key}@{place}"
    keys = ",".join([notice.dedupe_key for notice in parcel.notices])
    return f"digest:{hashlib.sha256(keys.encode()).hexdigest()[:16]}@{place}"


def _number_again(work: Work, key: str, taken: set[str]) -> str:
    again = select(func.count()).where(col(OutboxMessage.dedupe_key).startswith(key, autoescape=True))
    n = work.session.exec(again).one()
    while f"{key}+{n}" in taken:
        n += 1
    return f"{key}+{n}"
