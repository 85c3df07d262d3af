"""How fast the whole bot empties its outbox, against a server that takes Telegram's limits literally.

`python -m tests.soak.pacing [SCALE]`: 3,000 messages to 1,500 private chats and 50 groups, first alone, then with
people who ask for answers meanwhile; prints what was reached. SCALE divides the numbers.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.services.context import Office, Work
from bot.services.notice.reach import Chat
from bot.services.notice.said import Said, say_all
from bot.services.reminding.replanning import plan_key
from bot.services.saying.posting import Parcel, post
from db.engine import Database
from db.migrate import migrate
from db.models import (
    Address,
    Agency,
    Assignment,
    Document,
    GroupBinding,
    Installation,
    Member,
    Membership,
    OfficeSettings,
    OutboxMessage,
    Task,
)
from tests.e2e.harness import ROOT
from tests.soak.strict_server import BOT_ID, CHAT_S, GROUP_MOST, GROUP_S, OVERALL, Limits

LATENCY_S = 0.15
TOKEN = f"{BOT_ID}:{'A' * 35}"
OFFICE = Office(ZoneInfo("Asia/Ho_Chi_Minh"), "Văn phòng Tỉnh ủy")
ASKED, FIRST_USER = "/viec", 5000
_LABEL = re.compile(r"Mục IV, điểm (\d+)\b")
_PATIENCE_S = 60.0
ANSWERED_S = 1.0


@dataclass(frozen=True)
class Load:
    """Agencies of `people` officers and a group each; a message an officer, a second to some, so many to a group."""

    agencies: int = 50
    people: int = 30
    seconds: int = 5
    to_group: int = 25

    @property
    def messages(self) -> int:
        return self.agencies * (self.people + self.seconds + self.to_group)

    @property
    def least_s(self) -> float:
        """From the first to the last, as the limits allow: 30 a second, 20 a minute to a group."""
        full, rest = divmod(self.to_group - 1, GROUP_MOST)
        return max((self.messages - 1) / OVERALL, full * GROUP_S + rest * CHAT_S)


@dataclass(frozen=True)
class Measured:
    """`seconds` from the first due message to the last, `least_s` as the limits allow; `waits` for answers.

    `behind`: those of people whose chat had got a message within that second, so that its own limit was in the way.
    `slots`: how many the bot gave out; `broken`: which limits they broke by themselves, had each gone at its instant.
    """

    messages: int
    seconds: float
    least_s: float
    refused: Sequence[str]
    in_order: bool
    waits: Sequence[float]
    asked: int
    behind: Sequence[float]
    arrived: int
    slots: int
    broken: Sequence[str]

    @property
    def share(self) -> float:
        return self.least_s / self.seconds

    def __str__(self) -> str:
        waits = sorted(self.waits)
        rate = (self.messages - 1) / self.seconds
        told = f"{self.messages:,} messages at {rate:.2f} a second, {self.share:.1%} of what the limits allow"
        told += f"; 429: {len(self.refused)} {sorted(set(self.refused))}; in order: {self.in_order}"
        if waits:
            longest, median = waits[-1], waits[len(waits) // 2]
            told += f"; {len(waits)} of {self.asked} answers, longest {longest:.2f} s, median {median:.2f} s"
        if self.behind:
            told += f"; behind a message of that second: {len(self.behind)}, longest {max(self.behind):.2f} s"
        return told


# --- the office


def seed(database: Database, load: Load) -> dict[str, list[int]]:
    """Writes the office and what is due; the clauses each chat is to read, in order."""
    now = datetime.now(UTC)
    with database.write() as session:
        work = Work(session, now, OFFICE)
        session.add(
            OfficeSettings(plan_key=plan_key(work), seen_at=now, next_weekly_at=now + timedelta(days=365))
        )
        tasks = _add_tasks(work, load.to_group)
        wanted: list[tuple[Said, Chat]] = []
        for n in range(load.agencies):
            wanted += _add_agency(work, load, n, tasks)
        # The groups come last, and a group's minute is the longest way: it has to be begun in time all the same.
        wanted.sort(key=lambda pair: pair[1].member_id is None)
        post(work, [Parcel([said], chat, said.agency_id) for said, chat in wanted])
    return _list_expected(database)


def _add_tasks(work: Work, count: int) -> list[Task]:
    document = Document(key="d", title="Chương trình hành động", created_at=work.now)
    work.session.add(document)
    work.session.flush()
    tasks = [
        Task(
            document_id=document.id,
            clause=f"IV.{n}",
            clause_label=f"Mục IV, điểm {n}",
            title=f"Ban hành kế hoạch {n}",
            deadline_kind="date",
            due=work.today + timedelta(days=200),
        )
        for n in range(1, count + 1)
    ]
    work.session.add_all(tasks)
    work.session.flush()
    return tasks


def _add_agency(work: Work, load: Load, n: int, tasks: Sequence[Task]) -> list[tuple[Said, Chat]]:
    session = work.session
    agency = Agency(key=f"a{n}", name=f"Cơ quan {n}")
    session.add(agency)
    session.flush()
    chats = [_add_person(work, agency.id, FIRST_USER + n * load.people + k) for k in range(load.people)]
    group = Address(channel="telegram", address=str(-100_000_000 - n), kind="group")
    session.add(group)
    session.flush()
    bound_by = chats[0].member_id
    assert bound_by is not None
    session.add(GroupBinding(address_id=group.id, agency_id=agency.id, bound_by=bound_by, bound_at=work.now))
    said = _say(work, agency.id, bound_by, tasks)
    first = [(said[k % len(said)], chat) for k, chat in enumerate(chats)]
    second = [(said[(k + 1) % len(said)], chat) for k, chat in enumerate(chats[: load.seconds])]
    return [*first, *second, *((each, Chat(group.id, None, None)) for each in said)]


def _add_person(work: Work, agency_id: int, user_id: int) -> Chat:
    member = Member(name=f"Cán bộ {user_id}", created_at=work.now)
    work.session.add(member)
    work.session.flush()
    address = Address(channel="telegram", address=str(user_id), member_id=member.id)
    work.session.add(address)
    work.session.add(Membership(member_id=member.id, agency_id=agency_id, role="officer", from_at=work.now))
    work.session.flush()
    return Chat(address.id, member.id, None)


def _say(work: Work, agency_id: int, member_id: int, tasks: Sequence[Task]) -> list[Said]:
    """A reminder about each task of the agency."""
    wanted = []
    for task in tasks:
        row = Assignment(
            task_id=task.id,
            agency_id=agency_id,
            role="lead",
            status="in_progress",
            due=task.due,
            original_due=task.due,
            assigned_at=work.now,
            acknowledged_at=work.now,
            acknowledged_by=member_id,
        )
        work.session.add(row)
        work.session.flush()
        key = f"reminder:{row.id}::0:before-200"
        wanted.append(
            Said(key, "reminder", "agency", work.now, agency_id, None, row.id, None, 0, "before-200")
        )
    return say_all(work, wanted)


def _list_expected(database: Database) -> dict[str, list[int]]:
    query = (
        select(Address.address, OutboxMessage.text)
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .order_by(col(OutboxMessage.id))
    )
    expected: dict[str, list[int]] = defaultdict(list)
    with database.read() as session:
        for chat, text in session.exec(query):
            expected[chat].append(_clause(text))
    return dict(expected)


def _clause(text: str) -> int:
    found = _LABEL.search(text)
    assert found, text
    return int(found[1])


# --- the run


@contextmanager
def strict_server(latency_s: float = LATENCY_S) -> Iterator[str]:
    """The address of a server of its own."""
    command = [sys.executable, "-m", "tests.soak.strict_server", str(latency_s)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def bot_process(folder: Path, database_url: str, server: str) -> Iterator[None]:
    env = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")},
        "PYTHONUTF8": "1",
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder / "data"),
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
    }
    with (folder / "bot.log").open("ab") as log:
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as process:
            try:
                yield
            finally:
                process.terminate()
                process.wait(15)


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as response:
        return json.load(response)


def _say_in_chat(server: str, user: int) -> float:
    body = json.dumps({"chat": user, "user": user, "text": ASKED}).encode()
    request = urllib.request.Request(
        f"{server}/say", data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return float(json.load(response)["at"])


def measure(folder: Path, database_url: str, load: Load, asked_a_second: float = 0.0) -> Measured:
    """Seeds, runs the bot until all is out, and reads the server's journal."""
    database = Database(database_url)
    migrate(database)
    with database.write() as session:
        # As a bot that has been running: it is the bot it was.
        session.get_one(Installation, 1).bot_id = BOT_ID
    expected = seed(database, load)
    database.close()
    with strict_server() as server, bot_process(folder, database_url, server):
        asked = _follow(server, load, asked_a_second)
        time.sleep(2)
        arrivals = _get(f"{server}/report")
    return _judge(load, expected, arrivals, asked, _list_slots(folder))


