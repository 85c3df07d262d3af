"""Reports and reminders that flow while things go wrong, and what must be true when all has settled."""

import functools
import json
import re
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.sandbox import Persona, RunningSandbox, Sandbox, serve
from bot.services.context import Office, Work
from bot.services.loading.loads import load_document, make_reader
from bot.services.people import joining
from db.engine import Database
from db.models import Address, Agency, Assignment, DialogueState, Event, InboxUpdate, OutboxMessage, Report
from tests.conftest import START, ZONE
from tests.e2e.harness import Bot, wait_for
from tests.e2e.repeats import find_faults

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
PEOPLE = ("hu-tam-duong", "hu-muong-te", "hu-sin-ho", "hu-phong-tho", "hu-than-uyen", "hu-tan-uyen")
SECRETARIAT = "van-phong-tinh-uy"
MOMENTS = tuple(
    datetime.fromisoformat(f"{day}T08:00:00+07:00")
    for day in ("2023-05-17", "2023-05-24", "2023-05-29", "2023-05-31", "2023-06-02", "2023-06-07")
)
TITLE = re.compile(r"(?:Nhắc việc|Đôn đốc) lần \d+")
RECEIPT = re.compile(r"Biên nhận báo cáo số (\d+)")
PATIENCE_S = 90.0


def fill_office(url: str) -> dict[str, str]:
    """The shipped document; an invitation's token for each person."""
    database = Database(url)
    with database.write() as session:
        work = Work(session, START, Office(ZONE, "Văn phòng Tỉnh ủy"))
        load_document(work, read_file(TASKS_FILE.read_bytes(), make_reader(work)))
        agencies = {each.key: each.id for each in session.exec(select(Agency))}
        tokens = {who: joining.create_invite(work, Role.OFFICER, agencies[who], None).token for who in PEOPLE}
        tokens[SECRETARIAT] = joining.create_invite(work, Role.SECRETARIAT, None, None).token
    database.close()
    return tokens


@contextmanager
def serving(folder: Path) -> Iterator[RunningSandbox]:
    """A sandbox with all the people of it."""
    sandbox = Sandbox(folder / "sandbox")
    for n, who in enumerate(PEOPLE):
        if who != "hu-muong-te":
            sandbox.add_persona(Persona(who, 720000000 + n, who))
    with serve(sandbox) as running:
        yield running


class Reporter(threading.Thread):
    """An officer who hands in progress reports, one after the other, until told to stop."""

    def __init__(self, bot: Bot, who: str, reminder_id: int, patience_s: float) -> None:
        super().__init__(daemon=True)
        self.bot, self.who, self.reminder_id, self.patience_s = bot, who, reminder_id, patience_s
        self.stopping = threading.Event()
        self.sent: list[str] = []
        self.queries: list[str] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self._report(f"Kết quả {self.who} số {len(self.sent) + 1}.")
        except BaseException as error:
            self.error = error

    def _report(self, text: str) -> None:
        self.bot.say(self.who, text, reply_to=self.reminder_id)
        self._press(text, "cho nhiệm vụ nào", "ban hành Kế hoạch")
        self._press(text, "Xem lại trước khi gửi", "Gửi báo cáo tiến độ")
        self.sent.append(text)
        self.bot.sandbox.wait_until(lambda: len(self._receipts()) >= len(self.sent), self.patience_s)

    def _press(self, text: str, title: str, button: str) -> None:
        message_id = self.bot.sandbox.wait_until(lambda: self._find(text, title), self.patience_s)
        self.queries.append(self.bot.sandbox.press(self.who, message_id, button).id)

    def _find(self, text: str, title: str) -> int | None:
        for each in reversed(self.bot.from_bot(self.who)):
            if title in each.get("text", "") and text in each["text"]:
                return int(each["message_id"])
        return None

    def _receipts(self) -> set[str]:
        return {number for text in self.bot.texts(self.who) for number in RECEIPT.findall(text)}


