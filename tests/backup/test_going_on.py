"""A restored bot goes on where the copied one was: nothing is said twice, nothing is lost, no old button misleads."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot import attachments
from bot.backup import Archive, restore_backup, write_backup
from bot.clock import FixedClock, wall
from bot.domain.access import Role
from bot.opening import open_database
from bot.services.context import Office
from bot.services.saying import delivery
from db.engine import Database
from db.models import Document, Installation, Lease, OutboxMessage
from tests.backup.conftest import Place, make_place
from tests.conftest import START, ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, join
from tests.services.small_office import open_small_office

CROSSWISE = [("sqlite", "postgresql"), ("postgresql", "sqlite")]
Sent = list[tuple[str, str]]


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Place:
    return make_place(database_url, tmp_path / "here")


def make_desk(database: Database, moment: str) -> Desk:
    clock = FixedClock(START)
    clock.move(datetime.fromisoformat(moment).replace(tzinfo=ZONE))
    return Desk(database, clock, Office(ZONE, "Văn phòng Tỉnh ủy"))


def claim_some(desk: Desk, most: int) -> list[delivery.Claimed]:
    """As the sender does; nothing is handed to Telegram yet."""
    with desk.work() as work:
        candidates = delivery.list_candidates(work, wall(), (), most)
        found = [delivery.claim(work, each.id, 1, col(Lease.name).is_not(None) | True) for each in candidates]
    return [each for each in found if each is not None]


def record(desk: Desk, claimed: list[delivery.Claimed]) -> Sent:
    with desk.work() as work:
        for each in claimed:
            delivery.record_sent(work, each.id, 1000 + each.id)
    return [(each.chat, each.text) for each in claimed]


def send_all(office: Setting) -> Sent:
    """Chat by chat, in order within each."""
    return sorted(((str(chat), text) for chat, text in office.send_all()), key=lambda each: each[0])


@contextmanager
def in_the_middle(place: Place, database: Database, target: Path) -> Iterator[None]:
    """Copies in a thread; the block runs after the rows were read and before the archive is finished.

    The copy waits there for an attachment that is a pipe.
    """
    path = attachments.attachment_path(place.settings.data_dir, "ab" * 32)
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    with database.write() as session:
        session.get_one(Document, 1).file_sha256 = "ab" * 32
    copying = threading.Thread(target=write_backup, args=(database, place.settings.data_dir, target))
    copying.start()
    with path.open("wb"):  # waits until it is being read
        yield
    copying.join(30)
    path.unlink()


@pytest.mark.parametrize(("database_url", "nowhere"), CROSSWISE, indirect=True)
def test_a_copy_made_while_messages_go_out_goes_on_as_the_original_does(
    here: Place, nowhere: Place, tmp_path: Path
) -> None:
    database = open_database(here.settings)
    desk = make_desk(database, "2023-04-24T09:00")
    office = open_small_office(desk)
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    join(desk, "hoa", Role.OFFICER, "ban-tuyen-giao")
    office.at("2023-05-24T08:00")
    before = record(desk, claim_some(desk, 1))
    under_way = claim_some(desk, 1)
    assert before
    assert under_way
    with in_the_middle(here, database, tmp_path / "b.zip"):
        before += record(desk, under_way)
        before += record(desk, claim_some(desk, 1))

    restored = open_database(nowhere.settings)
    with Archive(tmp_path / "b.zip") as archive:
        assert len(archive.manifest.delivered) >= 2
        restore_backup(nowhere.settings, restored, archive)
    twin = Setting(make_desk(restored, "2023-05-24T08:00"), office.binh, office.an)
    after = send_all(twin)
    assert not set(after) & set(before), "nothing twice"
    assert after == send_all(office), "and nothing lost"
    for moment in ("2023-05-29T08:00", "2023-06-01T08:00", "2023-06-05T08:00", "2023-06-12T08:00"):
        office.at(moment)
        twin.at(moment)
        assert send_all(twin) == send_all(office), moment
    for each in (database, restored):
        each.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_copy_put_back_over_its_own_database_says_nothing_again(here: Place, tmp_path: Path) -> None:
    database = open_database(here.settings)
    desk = make_desk(database, "2023-05-24T08:00")
    office = open_small_office(desk)
    office.at("2023-05-24T08:00")
    write_backup(database, here.settings.data_dir, tmp_path / "b.zip")
    assert send_all(office)
    with Archive(tmp_path / "b.zip") as archive:
        done = restore_backup(here.settings, database, archive, force=True)
    assert done.waiting == 0
    office.tick()
    assert send_all(office) == []
    database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_sender_that_died_long_ago_keeps_no_copy_waiting(here: Place, tmp_path: Path) -> None:
    database = open_database(here.settings)
    desk = make_desk(database, "2023-05-24T08:00")
    open_small_office(desk)
    join(desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    assert claim_some(desk, 1)
    write_backup(database, here.settings.data_dir, tmp_path / "b.zip")
    with Archive(tmp_path / "b.zip") as archive:
        assert archive.manifest.delivered == []
    database.close()


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_button_from_after_the_copy_is_refused_and_an_older_or_newer_one_works(
    here: Place, tmp_path: Path
) -> None:
    database = open_database(here.settings)
    office = open_small_office(make_desk(database, "2023-05-24T08:00"))
    write_backup(database, here.settings.data_dir, tmp_path / "b.zip")
    with Archive(tmp_path / "b.zip") as archive:
        restore_backup(here.settings, database, archive, force=True)
    with database.write() as session:
        row = session.get_one(Installation, 1)
        assert row.lost is not None
        ((since, until),) = row.lost
        start, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
    chat = Chat(office)
    data = _find_button(office)
    minute = timedelta(minutes=1)
    for drawn, edited, is_refused in (
        (start - minute, None, False),
        (start + minute, None, True),
        (start - minute, start + minute, True),
        (end + minute, None, False),
        (None, None, False),
    ):
        answers = _press(chat, data, drawn, edited)
        assert ("bản sao lưu" in answers.get("toast", "")) is is_refused
    database.close()


def _find_button(office: Setting) -> str:
    with office.desk.reading() as work:
        keyboards = work.session.exec(select(OutboxMessage.keyboard)).all()
    return next(
        str(button["data"])
        for rows in keyboards
        for row in rows or []
        for button in row
        if button.get("data", "").startswith("view:")
    )


def _press(chat: Chat, data: str, drawn: datetime | None, edited: datetime | None) -> dict[str, Any]:
    message: dict[str, Any] = {"message_id": 1, "chat": {"id": CAST["binh"], "type": "private"}, "text": "…"}
    message["date"] = int(drawn.timestamp()) if drawn else 0
    if edited is not None:
        message["edit_date"] = int(edited.timestamp())
    number = next(chat.numbers)
    sender = {"id": CAST["binh"], "is_bot": False, "first_name": "Bình"}
    query = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": message}
    return chat._handle(CAST["binh"], {"update_id": number, "callback_query": query})
