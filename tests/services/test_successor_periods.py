"""A recurring task of an agency that becomes another: each period is made once, for whoever goes on; files follow."""

import json
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.errors import UserError
from bot.services.agencies import splits, successions
from bot.services.agencies.successions import Change
from bot.services.context import Work
from bot.services.loading.loads import load_document, make_reader
from bot.services.tasks import reports, steering
from bot.services.tasks.reports import Draft
from db.models import Agency, Assignment
from tests.conftest import Desk
from tests.services.office import Setting, find_agency, join

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEYS = ("hu-a", "hu-b", "hu-c", "hu-d")
FILE: dict[str, Any] = {
    "document": {"key": "ke-hoach", "title": "Kế hoạch kiểm tra", "issuer": "Tỉnh ủy Lai Châu"},
    "agencies": [{"key": key, "name": f"Huyện ủy {key[-1].upper()}"} for key in KEYS],
    "tasks": [
        {
            "clause": "1",
            "clause_label": "Mục 1",
            "title": "Báo cáo tình hình",
            "text": "Báo cáo tình hình hằng tháng.",
            "lead": ["hu-a", "hu-b"],
            "coordinating": ["hu-d"],
            "deadline": "trước ngày 25 hằng tháng",
        }
    ],
}


@pytest.fixture
def office(desk: Desk) -> Setting:
    """Hoa serves A, which has completed the period of May on the 10th."""
    load(desk, FILE)
    opened = Setting(desk, join(desk, "binh", Role.OFFICER, "hu-a"), join(desk, "an", Role.SECRETARIAT))
    opened.at("2023-05-10T09:00")
    with desk.work() as work:
        may = next(each for each in rows_of(work, "hu-a") if each.period == "2023-05")
        number = reports.submit(work, opened.binh, may.id, Draft("completion", "Đã báo cáo")).id
        reports.accept(work, opened.an, number)
    return opened


def load(desk: Desk, values: dict[str, Any]) -> None:
    with desk.work() as work:
        load_document(work, read_file(json.dumps(values).encode(), make_reader(work)))


def rows_of(work: Work, key: str) -> list[Assignment]:
    query = select(Assignment).where(col(Assignment.agency_id) == find_agency(work, key))
    return list(work.session.exec(query.order_by(col(Assignment.id))))


def periods_of(office: Setting, key: str) -> dict[str, str]:
    with office.desk.reading() as work:
        return {f"{each.role}:{each.period}": each.status for each in rows_of(work, key)}


def merge(office: Setting, key: str, into: str) -> None:
    with office.desk.work() as work:
        agencies = [work.session.get_one(Agency, find_agency(work, each)) for each in (key, into)]
        made = Change("merged", agencies[0], work.today, into=(agencies[1],))
        successions.make(work, office.an, made)


def test_the_successor_gets_the_periods_after_the_one_that_was_completed(office: Setting) -> None:
    before = periods_of(office, "hu-a")
    merge(office, "hu-a", "hu-c")
    office.at("2023-06-27T09:00")
    assert "lead:2023-06" not in periods_of(office, "hu-a")
    theirs = periods_of(office, "hu-c")
    assert {
        "lead:2023-05": "completed",
        "lead:2023-06": "not_started",
        "lead:2023-07": "not_started",
    }.items() <= (theirs.items())
    assert len(theirs) == len(before) + 2
    assert "lead:2023-07" in periods_of(office, "hu-b")


@ONE_DATABASE
def test_a_successor_that_has_the_task_itself_gets_each_period_once(office: Setting) -> None:
    merge(office, "hu-a", "hu-b")
    merge(office, "hu-d", "hu-b")
    office.at("2023-06-27T09:00")
    with office.desk.reading() as work:
        made = [(each.role, each.period) for each in rows_of(work, "hu-b") if each.period > "2023-05"]
        assert sorted(made) == [("lead", "2023-06"), ("lead", "2023-07")]
    for key in ("hu-a", "hu-d"):
        assert not any(":2023-06" in each for each in periods_of(office, key))


@ONE_DATABASE
def test_who_coordinated_leads_once_the_lead_is_merged_into_it(office: Setting) -> None:
    merge(office, "hu-a", "hu-d")
    office.at("2023-06-20T09:00")
    theirs = periods_of(office, "hu-d")
    assert theirs["lead:2023-06"] == "not_started"
    assert theirs["coordinating:2023-05"] == "withdrawn"
    assert "coordinating:2023-06" not in theirs


@ONE_DATABASE
def test_what_was_suspended_goes_on_with_the_successor(office: Setting) -> None:
    with office.desk.work() as work:
        last = rows_of(work, "hu-b")[-1].id
        steering.steer(work, office.an, last, Move.SUSPEND, "Chờ")
    merge(office, "hu-b", "hu-c")
    office.at("2023-06-20T09:00")
    assert periods_of(office, "hu-c") == {"lead:2023-04": "not_started", "lead:2023-05": "suspended"}
    with office.desk.work() as work:
        steering.steer(work, office.an, last, Move.RESUME, "")
    assert periods_of(office, "hu-c")["lead:2023-06"] == "not_started"


@ONE_DATABASE
def test_the_periods_of_a_split_agency_go_to_whom_is_chosen(office: Setting) -> None:
    with office.desk.work() as work:
        heirs = tuple(successions.add(work, None, name) for name in ("Xã Một", "Xã Hai"))
        agency = work.session.get_one(Agency, find_agency(work, "hu-a"))
        successions.make(work, None, Change("split", agency, work.today, into=heirs))
        waiting = splits.find_waiting(work, agency.id)
        for each in waiting.assignments:
            splits.choose_successors(work, None, each, [heir.id for heir in heirs])
    office.at("2023-06-20T09:00")
    assert periods_of(office, "xa-mot")["lead:2023-06"] == "not_started"
    assert periods_of(office, "xa-hai") == {f"lead:2023-0{month}": "not_started" for month in (4, 5, 6)}
    assert "lead:2023-06" not in periods_of(office, "hu-a")


@ONE_DATABASE
def test_a_file_loaded_again_changes_nothing_and_gives_an_ended_agency_no_new_task(office: Setting) -> None:
    merge(office, "hu-a", "hu-c")
    before = periods_of(office, "hu-a"), periods_of(office, "hu-c")
    load(office.desk, FILE)
    assert (periods_of(office, "hu-a"), periods_of(office, "hu-c")) == before
    more = {**FILE, "tasks": [*FILE["tasks"], {**FILE["tasks"][0], "clause": "2"}]}
    with pytest.raises(UserError, match="“hu-c”") as refused:
        load(office.desk, more)
    assert "điểm 2" in str(refused.value.sentences)
