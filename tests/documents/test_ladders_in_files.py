"""`reminders` of a document or a task: read, and each fault told with its place, its value and what would be right."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.plan import ladder_fields, plan_load, split_ladder
from bot.documents.reading import DeadlineReader
from bot.documents.resolve import read_file
from bot.documents.schema import make_schema
from bot.documents.state import LoadedState, Stored
from bot.domain.policy import POLICY_FIELDS, Policy
from tests.documents.conftest import Told

Refuse = Callable[[Any], dict[str, Told]]
LADDER = {
    "before": [3, 7],
    "after": [],
    "at": "7:30",
    "weekly_on": "friday",
    "ask_months": 6,
    "contact_after": 0,
}


def test_a_ladder_is_read_as_it_is_stored_and_only_what_the_file_gives(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    sample["document"]["reminders"] = LADDER
    sample["tasks"][2]["reminders"] = {"before": []}
    read = read_file(json.dumps(sample).encode(), reader)
    assert read.reminders == {**LADDER, "before": [7, 3], "at": "07:30"}
    assert read.tasks[2].reminders == {"before": []}
    assert read.tasks[0].reminders == {}


def test_every_fault_of_every_ladder_is_named_at_once(sample: dict[str, Any], problems: Refuse) -> None:
    sample["document"]["reminders"] = {"befor": [5], "before": [5, -1], "at": "25:00"}
    sample["tasks"][0]["reminders"] = [10, 5]
    sample["tasks"][3]["reminders"] = {"ask_months": 5, "weekly_on": "sunday", "after": "2", "zzzzzz": 1}
    found = problems(sample)
    assert {path: problem.value for path, problem in found.items()} == {
        "$.document.reminders.befor": '"befor"',
        "$.document.reminders.before": "[5, -1]",
        "$.document.reminders.at": '"25:00"',
        "$.tasks[0].reminders": "[10, 5]",
        "$.tasks[3].reminders.ask_months": "5",
        "$.tasks[3].reminders.weekly_on": '"sunday"',
        "$.tasks[3].reminders.after": '"2"',
        "$.tasks[3].reminders.zzzzzz": '"zzzzzz"',
    }
    assert found["$.document.reminders.befor"].nearest == "before"
    assert found["$.document.reminders.before"].sentence == (
        "$.document.reminders.before: [5, -1] – không đúng; "
        "cần danh sách không quá 20 số nguyên khác nhau từ 0 đến 250, ví dụ [10, 5, 2, 0]."
    )
    assert "0, 1, 2, 3, 4, 6, 12" in found["$.tasks[3].reminders.ask_months"].reason
    assert "contact_after" in found["$.tasks[3].reminders.zzzzzz"].reason


@pytest.mark.parametrize("ladder", [LADDER, {}, Policy().as_json()])
def test_the_schema_takes_what_is_taken(sample: dict[str, Any], ladder: dict[str, Any]) -> None:
    ladder = {**ladder, **({"at": "07:30"} if "at" in ladder else {})}
    sample["document"]["reminders"] = sample["tasks"][0]["reminders"] = ladder
    jsonschema.validate(sample, json.loads(make_schema()))
    schema = json.loads(make_schema())["$defs"]["Reminders"]["properties"]
    assert {name: each["default"] for name, each in schema.items()} == Policy().as_json()


some_json = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=6),
    lambda each: st.lists(each, max_size=3),
)


@given(
    st.dictionaries(st.sampled_from(POLICY_FIELDS) | st.text(max_size=8), some_json, max_size=4) | some_json
)
def test_whatever_stands_there_is_taken_or_refused_in_words(ladder: Any) -> None:
    from bot.documents.rules import list_rule_faults
    from bot.documents.tasks_file import Reminders

    faults = list(list_rule_faults({"document": {"reminders": ladder}}))
    assert all(fault.path.startswith("$.document.reminders") for fault in faults)
    if ladder is not None and not faults:
        Policy.from_json(Reminders.model_validate(ladder).as_ladder())


def test_items_of_a_ladder_are_merged_each_on_its_own_and_no_days_are_not_nothing(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    sample["document"]["reminders"] = {"before": [7], "after": []}
    incoming = read_file(json.dumps(sample).encode(), reader)
    first = plan_load(None, incoming).document
    assert split_ladder(first.changes)[1] == {**dict.fromkeys(POLICY_FIELDS), "before": [7], "after": []}
    # In the chat another hour; in the file other days.
    current = {**first.changes, **ladder_fields({"before": [7], "after": [], "at": "09:00"})}
    sample["document"]["reminders"] = {"before": [4], "at": "09:00"}
    edited = read_file(json.dumps(sample).encode(), reader)
    plan = plan_load(LoadedState(document=Stored(current, first.base)), edited).document
    assert split_ladder(plan.changes)[1] == {"before": [4], "after": None}
    assert plan.conflicts == ()
    current = {**first.changes, **ladder_fields({"before": [5], "after": []})}
    plan = plan_load(LoadedState(document=Stored(current, first.base)), edited).document
    assert [each.field for each in plan.conflicts] == ["reminders.before"]