def _list_slots(folder: Path) -> list[dict[str, Any]]:
    """The instants at which the bot decided that a call may start."""
    lines = (folder / "bot.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(each) for each in lines if '"event": "slot"' in each]


def _judge_slots(slots: Sequence[dict[str, Any]]) -> list[str]:
    limits = Limits()
    methods = (("editMessageText" if each["is_edit"] else "sendMessage", each) for each in slots)
    found = (limits.judge(method, each["chat"], each["at"])[1] for method, each in methods)
    return [limit for limit in found if limit]


def _follow(server: str, load: Load, asked_a_second: float) -> dict[str, float]:
    """Asks now and then until every due message has arrived; who asked, and when."""
    chance = random.Random(1)
    users = [str(FIRST_USER + n) for n in range(load.agencies * load.people)]
    chance.shuffle(users)
    asked: dict[str, float] = {}
    arrived, answered, seen, quiet, begun = 0, 0, 0, time.monotonic(), 0.0
    while (arrived < load.messages or answered < len(asked)) and time.monotonic() - quiet < _PATIENCE_S + 30:
        fresh = _get(f"{server}/report?since={seen}")
        seen += len(fresh)
        arrived += sum(not each["refused"] and _is_due(each) for each in fresh)
        if fresh:
            quiet, begun = time.monotonic(), begun or time.monotonic()
        answered += sum(not each["refused"] and not _is_due(each) for each in fresh)
        if begun and asked_a_second and arrived < load.messages:
            while len(asked) < min(len(users), (time.monotonic() - begun) * asked_a_second):
                user = users[len(asked)]
                asked[user] = _say_in_chat(server, int(user))
        time.sleep(0.1)
    return asked


def _is_due(arrival: dict[str, Any]) -> bool:
    return "Nhắc việc lần" in arrival["text"]


def _judge(
    load: Load,
    expected: dict[str, list[int]],
    arrivals: list[dict[str, Any]],
    asked: dict[str, float],
    slots: list[dict[str, Any]],
) -> Measured:
    taken = [each for each in arrivals if not each["refused"]]
    due = [each for each in taken if _is_due(each)]
    answers = {each["chat"]: each["at"] for each in reversed(taken) if not _is_due(each)}
    behind = {
        each["chat"]
        for each in due
        if each["chat"] in asked and asked[each["chat"]] - CHAT_S < each["at"] < answers.get(each["chat"], 0)
    }
    read: dict[str, list[int]] = defaultdict(list)
    for each in due:
        read[each["chat"]].append(_clause(each["text"]))
    return Measured(
        messages=len(due),
        seconds=max(each["at"] for each in due) - min(each["at"] for each in due),
        least_s=load.least_s,
        refused=[each["refused"] for each in arrivals if each["refused"]],
        in_order=read == expected,
        waits=[
            answers[user] + LATENCY_S - at for user, at in asked.items() if user in answers.keys() - behind
        ],
        asked=len(asked),
        behind=[answers[user] + LATENCY_S - asked[user] for user in behind],
        arrived=len(arrivals),
        slots=len(slots),
        broken=_judge_slots(slots),
    )


def run_pacing(scale: int = 1) -> bool:
    """Both runs; false where one of them misses its aim."""
    load = Load(agencies=50 // scale)
    is_good = True
    for asked_a_second, least in ((0.0, 0.97), (3.0, 0.87)):
        with tempfile.TemporaryDirectory(prefix="dondoc-pacing-") as name:
            folder = Path(name)
            found = measure(folder, f"sqlite:///{folder}/dondoc.db", load, asked_a_second)
        print(found, flush=True)
        is_good &= is_kept(found, load) and found.share >= least
    return is_good


def is_kept(found: Measured, load: Load) -> bool:
    """All of it arrived, in order, within the limits, and whoever asked was answered in time."""
    return (
        found.messages == load.messages
        and not found.refused
        and found.in_order
        and not found.broken
        and len(found.waits) + len(found.behind) == found.asked
        and max(found.waits, default=0) < ANSWERED_S
        and max(found.behind, default=0) < ANSWERED_S + CHAT_S
    )


if __name__ == "__main__":
    sys.exit(not run_pacing(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
