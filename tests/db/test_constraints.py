"""Constraints live in the database, so that a bug cannot write nonsense."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from db.engine import Database
from tests.db.rows import LATER, MODELS, NEW, NOW, PARENTS, SINGLE, make_row

TABLES = SQLModel.metadata.tables
EARLIER = date(2023, 4, 30)


@dataclass(frozen=True)
class Case:
    """A new row of the table, changed so that only this constraint is broken; `given` stands there before."""

    constraint: str
    table: str
    changes: dict[str, Any]
    given: dict[str, Any] = field(default_factory=dict)


DONE = {"status": "completed", "submitted_at": NOW, "completed_at": NOW}
SECRETARIAT = {"role": "secretariat", "agency_id": None}

REFUSED = (
    Case("address_kind", "address", {"kind": "channel", "member_id": None}),
    Case("address_once", "address", {"address": "700000001"}),
    Case("address_owner", "address", {"kind": "group"}),
    Case("address_owner", "address", {"member_id": None}),
    Case("agency(key)", "agency", {"key": "agency-1"}),
    Case("agency_group(key)", "agency_group", {"key": "group-1"}),
    Case("assignment_acknowledged", "assignment", {"acknowledged_by": None}),
    Case("assignment_acknowledged", "assignment", {"acknowledged_at": None}),
    Case("assignment_completed", "assignment", {**DONE, "completed_at": None}),
    Case("assignment_completed", "assignment", {"completed_at": NOW}),
    Case("assignment_lead_completes", "assignment", {**DONE, "role": "coordinating"}),
    Case("assignment_once", "assignment", {"task_id": 1, "agency_id": 1, "period": "2023-01"}),
    Case("assignment_plan_no", "assignment", {"plan_no": -1}),
    Case("assignment_role", "assignment", {"role": "helper"}),
    Case("assignment_status", "assignment", {"status": "done"}),
    Case("assignment_submitted", "assignment", {**DONE, "submitted_at": None}),
    Case("assignment_submitted", "assignment", {"status": "awaiting_confirmation"}),
    Case("attachment_state", "attachment", {"state": "lost"}),
    Case("attachment_stored", "attachment", {"state": "stored"}),
    Case("attachment_stored", "attachment", {"sha256": "00"}),
    Case("cover_other", "cover", {"absent_id": 1, "cover_id": 1}),
    Case("cover_span", "cover", {"ends_on": EARLIER}),
    Case("dialogue_once", "dialogue_state", {"member_id": 1}),
    Case("document(key)", "document", {"key": "document-1"}),
    Case("document_not_secret", "document", {"secrecy": "Mật"}),
    Case("document_past", "document", {"past": "later"}),
    Case("extension_decided", "extension", {"state": "agreed"}),
    Case("extension_decided", "extension", {"decided_at": NOW}),
    Case("extension_one_pending", "extension", {"assignment_id": 1}),
    Case("extension_state", "extension", {"state": "maybe", "decided_at": NOW}),
    Case("group_binding_once", "group_binding", {"address_id": 1}),
    Case("holiday_kind", "holiday", {"kind": "half"}),
    Case("inbox_update_applied", "inbox_update", {"state": "applied"}),
    Case("inbox_update_applied", "inbox_update", {"applied_at": NOW}),
    Case("inbox_update_once", "inbox_update", {"update_id": 480_000_001}),
    Case("inbox_update_parked", "inbox_update", {"state": "parked"}),
    Case("inbox_update_parked", "inbox_update", {"error": "ValueError"}),
    Case("inbox_update_state", "inbox_update", {"state": "new"}),
    Case("installation_mode", "installation", {"mode": "test"}),
    Case("installation_one", "installation", {"id": 2}),
    Case("invite(token_hash)", "invite", {"token_hash": "hash-1"}),
    Case("invite_agency", "invite", {"agency_id": None}),
    Case("invite_agency", "invite", {"role": "viewer"}),
    Case("invite_role", "invite", {"role": "boss", "agency_id": None}),
    Case("invite_used", "invite", {"used_at": NOW}),
    Case("invite_used", "invite", {"used_by": 1}),
    Case("office_settings_one", "office_settings", {"id": 2}),
    Case("office_settings_weekly_on", "office_settings", {"weekly_on": 7}),
    Case("membership_agency", "membership", {"agency_id": None}),
    Case("membership_agency", "membership", {"role": "secretariat"}),
    Case("membership_open_once", "membership", {"member_id": 1, "agency_id": 1}),
    Case("membership_open_once", "membership", SECRETARIAT, given=SECRETARIAT),
    Case("membership_role", "membership", {"role": "boss", "agency_id": None}),
    Case("membership_span", "membership", {"from_at": LATER, "until_at": NOW}),
    Case("notice(dedupe_key)", "notice", {"dedupe_key": "reminder:1"}),
    Case("notice_audience", "notice", {"audience": "everyone"}),
    Case("notice_state", "notice", {"state": "sent"}),
    Case("outbox_cover_once", "outbox_cover", {"notice_id": 1, "address_id": 1}),
    Case("outbox_message(dedupe_key)", "outbox_message", {"dedupe_key": "message:1"}),
    Case("outbox_message_address", "outbox_message", {"status": "sending", "address_id": None}),
    Case("outbox_message_address", "outbox_message", {"status": "sent", "sent_at": NOW, "address_id": None}),
    Case("outbox_message_sent", "outbox_message", {"status": "sent"}),
    Case("outbox_message_sent", "outbox_message", {"sent_at": NOW}),
    Case("outbox_message_status", "outbox_message", {"status": "lost"}),
    Case("reminder_policy_document", "reminder_policy", {"document_id": 1}),
    Case("reminder_policy_of_one", "reminder_policy", {"task_id": 3}),
    Case("reminder_policy_of_one", "reminder_policy", {"document_id": None}),
    Case(
        "reminder_policy_task",
        "reminder_policy",
        {"document_id": None, "task_id": 1},
        given={"document_id": None, "task_id": 1},
    ),
    Case("proposal_once", "proposal", {"report_id": 1}),
    Case("proposal_verdict", "proposal", {"verdict": "maybe"}),
    Case("report_by_someone", "report", {"submitted_by": None}),
    Case("report_kind", "report", {"kind": "final"}),
    Case("report_version_once", "report_version", {"report_id": 1}),
    Case("report_not_own", "report", {"reviewed_by": 3}),
    Case("report_one_pending_completion", "report", {"assignment_id": 1}),
    Case("report_review", "report", {"review": "maybe", "reviewed_at": NOW}),
    Case("report_reviewed", "report", {"review": "accepted"}),
    Case("report_reviewed", "report", {"reviewed_at": NOW}),
    Case("snooze_once", "snooze", {"assignment_id": 1, "member_id": 1}),
    Case("succession_kind", "succession", {"kind": "sold"}),
    Case("succession_once", "succession", {"from_agency_id": 1, "to_agency_id": 1}),
    Case("target_key", "target", {"document_id": 1, "key": "target-1"}),
    Case("transfer_decided", "transfer", {"decided_at": NOW}),
    Case("transfer_decided", "transfer", {"state": "agreed"}),
    Case("transfer_one_pending", "transfer", {"assignment_id": 1}),
    Case("transfer_state", "transfer", {"state": "maybe", "decided_at": NOW}),
    Case("task_clause", "task", {"document_id": 1, "clause": "IV.2.1"}),
    Case("task_deadline_kind", "task", {"deadline_kind": "soon"}),
)

# What lies just beside a refusal and must be possible.
ACCEPTED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("address", {"kind": "group", "member_id": None}),
    ("address", {"channel": "zalo", "address": "700000001"}),
    ("assignment", DONE),
    ("assignment", {"task_id": 1, "agency_id": 1, "period": "2023-02"}),
    ("assignment", {"task_id": 1, "agency_id": 1, "period": "2023-01", "role": "coordinating"}),
    ("attachment", {"state": "stored", "sha256": "00", "size": 2**32}),
    ("cover", {"ends_on": date(2023, 5, 1)}),
    ("event", {"update_id": 2**40}),
    ("extension", {"assignment_id": 1, "state": "refused", "decided_at": NOW}),
    ("inbox_update", {"bot_id": 1, "update_id": 480_000_001}),
    ("membership", {"member_id": 1, "agency_id": 1, "until_at": LATER}),
    ("membership", {"member_id": 1, "agency_id": 1, "role": "head"}),
    ("membership", SECRETARIAT),
    ("outbox_message", {"address_id": None}),
    ("outbox_message", {"status": "sent", "sent_at": NOW}),
    ("reminder_policy", {"document_id": None, "task_id": 1}),
    ("report", {"assignment_id": 1, "kind": "progress"}),
    ("report", {"assignment_id": 1, "review": "returned", "reviewed_at": NOW, "reviewed_by": 1}),
    ("task", {"document_id": 2, "clause": "IV.2.1"}),
)

# Columns that another check ties to a foreign key.
TIED: dict[str, dict[str, Any]] = {
    "invite.used_by": {"used_at": NOW},
    "reminder_policy.task_id": {"document_id": None},
}


class _Undo(Exception):
    pass


def insert(database: Database, table: str, *rows: dict[str, Any]) -> IntegrityError | None:
    """The database's refusal of these rows, if any; nothing stays."""
    try:
        with database.write() as session:
            if table in SINGLE:
                session.execute(text(f"DELETE FROM {table}"))
            for number, changes in enumerate(rows):
                session.add(make_row(table, NEW, **(_key(table, number) | changes)))
                session.flush()
            raise _Undo
    except IntegrityError as error:
        return error
    except _Undo:
        return None


