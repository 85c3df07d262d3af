"""What needs a person: everything that loses or holds up work, as `doctor` tells it. No names but agencies'."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.services.context import Work
from bot.services.upkeep.health import people, running, tasks, traffic
from bot.services.upkeep.health.finding import Finding
from db.models import Attachment, Document, Event, OfficeSettings

__all__ = ["Finding", "examine", "find_last_instant", "list_stored_files"]


def examine(work: Work, wall: datetime) -> list[Finding]:
    """All that the database can tell. `wall`: the machine's time, where rows are stamped by it."""
    return [
        *tasks.examine_documents(work),
        *tasks.examine_deadlines(work),
        *tasks.examine_agencies(work),
        *people.examine_people(work),
        *people.examine_invites(work),
        *traffic.examine_inbox(work, wall),
        *traffic.examine_pauses(work),
        *traffic.examine_outbox(work, wall),
        *traffic.examine_attachments(work),
        *running.examine_tick(work, wall),
        *running.examine_planning(work),
        *running.examine_interruptions(work),
        *running.examine_retention(work),
    ]


def find_last_instant(session: Session) -> datetime | None:
    """The last instant a tick or an event has recorded: about the time, where the clock itself cannot be asked."""
    return (
        session.exec(select(OfficeSettings.seen_at)).first()
        or session.exec(select(func.max(col(Event.at)))).one()
    )


def list_stored_files(work: Work) -> Sequence[str]:
    """SHA-256 of every file that should be in DATA_DIR."""
    of_reports = work.session.exec(select(Attachment.sha256).distinct())
    of_documents = work.session.exec(select(Document.file_sha256).distinct())
    return sorted({each for each in (*of_reports, *of_documents) if each is not None})
