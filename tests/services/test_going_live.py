"""Going live on an old document: nothing until the secretariat has chosen, and then no flood."""

import copy
import json
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.services.loading.loads import load_document, make_reader
from bot.services.reminding import pressing
from db.models import Assignment, Document
from tests.conftest import ZONE, Desk
from tests.services.office import CAST, Setting, join
from tests.services.small_office import SMALL

BINH = CAST["binh"]
MONTHLY = {
    "clause": "V.1",
    "clause_label": "V.1",
    "title": "Báo cáo hằng tháng",
    "text": "…",
    "lead": ["hu-muong-te"],
    "deadline": "trước ngày 25 hằng tháng",
}


def go_live(desk: Desk, past: str | None) -> Setting:
    """A document of January 2022 loaded in July 2023: two deadlines in May, and a report due each month."""
    desk.clock.move(datetime(2023, 7, 3, 9, tzinfo=ZONE))
    values: dict[str, Any] = copy.deepcopy(SMALL)
    values["document"]["issued_on"] = "2022-01-10"
    values["tasks"].append(MONTHLY)
    an = join(desk, "an", Role.SECRETARIAT)
    with desk.work() as work:
        load_document(work, read_file(json.dumps(values).encode(), make_reader(work)), past=past)
    return Setting(desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), an)


def choose(office: Setting, choice: str) -> None:
    with office.desk.work() as work:
        pressing.choose_past(work, office.an, work.session.exec(select(Document.id)).one(), choice)


def told(office: Setting) -> list[str]:
    office.tick()
    return [text for chat, text in office.send_all() if chat == BINH]


@pytest.mark.parametrize("in_chat", [False, True], ids=["while loading", "in the chat"])
@pytest.mark.parametrize(("choice", "at_once", "on_monday"), [("now", 0, 2), ("all", 2, 2), ("silent", 0, 0)])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_old_document_is_silent_until_chosen_and_never_floods(
    desk: Desk, in_chat: bool, choice: str, at_once: int, on_monday: int
) -> None:
    office = go_live(desk, None if in_chat else choice)
    first = told(office)
    with desk.reading() as work:
        periods = work.session.exec(select(Assignment.period).where(col(Assignment.period) != "")).all()
    assert periods == ["2023-07"], "the current period, and none of the eighteen before it"
    if in_chat:
        assert sum(text.count("quá hạn") for text in first) == 0
        office.at("2023-07-04T08:00")
        office.at("2023-07-10T08:00")
        assert sum(text.count("quá hạn") for text in told(office)) == 0
        desk.clock.move(datetime(2023, 7, 10, 9, tzinfo=ZONE))
        choose(office, choice)
        desk.clock.move(datetime(2023, 7, 10, 9, 2, tzinfo=ZONE))  # it could be taken back for a minute
        first = told(office)
    assert len(first) <= 1, "one digest"
    assert sum(text.count("Đôn đốc lần 1") for text in first) == at_once
    office.at("2023-07-17T08:00" if in_chat else "2023-07-10T08:00")
    assert sum(text.count("Đôn đốc lần") for text in told(office)) == on_monday
