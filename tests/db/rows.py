"""Valid rows of every table, and a database filled with some."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, SQLModel

import db.models as models

NOW = datetime(2023, 5, 17, 1, tzinfo=UTC)
LATER = datetime(2023, 5, 18, 1, tzinfo=UTC)
DAY = date(2023, 5, 31)
# Row 3 of these is free for one more child; rows 1 and 2 have children in every table below.
PARENTS = (
    "document",
    "agency",
    "agency_group",
    "member",
    "task",
    "assignment",
    "report",
    "address",
    "notice",
    "outbox_message",
)
NEW = 4
# Of these there is one row.
SINGLE = ("installation", "office_settings")
MODELS: dict[str, type[SQLModel]] = {
    str(getattr(models, name).__tablename__): getattr(models, name) for name in models.__all__
}


def make_row(table: str, number: int, **changes: Any) -> SQLModel:
    """The valid row of that number; its parents have the same number, those of a new row the free one."""
    values = _VALUES[table](number, min(number, NEW - 1))
    return MODELS[table](**{**values, **changes})


def fill(session: Session) -> None:
    """Rows 1 and 2 of every table, row 3 of the parents; the installation's row is the migration's."""
    for table in _list_fillable():
        most = 1 if table in SINGLE else 3 if table in PARENTS else 2
        for number in (1, 2, 3):
            if number <= most:
                session.add(make_row(table, number))
                # The models declare no relationships, so a flush does not know parents from children.
                session.flush()


def _list_fillable() -> Iterator[str]:
    return (each.name for each in SQLModel.metadata.sorted_tables if each.name != "installation")


_Row = dict[str, Any]


def _document(n: int, _p: int) -> _Row:
    return {"id": n, "key": f"document-{n}", "title": "Chương trình hành động", "created_at": NOW}


def _agency(n: int, _p: int) -> _Row:
    return {"id": n, "key": f"agency-{n}", "name": "Huyện ủy Mường Tè"}


def _agency_group(n: int, _p: int) -> _Row:
    return {"id": n, "key": f"group-{n}", "name": "các huyện ủy"}


def _agency_group_member(n: int, p: int) -> _Row:
    return {"group_id": p, "agency_id": p}


def _succession(n: int, p: int) -> _Row:
    return {"id": n, "from_agency_id": p, "to_agency_id": p, "kind": "renamed", "effective_on": DAY}


def _holiday(n: int, _p: int) -> _Row:
    return {"day": date(2026, 1, n), "kind": "off"}


def _reminder_policy(n: int, p: int) -> _Row:
    return {"id": n, "document_id": p, "ladder": {"before": [10, 5]}}


def _member(n: int, _p: int) -> _Row:
    return {"id": n, "name": "Bình", "created_at": NOW}


def _membership(n: int, p: int) -> _Row:
    return {"id": n, "member_id": p, "agency_id": p, "role": "officer", "from_at": NOW}


def _cover(n: int, p: int) -> _Row:
    other = p % 3 + 1
    return {
        "id": n,
        "absent_id": p,
        "cover_id": other,
        "agency_id": p,
        "starts_on": date(2023, 5, 1),
        "ends_on": DAY,
    }


def _address(n: int, p: int) -> _Row:
    return {"id": n, "address": str(700_000_000 + n), "member_id": p}


def _group_binding(n: int, p: int) -> _Row:
    return {"id": n, "address_id": p, "agency_id": p, "bound_by": p, "bound_at": NOW}


def _invite(n: int, p: int) -> _Row:
    return {
        "id": n,
        "token_hash": f"hash-{n}",
        "role": "officer",
        "agency_id": p,
        "created_by": p,
        "created_at": NOW,
        "expires_at": LATER,
    }


def _dialogue_state(n: int, p: int) -> _Row:
    return {
        "id": n,
        "chat_id": "700000001",
        "member_id": p,
        "name": "report",
        "token": "t",
        "updated_at": NOW,
    }


def _wrong_invite(n: int, _p: int) -> _Row:
    return {"id": n, "address": "700000001", "at": NOW}


def _lease(n: int, _p: int) -> _Row:
    return {"name": f"sender-{n}", "owner": "here:1", "expires_at": LATER}


def _running_span(n: int, _p: int) -> _Row:
    return {"id": n, "started_at": NOW, "seen_at": LATER}


def _installation(_n: int, _p: int) -> _Row:
    return {"id": 1, "mode": "bot", "created_at": NOW}


def _proposal(n: int, p: int) -> _Row:
    return {"id": n, "report_id": p, "verdict": "accept", "proposed_by": min(p, 2), "proposed_at": NOW}


def _report_version(n: int, p: int) -> _Row:
    return {
        "id": n,
        "report_id": p,
        "number": 1,
        "values": {"text": "Đã xong"},
        "replaced_at": NOW,
        "replaced_by": min(p, 2),
    }


def _transfer(n: int, p: int) -> _Row:
    return {
        "id": n,
        "assignment_id": p,
        "reason": "Không thuộc lĩnh vực",
        "requested_by": min(p, 2),
        "requested_at": NOW,
    }


def _target(n: int, p: int) -> _Row:
    return {"id": n, "document_id": min(p, 2), "key": f"target-{n}", "name": "Tổ hợp tác"}


def _office_settings(_n: int, _p: int) -> _Row:
    return {"id": 1, "paused_by": 1}


def _task(n: int, p: int) -> _Row:
    return {
        "id": n,
        "document_id": min(p, 2),
        "clause": f"IV.2.{n}",
        "clause_label": "Mục IV, điểm 2",
        "title": "Ban hành kế hoạch",
        "advising_id": min(p, 2),
    }


def _assignment(n: int, p: int) -> _Row:
    return {
        "id": n,
        "task_id": p,
        "agency_id": p,
        "role": "lead",
        "period": f"2023-0{n}",
        "due": DAY,
        "assigned_at": NOW,
        "acknowledged_at": NOW,
        "acknowledged_by": p,
    }


def _snooze(n: int, p: int) -> _Row:
    return {"id": n, "assignment_id": p, "member_id": p, "until_at": LATER}


def _deadline_change(n: int, p: int) -> _Row:
    return {"id": n, "assignment_id": p, "reason": "gia hạn", "changed_by": p, "changed_at": NOW}


def _report(n: int, p: int) -> _Row:
    return {
        "id": n,
        "assignment_id": p,
        "agency_id": p,
        # The third is a report of progress, so that a new completion may still come.
        "kind": "progress" if n == 3 else "completion",
        "submitted_at": NOW,
        "submitted_by": p,
    }


def _attachment(n: int, p: int) -> _Row:
    return {"id": n, "report_id": p, "member_id": p, "name": "kh.pdf", "file_id": "AgAD", "created_at": NOW}


def _extension(n: int, p: int) -> _Row:
    return {
        "id": n,
        "assignment_id": p,
        "requested_by": p,
        "requested_at": NOW,
        "wanted_text": "15/6/2023",
        "wanted_due": date(2023, 6, 15),
        "reason": "chờ hướng dẫn",
    }


def _event(n: int, p: int) -> _Row:
    return {
        "id": n,
        "at": NOW,
        "actor_id": p,
        "actor": "Bình",
        "action": "reported",
        "document_id": p,
        "assignment_id": p,
        "agency_id": p,
    }


def _inbox_update(n: int, _p: int) -> _Row:
    return {"id": n, "bot_id": 110_201_543, "update_id": 480_000_000 + n, "raw": "{}", "received_at": NOW}


def _notice(n: int, p: int) -> _Row:
    return {
        "id": n,
        "dedupe_key": f"reminder:{n}",
        "kind": "reminder",
        "audience": "agency",
        "agency_id": p,
        "member_id": p,
        "assignment_id": p,
        "report_id": p,
        "due_at": NOW,
    }


def _outbox_message(n: int, p: int) -> _Row:
    return {
        "id": n,
        "dedupe_key": f"message:{n}",
        "address_id": p,
        "agency_id": p,
        "kind": "reminder",
        "text": "Nhắc việc lần 1",
        "created_at": NOW,
    }


def _outbox_cover(n: int, p: int) -> _Row:
    return {"message_id": p, "notice_id": p, "address_id": p}


def _indicator(n: int, p: int) -> _Row:
    return {"id": n, "report_id": p, "name": "tổ hợp tác", "value": "430", "as_of": DAY}


_VALUES = {
    "address": _address,
    "agency": _agency,
    "agency_group": _agency_group,
    "agency_group_member": _agency_group_member,
    "assignment": _assignment,
    "attachment": _attachment,
    "cover": _cover,
    "deadline_change": _deadline_change,
    "dialogue_state": _dialogue_state,
    "document": _document,
    "event": _event,
    "extension": _extension,
    "group_binding": _group_binding,
    "holiday": _holiday,
    "inbox_update": _inbox_update,
    "indicator": _indicator,
    "installation": _installation,
    "invite": _invite,
    "lease": _lease,
    "member": _member,
    "membership": _membership,
    "notice": _notice,
    "office_settings": _office_settings,
    "outbox_cover": _outbox_cover,
    "outbox_message": _outbox_message,
    "proposal": _proposal,
    "reminder_policy": _reminder_policy,
    "report": _report,
    "report_version": _report_version,
    "running_span": _running_span,
    "snooze": _snooze,
    "succession": _succession,
    "target": _target,
    "task": _task,
    "transfer": _transfer,
    "wrong_invite": _wrong_invite,
}
