"""What was sent of the messages that waited when a copy was begun: a restored bot must not say it again."""

from collections.abc import Iterable, Mapping, Sequence
from time import sleep

from sqlalchemy import Connection, Table, func, select, text, update
from sqlmodel import SQLModel

import db.models  # noqa: F401  (fills the metadata)
from bot.backup.manifest import Delivered
from bot.clock import monotonic, wall
from db.engine import Database

WAITING = ("pending", "sending")
LONGEST_WAIT_S = 5.0
LOOK_S = 0.05
CHUNK = 500

# Number and `dedupe_key` of each message that waits.
Waiting = Mapping[int, str]


def watch(database: Database, waiting: Waiting, begun: Sequence[int]) -> list[Delivered]:
    """Waits a little for the answers of those that were under way (`begun`), and tells what has gone meanwhile."""
    until = monotonic() + LONGEST_WAIT_S
    while True:
        with database.reader.connect() as connection, connection.begin():
            is_open = bool(begun) and _is_anyone_sending(connection) and _is_any_under_way(connection, begun)
            if not is_open or monotonic() > until:
                return find_delivered(connection, waiting)
        sleep(LOOK_S)


def find_delivered(connection: Connection, waiting: Waiting) -> list[Delivered]:
    """Those of them that are sent, with the numbers (“lần N”) they were sent with."""
    if not waiting:
        return []
    outbox = _table("outbox_message").c
    columns = (outbox.id, outbox.dedupe_key, outbox.sent_at, outbox.message_id)
    query = select(*columns).where(outbox.id >= min(waiting), outbox.status == "sent").order_by(outbox.id)
    rows = [row for row in connection.execute(query) if waiting.get(row.id) == row.dedupe_key]
    numbers = _list_numbers(connection, [row.id for row in rows])
    return [
        Delivered(id=row.id, sent_at=row.sent_at, message_id=row.message_id, numbers=numbers.get(row.id, []))
        for row in rows
    ]


def apply_delivered(connection: Connection, delivered: Iterable[Delivered]) -> None:
    """They are sent, whatever the copy says of them."""
    outbox, notice = _table("outbox_message"), _table("notice")
    for each in delivered:
        connection.execute(
            update(outbox)
            .where(outbox.c.id == each.id, outbox.c.status.in_(WAITING))
            .values(status="sent", sent_at=each.sent_at, message_id=each.message_id, error=None)
        )
        for notice_id, number in each.numbers:
            connection.execute(update(notice).where(notice.c.id == notice_id).values(number=number))


def _is_anyone_sending(connection: Connection) -> bool:
    is_postgresql = connection.dialect.name == "postgresql"
    now = connection.execute(text("SELECT clock_timestamp()")).scalar_one() if is_postgresql else wall()
    held = select(func.count()).where(_table("lease").c.expires_at > now)
    return connection.execute(held).scalar_one() > 0


def _is_any_under_way(connection: Connection, begun: Sequence[int]) -> bool:
    outbox = _table("outbox_message").c
    query = select(func.count()).where(outbox.status == "sending", outbox.id.in_(begun[:CHUNK]))
    return connection.execute(query).scalar_one() > 0


def _list_numbers(connection: Connection, message_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    cover, notice = _table("outbox_cover").c, _table("notice").c
    found: dict[int, list[tuple[int, int]]] = {}
    for start in range(0, len(message_ids), CHUNK):
        query = select(cover.message_id, notice.id, notice.number).where(
            cover.notice_id == notice.id,
            cover.message_id.in_(message_ids[start : start + CHUNK]),
            notice.number.is_not(None),
        )
        for message_id, notice_id, number in connection.execute(query.order_by(notice.id)):
            found.setdefault(message_id, []).append((notice_id, number))
    return found


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
