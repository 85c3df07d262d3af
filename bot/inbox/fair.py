"""Whose turn it is: chats one after the other, so that one that floods delays itself and nobody else."""

import functools
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, case, cast, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.handlers.router import find_showing
from bot.inbox.parse import Unreadable, parse
from db.bulk import is_listed, table_of
from db.models import Address, InboxUpdate
from db.partial import OPEN_UPDATES

SHARE = 20  # of one chat in a batch
STRANGERS_WAIT = 3  # turns


@functools.cache
def select_fair() -> Select[int, str, str, Any, int | None]:
    """What is not done yet: the oldest of each chat, then the second oldest of each … In a chat the order stays.

    Strangers come a few turns later: a thousand accounts that write once each are a flood too. Its parameters: at most
    `most`, and none with the ids `but`.
    """
    turn = func.row_number().over(partition_by=col(InboxUpdate.chat), order_by=col(InboxUpdate.id))
    waiting = (
        select(col(InboxUpdate.id), turn.label("turn"), _is_known().label("is_known"))
        .where(OPEN_UPDATES, ~is_listed(col(InboxUpdate.id), "but"))
        .subquery()
    )
    inbox = table_of(InboxUpdate).c
    return (
        select_columns(inbox.id, inbox.raw, inbox.state, inbox.answers, inbox.chat)
        .join(waiting, waiting.c.id == inbox.id)
        .where(waiting.c.turn <= SHARE)
        .order_by(waiting.c.turn + case((waiting.c.is_known, 0), else_=STRANGERS_WAIT), inbox.id)
        .limit(bindparam("most"))
    )


def _is_known() -> ColumnElement[bool]:
    """A chat of somebody who has joined, or of a group that is bound."""
    return exists().where(
        col(Address.channel) == "telegram", col(Address.address) == cast(col(InboxUpdate.chat), String)
    )


def list_needless(
    rows: Collection[tuple[int, Mapping[str, Any]]], chats: Mapping[int, int | None]
) -> set[int]:
    """Of chats with a full share, commands that only show something and are followed by the same again.

    They change nothing, and their answer would be out of date when it comes. `rows`: id and update, in order.
    """
    full = {chat for chat, count in Counter(chats.values()).items() if count >= SHARE}
    needless: set[int] = set()
    last: dict[tuple[int | None, int, str], int] = {}
    for key, raw in rows:
        if chats[key] in full and (asked := _find_asked(raw)) is not None:
            about = (chats[key], *asked)
            if about in last:
                needless.add(last[about])
            last[about] = key
    return needless


def _find_asked(raw: Mapping[str, Any]) -> tuple[int, str] | None:
    """Who asks, and for what; None for all that may change something."""
    try:
        incoming = parse(raw, "")
    except Unreadable:
        return None
    if incoming is None or incoming.callback_id or incoming.is_edit or incoming.file or incoming.argument:
        return None
    name = find_showing(incoming.command)
    return None if name is None else (incoming.user_id, name)
