"""Files of reports are fetched, later where Telegram cannot give them just now, and given up where it never will."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from bot.attachments import MOST_TRIES, Fetcher
from bot.clock import wall
from db.models import Attachment
from tests.unit.line import Line, until
from tests.unit.scene import BINH

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
UNSURE = "Bad Request: wrong file_id or the file is temporarily unavailable"


def add_file(line: Line, attempts: int = 0) -> None:
    line.scene.add_agency("Huyện ủy Mường Tè", BINH)
    member_id = line.scene.address(BINH).member_id
    assert member_id is not None
    sent = line.sandbox.send_file(BINH, "a.txt", b"a")
    with line.scene.desk.work() as work:
        row = Attachment(
            member_id=member_id,
            file_id=sent["document"]["file_id"],
            name="a.txt",
            attempts=attempts,
            created_at=wall(),
        )
        work.session.add(row)


def find(line: Line) -> Attachment:
    with line.scene.desk.reading() as work:
        return work.session.exec(select(Attachment)).one()


def fetch(line: Line, folder: Path, state: str) -> Attachment:
    async def main() -> None:
        async with line.channel() as channel:
            fetcher = Fetcher(line.scene.desk.database, channel, folder, lambda: True)
            task = asyncio.create_task(fetcher.run())
            await until(lambda: find(line).state == state, state)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    return find(line)


def test_a_file_that_is_not_to_be_had_just_now_is_asked_for_again(line: Line, tmp_path: Path) -> None:
    add_file(line)
    line.sandbox.faults.refuse(400, UNSURE, method="getFile")
    assert fetch(line, tmp_path, "stored").attempts == 1


def test_after_many_tries_it_is_given_up(line: Line, tmp_path: Path) -> None:
    add_file(line, attempts=MOST_TRIES - 1)
    line.sandbox.faults.refuse(400, UNSURE, method="getFile", times=100)
    assert "temporarily unavailable" in (fetch(line, tmp_path, "failed").error or "").lower()
