"""Whatever the clock, the calendar and the people do: no reminder twice, at night, on a day off or after the end."""

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.clock import FixedClock
from bot.domain.assignment import OPEN
from bot.errors import UserError
from bot.services.context import Work
from bot.services.deadlines import extensions
from bot.services.reminding.planning import may_remind
from bot.services.reminding.reminders import EARLIEST
from bot.services.tasks import reports
from bot.services.tasks.reports import Draft
from db.models import Assignment, Extension, Holiday, Notice
from tests.conftest import START, ZONE
from tests.services.conftest import Prepared
from tests.services.office import CAST, Setting, find_assignment
from tests.services.small_office import DEADLINES

EXAMPLES = int(os.environ.get("DONDOC_EXAMPLES", "6"))
DONE = Draft("completion", "Đã ban hành")
STEPS = ("reminder", "acknowledge", "status")

clauses = st.sampled_from([*DEADLINES])
hours = st.sampled_from([1, 23, 24, 72, 240, 720]) | st.integers(1, 500)
moves = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["on", "on", "back"]), hours),
        st.tuples(st.just("to the next"), st.just(0)),
        st.tuples(st.just("zone"), st.just(0)),
        st.tuples(st.sampled_from(["off", "work"]), st.integers(-2, 12)),
        st.tuples(st.sampled_from(["report", "return", "accept", "ask", "agree"]), clauses),
    ),
    min_size=6,
    max_size=16,
)


@dataclass
class Life:
    """An office whose every message is checked as it is planned and sent."""

    office: Setting
    run: int = 0  # grows when the clock is set back: a day that comes again is another one
    known: int = 0
    spoken: set[tuple[int, date, int | None]] = field(default_factory=set)

    @property
    def clock(self) -> FixedClock:
        return self.office.desk.clock

    def do(self, name: str, value: object) -> None:
        with suppress(UserError):
            if isinstance(value, str):
                self.act(name, value)
            else:
                assert isinstance(value, int)
                self.change(name, value)
        self.office.send_all()
        self.note(self.list_new(), is_tick=False)
        self.tick()

    def change(self, name: str, value: int) -> None:
        now = self.clock.now()
        if name == "back":
            self.run += 1
            self.clock.move(max(START, now - timedelta(hours=value)))
        elif name == "on":
            self.clock.move(now + timedelta(hours=value))
        elif name == "to the next":
            with self.office.desk.reading() as work:
                ahead = [each.next_reminder_at for each in list_open(work) if each.next_reminder_at]
            self.clock.move(max(now, min(ahead, default=now)))
        elif name == "zone":
            desk = self.office.desk
            zone = ZoneInfo("UTC") if desk.office.zone == ZONE else ZONE
            self.office = replace(self.office, desk=replace(desk, office=replace(desk.office, zone=zone)))
        else:
            with self.office.desk.work() as work:
                work.session.merge(Holiday(day=work.today + timedelta(days=value), kind=name))

    def act(self, name: str, clause: str) -> None:
        with self.office.desk.work() as work:
            mine = find_assignment(work, clause, "hu-muong-te")
            waiting = reports.find_pending(work, mine.id)
            if name == "report":
                reports.submit(work, self.office.binh, mine.id, DONE)
            elif name == "return" and waiting:
                reports.return_report(work, self.office.an, waiting.id, "Bổ sung")
            elif name == "accept" and waiting:
                reports.accept(work, self.office.an, waiting.id)
            elif name == "ask" and mine.due:
                later = mine.due + timedelta(days=20)
                extensions.request(work, self.office.binh, mine.id, later, "", "Cần thêm thời gian")
            elif name == "agree":
                asked = select(Extension.id).where(
                    col(Extension.assignment_id) == mine.id, col(Extension.state) == "pending"
                )
                for key in work.session.exec(asked):
                    extensions.decide(work, self.office.an, key, agree=True)

    def tick(self) -> None:
        self.office.tick()
        new = self.list_new()
        self.note(new, is_tick=True)
        sent = [chat for chat, _ in self.office.send_all()]
        assert sent.count(CAST["binh"]) <= 1, "one digest a chat"
        with self.office.desk.reading() as work:
            for each in list_open(work):
                assert each.next_reminder_at is not None
                assert each.next_reminder_at > work.now or not may_remind(work)

    def list_new(self) -> list[Notice]:
        with self.office.desk.reading() as work:
            query = select(Notice).where(col(Notice.id) > self.known, col(Notice.kind).in_(STEPS))
            found = list(work.session.exec(query.order_by(col(Notice.id))))
        self.known = max((each.id for each in found), default=self.known)
        return found

    def note(self, new: list[Notice], *, is_tick: bool) -> None:
        assert is_tick or not new, "only a tick reminds"
        with self.office.desk.reading() as work:
            local = work.now.astimezone(work.office.zone)
            is_open = {each.id for each in list_open(work)}
            for each in new:
                assert work.calendar.is_working_day(local.date()), "on a day off"
                assert local.time() >= EARLIEST, "in the night"
                assert each.assignment_id in is_open, "after the end"
                day = (self.run, local.date(), each.assignment_id)
                assert day not in self.spoken, "twice a day"
                self.spoken.add(day)

    def check_the_end(self) -> None:
        """Back in ordinary days, each open assignment has its one current reminder."""
        self.clock.move(max(self.clock.now(), START) + timedelta(days=240))
        self.tick()
        with self.office.desk.reading() as work:
            day = work.calendar.next_working_day(work.today + timedelta(days=1))
        self.clock.move(datetime.combine(day, EARLIEST, ZoneInfo("UTC")) + timedelta(hours=3))
        self.tick()
        with self.office.desk.reading() as work:
            for each in list_open(work):
                said = select(Notice.step).where(
                    col(Notice.assignment_id) == each.id, col(Notice.plan_no) == each.plan_no
                )
                monday = work.today - timedelta(days=work.today.weekday())
                assert f"week-{monday}" in set(work.session.exec(said))


def list_open(work: Work) -> list[Assignment]:
    is_open = col(Assignment.status).in_([each.value for each in OPEN])
    return list(work.session.exec(select(Assignment).where(is_open)))


@settings(max_examples=EXAMPLES, deadline=None, phases=(Phase.generate,))
@given(moves)
def test_nothing_is_said_twice_or_out_of_hours_and_nothing_is_lost(
    prepared: Prepared, moves: list[tuple[str, int | str]]
) -> None:
    life = Life(prepared.open_again())
    life.list_new()
    for name, value in moves:
        life.do(name, value)
    life.check_the_end()
