"""Everything that is stored, and the triggers that keep the audit trail append-only."""

import sqlalchemy as sa
from alembic import op

from db.types import BigId, Json, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", Json, nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("loaded", Json, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "agency_group",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "document",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("received", Json, nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("secrecy", sa.String(), nullable=True),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("loaded", Json, nullable=False),
        sa.Column("past", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("past IN ('none', 'held', 'now', 'all', 'silent')", name="document_past"),
        sa.CheckConstraint("secrecy IS NULL", name="document_not_secret"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('off', 'work')", name="holiday_kind"),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "inbox_update",
        sa.Column("id", BigId, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("answers", Json, nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'parked') = (error IS NOT NULL)", name="inbox_update_parked"),
        sa.CheckConstraint(
            "(state IN ('applied', 'done')) = (applied_at IS NOT NULL)", name="inbox_update_applied"
        ),
        sa.CheckConstraint("state IN ('received', 'applied', 'done', 'parked')", name="inbox_update_state"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bot_id", "update_id", name="inbox_update_once"),
    )
    op.create_index(
        "inbox_update_open",
        "inbox_update",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('received', 'applied')"),
        postgresql_where=sa.text("state IN ('received', 'applied')"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("bot_id", sa.BigInteger(), nullable=True),
        sa.Column("bot_username", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ticked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("mode IN ('bot', 'sandbox')", name="installation_mode"),
        sa.CheckConstraint("id = 1", name="installation_one"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "member",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "address",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("unreachable_reason", sa.String(), nullable=True),
        sa.Column("unreachable_at", UtcDateTime(), nullable=True),
        sa.Column("menu", sa.String(), nullable=True),
        sa.CheckConstraint("(kind = 'private') = (member_id IS NOT NULL)", name="address_owner"),
        sa.CheckConstraint("kind IN ('private', 'group')", name="address_kind"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "address", name="address_once"),
    )
    op.create_index(op.f("ix_address_member_id"), "address", ["member_id"], unique=False)
    op.create_table(
        "agency_group_member",
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["agency_group.id"],
        ),
        sa.PrimaryKeyConstraint("group_id", "agency_id"),
    )
    op.create_table(
        "cover",
        sa.Column("id", BigId, nullable=False),
        sa.Column("absent_id", BigId, nullable=False),
        sa.Column("cover_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("absent_id <> cover_id", name="cover_other"),
        sa.CheckConstraint("ends_on >= starts_on", name="cover_span"),
        sa.ForeignKeyConstraint(
            ["absent_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_cover_absent_id"), "cover", ["absent_id"], unique=False)
    op.create_index(op.f("ix_cover_agency_id"), "cover", ["agency_id"], unique=False)
    op.create_index(op.f("ix_cover_cover_id"), "cover", ["cover_id"], unique=False)
    op.create_table(
        "dialogue_state",
        sa.Column("id", BigId, nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat_id", "member_id", name="dialogue_once"),
    )
    op.create_index(op.f("ix_dialogue_state_member_id"), "dialogue_state", ["member_id"], unique=False)
    op.create_table(
        "invite",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency_id", BigId, nullable=True),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by", BigId, nullable=True),
        sa.CheckConstraint("(role IN ('officer', 'head')) = (agency_id IS NOT NULL)", name="invite_agency"),
        sa.CheckConstraint("role IN ('officer', 'head', 'secretariat', 'viewer')", name="invite_role"),
        sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="invite_used"),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["used_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_invite_agency_id"), "invite", ["agency_id"], unique=False)
    op.create_index(op.f("ix_invite_created_by"), "invite", ["created_by"], unique=False)
    op.create_index(op.f("ix_invite_used_by"), "invite", ["used_by"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('officer', 'head')) = (agency_id IS NOT NULL)", name="membership_agency"
        ),
        sa.CheckConstraint("role IN ('officer', 'head', 'secretariat', 'viewer')", name="membership_role"),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name="membership_span"),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_membership_agency_id"), "membership", ["agency_id"], unique=False)
    op.create_index(op.f("ix_membership_member_id"), "membership", ["member_id"], unique=False)
    op.create_table(
        "succession",
        sa.Column("id", BigId, nullable=False),
        sa.Column("from_agency_id", BigId, nullable=False),
        sa.Column("to_agency_id", BigId, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("old_name", sa.String(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('renamed', 'merged', 'split', 'ended')", name="succession_kind"),
        sa.ForeignKeyConstraint(
            ["from_agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_agency_id"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("from_agency_id", "to_agency_id", "effective_on", name="succession_once"),
    )
    op.create_index(op.f("ix_succession_from_agency_id"), "succession", ["from_agency_id"], unique=False)
    op.create_index(op.f("ix_succession_to_agency_id"), "succession", ["to_agency_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", BigId, nullable=False),
        sa.Column("document_id", BigId, nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("clause_label", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("deadline_text", sa.String(), nullable=True),
        sa.Column("deadline_kind", sa.String(), nullable=False),
        sa.Column("deadline_confirmed", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("recurrence", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("coordinating_text", sa.String(), nullable=True),
        sa.Column("report_to", sa.String(), nullable=True),
        sa.Column("advising_id", BigId, nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("loaded", Json, nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "deadline_kind IN ('date', 'month', 'quarter', 'half', 'year', 'relative', 'recurring', 'ongoing', 'none')",
            name="task_deadline_kind",
        ),
        sa.ForeignKeyConstraint(
            ["advising_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "clause", name="task_clause"),
    )
    op.create_index(op.f("ix_task_advising_id"), "task", ["advising_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("task_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("original_due", sa.Date(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("plan_no", sa.Integer(), nullable=False),
        sa.Column("assigned_at", UtcDateTime(), nullable=False),
        sa.Column("next_reminder_at", UtcDateTime(), nullable=True),
        sa.Column("planned_until", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_by", BigId, nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)", name="assignment_completed"
        ),
        sa.CheckConstraint("role = 'lead' OR status <> 'completed'", name="assignment_lead_completes"),
        sa.CheckConstraint("role IN ('lead', 'coordinating')", name="assignment_role"),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'awaiting_confirmation', 'completed', 'suspended', 'withdrawn')",
            name="assignment_status",
        ),
        sa.CheckConstraint(
            "status NOT IN ('awaiting_confirmation', 'completed') OR submitted_at IS NOT NULL",
            name="assignment_submitted",
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="assignment_acknowledged"
        ),
        sa.CheckConstraint("plan_no >= 0", name="assignment_plan_no"),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("task_id", "agency_id", "role", "period", name="assignment_once"),
    )
    op.create_index("assignment_overdue", "assignment", ["due", "status", "role"], unique=False)
    op.create_index(
        "assignment_reminder",
        "assignment",
        ["next_reminder_at"],
        unique=False,
        sqlite_where=sa.text("next_reminder_at IS NOT NULL"),
        postgresql_where=sa.text("next_reminder_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_assignment_agency_id"), "assignment", ["agency_id"], unique=False)
    op.create_index(op.f("ix_assignment_task_id"), "assignment", ["task_id"], unique=False)
    op.create_table(
        "group_binding",
        sa.Column("id", BigId, nullable=False),
        sa.Column("address_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=False),
        sa.Column("bound_by", BigId, nullable=False),
        sa.Column("bound_at", UtcDateTime(), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["bound_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_id", name="group_binding_once"),
    )
    op.create_index(op.f("ix_group_binding_agency_id"), "group_binding", ["agency_id"], unique=False)
    op.create_index(op.f("ix_group_binding_bound_by"), "group_binding", ["bound_by"], unique=False)
    op.create_table(
        "outbox_message",
        sa.Column("id", BigId, nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_id", BigId, nullable=True),
        sa.Column("agency_id", BigId, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("keyboard", Json, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="outbox_message_sent"),
        sa.CheckConstraint(
            "status IN ('pending', 'sending', 'sent', 'failed', 'expired')", name="outbox_message_status"
        ),
        sa.CheckConstraint(
            "status NOT IN ('sending', 'sent') OR address_id IS NOT NULL", name="outbox_message_address"
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedupe_key"),
    )
    op.create_index(op.f("ix_outbox_message_agency_id"), "outbox_message", ["agency_id"], unique=False)
    op.create_index("outbox_message_telegram", "outbox_message", ["address_id", "message_id"], unique=False)
    op.create_index(
        "outbox_message_waiting",
        "outbox_message",
        ["address_id", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'sending')"),
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.create_table(
        "reminder_policy",
        sa.Column("id", BigId, nullable=False),
        sa.Column("document_id", BigId, nullable=True),
        sa.Column("task_id", BigId, nullable=True),
        sa.Column("ladder", Json, nullable=False),
        sa.CheckConstraint("(document_id IS NULL) <> (task_id IS NULL)", name="reminder_policy_of_one"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", name="reminder_policy_document"),
        sa.UniqueConstraint("task_id", name="reminder_policy_task"),
    )
    op.create_table(
        "deadline_change",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("old_due", sa.Date(), nullable=True),
        sa.Column("new_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_by", BigId, nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_deadline_change_assignment_id"), "deadline_change", ["assignment_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", BigId, nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("document_id", BigId, nullable=True),
        sa.Column("assignment_id", BigId, nullable=True),
        sa.Column("agency_id", BigId, nullable=True),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.Column("update_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_event_actor_id"), "event", ["actor_id"], unique=False)
    op.create_index(op.f("ix_event_agency_id"), "event", ["agency_id"], unique=False)
    op.create_index(op.f("ix_event_assignment_id"), "event", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_index(op.f("ix_event_document_id"), "event", ["document_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("requested_by", BigId, nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("wanted_text", sa.String(), nullable=False),
        sa.Column("wanted_due", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_due", sa.Date(), nullable=True),
        sa.Column("on_whose_word", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="extension_decided"),
        sa.CheckConstraint("state IN ('pending', 'agreed', 'refused')", name="extension_state"),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "extension_one_pending",
        "extension",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(op.f("ix_extension_assignment_id"), "extension", ["assignment_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("agency_id", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", BigId, nullable=False),
        sa.Column("entered_by", BigId, nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("review_note", sa.String(), nullable=True),
        sa.Column("reviewed_by", BigId, nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(review = 'pending') = (reviewed_at IS NULL)", name="report_reviewed"),
        sa.CheckConstraint("kind IN ('progress', 'completion')", name="report_kind"),
        sa.CheckConstraint("review IN ('pending', 'accepted', 'returned')", name="report_review"),
        sa.CheckConstraint("reviewed_by IS NULL OR reviewed_by <> submitted_by", name="report_not_own"),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_report_agency_id"), "report", ["agency_id"], unique=False)
    op.create_index(op.f("ix_report_assignment_id"), "report", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_report_submitted_by"), "report", ["submitted_by"], unique=False)
    op.create_index(
        "report_one_pending_completion",
        "report",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'completion' AND review = 'pending'"),
        postgresql_where=sa.text("kind = 'completion' AND review = 'pending'"),
    )
    op.create_table(
        "snooze",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column("notified_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assignment_id", "member_id", name="snooze_once"),
    )
    op.create_index(op.f("ix_snooze_member_id"), "snooze", ["member_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=True),
        sa.Column("member_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("file_unique_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(state = 'stored') = (sha256 IS NOT NULL)", name="attachment_stored"),
        sa.CheckConstraint("state IN ('wanted', 'stored', 'failed')", name="attachment_state"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attachment_report_id"), "attachment", ["report_id"], unique=False)
    op.create_index(op.f("ix_attachment_state"), "attachment", ["state"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_indicator_report_id"), "indicator", ["report_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("agency_id", BigId, nullable=True),
        sa.Column("member_id", BigId, nullable=True),
        sa.Column("assignment_id", BigId, nullable=True),
        sa.Column("report_id", BigId, nullable=True),
        sa.Column("plan_no", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "audience IN ('agency', 'secretariat', 'viewer', 'member')", name="notice_audience"
        ),
        sa.CheckConstraint("state IN ('open', 'expired')", name="notice_state"),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedupe_key"),
    )
    op.create_index(op.f("ix_notice_agency_id"), "notice", ["agency_id"], unique=False)
    op.create_index("notice_assignment", "notice", ["assignment_id", "kind"], unique=False)
    op.create_table(
        "outbox_cover",
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("notice_id", BigId, nullable=False),
        sa.Column("address_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["address.id"],
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("message_id", "notice_id"),
        sa.UniqueConstraint("notice_id", "address_id", name="outbox_cover_once"),
    )
    op.create_index(
        "membership_open_once",
        "membership",
        ["member_id", "role", sa.text("coalesce(agency_id, 0)")],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        # INSERT OR REPLACE deletes the old row without asking the trigger on DELETE.
        "CREATE TRIGGER event_no_replace BEFORE INSERT ON event "
        "WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()",
    ],
}
