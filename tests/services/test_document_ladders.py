"""A ladder that the file gives: stored, followed, merged with what people set in the chat."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.errors import UserError
from bot.services.loading.loads import load_document, make_reader
from bot.services.reminding import ladders
from bot.services.tasks import assignments
from db.models import Event, Notice, ReminderPolicy
from tests.conftest import ZONE, Desk
from tests.services.office import Setting, find_assignment, join

Edit = Callable[[dict[str, Any]], None]
DAY = "hoàn thành trong tháng 5/2023"
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def values() -> dict[str, Any]:
    """Two tasks of one agency, due on 31 May 2023."""
    task = {"clause_label": "Mục", "title": "Việc", "text": "…", "lead": ["hu"], "deadline": DAY}
    return {
        "document": {
            "key": "small",
            "title": "Kế hoạch thử",
            "issuer": "Tỉnh ủy",
            "reminders": {"before": [7, 3]},
        },
        "agencies": [{"key": "hu", "name": "Huyện ủy"}],
        "tasks": [
            {**task, "clause": "1"},
            {**task, "clause": "2", "reminders": {"before": [4], "at": "09:00"}},
        ],
    }


@pytest.fixture
def load(desk: Desk) -> Callable[..., None]:
    def load(values: dict[str, Any], *, force: bool = False) -> None:
        with desk.work() as work:
            load_document(work, read_file(json.dumps(values).encode(), make_reader(work)), force=force)

    return load


@pytest.fixture
def office(desk: Desk, load: Callable[..., None], values: dict[str, Any]) -> Setting:
    load(values)
    binh, an = join(desk, "binh", Role.OFFICER, "hu"), join(desk, "an", Role.SECRETARIAT)
    with desk.work() as work:
        for clause in "12":
            assignments.acknowledge(work, binh, find_assignment(work, clause, "hu").id)
    return Setting(desk, binh, an)


def planned(office: Setting) -> list[str]:
    """When each of the two is reminded of next."""
    with office.desk.reading() as work:
        found = [find_assignment(work, clause, "hu").next_reminder_at for clause in "12"]
    return [f"{at.astimezone(ZONE):%d/%m %H:%M}" if at else "-" for at in found]


def stored(office: Setting) -> list[dict[str, Any]]:
    with office.desk.reading() as work:
        return [
            each.ladder for each in work.session.exec(select(ReminderPolicy).order_by(col(ReminderPolicy.id)))
        ]


def set_in_chat(office: Setting, of: str, item: str, value: Any) -> None:
    with office.desk.work() as work:
        task = find_assignment(work, "2", "hu").task_id
        ladder = ladders.get_ladder(work, office.an, of, task if of == "t" else 1)
        ladders.change_item(work, office.an, ladder, item, value)


@ON_ONE
def test_a_task_follows_its_own_ladder_and_else_its_documents(office: Setting) -> None:
    assert stored(office) == [{"before": [7, 3]}, {"before": [4], "at": "09:00"}]
    assert planned(office) == ["22/05 08:00", "25/05 09:00"]


def test_an_edited_ladder_moves_what_is_to_come_and_sends_nothing_twice(
    office: Setting, load: Callable[..., None], values: dict[str, Any]
) -> None:
    office.at("2023-05-22T08:00")
    values["document"]["reminders"] = {"before": [7, 6, 2]}
    values["tasks"][1]["reminders"] = {"at": "10:00"}
    load(values)
    assert stored(office) == [{"before": [7, 6, 2]}, {"at": "10:00"}]
    # The first has had its reminder of the 7th day; the 6th is tomorrow. The second has no days of its own any more.
    assert planned(office) == ["23/05 08:00", "22/05 10:00"]
    with office.desk.reading() as work:
        assert {find_assignment(work, clause, "hu").plan_no for clause in "12"} == {0}
        changes = work.session.exec(select(Event.after).where(col(Event.action) == "document_changed")).all()
        assert changes == [{"reminders.before": "[7, 6, 2]"}]
    load(values)
    office.at("2023-05-23T08:00")
    with office.desk.reading() as work:
        first = find_assignment(work, "1", "hu").id
        said = work.session.exec(
            select(Notice.step).where(col(Notice.assignment_id) == first, col(Notice.kind) == "reminder")
        ).all()
    assert said == ["before-7", "before-6"]


@ON_ONE
def test_a_ladder_that_leaves_the_file_gives_way_to_the_default(
    office: Setting, load: Callable[..., None], values: dict[str, Any]
) -> None:
    del values["document"]["reminders"], values["tasks"][1]["reminders"]
    load(values)
    assert stored(office) == []
    assert planned(office) == ["17/05 08:00", "17/05 08:00"]


def test_what_was_set_in_the_chat_stays_and_a_conflict_is_refused_until_forced(
    office: Setting, load: Callable[..., None], values: dict[str, Any]
) -> None:
    set_in_chat(office, "d", "after", [1])
    set_in_chat(office, "t", "before", [9])
    values["document"]["reminders"]["acknowledge_after"] = 3
    load(values)
    assert stored(office) == [
        {"before": [7, 3], "after": [1], "acknowledge_after": 3},
        {"before": [9], "at": "09:00"},
    ]
    assert planned(office)[1] == "18/05 09:00"
    values["tasks"][1]["reminders"]["before"] = [5]
    with pytest.raises(UserError) as refused:
        load(values)
    (sentence,) = refused.value.sentences
    assert "reminders.before" in sentence
    assert "[9]" in sentence
    assert "[5]" in sentence
    assert stored(office)[1] == {"before": [9], "at": "09:00"}
    load(values, force=True)
    assert stored(office)[1] == {"before": [5], "at": "09:00"}
    assert planned(office)[1] == "24/05 09:00"
