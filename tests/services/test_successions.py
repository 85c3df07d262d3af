"""Agencies renamed, merged, split and ended: open tasks and people follow, and nothing is lost or doubled."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.errors import UserError
from bot.services.agencies import splits, successions
from bot.services.agencies.handovers import UNFINISHED
from bot.services.agencies.successions import Change
from bot.services.context import Actor, Work
from bot.services.people import joining
from bot.services.standing import history, past, seats
from bot.services.standing.agency_names import name_at
from bot.services.tasks import reports, steering
from bot.services.tasks.reports import Draft
from db.models import Agency, AgencyGroupMember, Assignment, Event, Membership, Report
from tests.conftest import Desk
from tests.services.conftest import Prepared
from tests.services.office import (
    CAST,
    Setting,
    find_agency,
    find_assignment,
    join,
    list_messages,
    open_office,
)

TODAY = date(2023, 4, 24)
DUNG, BINH, AN = CAST["dung"], CAST["binh"], CAST["an"]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Setting:
    return open_office(desk)


def get_agency(work: Work, key: str) -> Agency:
    return work.session.get_one(Agency, find_agency(work, key))


def make(
    office: Setting,
    kind: str,
    key: str,
    into: Sequence[str] = (),
    *,
    on: date | None = None,
    actor: Actor | None = None,
    **more: str,
) -> None:
    with office.desk.work() as work:
        change = Change(
            kind,
            get_agency(work, key),
            on or work.today,
            into=tuple(get_agency(work, each) for each in into),
            **more,
        )
        successions.make(work, actor or office.an, change)


def unfinished(work: Work, key: str) -> list[Assignment]:
    query = select(Assignment).where(
        col(Assignment.agency_id) == find_agency(work, key), col(Assignment.status).in_(UNFINISHED)
    )
    return list(work.session.exec(query.order_by(col(Assignment.id))))


def test_a_renamed_agency_is_found_by_both_names_and_history_names_it_as_it_was(office: Setting) -> None:
    with office.desk.work() as work:
        key = find_assignment(work, "IV.2.b", "hu-muong-te").id
        reports.submit(work, office.binh, key, Draft("progress", "Đang làm"))
    office.at("2023-07-03T09:00")
    make(office, "renamed", "hu-muong-te", name="Đảng ủy xã Mường Tè")
    with office.desk.reading() as work:
        agency = get_agency(work, "hu-muong-te")
        assert (agency.name, agency.aliases[-1]) == ("Đảng ủy xã Mường Tè", "Huyện ủy Mường Tè")
        assert name_at(work, agency, office.desk.clock.now() - timedelta(days=1)) == "Huyện ủy Mường Tè"
        entries, _ = history.list_entries(work, office.an, key, page=0, size=50)
        assert {each.agency for each in entries} == {"Huyện ủy Mường Tè"}
        then = past.list_all_at(work, past.end_of_day(work, TODAY))
        assert {each.agency_name for each in then if each.agency_key == "hu-muong-te"} == {
            "Huyện ủy Mường Tè"
        }
    told = office.send_all()
    assert {who for who, text in told if "đổi tên thành" in text} == {AN, BINH}


@ONE_DATABASE
def test_a_name_that_is_taken_or_the_same_is_refused(office: Setting) -> None:
    for name in ("", "huyen uy SIN HO", "Huyện ủy Mường Tè", "x" * 300):
        with pytest.raises(UserError):
            make(office, "renamed", "hu-muong-te", name=name)
    with pytest.raises(UserError):
        make(office, "renamed", "hu-muong-te", name="Huyện ủy Bum Tở", actor=office.binh)


def test_a_merged_agency_gives_what_is_open_and_its_people_to_the_other(office: Setting) -> None:
    dung = join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.5", "ban-tuyen-giao")
        number = reports.submit(work, dung, mine.id, Draft("completion", "Đã xong")).id
        key, due = mine.id, mine.due
        shared = {each.task_id for each in unfinished(work, "ban-tuyen-giao")} & {
            each.task_id for each in unfinished(work, "ban-dan-van")
        }
        count = len(unfinished(work, "ban-tuyen-giao"))
        token = joining.create_invite(work, Role.OFFICER, find_agency(work, "ban-tuyen-giao"), None).token
    office.send_all()
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=1))
    make(office, "merged", "ban-tuyen-giao", ["ban-dan-van"])
    with office.desk.reading() as work:
        moved = work.session.get_one(Assignment, key)
        assert (moved.agency_id, moved.due) == (find_agency(work, "ban-dan-van"), due)
        assert moved.status == "awaiting_confirmation"
        assert work.session.get_one(Report, number).agency_id == find_agency(work, "ban-tuyen-giao")
        assert unfinished(work, "ban-tuyen-giao") == []
        assert get_agency(work, "ban-tuyen-giao").ended_on == TODAY + timedelta(days=1)
        doubled = work.session.exec(
            select(Assignment.task_id).where(
                col(Assignment.agency_id) == find_agency(work, "ban-tuyen-giao"),
                col(Assignment.status) == "withdrawn",
            )
        )
        assert set(doubled) == shared
        groups = select(AgencyGroupMember).where(
            col(AgencyGroupMember.agency_id) == find_agency(work, "ban-tuyen-giao")
        )
        assert work.session.exec(groups).first() is None
        actor = seats.find_actor(work, DUNG)
        assert actor is not None
        assert list(actor.agencies.values()) == ["Ban Dân vận Tỉnh ủy"]
        then = past.list_all_at(work, past.end_of_day(work, TODAY))
        assert next(each.agency_key for each in then if each.id == key) == "ban-tuyen-giao"
    told = [text for who, text in office.send_all() if who == DUNG and "sáp nhập vào" in text]
    assert len(told) == 1
    assert f"{count - len(shared)} nhiệm vụ" in told[0]
    with office.desk.work() as work:
        assert joining.join(work, token, 555, "Ai đó") is None
        reports.accept(work, office.an, number)


@ONE_DATABASE
def test_what_waited_for_the_old_agency_reaches_the_people_of_the_new_one(office: Setting) -> None:
    with office.desk.reading() as work:
        assert list_messages(work, agency_id=find_agency(work, "ban-tuyen-giao"), address_id=None)
    make(office, "merged", "ban-tuyen-giao", ["hu-muong-te"])
    told = "\n".join(text for who, text in office.send_all() if who == BINH)
    assert "sáp nhập vào" in told
    assert "nhiệm vụ" in told
    with office.desk.reading() as work:
        assert not list_messages(
            work, agency_id=find_agency(work, "ban-tuyen-giao"), address_id=None, status="pending"
        )


@ONE_DATABASE
def test_what_one_of_two_has_got_already_is_not_said_again(office: Setting) -> None:
    join(office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    office.send_all()
    office.desk.clock.move(office.desk.clock.now() + timedelta(days=1))
    with office.desk.work() as work:
        key = find_assignment(work, "IV.5", "ban-tuyen-giao").id
        steering.steer(work, office.an, key, Move.SUSPEND, "Chờ")
    assert len([who for who, text in office.send_all() if who == DUNG and "Tạm dừng" in text]) == 1
    join(office.desk, "hoa", Role.OFFICER, "ban-tuyen-giao")
    with office.desk.work() as work:
        steering.steer(work, office.an, key, Move.RESUME, "")
        one = list_messages(work, kind="steered", status="pending")[0]
        one.status, one.sent_at = "sent", work.now
    make(office, "merged", "ban-tuyen-giao", ["ban-dan-van"])
    told = [who for who, text in office.send_all() if "Tiếp tục thực hiện" in text]
    assert sorted([*told, DUNG]) == sorted([DUNG, CAST["hoa"]])


def test_a_day_to_come_is_waited_for_and_can_be_taken_back(office: Setting) -> None:
    make(office, "merged", "ban-tuyen-giao", ["ban-dan-van"], on=date(2023, 7, 1))
    with pytest.raises(UserError, match="đã có một thay đổi"):
        make(office, "ended", "ban-tuyen-giao", reason="Thôi")
    make(office, "renamed", "hu-muong-te", name="Đảng ủy Mường Tè", on=date(2023, 7, 1))
    with office.desk.work() as work:
        successions.cancel(work, office.an, get_agency(work, "hu-muong-te"))
    office.at("2023-06-30T23:59")
    with office.desk.reading() as work:
        assert get_agency(work, "ban-tuyen-giao").ended_on is None
        assert unfinished(work, "ban-tuyen-giao")
    office.at("2023-07-01T00:00")
    with office.desk.reading() as work:
        assert get_agency(work, "ban-tuyen-giao").ended_on == date(2023, 7, 1)
        assert unfinished(work, "ban-tuyen-giao") == []
        assert get_agency(work, "hu-muong-te").name == "Huyện ủy Mường Tè"


@ONE_DATABASE
def test_an_agency_with_open_tasks_does_not_end_unless_they_are_withdrawn(office: Setting) -> None:
    with pytest.raises(UserError, match=r"còn \d+ nhiệm vụ"):
        make(office, "ended", "hu-muong-te")
    make(office, "ended", "hu-muong-te", on=date(2023, 5, 2))
    office.send_all()
    office.at("2023-05-02T08:00")
    assert any("Chưa thực hiện được" in text for who, text in office.send_all() if who == AN)
    make(office, "ended", "hu-muong-te", reason="Giải thể theo Nghị quyết")
    with office.desk.reading() as work:
        assert unfinished(work, "hu-muong-te") == []
        assert seats.find_actor(work, BINH) is None
    assert any("không còn nhận nhiệm vụ" in text for who, text in office.send_all() if who == BINH)


def test_a_split_agency_waits_for_a_choice_and_several_may_go_on(office: Setting) -> None:
    with office.desk.work() as work:
        for name in ("Đảng ủy xã Bum Tở", "Đảng ủy xã Thu Lũm"):
            successions.add(work, office.an, name)
        key = find_assignment(work, "IV.2.b", "hu-muong-te").id
        reports.submit(work, office.binh, key, Draft("progress", "Đang làm"))
    heirs = ["dang-uy-xa-bum-to", "dang-uy-xa-thu-lum"]
    office.send_all()
    make(office, "split", "hu-muong-te", heirs)
    with office.desk.work() as work:
        waiting = splits.find_waiting(work, find_agency(work, "hu-muong-te"))
        assert key in waiting.assignments
        ids = [each.id for each in waiting.successors]
        splits.choose_successors(work, office.an, key, ids)
        splits.choose_for_person(work, office.an, waiting.seats[0], ids[1:])
        for each in waiting.assignments:
            if each != key:
                splits.choose_successors(work, office.an, each, ids[:1])
        assert splits.list_split(work) == []
    with office.desk.reading() as work:
        first, second = (find_assignment(work, "IV.2.b", each) for each in heirs)
        assert (first.id, first.status, second.status) == (key, "in_progress", "not_started")
        assert first.due == second.due
        actor = seats.find_actor(work, BINH)
        assert actor is not None
        assert list(actor.agencies.values()) == ["Đảng ủy xã Thu Lũm"]
    with pytest.raises(UserError, match="đã được chọn"), office.desk.work() as work:
        splits.choose_successors(work, office.an, key, ids)
    assert any("Thu Lũm" in text for who, text in office.send_all() if who == BINH)


def test_random_changes_lose_no_task_and_touch_no_report(prepared: Prepared) -> None:
    """Renames, merges and splits in any order: whatever is open belongs to one living agency, or waits for a choice."""
    step = st.tuples(st.sampled_from(("rename", "merge", "split")), st.integers(0, 9), st.integers(0, 9))

    @given(st.lists(step, min_size=1, max_size=6))
    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def run(steps: list[tuple[str, int, int]]) -> None:
        walk(prepared.open_again(), steps)

    run()


def walk(office: Setting, steps: list[tuple[str, int, int]]) -> None:
    with office.desk.work() as work:
        key = find_assignment(work, "IV.2.a", "hu-muong-te").id
        reports.submit(work, office.binh, key, Draft("progress", "Đang làm"))
        reported = [each.model_dump() for each in work.session.exec(select(Report))]
        obliged = {each.task_id for each in work.session.exec(select(Assignment))}
        names = {each.id: each.name for each in work.session.exec(select(Agency))}
    start = office.desk.clock.now()
    for n, (what, one, other) in enumerate(steps):
        office.desk.clock.move(office.desk.clock.now() + timedelta(days=1))
        with office.desk.work() as work:
            change(work, office, what, one, other, n)
        with office.desk.reading() as work:
            check(work, obliged, reported)
            told = {each.agency_id: each.agency_name for each in past.list_all_at(work, start)}
            assert told == {agency: names[agency] for agency in told}


def change(work: Work, office: Setting, what: str, one: int, other: int, n: int) -> None:
    alive = list(work.session.exec(select(Agency).where(col(Agency.ended_on).is_(None))))
    agency, second = alive[one % len(alive)], alive[other % len(alive)]
    if what == "rename":
        made = Change("renamed", agency, work.today, name=f"Cơ quan {n}")
    elif what == "merge":
        if agency is second:
            return
        made = Change("merged", agency, work.today, into=(second,))
    else:
        heirs = tuple(successions.add(work, None, f"Nhánh {n}{each}") for each in "ab")
        made = Change("split", agency, work.today, into=heirs)
    successions.make(work, None, made)
    if what == "split":
        waiting = splits.find_waiting(work, agency.id)
        chosen = [heir.id for heir in heirs][: 1 + other % 2]
        for seat in waiting.seats:
            splits.choose_for_person(work, None, seat, chosen)
        for each in waiting.assignments:
            splits.choose_successors(work, None, each, chosen)


def check(work: Work, obliged: set[int], reported: list[dict[str, object]]) -> None:
    alive = set(work.session.exec(select(Agency.id).where(col(Agency.ended_on).is_(None))))
    rows = work.session.exec(select(Assignment).where(col(Assignment.status).in_(UNFINISHED))).all()
    assert {each.agency_id for each in rows} <= alive
    assert {each.task_id for each in rows} == obliged
    keys = [(each.task_id, each.agency_id, each.period) for each in rows]
    assert len(keys) == len(set(keys))
    assert [each.model_dump() for each in work.session.exec(select(Report))] == reported
    seats = select(Membership.agency_id).where(
        col(Membership.until_at).is_(None), col(Membership.agency_id).is_not(None)
    )
    assert set(work.session.exec(seats)) <= alive
    assert work.session.exec(select(Event.id)).first() is not None
