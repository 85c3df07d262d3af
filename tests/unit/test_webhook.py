"""What comes to the webhook is stored before it is answered; whatever is not Telegram's is turned away."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot.inbox.webhook import LARGEST, SECRET_HEADER, Webhook
from bot.vitals import Vitals
from db.engine import Database
from db.models import InboxUpdate

PATH = "/hook/tỉnh"
SECRET = "geheim-1"
GENUINE = {SECRET_HEADER: SECRET}


class Line:
    """Telegram's side of it."""

    def __init__(self, database: Database, client: httpx.AsyncClient, woken: list[int]) -> None:
        self.database, self.client, self.woken = database, client, woken

    async def post(self, body: Any, headers: dict[str, str] | None = None, path: str = PATH) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = await self.client.post(path, content=content, headers=GENUINE if headers is None else headers)
        return sent.status_code

    def stored(self) -> list[int]:
        with self.database.read() as session:
            return list(session.exec(select(InboxUpdate.update_id).order_by(col(InboxUpdate.id))))


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[Line]:
    woken: list[int] = []
    webhook = Webhook(database, 1, PATH, SECRET, lambda: woken.append(1), Vitals())
    storing = asyncio.create_task(webhook.run())
    transport = httpx.ASGITransport(webhook.make_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield Line(database, client, woken)
    storing.cancel()


def run(database: Database, do: Callable[[Line], Awaitable[None]]) -> None:
    async def main() -> None:
        async with listening(database) as line:
            await do(line)

    asyncio.run(main())


def test_an_update_is_stored_once_however_often_it_comes(database: Database) -> None:
    async def main(line: Line) -> None:
        for number in (5, 6, 5):
            assert await line.post({"update_id": number}) == 200
        assert line.stored() == [5, 6]
        assert line.woken

    run(database, main)


def test_many_at_once_share_transactions_and_all_are_stored(database: Database) -> None:
    commits: list[int] = []
    event.listen(database.writer, "commit", lambda _: commits.append(1))

    async def main(line: Line) -> None:
        answers = await asyncio.gather(*(line.post({"update_id": number % 40}) for number in range(60)))
        assert set(answers) == {200}
        assert sorted(line.stored()) == list(range(40))
        assert len(commits) < 20

    run(database, main)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("given", [None, "", "geheim-2", "GEHEIM-1", "geheim-1 ", "gehéim", "g" * 300])
def test_a_forged_one_is_refused(database: Database, given: str | None) -> None:
    headers = {} if given is None else {SECRET_HEADER: given}

    async def main(line: Line) -> None:
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        answer = await line.client.post(PATH, content=b'{"update_id": 1}', headers=encoded)
        assert answer.status_code == 403
        assert not line.stored()
        assert not line.woken

    run(database, main)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_its_own_path_is_answered(database: Database) -> None:
    async def main(line: Line) -> None:
        for path in ("/", "/hook", f"{PATH}/", "/healthz"):
            assert await line.post({"update_id": 1}, path=path) == 404
        assert (await line.client.get(PATH, headers=GENUINE)).status_code == 405
        assert not line.stored()

    run(database, main)


async def _in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1000 + 1):
        yield b"x" * 1000


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_too_large_is_not_read_to_its_end(database: Database) -> None:
    async def main(line: Line) -> None:
        assert await line.post(b"x" * (LARGEST + 1)) == 413
        answer = await line.client.post(PATH, content=_in_pieces(LARGEST), headers=GENUINE)
        assert answer.status_code == 413
        assert await line.post({"update_id": 1, "text": "x" * 900_000}) == 200
        assert line.stored() == [1]

    run(database, main)


def list_garbage() -> Iterator[bytes]:
    yield from (b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"update_id": "1"}', b'{"update_id": -1}')
    yield b"[" * 100_000
    yield b'{"update_id": ' + b"9" * 5000 + b"}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_garbage_is_taken_and_thrown_away_so_that_nobody_repeats_it(database: Database) -> None:
    async def main(line: Line) -> None:
        for each in list_garbage():
            assert await line.post(each) == 200, each[:20]
        assert not line.stored()
        assert await line.post({"update_id": 7}) == 200

    run(database, main)


def test_what_could_not_be_stored_is_asked_for_again(database: Database) -> None:
    is_down = [True]

    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if is_down[0] and "INSERT INTO inbox_update" in statement:
            raise OperationalError(statement, {}, Exception("the store is down"))

    event.listen(database.writer, "before_cursor_execute", refuse)

    async def main(line: Line) -> None:
        answer = await line.client.post(PATH, json={"update_id": 1}, headers=GENUINE)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert not line.woken
        is_down[0] = False
        assert await line.post({"update_id": 1}) == 200
        assert line.stored() == [1]

    run(database, main)
