"""The real bot, off for ten working days, then with the clock set back: one digest a chat, and none twice."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.sandbox import Sandbox, serve
from bot.sandbox.clocking import parse_instant
from bot.services.context import Office, Work
from bot.services.loading.loads import load_document, make_reader
from bot.services.people import joining
from db.engine import Database
from tests.conftest import START, ZONE
from tests.e2e.harness import Bot, wait_for
from tests.services.office import find_agency
from tests.services.small_office import SMALL

CHATS = ("hu-muong-te", "ban-tuyen-giao")


@pytest.fixture
def bot(tmp_path: Path, sqlite_pattern: Path) -> Iterator[Bot]:
    """The small document, and an officer of each of its two agencies; it is 16 May 2023."""
    path = tmp_path / "dondoc.db"
    shutil.copyfile(sqlite_pattern, path)
    tokens = _load(f"sqlite:///{path}")
    with serve(Sandbox(tmp_path / "sandbox")) as running:
        bot = Bot(running, tmp_path, f"sqlite:///{path}")
        bot.start()
        try:
            for who, token in tokens.items():
                bot.sandbox.open_link(who, token)
            for who in CHATS:
                bot.wait_message(who, "Giao nhiệm vụ")
            wait_for(bot.sandbox.clock.is_attached, "the bot has told the time it is at")
            bot.move_clock("2023-05-16T09:00:00+07:00")
            yield bot
        finally:
            bot.stop()


def _load(url: str) -> dict[str, str]:
    """The small document; an invitation's token for each chat."""
    database = Database(url)
    with database.write() as session:
        work = Work(session, START, Office(ZONE, "Văn phòng Tỉnh ủy"))
        load_document(work, read_file(json.dumps(SMALL).encode(), make_reader(work)))
        tokens = {
            who: joining.create_invite(work, Role.OFFICER, find_agency(work, who), None).token
            for who in CHATS
        }
    database.close()
    return tokens


def come_back(bot: Bot, at: str) -> None:
    """Stops the bot, moves the clock, starts the bot, and waits until it has done what was due."""
    bot.stop()
    bot.sandbox.move_clock(parse_instant(at))
    starts = bot.log().count("started")
    bot.start()
    wait_for(
        lambda: bot.log().count("started") > starts and bot.sandbox.clock.is_attached(), "the bot is back"
    )
    bot.move_clock(at.replace(":00+", ":01+"))


def count_new(bot: Bot, read: Counter[str]) -> list[int]:
    """How many messages each chat has got since it was asked last."""
    now = Counter({who: len(bot.texts(who)) for who in CHATS})
    new = [now[who] - read[who] for who in CHATS]
    read.update(Counter(dict(zip(CHATS, new, strict=True))))
    return new


def test_each_chat_gets_one_digest_after_ten_days_and_nothing_again_when_the_clock_is_set_back(
    bot: Bot,
) -> None:
    read: Counter[str] = Counter()
    count_new(bot, read)

    come_back(bot, "2023-05-30T10:00:00+07:00")
    assert count_new(bot, read) == [1, 1]
    for who in CHATS:
        titles = re.findall(r"(?:Nhắc việc|Đôn đốc) lần \d", bot.texts(who)[-1])
        assert titles == ["Đôn đốc lần 2", "Nhắc việc lần 1"], "oldest deadline first"

    come_back(bot, "2023-05-20T10:00:00+07:00")
    assert count_new(bot, read) == [0, 0]
    bot.move_clock("2023-05-24T08:00:00+07:00")
    assert count_new(bot, read) == [1, 1]
    bot.move_clock("2023-05-30T11:00:00+07:00")
    assert count_new(bot, read) == [0, 0]
    told = Counter(
        (each["kind"], each["sent_at"][:10]) for each in bot.rows("outbox") if each["status"] == "sent"
    )
    assert {day: count for (kind, day), count in told.items() if kind == "digest" and day > "2023-05-16"} == {
        "2023-05-30": 2,
        "2023-05-24": 2,
    }
