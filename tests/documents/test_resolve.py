"""The resolved form: groups fanned out, and a deadline from its words or from what overrides them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reading import DeadlineReader
from bot.documents.resolve import ResolvedTask, read_file
from bot.domain.deadlines import read_deadline
from tests.saying import SAY

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"


def resolve_first(sample: dict[str, Any], reader: DeadlineReader, **changes: Any) -> ResolvedTask:
    sample["tasks"][0] |= changes
    return read_file(json.dumps(sample).encode(), reader).tasks[0]


def test_an_agency_named_twice_through_groups_is_assigned_once(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    task = resolve_first(sample, reader, lead=["ban-dan-van", "ban-dang"])
    assert task.lead[:2] == ("ban-dan-van", "van-phong-tinh-uy")
    assert len(task.lead) == 6


def test_who_leads_does_not_coordinate_as_a_member_of_a_group(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    task = resolve_first(sample, reader, lead=["ban-tuyen-giao"], coordinating=["ban-dang"])
    assert "ban-tuyen-giao" not in task.coordinating
    assert len(task.coordinating) == 5


def test_a_due_date_beside_the_words_overrides_them(sample: dict[str, Any], reader: DeadlineReader) -> None:
    task = resolve_first(sample, reader, deadline="sớm nhất có thể", due="2023-06-15")
    assert (task.deadline_text, task.deadline_kind, task.due) == (
        "sớm nhất có thể",
        "date",
        date(2023, 6, 15),
    )


def test_a_rhythm_beside_the_words_overrides_them(sample: dict[str, Any], reader: DeadlineReader) -> None:
    rule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 + FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    task = resolve_first(sample, reader, deadline="định kỳ", recurrence=rule)
    assert (task.deadline_kind, task.due, task.recurrence) == ("recurring", None, rule)


@pytest.mark.parametrize("said", [None, True])
def test_two_readings_stay_open_whatever_the_file_says(
    sample: dict[str, Any], reader: DeadlineReader, said: bool | None
) -> None:
    changes = {"deadline": "trong tháng 5, tháng 6", "deadline_confirmed": said}
    assert not resolve_first(sample, reader, **changes).deadline_confirmed


def test_what_the_loader_should_know_is_said(sample: dict[str, Any], reader: DeadlineReader) -> None:
    sample["tasks"][0]["deadline"] = "trong vòng 30 ngày kể từ ngày ký"
    sample["tasks"][3]["deadline"] = "trong tháng 5, tháng 6"
    undated, open_one = map(SAY, read_file(json.dumps(sample).encode(), reader).warnings)
    assert "Mục IV, điểm 1" in undated
    assert "chưa có ngày ban hành" in undated
    assert "hai cách" in open_one


def test_the_real_reader_fits_and_reads_the_shipped_document() -> None:
    tasks = {task.clause: task for task in read_file(TASKS_FILE.read_bytes(), read_deadline).tasks}
    assert (tasks["IV.2.b"].deadline_kind, tasks["IV.2.b"].due) == ("month", date(2023, 5, 31))
    assert (tasks["IV.1"].deadline_kind, tasks["IV.3.b"].deadline_kind) == ("ongoing", "recurring")
    assert tasks["IV.3.b"].recurrence is None


def test_a_stamp_older_than_the_document_is_pointed_out(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    sample["document"]["issued_on"] = "2023-05-01"
    assert "24/04/2023" in SAY(read_file(json.dumps(sample).encode(), reader).warnings[0])
