"""A file that was sent and never handed in goes with its bytes; every other file stays."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.attachments import attachment_path, keep
from bot.leftovers import discard, forget_leftovers
from bot.services.context import Work
from db.models import Attachment, DialogueState, Document, Report
from tests.conftest import Desk
from tests.services.office import find_assignment, open_office

BYTES = {"draft": b"draft", "writing": b"writing", "young": b"young", "report": b"report", "both": b"both"}
BYTES["source"] = b"source"
YEAR_AGO = time.time() - 31_536_000


def fill(work: Work, data_dir: Path) -> dict[str, str]:
    """Files of every kind, all but one old; the SHA-256 of each."""
    kept = {name: keep(data_dir, content) for name, content in BYTES.items()}
    for sha256 in kept.values():
        os.utime(attachment_path(data_dir, sha256), (YEAR_AGO, YEAR_AGO))
    assignment = find_assignment(work, "IV.2.b", "hu-muong-te")
    report = Report(
        assignment_id=assignment.id,
        agency_id=assignment.agency_id,
        kind="progress",
        submitted_at=work.now,
        submitted_by=1,
    )
    document = work.session.get_one(Document, 1)
    document.file_sha256 = kept["source"]
    work.session.add(report)
    work.session.flush()
    rows = {name: _file(work, name, kept[name]) for name in kept}
    rows["young"].created_at = work.now - timedelta(days=29)
    rows["report"].report_id = report.id
    again = _file(work, "again", kept["both"])
    again.report_id = report.id
    work.session.add_all([*rows.values(), again])
    work.session.flush()
    draft = {"files": [rows["writing"].id], "text": [], "entering": True}
    work.session.add(
        DialogueState(chat_id="201", member_id=1, name="report", token="t", data=draft, updated_at=work.now)
    )
    return kept


def _file(work: Work, name: str, sha256: str) -> Attachment:
    at = work.now - timedelta(days=31)
    return Attachment(member_id=1, name=name, file_id="f", state="stored", sha256=sha256, created_at=at)


def test_what_was_never_handed_in_goes_with_its_bytes_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    open_office(desk)
    with desk.work() as work:
        kept = fill(work, tmp_path)
        before = work.now - timedelta(days=30)
    assert forget_leftovers(desk.database, tmp_path, before) == 3
    left = {name for name, sha256 in kept.items() if attachment_path(tmp_path, sha256).exists()}
    assert left == {"writing", "young", "report", "both", "source"}
    assert [each.name for each in tmp_path.rglob("*.gone")] == []
    assert forget_leftovers(desk.database, tmp_path, before) == 0


@pytest.mark.parametrize("is_again", [True, False])
def test_bytes_that_come_again_meanwhile_are_not_thrown_away(tmp_path: Path, is_again: bool) -> None:
    path = attachment_path(tmp_path, keep(tmp_path, b"x"))
    os.utime(path, (YEAR_AGO, YEAR_AGO))
    if is_again:
        keep(tmp_path, b"x")
    discard(path)
    assert path.exists() is is_again
    keep(tmp_path, b"x")
    assert path.read_bytes() == b"x"
