"""Targets in a file: checked like the rest, merged like the rest, and kept where numbers were reported."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.documents.describe import describe
from bot.documents.plan import LoadPlan, plan_load, target_fields
from bot.documents.reading import DeadlineReader
from bot.documents.resolve import ResolvedDocument, read_file
from bot.documents.state import LoadedState, StoredTarget
from tests.documents.conftest import Told
from tests.saying import VIETNAMESE


def test_all_faults_of_targets_are_told_at_once(
    sample: dict[str, Any], problems: Callable[[Any], dict[str, Told]]
) -> None:
    sample["targets"][:4] = [
        {"key": "Hợp tác xã", "name": "Số hợp tác xã", "value": 410},
        {"key": "hop-tac-xa-2045", "name": "Số hợp tác xã", "value": "nhiều"},
        {"key": "mot", "name": "", "by": "31/12/2030"},
        {"key": "hai", "name": "Hai", "units": "%"},
    ]
    found = problems(sample)
    assert found["$.targets[0].key"].nearest == "hop-tac-xa"
    assert found["$.targets[0].value"].nearest == '"410"'
    assert "con số" in found["$.targets[1].value"].reason
    assert "không được để trống" in found["$.targets[2].name"].reason
    assert found["$.targets[2].by"].nearest == "2030-12-31"
    assert found["$.targets[3].units"].nearest == "unit"
    doubled = next(path for path, fault in found.items() if "đã dùng" in fault.reason)
    assert doubled.endswith(".key")


def test_what_the_document_does_not_say_may_be_null(sample: dict[str, Any], reader: DeadlineReader) -> None:
    sample["targets"] = [{"key": "a", "name": "Một chỉ tiêu", "value": None, "unit": None, "by": None}]
    (target,) = read(sample, reader).targets
    assert (target.value, target.unit, target.by_on) == (None, None, None)


def read(sample: dict[str, Any], reader: DeadlineReader) -> ResolvedDocument:
    return read_file(json.dumps(sample).encode(), reader)


def stored(document: ResolvedDocument) -> LoadedState:
    plan = plan_load(None, document)
    base = {entry.key: entry.base for entry in plan.targets}
    return LoadedState(
        targets={each.key: StoredTarget(target_fields(each), base[each.key]) for each in document.targets}
    )


def changed(plan: LoadPlan) -> dict[str, str]:
    return {entry.key: entry.action for entry in plan.targets if entry.action != "unchanged"}


def test_an_edited_target_is_merged_and_one_that_left_goes_unless_it_has_numbers(
    sample: dict[str, Any], reader: DeadlineReader
) -> None:
    state = stored(read(sample, reader))
    sample["targets"][0]["by"] = "2031-12-31"
    gone = [sample["targets"].pop(1)["key"], sample["targets"].pop(1)["key"]]
    with_numbers = replace(state.targets[gone[0]], has_numbers=True)
    plan = plan_load(LoadedState(targets={**state.targets, gone[0]: with_numbers}), read(sample, reader))
    assert changed(plan) == {"to-hop-tac-2030": "updated", gone[1]: "withdrawn"}
    assert plan.targets[0].changes == {"by_on": date(2031, 12, 31)}
    lines = describe(plan, VIETNAMESE)
    assert f"bỏ chỉ tiêu {gone[1]}" in lines
    assert "sửa chỉ tiêu to-hop-tac-2030" in lines


def test_what_both_sides_changed_is_a_conflict(sample: dict[str, Any], reader: DeadlineReader) -> None:
    state = stored(read(sample, reader))
    first = state.targets["to-hop-tac-2030"]
    by_people = replace(first, current={**first.current, "value": "450"})
    sample["targets"][0]["value"] = "440"
    plan = plan_load(
        LoadedState(targets={**state.targets, "to-hop-tac-2030": by_people}), read(sample, reader)
    )
    assert [each.field for each in plan.targets[0].conflicts] == ["value"]
    assert plan.has_conflicts
