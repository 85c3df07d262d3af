"""What a load would do to what is stored: created, updated, withdrawn; never deleted, never doubled."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.describe import describe, list_conflict_sentences
from bot.documents.plan import EntryPlan, LoadPlan, document_fields, plan_load
from bot.documents.reading import DeadlineReader
from bot.documents.resolve import ResolvedDocument, read_file
from bot.documents.state import AssignmentKey, LoadedState, Stored, StoredAssignment, StoredTarget, StoredTask
from tests.saying import VIETNAMESE

TASKS_FILE = Path(__file__).parents[2] / "tasks.json"
Edit = Callable[[dict[str, Any]], None]
PLAN_LEAD = AssignmentKey("IV.2.b", "hu-muong-te", "lead")


@pytest.fixture
def document(reader: DeadlineReader) -> ResolvedDocument:
    return read_file(TASKS_FILE.read_bytes(), reader)


@pytest.fixture
def edited(sample: dict[str, Any], reader: DeadlineReader) -> Callable[[Edit], ResolvedDocument]:
    def edit(change: Edit) -> ResolvedDocument:
        change(sample)
        return read_file(json.dumps(sample).encode(), reader)

    return edit


def carried_out(state: LoadedState, plan: LoadPlan) -> LoadedState:
    """The state after a service did what the plan says."""
    tasks, assignments = dict(state.tasks), dict(state.assignments)
    for entry in plan.tasks:
        old = tasks.get(entry.key, StoredTask({}))
        withdrawn = entry.action == "withdrawn" or (old.withdrawn and entry.action != "restored")
        current = {**old.current, **entry.changes}
        tasks[entry.key] = StoredTask(current, entry.base, withdrawn)
        for change in entry.assignments:
            old_one = assignments.get(change.key, StoredAssignment())
            assignments[change.key] = replace(old_one, active=change.action != "withdraw")
    return LoadedState(
        document=stored(state.document, plan.document),
        agencies={e.key: stored(state.agencies.get(e.key), e) for e in plan.agencies},
        groups={e.key: stored(state.groups.get(e.key), e) for e in plan.groups},
        tasks=tasks,
        assignments=assignments,
        targets={
            e.key: StoredTarget(**_fields(stored(state.targets.get(e.key), e)))
            for e in plan.targets
            if e.action != "withdrawn"
        },
    )


def _fields(entry: Stored) -> dict[str, Any]:
    return {"current": entry.current, "base": entry.base}


def stored(old: Stored | None, entry: EntryPlan) -> Stored:
    return Stored({**(old.current if old else {}), **entry.changes}, entry.base)


@pytest.fixture
def loaded(document: ResolvedDocument) -> LoadedState:
    return carried_out(LoadedState(), plan_load(None, document))


def changed_in_chat(state: LoadedState, clause: str, **fields: object) -> LoadedState:
    task = state.tasks[clause]
    tasks = {**state.tasks, clause: replace(task, current={**task.current, **fields})}
    return replace(state, tasks=tasks)


def reassigned(state: LoadedState, key: AssignmentKey, to: AssignmentKey | None = None) -> LoadedState:
    moved = {key: replace(state.assignments[key], active=False)}
    if to is not None:
        moved[to] = StoredAssignment()
    return replace(state, assignments={**state.assignments, **moved})


def test_a_first_load_creates_everything(document: ResolvedDocument) -> None:
    plan = plan_load(None, document)
    assert plan.counts == {"created": 7, "updated": 0, "unchanged": 0, "withdrawn": 0, "assignments": 66}
    assert {change.action for task in plan.tasks for change in task.assignments} == {"add"}
    assert plan.tasks[2].changes["due"] == date(2023, 5, 31)
    assert json.loads(json.dumps(plan.tasks[2].base))["due"] == "2023-05-31"


def test_loading_twice_changes_nothing(document: ResolvedDocument, loaded: LoadedState) -> None:
    plan = plan_load(loaded, document)
    assert not plan.has_changes
    assert plan.counts["unchanged"] == 7
    assert describe(plan, VIETNAMESE) == ("Không có gì thay đổi.",)


def test_an_edited_field_updates_that_task_alone(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    plan = plan_load(loaded, edited(lambda file: file["tasks"][4].update(title="Sơ kết, tổng kết")))
    assert [(t.key, t.changes) for t in plan.tasks if t.action == "updated"] == [
        ("IV.3.b", {"title": "Sơ kết, tổng kết"})
    ]
    assert any("Sơ kết, tổng kết" in line for line in describe(plan, VIETNAMESE))


def test_what_left_is_withdrawn_with_its_reports_kept(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    reported = {**loaded.assignments, PLAN_LEAD: StoredAssignment(has_reports=True)}
    plan = plan_load(replace(loaded, assignments=reported), edited(lambda file: file["tasks"].pop(2)))
    (gone,) = [task for task in plan.tasks if task.action == "withdrawn"]
    assert gone.key == "IV.2.b"
    assert len(gone.assignments) == 28
    assert [change.key for change in gone.assignments if change.has_reports] == [PLAN_LEAD]


def test_what_was_withdrawn_comes_back_when_the_file_has_it_again(
    document: ResolvedDocument, loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    without = edited(lambda file: file["tasks"].pop(2))
    after = carried_out(loaded, plan_load(loaded, without))
    assert not plan_load(after, without).has_changes
    plan = plan_load(after, document)
    assert plan.counts["updated"] == 1
    assert {change.action for change in plan.tasks[2].assignments} == {"reactivate"}
    assert not plan_load(carried_out(after, plan), document).has_changes


def test_a_new_member_of_a_group_gets_an_own_assignment(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    def add_member(file: dict[str, Any]) -> None:
        file["agencies"].append({"key": "hu-moi", "name": "Huyện ủy Mới"})
        file["groups"][4]["members"].append("hu-moi")

    plan = plan_load(loaded, edited(add_member))
    assert plan.counts["updated"] == 2
    assert [change.key.agency for task in plan.tasks for change in task.assignments] == ["hu-moi", "hu-moi"]
    assert [entry.key for entry in plan.agencies if entry.action == "created"] == ["hu-moi"]


def test_an_agency_moved_in_chat_stays_moved(document: ResolvedDocument, loaded: LoadedState) -> None:
    moved = reassigned(loaded, PLAN_LEAD, PLAN_LEAD._replace(agency="xa-muong-te"))
    assert not plan_load(moved, document).has_changes


def test_an_assignment_moved_to_different_agencies_is_a_conflict(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    given = AssignmentKey("IV.5", "ban-tuyen-giao", "lead")
    moved = reassigned(loaded, given, given._replace(agency="ban-dan-van"))
    incoming = edited(lambda file: file["tasks"][6].update(lead=["ban-to-chuc"]))
    plan = plan_load(moved, incoming)
    assert [conflict.field for conflict in plan.tasks[6].conflicts] == ["lead"]
    assert "--force" in list_conflict_sentences(plan, VIETNAMESE)[0]
    forced = carried_out(moved, plan_load(moved, incoming, force=True))
    active = {k.agency for k, a in forced.assignments.items() if k.clause == "IV.5" and a.active}
    assert active == {"ban-to-chuc"}
    assert not plan_load(forced, incoming).has_changes


def test_an_agency_never_gets_both_roles(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    helper = AssignmentKey("IV.5", "ban-dan-van", "coordinating")
    helped = replace(loaded, assignments={**loaded.assignments, helper: StoredAssignment()})
    incoming = edited(lambda file: file["tasks"][6].update(lead=["ban-tuyen-giao", "ban-dan-van"]))
    assert plan_load(helped, incoming).has_conflicts
    forced = carried_out(helped, plan_load(helped, incoming, force=True))
    roles = [k.role for k, a in forced.assignments.items() if k[:2] == ("IV.5", "ban-dan-van") and a.active]
    assert roles == ["lead"]


def test_a_role_turned_in_the_file_is_turned(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    incoming = edited(
        lambda file: file["tasks"][6].update(lead=["ban-dan-van"], coordinating=["ban-tuyen-giao"])
    )
    moves = {(c.key.agency, c.key.role, c.action) for c in plan_load(loaded, incoming).tasks[6].assignments}
    assert moves == {
        ("ban-dan-van", "lead", "add"),
        ("ban-tuyen-giao", "coordinating", "add"),
        ("ban-tuyen-giao", "lead", "withdraw"),
    }


def test_a_deadline_set_in_chat_stays(document: ResolvedDocument, loaded: LoadedState) -> None:
    fixed = changed_in_chat(loaded, "IV.4", due=date(2023, 7, 31), deadline_kind="date")
    assert not plan_load(fixed, document).has_changes


def test_a_deadline_changed_on_both_sides_is_a_conflict(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    fixed = changed_in_chat(loaded, "IV.4", due=date(2023, 7, 31), deadline_kind="date")
    incoming = edited(lambda file: file["tasks"][5].update(due="2023-08-31"))
    plan = plan_load(fixed, incoming)
    assert [conflict.field for conflict in plan.tasks[5].conflicts] == ["due", "precision"]
    after = carried_out(fixed, plan_load(fixed, incoming, force=True))
    assert after.tasks["IV.4"].current["due"] == date(2023, 8, 31)


def test_a_task_withdrawn_in_chat_stays_so_until_the_file_changes_it(
    document: ResolvedDocument, loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    task = replace(loaded.tasks["IV.5"], withdrawn=True)
    gone = reassigned(loaded, AssignmentKey("IV.5", "ban-tuyen-giao", "lead"))
    gone = replace(gone, tasks={**gone.tasks, "IV.5": task})
    assert not plan_load(gone, document).has_changes
    incoming = edited(lambda file: file["tasks"][6].update(title="Hướng dẫn tuyên truyền"))
    assert plan_load(gone, incoming).tasks[6].conflicts[0].field == "status"
    restored = plan_load(gone, incoming, force=True).tasks[6]
    assert restored.action == "restored"
    assert [change.action for change in restored.assignments] == ["reactivate"]


def test_an_agency_known_from_elsewhere_keeps_its_aliases(
    document: ResolvedDocument, loaded: LoadedState
) -> None:
    known = Stored({"name": "Huyện ủy Mường Tè", "aliases": ("HU M.Tè",), "confirmed": True, "note": None})
    plan = plan_load(replace(LoadedState(), agencies={"hu-muong-te": known}), document)
    (entry,) = [entry for entry in plan.agencies if entry.key == "hu-muong-te"]
    assert (entry.action, entry.changes) == ("updated", {"aliases": ("HU M.Tè", "HU Mường Tè")})
    assert not entry.conflicts


def test_a_corrected_number_updates_the_document(
    loaded: LoadedState, edited: Callable[[Edit], ResolvedDocument]
) -> None:
    incoming = edited(lambda file: file["document"].update(number="15-CTr/TU", issued_on="2023-04-20"))
    plan = plan_load(loaded, incoming)
    assert plan.document.changes == {"number": "15-CTr/TU", "issued_on": date(2023, 4, 20)}
    assert document_fields(incoming)["number"] == "15-CTr/TU"