def _key(table: str, number: int) -> dict[str, int]:
    return {"id": NEW + number} if "id" in TABLES[table].c and table not in SINGLE else {}


def list_constraints(table: Table) -> Iterator[tuple[str, Any]]:
    for each in table.constraints:
        if isinstance(each, CheckConstraint | UniqueConstraint):
            yield _name(table, each), each
    for index in table.indexes:
        if index.unique:
            yield str(index.name), index


def _name(table: Table, constraint: CheckConstraint | UniqueConstraint) -> str:
    return str(constraint.name or f"{table.name}({', '.join(c.name for c in constraint.columns)})")


def expected_message(database: Database, case: Case) -> str:
    """The words by which each database names the constraint."""
    constraint = dict(list_constraints(TABLES[case.table]))[case.constraint]
    if not database.is_sqlite:
        unnamed = f"{case.table}_{'_'.join(getattr(constraint, 'columns', {}).keys())}_key"
        return f'"{unnamed if "(" in case.constraint else case.constraint}"'
    if isinstance(constraint, CheckConstraint):
        return f"CHECK constraint failed: {case.constraint}"
    if isinstance(constraint, Index) and len(constraint.expressions) > len(constraint.columns):
        return f"UNIQUE constraint failed: index '{case.constraint}'"
    return "UNIQUE constraint failed: " + ", ".join(str(column) for column in constraint.columns)


