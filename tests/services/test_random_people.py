"""Random people do random things for weeks: no state the table does not know, no report lost, every count adds up."""

import os
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import CLOSED, MOVES, Move, find_next_status, status_by_reports
from bot.domain.timeliness import Status
from bot.errors import UserError
from bot.services.context import Actor, Work
from bot.services.deadlines import extensions, granting, unextending
from bot.services.people import handing, joining
from bot.services.standing import overview
from bot.services.tasks import assignments, reports, steering, transfers
from bot.services.tasks.reports import Draft
from db.models import Assignment, DeadlineChange, Event, Extension, Report, Transfer
from tests.services.conftest import Prepared
from tests.services.office import Setting, find_agency

EXAMPLES = int(os.environ.get("DONDOC_EXAMPLES", "4"))
STEPS = 20
AGENCIES = ("hu-muong-te", "ban-tuyen-giao", "ban-dan-van")
# Mostly those whose it is to do, sometimes others.
of_agency = st.sampled_from(("binh", "hoa", "binh", "hoa", "dung", "an", "chi"))
of_office = st.sampled_from(("an", "giang", "an", "giang", "an", "hoa", "chi"))
which = st.sampled_from((0, 0, 0, 2, 1))  # of the assignments there are
days = st.integers(-5, 60)
WHAT = (
    *("report", "decide") * 5,
    *("steer", "ask", "time") * 2,
    *("steer", "take in hand", "grant", "dispute"),
)


CAST_MORE = (
    ("hoa", Role.HEAD, "hu-muong-te"),
    ("dung", Role.OFFICER, "ban-tuyen-giao"),
    ("giang", Role.SECRETARIAT, None),
    ("chi", Role.VIEWER, None),
)


def enter(office: Setting, number: int, name: str, role: Role, agency: str | None) -> Actor:
    with office.desk.work() as work:
        token = joining.create_invite(work, role, find_agency(work, agency) if agency else None, None).token
        joined = joining.join(work, token, number, name.capitalize())
        assert joined is not None
        return joined.actor


