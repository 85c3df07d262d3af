"""Files that were sent and never handed in: forgotten after their days, with their bytes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.attachments import attachment_path
from bot.clock import wall
from db.engine import Database
from db.models import Attachment, DialogueState, Document

BATCH = 100
TOUCHED = timedelta(hours=1)


def forget_leftovers(database: Database, data_dir: Path, before: datetime) -> int:
    """Deletes the rows from before this instant of the office's clock, then the bytes nobody names. How many rows.

    Only files of rows that are deleted here: other installations may keep theirs in the same folder.
    """
    with database.write() as session:
        rows = _list_leftovers(session, before)
        for row in rows:
            session.delete(row)
        session.flush()
        hashes = {row.sha256 for row in rows if row.sha256 is not None}
        nobodys = sorted(hashes - _list_named(session, sorted(hashes)))
    for sha256 in nobodys:
        discard(attachment_path(data_dir, sha256))
    return len(rows)


def discard(path: Path) -> None:
    """Unless the same bytes have come again a moment ago: `keep` touches what is there already."""
    gone = path.with_name(f"{path.name}.gone")
    try:
        path.replace(gone)
        if wall().timestamp() - gone.stat().st_mtime < TOUCHED.total_seconds():
            gone.replace(path)
        else:
            gone.unlink()
    except FileNotFoundError:
        return


def _list_leftovers(session: Session, before: datetime) -> Sequence[Attachment]:
    drafts = {number for data in session.exec(select(DialogueState.data)) for number in _list_numbers(data)}
    query = select(Attachment).where(
        col(Attachment.report_id).is_(None),
        col(Attachment.document_id).is_(None),
        col(Attachment.created_at) < before,
        col(Attachment.id).not_in(drafts),
    )
    return session.exec(query.order_by(col(Attachment.id)).limit(BATCH).with_for_update()).all()


def _list_numbers(value: Any) -> Iterator[int]:
    """All that may be a row's number in what somebody is still writing."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _list_numbers(each)
    elif isinstance(value, int) and not isinstance(value, bool):  # PostgreSQL compares no number with a truth
        yield value


def _list_named(session: Session, hashes: Sequence[str]) -> set[str | None]:
    of_files = select(Attachment.sha256).where(col(Attachment.sha256).in_(hashes))
    of_documents = select(Document.file_sha256).where(col(Document.file_sha256).in_(hashes))
    return {*session.exec(of_files), *session.exec(of_documents)}
