"""The shipped document: seven tasks of Section IV, with the agencies the document names."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.documents.reading import DeadlineReader
from bot.documents.resolve import ResolvedDocument, read_file
from bot.documents.schema import SCHEMA_FILE, make_schema

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
Schema = jsonschema.Draft202012Validator


@pytest.fixture
def document(reader: DeadlineReader) -> ResolvedDocument:
    return read_file(TASKS_FILE.read_bytes(), reader)


def test_the_document_has_its_seven_tasks_in_order(document: ResolvedDocument) -> None:
    assert [task.clause for task in document.tasks] == [
        "IV.1",
        "IV.2.a",
        "IV.2.b",
        "IV.3.a",
        "IV.3.b",
        "IV.4",
        "IV.5",
    ]


def test_what_the_document_does_not_say_stays_null(document: ResolvedDocument) -> None:
    assert (document.number, document.issued_on) == (None, None)
    stamp = {"office": "Văn phòng Huyện ủy Mường Tè", "number": "2966", "on": "2023-04-24"}
    assert document.received == stamp


def test_point_two_gives_every_member_of_its_seven_groups_an_own_assignment(
    document: ResolvedDocument,
) -> None:
    spread, plan = document.tasks[1:3]
    assert len(spread.lead) == len(set(spread.lead)) == 28
    assert spread.lead == plan.lead
    assert {"van-phong-tinh-uy", "hu-muong-te", "thanh-uy-lai-chau", "btv-tinh-doan"} < set(plan.lead)
    assert plan.coordinating == ()


def test_only_the_plan_has_its_deadline_confirmed(document: ResolvedDocument) -> None:
    spread, plan = document.tasks[1:3]
    assert (spread.due, spread.deadline_confirmed) == (date(2023, 5, 31), False)
    assert (plan.due, plan.deadline_confirmed, plan.product) == (date(2023, 5, 31), True, "Kế hoạch")


def test_deadlines_are_read_as_the_document_words_them(document: ResolvedDocument) -> None:
    kinds = {task.clause: task.deadline_kind for task in document.tasks}
    assert kinds["IV.1"] == kinds["IV.3.a"] == "ongoing"
    assert kinds["IV.3.b"] == "recurring"
    assert kinds["IV.4"] == kinds["IV.5"] == "none"


def test_the_leadership_is_served_by_the_office(document: ResolvedDocument) -> None:
    assert document.tasks[0].lead == ("ban-thuong-vu-tinh-uy",)
    assert document.tasks[0].advising == "van-phong-tinh-uy"


def test_point_four_has_its_own_group_without_the_council(document: ResolvedDocument) -> None:
    lead = document.tasks[5].lead
    assert len(lead) == 6
    assert "dd-mttq-tinh" in lead
    assert "btv-tinh-doan" in lead
    assert "dd-hdnd-tinh" not in lead


def test_point_five_keeps_the_words_for_agencies_it_does_not_name(document: ResolvedDocument) -> None:
    assert document.tasks[6].coordinating_text == "các cơ quan liên quan"
    assert document.tasks[6].lead == ("ban-tuyen-giao",)


def test_agencies_not_confirmed_by_a_published_document_say_so(document: ResolvedDocument) -> None:
    open_ones = [agency for agency in document.agencies if not agency.confirmed]
    assert len(open_ones) == 10
    assert all(agency.note for agency in open_ones)


def test_mended_slips_are_noted(sample: dict[str, Any]) -> None:
    for slip, meant in (("Phần đầu", "Phấn đấu"), ("Cùng cố", "Củng cố"), ("Chuyên", "Chuyển")):
        assert f"“{slip}” đọc là “{meant}”" in sample["document"]["note"]


def test_the_published_schema_is_the_one_the_models_make() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == make_schema()


def test_an_independent_validator_accepts_the_document(sample: dict[str, Any]) -> None:
    schema = json.loads(make_schema())
    Schema.check_schema(schema)
    jsonschema.validate(sample, schema, Schema, format_checker=Schema.FORMAT_CHECKER)


def test_an_independent_validator_refuses_what_the_bot_refuses(sample: dict[str, Any]) -> None:
    sample["tasks"][0] |= {"leed": [], "lead": [], "due": "2023-02-30"}
    found = Schema(json.loads(make_schema()), format_checker=Schema.FORMAT_CHECKER).iter_errors(sample)
    assert {error.validator for error in found} >= {"additionalProperties", "minItems"}


def test_the_file_names_its_schema(sample: dict[str, Any]) -> None:
    assert (TASKS_FILE.parent / sample["$schema"]).samefile(SCHEMA_FILE)


def test_the_figures_of_section_two_are_its_targets(document: ResolvedDocument) -> None:
    by_year = {year: [t for t in document.targets if t.by_on == date(year, 12, 31)] for year in (2030, 2045)}
    assert {year: len(found) for year, found in by_year.items()} == {2030: 10, 2045: 8}
    assert len(document.targets) == 18
    wanted = {each.key: (each.value, each.unit) for each in document.targets}
    assert wanted["to-hop-tac-2030"] == ("khoảng 430", "tổ hợp tác")
    assert wanted["hop-tac-xa-2030"] == ("410", "hợp tác xã")
    assert wanted["loai-tot-kha-2045"] == ("trên 65", "%")
