"""A small document of two agencies and two deadlines: a tick that costs little, for tests with many of them."""

import json

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.services.loading.loads import load_document, make_reader
from bot.services.tasks import assignments
from tests.conftest import Desk
from tests.services.office import Setting, find_assignment, join, open_once

AGENCIES = {"hu-muong-te": "Huyện ủy Mường Tè", "ban-tuyen-giao": "Ban Tuyên giáo Tỉnh ủy"}
IDLE = {"ban-dan-van": "Ban Dân vận Tỉnh ủy"}
DEADLINES = {"IV.2.a": "trước ngày 26/5/2023", "IV.2.b": "hoàn thành trong tháng 5/2023"}
SMALL = {
    "document": {"key": "small", "title": "Kế hoạch thử", "issuer": "Tỉnh ủy"},
    "agencies": [{"key": key, "name": name} for key, name in {**AGENCIES, **IDLE}.items()],
    "tasks": [
        {
            "clause": clause,
            "clause_label": clause,
            "title": f"Việc {clause}",
            "text": "…",
            "lead": [*AGENCIES],
            "deadline": words,
        }
        for clause, words in DEADLINES.items()
    ],
}


def open_small_office(desk: Desk) -> Setting:
    """Two tasks of Bình's agency, due on 26 (reminded of once) and 31 May 2023, acknowledged; it is 16 May."""
    return open_once(desk, "small office", _open)


def _open(desk: Desk) -> Setting:
    with desk.work() as work:
        load_document(work, read_file(json.dumps(SMALL).encode(), make_reader(work)))
    opened = Setting(
        desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT)
    )
    with desk.work() as work:
        for clause in DEADLINES:
            assignments.acknowledge(work, opened.binh, find_assignment(work, clause, "hu-muong-te").id)
    opened.send_all()
    opened.at("2023-05-16T09:00")
    opened.send_all()
    return opened