class Calendar(threading.Thread):
    """Moves the clock from one moment to the next as soon as what was due then has been said."""

    def __init__(self, load: "Load", moments: tuple[datetime, ...]) -> None:
        super().__init__(daemon=True)
        self.load, self.moments = load, moments
        self.stopping = threading.Event()
        self.reached = 0

    def run(self) -> None:
        for moment in self.moments:
            self.load.bot.sandbox.move_clock(moment)
            is_said = functools.partial(self.load.is_planned, moment)
            wait_for(is_said, f"planned: {moment}", self.load.patience_s, every_s=0.2)
            self.reached += 1
            if self.stopping.wait(1.0):
                return


@dataclass
class Load:
    """Six people who report, and a clock that moves. `bot`: where people and messages are seen.

    `patience_s`: how long any of them waits, also while the bot is killed all the time.
    """

    bot: Bot
    url: str
    patience_s: float = PATIENCE_S
    reporters: list[Reporter] = field(default_factory=list)
    calendar: Calendar | None = None
    reminded: int = 0

    @functools.cached_property
    def database(self) -> Database:
        return Database(self.url)

    def close(self) -> None:
        self.database.close()

    def begin(self, tokens: dict[str, str], moments: tuple[datetime, ...] = MOMENTS) -> None:
        """Lets people join and be reminded once; then they report, and the clock goes on."""
        bot = self.bot
        wait_for(lambda: "started" in bot.log(), "the bot has started", PATIENCE_S)
        for who, token in tokens.items():
            bot.sandbox.open_link(who, token)
        for who in PEOPLE:
            bot.wait_message(who, "Giao nhiệm vụ")
        move_clock(bot.running, moments[0])
        reminders = {who: bot.wait_message(who, "Nhắc việc lần 1")["message_id"] for who in PEOPLE}
        self.reporters = [Reporter(bot, who, reminders[who], self.patience_s) for who in PEOPLE]
        self.calendar = Calendar(self, moments[1:])
        for each in (*self.reporters, self.calendar):
            each.start()

    def end(self) -> None:
        """Everyone finishes what was begun, and everything has gone out."""
        assert self.calendar is not None
        for each in self.reporters:
            each.stopping.set()
        self.calendar.stopping.set()
        for each in self.reporters:
            each.join(self.patience_s + 10)
            assert each.error is None, f"{each.who}: {each.error!r}\n{self.bot.log()[-3000:]}"
        self.calendar.join(self.patience_s + 10)
        self.reminded = 1 + self.calendar.reached
        wait_for(self._is_settled, "nothing waits, and nobody is being answered", PATIENCE_S, every_s=0.1)

    def check(self, kills: int) -> dict[str, int]:
        """What must be true after so many kills; figures of what happened."""
        self._check_reports()
        self._check_buttons()
        repeats = [self._check_chat(who, kills) for who in PEOPLE]
        assert sum(repeats) <= 8 * kills, f"{sum(repeats)} repeats in {kills} kills"
        return {
            "kills": kills,
            "reports": sum(len(each.sent) for each in self.reporters),
            "reminders": self.reminded * len(PEOPLE),
            "repeats": sum(repeats),
            "most_in_a_chat": max(repeats),
        }

    def check_each_kill(self, killed_at: Sequence[float]) -> None:
        """What must be true of each kill by itself, by the times at which its messages arrived."""
        users = {self.bot.sandbox.persona(who).user_id for who in PEOPLE}
        calls = [
            each for each in self.bot.sandbox.calls if each.method == "sendMessage" and each.status == 200
        ]
        arrivals = [
            (each.at, str(each.chat_id), each.params["text"]) for each in calls if each.chat_id in users
        ]
        assert arrivals
        assert find_faults(arrivals, killed_at) == []

    def _check_reports(self) -> None:
        wanted = sorted(text for each in self.reporters for text in each.sent)
        assert len(wanted) >= len(self.reporters), "reports were sent"
        with self._reading() as session:
            stored = sorted(session.exec(select(Report.text)))
            events = session.exec(select(func.count()).where(col(Event.action) == "reported_progress")).one()
            dialogues = list(session.exec(select(DialogueState.name)))
            parked = list(session.exec(select(InboxUpdate.error).where(col(InboxUpdate.state) == "parked")))
        assert stored == wanted, "every report exactly once"
        assert events == len(wanted), "every report recorded once"
        assert dialogues == [], "no dialogue is left half-way"
        assert parked == []

    def _check_buttons(self) -> None:
        for each in self.reporters:
            spinning = [key for key in each.queries if self.bot.sandbox.query(key).answer is None]
            assert spinning == [], f"{each.who}: {len(spinning)} buttons spin"

    def _check_chat(self, who: str, kills: int) -> int:
        """How many messages this chat got again."""
        texts = self.bot.texts(who)
        with self._reading() as session:
            numbers = set(
                session.exec(
                    select(Report.id)
                    .join(Assignment, col(Assignment.id) == col(Report.assignment_id))
                    .join(Agency, col(Agency.id) == col(Assignment.agency_id))
                    .where(col(Agency.key) == who)
                )
            )
            query = select(OutboxMessage.text).join(Address, col(Address.id) == col(OutboxMessage.address_id))
            address = str(self.bot.sandbox.persona(who).user_id)
            planned = list(
                session.exec(
                    query.where(col(Address.address) == address, col(OutboxMessage.status) == "sent")
                )
            )
        told = {int(number) for text in texts for number in RECEIPT.findall(text)}
        assert told == numbers, f"{who}: a receipt for each report"
        shown = {_plain(text) for text in texts}
        lost = [text for text in planned if _plain(text) not in shown]
        assert lost == [], f"{who}: marked sent, never arrived"
        assert len(_list_titles(texts)) == self.reminded, f"{who}: {_list_titles(texts)}"
        repeats = sum(count - 1 for count in Counter(texts).values())
        assert repeats <= kills, f"{who}: {repeats} repeats in {kills} kills"
        return repeats

    def is_planned(self, moment: datetime) -> bool:
        with self._reading() as session:
            due = select(func.count()).where(col(Assignment.next_reminder_at) <= moment)
            # One that has not gone out would be left out as soon as the next is due.
            unsent = select(func.count()).where(
                col(OutboxMessage.kind).in_(("digest", "reminder")),
                col(OutboxMessage.status).in_(("pending", "sending")),
                col(OutboxMessage.address_id).is_not(None),
            )
            return not session.exec(due).one() and not session.exec(unsent).one()

    def _is_settled(self) -> bool:
        with self._reading() as session:
            waiting = select(func.count()).where(
                col(OutboxMessage.status).in_(("pending", "sending")),
                col(OutboxMessage.address_id).is_not(None),
            )
            unanswered = select(func.count()).where(col(InboxUpdate.state).in_(("received", "applied")))
            return not session.exec(waiting).one() and not session.exec(unanswered).one()

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        with self.database.read() as session:
            yield session


def move_clock(running: RunningSandbox, to: datetime) -> None:
    """Moves the clock and waits until the bot has done what was due."""

    def ask() -> bool:
        body = json.dumps({"now": to.isoformat()}).encode()
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(
            urllib.request.Request(running.clock_url, data=body, headers=headers, method="POST"), timeout=90
        ) as response:
            return bool(json.load(response)["done"])

    wait_for(ask, f"the bot is done with {to}", PATIENCE_S)


def _list_titles(texts: list[str]) -> set[str]:
    """The reminders of one chat, each by its title."""
    return {title for text in texts for title in TITLE.findall(text)}


def _plain(text: str) -> str:
    plain = re.sub(r"<[^>]+>", "", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(plain.split())
