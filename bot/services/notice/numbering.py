"""The N of “Nhắc việc lần N” and “Đôn đốc lần N”: counts what was sent about an assignment and period."""

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col

from bot.services.context import Work
from bot.services.notice.said import NUMBERED, Said
from db.bulk import is_listed, table_of
from db.models import Notice, OutboxCover, OutboxMessage


def next_number(work: Work, assignment_id: int) -> int:
    """One more than the last that was sent."""
    return list_next_numbers(work, [assignment_id]).get(assignment_id, 1)


def list_next_numbers(work: Work, assignment_ids: Collection[int]) -> Mapping[int, int]:
    """By assignment; those of which nothing was sent yet are left out."""
    if not assignment_ids:
        return {}
    rows = work.session.execute(_select_last(), {"ids": list(assignment_ids)}).all()
    return {key: (last or 0) + 1 for key, last in rows}


@functools.cache
def _select_last() -> Select[*tuple[Any, ...]]:
    # Put together once: that takes longer than to carry it out.
    notice, cover, message = (table_of(each) for each in (Notice, OutboxCover, OutboxMessage))
    return (
        select_columns(notice.c.assignment_id, func.max(notice.c.number))
        .join(cover, cover.c.notice_id == notice.c.id)
        .join(message, message.c.id == cover.c.message_id)
        .where(
            is_listed(notice.c.assignment_id, "ids"),
            notice.c.kind.in_(NUMBERED),
            message.c.status.in_(("sending", "sent")),
        )
        .group_by(notice.c.assignment_id)
    )


def give_numbers(work: Work, notices: Sequence[Said]) -> list[Said]:
    """The notices with their numbers, when their message is sent: every chat then reads the same N."""
    asked = {each.assignment_id for each in notices if needs_number(each) and each.assignment_id}
    numbers = {**dict.fromkeys(asked, 1), **list_next_numbers(work, asked)}
    numbered = []
    for each in notices:
        if needs_number(each) and each.assignment_id:
            numbered.append(each._replace(number=numbers[each.assignment_id]))
            numbers[each.assignment_id] += 1
        else:
            numbered.append(each)
    return numbered


def store_numbers(work: Work, before: Sequence[Said], after: Sequence[Said]) -> None:
    """Writes down the numbers that were given."""
    ids: dict[int | None, list[int]] = defaultdict(list)
    for old, new in zip(before, after, strict=True):
        if old.number != new.number:
            ids[new.number].append(new.id)
    for number, theirs in ids.items():
        work.session.execute(update(Notice).where(col(Notice.id).in_(theirs)).values(number=number))


def needs_number(notice: Said) -> bool:
    return notice.kind in NUMBERED and notice.number is None
