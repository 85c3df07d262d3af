"""Rows of every kind, with what is hard to carry: marks, nothing at all, microseconds, numbers beyond 32 bits."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, SQLModel

from bot import attachments
from db.engine import Database
from db.models import (
    Address,
    Agency,
    AgencyGroup,
    AgencyGroupMember,
    Assignment,
    Attachment,
    Cover,
    DeadlineChange,
    DialogueState,
    Document,
    Event,
    Extension,
    GroupBinding,
    Holiday,
    InboxUpdate,
    Indicator,
    Installation,
    Invite,
    Lease,
    Member,
    Membership,
    Notice,
    OfficeSettings,
    OutboxCover,
    OutboxMessage,
    Proposal,
    ReminderPolicy,
    Report,
    ReportVersion,
    RunningSpan,
    Snooze,
    Succession,
    Target,
    Task,
    Transfer,
    WrongInvite,
)

AT = datetime(2023, 5, 24, 1, 2, 3, 456789, tzinfo=UTC)
PLAN = "Kế hoạch số 12-KH/HU – đã ban hành ✅\n".encode() * 2000
PHOTO = bytes(range(256)) * 300
FILES = (PLAN, PHOTO)


def fill(database: Database, data_dir: Path) -> None:
    """At least one row in each table."""
    kept = [attachments.keep(data_dir, content) for content in FILES]
    with database.write() as session:
        for step in (_assignments(), _people(), _work(kept), _messages()):
            for row in step:
                _add(session, row)
        session.get_one(Installation, 1).mode = "sandbox"


def _add(session: Session, row: SQLModel) -> None:
    session.add(row)
    session.flush()


def _assignments() -> list[SQLModel]:
    return [
        Agency(id=1, key="hu-muong-te", name="Huyện ủy Mường Tè", aliases=["HU Mường Tè", ""], loaded={}),
        Agency(id=2, key="ban-dang", name="Ban Tổ chức “Tỉnh ủy”", note='<b>&"', loaded={"name": None}),
        AgencyGroup(id=1, key="huyen-uy", name="các huyện ủy"),
        AgencyGroupMember(group_id=1, agency_id=1),
        Succession(id=1, from_agency_id=1, to_agency_id=2, kind="merged", effective_on=date(2025, 7, 1)),
        Holiday(day=date(2026, 1, 2), kind="off", name="Nghỉ bù"),
        Document(id=1, key="nq-20", title="Nghị quyết 20", received={"on": "2023-04-24"}, created_at=AT),
        Task(id=1, document_id=1, clause="IV.2.b", clause_label="Mục IV", title="Ban hành kế hoạch"),
        ReminderPolicy(id=1, task_id=1, ladder={"before": [10, 5.5, None], "nested": {"a": [True]}}),
        Assignment(id=7, task_id=1, agency_id=1, role="lead", due=date(2023, 5, 31), assigned_at=AT),
        Assignment(id=9, task_id=1, agency_id=2, role="coordinating", assigned_at=AT),
    ]


def _people() -> list[SQLModel]:
    return [
        Member(id=1, name="Bình", created_at=AT),
        Member(id=2, name="An", language="en", created_at=AT),
        RunningSpan(id=1, started_at=AT, seen_at=AT),
        WrongInvite(id=1, address="720000009", at=AT),
        Membership(id=1, member_id=1, agency_id=1, role="officer", from_at=AT),
        Membership(id=2, member_id=2, role="secretariat", from_at=AT),
        Cover(
            id=1,
            absent_id=1,
            cover_id=2,
            agency_id=1,
            starts_on=date(2023, 6, 1),
            ends_on=date(2023, 6, 2),
        ),
        Address(id=1, address="720000001", member_id=1),
        Address(id=2, address="-1002000000001", kind="group"),
        GroupBinding(id=1, address_id=2, agency_id=1, bound_by=1, bound_at=AT),
        Invite(
            id=1,
            token_hash="0" * 64,
            role="viewer",
            created_at=AT,
            expires_at=AT + timedelta(days=7),
        ),
        DialogueState(
            id=1, chat_id="1", member_id=1, name="report", token="a", data={"text": "…"}, updated_at=AT
        ),
    ]


def _work(kept: list[str]) -> list[SQLModel]:
    report = Report(
        id=3, assignment_id=7, agency_id=1, kind="progress", text="Đang làm", submitted_at=AT, submitted_by=1
    )
    files = [
        Attachment(
            id=number,
            report_id=3,
            member_id=1,
            name=name,
            size=len(content),
            file_id="f",
            state="stored",
            sha256=sha256,
            created_at=AT,
        )
        for number, (name, content, sha256) in enumerate(
            zip(("../../kế hoạch.docx", "ảnh.jpg"), FILES, kept, strict=True), 1
        )
    ]
    return [
        report,
        *files,
        Attachment(id=8, member_id=1, name="chưa tải", file_id="g", created_at=AT),
        Indicator(id=1, report_id=3, name="Chi bộ", value="12,5 %", as_of=date(2023, 5, 24)),
        ReportVersion(id=1, report_id=3, number=1, values={"text": "a"}, replaced_at=AT, replaced_by=1),
        Proposal(id=1, report_id=3, verdict="return", note="Thiếu số liệu", proposed_by=1, proposed_at=AT),
        Transfer(id=1, assignment_id=7, reason="Không thuộc", requested_by=1, requested_at=AT),
        Target(id=1, document_id=1, key="hop-tac-xa", name="Hợp tác xã", value="410"),
        Extension(
            id=1,
            assignment_id=7,
            requested_by=1,
            requested_at=AT,
            wanted_text="15/6",
            wanted_due=date(2023, 6, 15),
            reason="Chờ góp ý",
        ),
        Snooze(id=1, assignment_id=7, member_id=1, until_at=AT),
        DeadlineChange(
            id=1, assignment_id=7, new_due=date(2023, 5, 31), reason="theo văn bản", changed_at=AT
        ),
        Event(id=11, at=AT, actor="system", action="loaded", document_id=1, after={"tasks": 1, "none": None}),
    ]


def _messages() -> list[SQLModel]:
    told = Notice(
        id=1, dedupe_key="a", kind="reminder", audience="agency", agency_id=1, due_at=AT, data={"due": None}
    )
    messages = [
        OutboxMessage(id=1, dedupe_key="1", address_id=1, kind="reminder", text="Gửi", created_at=AT),
        OutboxMessage(
            id=2, dedupe_key="2", address_id=1, kind="reminder", text="Đi", status="sending", created_at=AT
        ),
        OutboxMessage(
            id=5,
            dedupe_key="3",
            address_id=1,
            kind="reminder",
            text="Đến",
            keyboard=[[{"text": "Đã nhận nhiệm vụ", "data": "ack:7"}]],
            status="sent",
            sent_at=AT,
            message_id=2**40,
            created_at=AT,
        ),
    ]
    update = InboxUpdate(id=1, bot_id=7_000_000_000, update_id=2**33, raw='{"a": "\\n\\"é"}', received_at=AT)
    return [
        told,
        *messages,
        OutboxCover(message_id=1, notice_id=1, address_id=1),
        update,
        Lease(name="sender", owner="a machine:1", epoch=4, expires_at=AT),
        OfficeSettings(id=1, paused_at=AT, plan_key="k", replanned_to=2**40),
    ]