def test_every_constraint_of_the_models_has_a_case() -> None:
    found = {name for table in TABLES.values() for name, _ in list_constraints(table)}
    assert len(found) > 50
    assert found == {case.constraint for case in REFUSED}


def test_every_table_takes_a_valid_row(filled: Database) -> None:
    assert MODELS.keys() == TABLES.keys()
    refused = {table: str(error) for table in TABLES if (error := insert(filled, table, {}))}
    assert refused == {}


def test_every_constraint_refuses_what_breaks_it(filled: Database) -> None:
    wrong = []
    for case in REFUSED:
        rows = [case.given, case.changes] if case.given else [case.changes]
        error = insert(filled, case.table, *rows)
        if error is None or expected_message(filled, case) not in str(error.orig):
            wrong.append((case, error))
    assert wrong == []


def test_what_lies_beside_a_refusal_is_accepted(filled: Database) -> None:
    refused = [
        (table, changes, error) for table, changes in ACCEPTED if (error := insert(filled, table, changes))
    ]
    assert refused == []


def test_a_foreign_key_never_points_at_nothing(filled: Database) -> None:
    wrong, tried = [], 0
    for table in TABLES.values():
        for key in table.foreign_keys:
            tried += 1
            name = key.parent.name
            changes = {name: 999, **TIED.get(f"{table.name}.{name}", {})}
            error = insert(filled, table.name, changes)
            if error is None or "foreign key" not in str(error.orig).lower():
                wrong.append((table.name, name, error))
    assert tried > 40
    assert wrong == []


def test_nothing_is_deleted_by_cascade(filled: Database) -> None:
    for parent in PARENTS:
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), filled.write() as session:
            session.execute(text(f"DELETE FROM {parent} WHERE id = 1"))


def test_no_foreign_key_of_the_models_acts_by_itself() -> None:
    keys = [key for table in TABLES.values() for key in table.foreign_keys]
    assert [key for key in keys if key.ondelete or key.onupdate or key.deferrable] == []