class People(RuleBasedStateMachine):
    """Two agencies, two of the secretariat and a viewer; each may try anything about any assignment."""

    def __init__(self, office: Setting) -> None:
        super().__init__()
        self.office = office
        self.people = {"binh": office.binh, "an": office.an}
        for number, (name, role, agency) in enumerate(CAST_MORE, 501):
            self.people[name] = enter(office, number, name, role, agency)
        self.handed_in: dict[int, str] = {}
        self.events = 0
        self.last_move = Move.SUSPEND  # what was steered last: it is chosen by where the assignment stands

    # One rule for all: of many, some would be left out of each run, and without reports nothing is decided.
    @rule(
        what=st.sampled_from(WHAT),
        theirs=of_agency,
        ours=of_office,
        n=which,
        k=st.integers(0, 20),
        later=days,
    )
    def something_happens(self, what: str, theirs: str, ours: str, n: int, k: int, later: int) -> None:
        kind = ("completion", "completion", "progress")[k % 3]
        verdict = (Move.ACCEPT, Move.RETURN)[k % 2]
        happenings: dict[str, Callable[[], None]] = {
            "report": lambda: self.report(theirs, n, kind),
            "decide": lambda: self.decide(ours, n, verdict, k),
            "steer": lambda: self.steer(ours, n, k),
            "take in hand": lambda: self.take_in_hand(theirs, n, ("binh", "hoa", "dung")[k % 3]),
            "ask": lambda: self.ask_for_more_time(theirs, ours, n, later, (True, True, False, None)[k % 4]),
            "grant": lambda: self.grant(ours, n, later, k % 2 == 0),
            "dispute": lambda: self.dispute(theirs, ours, n, AGENCIES[k % len(AGENCIES)]),
            "time": lambda: self.time_passes((1, 24, 24 * 9)[k % 3]),
        }
        happenings[what]()

    # --- what people do

    def report(self, name: str, n: int, kind: str) -> None:
        words = f"Báo cáo {len(self.handed_in)}"
        move = Move.SUBMIT if kind == "completion" else Move.PROGRESS

        def do(work: Work, actor: Actor, row: Assignment) -> None:
            self.handed_in[reports.submit(work, actor, row.id, Draft(kind, words)).id] = words

        self.try_(name, n, do, move)

    def decide(self, name: str, n: int, move: Move, time: int) -> None:
        def do(work: Work, actor: Actor, row: Assignment) -> None:
            waiting = reports.find_pending(work, row.id)
            number = waiting.id if waiting else 0
            if move is Move.ACCEPT:
                reports.accept(work, actor, number)
            else:
                reports.return_report(work, actor, number, "Thiếu", days=time)

        self.try_(name, n, do, move)

    def steer(self, name: str, n: int, wanted: int) -> None:
        """What is possible now, mostly."""

        def do(work: Work, actor: Actor, row: Assignment) -> None:
            possible = [each for each in steering.MOVES if find_next_status(Status(row.status), each)]
            moves = possible or list(steering.MOVES)
            self.last_move = moves[wanted % len(moves)]
            if self.last_move is Move.REASSIGN:
                to = find_agency(work, AGENCIES[wanted % len(AGENCIES)])
                steering.reassign(work, actor, row.id, to, "Lý do")
            else:
                steering.steer(work, actor, row.id, self.last_move, "Lý do")

        self.try_(name, n, do, Move.SUSPEND)

    def take_in_hand(self, name: str, n: int, other: str) -> None:
        def do(work: Work, actor: Actor, row: Assignment) -> None:
            assignments.acknowledge(work, actor, row.id)
            handing.hand_on(work, actor, row.id, self.people[other].member_id)

        self.try_(name, n, do)

    def ask_for_more_time(self, name: str, by: str, n: int, later: int, agree: bool | None) -> None:
        def ask(work: Work, actor: Actor, row: Assignment) -> None:
            day = (row.due or work.today) + timedelta(days=later)
            extensions.request(work, actor, row.id, day, str(day), "Chậm")

        def answer(work: Work, actor: Actor, row: Assignment) -> None:
            last = select(Extension.id).where(col(Extension.assignment_id) == row.id)
            asked = work.session.exec(last.order_by(col(Extension.id).desc())).first()
            extensions.decide(work, actor, asked or 0, agree=bool(agree), note="" if agree else "Chưa")

        self.try_(name, n, ask)
        if agree is not None:
            self.try_(by, n, answer)

    def grant(self, name: str, n: int, later: int, is_undoing: bool) -> None:
        def do(work: Work, actor: Actor, row: Assignment) -> None:
            if is_undoing:
                unextending.undo(work, actor, row.id, "Nhầm")
            else:
                day = (row.due or work.today) + timedelta(days=later)
                granting.grant(work, actor, row.id, day, "…", "Theo chỉ đạo")

        self.try_(name, n, do)

    def dispute(self, name: str, by: str, n: int, to: str) -> None:
        def ask(work: Work, actor: Actor, row: Assignment) -> None:
            transfers.request(work, actor, row.id, None, "Không thuộc")

        def agree(work: Work, actor: Actor, row: Assignment) -> None:
            waits = select(Transfer.id).where(
                col(Transfer.assignment_id) == row.id, col(Transfer.state) == "pending"
            )
            transfers.agree(work, actor, work.session.exec(waits).first() or 0, find_agency(work, to))

        self.try_(name, n, ask)
        self.last_move = Move.REASSIGN
        self.try_(by, n, agree, Move.SUSPEND)

    def time_passes(self, hours: int) -> None:
        clock = self.office.desk.clock
        clock.move(clock.now() + timedelta(hours=hours))

    # --- what must hold

    def try_(
        self, name: str, n: int, do: Callable[[Work, Actor, Assignment], object], move: Move | None = None
    ) -> None:
        """Does it; a refusal changes nothing, and what is done is what the table says."""
        with self.office.desk.reading() as work:
            ids = list(work.session.exec(select(Assignment.id).order_by(col(Assignment.id))))
            before = work.session.get_one(Assignment, ids[n % len(ids)])
            rows = self.read_all(work)
        kept = dict(self.handed_in)
        try:
            with self.office.desk.work() as work:
                do(work, self.people[name], work.session.get_one(Assignment, before.id))
        except UserError:
            self.handed_in = kept
            with self.office.desk.reading() as work:
                assert self.read_all(work) == rows, (name, move)
            return
        with self.office.desk.reading() as work:
            after = work.session.get_one(Assignment, before.id)
            self.check_move(work, before, after, move)

    def read_all(self, work: Work) -> list[tuple[object, ...]]:
        rows = work.session.exec(select(Assignment).order_by(col(Assignment.id)))
        shown = [(each.id, each.status, each.due, each.version, each.complete_by) for each in rows]
        return [*shown, (self.count_events(work),)]

    def count_events(self, work: Work) -> int:
        return len(work.session.exec(select(Event.id)).all())

    def check_move(self, work: Work, before: Assignment, after: Assignment, move: Move | None) -> None:
        if move is None:
            assert after.status == before.status
            return
        move = self.last_move if move is Move.SUSPEND else move
        waiting = reports.find_pending(work, after.id) is not None
        has_reports = work.session.exec(
            select(Report.id).where(col(Report.assignment_id) == after.id)
        ).first()
        reported = status_by_reports(is_waiting=waiting, has_reports=has_reports is not None)
        assert (Status(before.status), move) in MOVES
        assert after.status == find_next_status(Status(before.status), move, reported)

    @invariant()
    def no_report_is_lost_or_changed(self) -> None:
        with self.office.desk.reading() as work:
            assert dict(work.session.exec(select(Report.id, Report.text)).all()) == self.handed_in

    @invariant()
    def each_assignment_is_what_its_reports_and_its_record_say(self) -> None:
        with self.office.desk.reading() as work:
            for row in work.session.exec(select(Assignment)):
                waiting = reports.find_pending(work, row.id)
                assert (row.completed_at is not None) == (row.status == Status.COMPLETED)
                if row.status not in CLOSED:
                    assert (row.status == Status.AWAITING_CONFIRMATION) == (waiting is not None)
                changes = select(DeadlineChange).where(col(DeadlineChange.assignment_id) == row.id)
                last = work.session.exec(changes.order_by(col(DeadlineChange.id).desc())).first()
                assert last is None or row.due == last.new_due
                self.check_chain(work, row)

    def check_chain(self, work: Work, row: Assignment) -> None:
        """Each change of state begins where the one before ended."""
        events = select(Event).where(col(Event.assignment_id) == row.id).order_by(col(Event.id))
        told = [
            (each.action, each.before["status"], (each.after or {}).get("status"))
            for each in work.session.exec(events)
            if each.before and "status" in each.before
        ]
        for (first, _, left), (second, found, _) in pairwise(told):
            assert left == found, (first, second)

    @invariant()
    def counts_add_up(self) -> None:
        with self.office.desk.reading() as work:
            ((_, counts, _),) = overview.count_documents(work)
            leads = work.session.exec(select(Assignment.status).where(col(Assignment.role) == "lead")).all()
            assert counts.total + counts.counted_apart == sum(each != Status.WITHDRAWN for each in leads)
            assert counts.completed == sum(each == Status.COMPLETED for each in leads)
            assert counts.suspended == sum(each == Status.SUSPENDED for each in leads)

    @invariant()
    def the_record_only_grows(self) -> None:
        with self.office.desk.reading() as work:
            now = self.count_events(work)
        assert now >= self.events
        self.events = now


def test_random_people_reach_no_state_the_table_does_not_know(prepared: Prepared) -> None:
    class Machine(People):
        def __init__(self) -> None:
            super().__init__(prepared.open_again())

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=(Phase.generate,)
        ),
    )
