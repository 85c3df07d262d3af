"""Several updates are applied in one transaction where they can be, and each by itself where one cannot."""

import json
from collections import deque
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.inbox import applying
from bot.inbox.applying import TOGETHER, Applier, Row
from bot.inbox.receive import store_updates
from db.models import InboxUpdate
from tests.services.chat import BOT_ID, make_applier
from tests.services.office import CAST, Setting

BINH = {"id": CAST["binh"], "is_bot": False, "first_name": "Bình"}
CHAT = {"id": CAST["binh"], "type": "private", "first_name": "Bình"}


def say(n: int, text: str) -> dict[str, Any]:
    message = {"message_id": n, "date": 1684300000, "chat": CHAT, "from": BINH, "text": text}
    return {"update_id": n, "message": message}


def store(office: Setting, updates: Sequence[dict[str, Any]]) -> deque[Row]:
    store_updates(office.desk.database, BOT_ID, updates)
    return deque(Row(n, json.loads(raw), "received", None) for n, raw, _ in list_stored(office))


def list_stored(office: Setting) -> list[tuple[int, str, str]]:
    with office.desk.database.read() as session:
        query = select(InboxUpdate.id, InboxUpdate.raw, InboxUpdate.state).order_by(col(InboxUpdate.id))
        return list(session.exec(query).all())


def apply_all(applier: Applier, rows: deque[Row]) -> list[str]:
    """The words of the answers, in the order they were applied."""
    said = []
    while rows:
        said += [
            ((answers or {}).get("send") or {}).get("text", "") for _, answers in applier.apply_some(rows)
        ]
    return said


def test_many_take_one_transaction(small_office: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "TOGETHER_S", 60)  # however slow the machine is
    rows = store(small_office, [say(n, "/viec") for n in range(1, TOGETHER)])
    begun: list[object] = []
    note = begun.append
    event.listen(small_office.desk.database.writer, "begin", note)
    said = apply_all(make_applier(small_office.desk), rows)
    event.remove(small_office.desk.database.writer, "begin", note)
    assert (len(begun), len(said)) == (1, TOGETHER - 1)
    assert all("Nhiệm vụ" in each for each in said)
    assert {state for _, _, state in list_stored(small_office)} == {"applied"}


def test_what_a_refused_one_had_begun_is_undone_and_the_others_stand(
    small_office: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "TOGETHER_S", 60)
    rows = store(small_office, [say(1, "/viec"), say(2, "xin chào"), say(3, "/huy"), say(4, "/viec")])
    said = apply_all(make_applier(small_office.desk), rows)
    assert ["Nhiệm vụ" in each for each in said] == [True, False, False, True]
    assert {state for _, _, state in list_stored(small_office)} == {"applied"}


@pytest.mark.parametrize("place", [1, 2, 3])
def test_one_that_is_refused_or_cannot_be_read_holds_up_no_other(small_office: Setting, place: int) -> None:
    updates = [say(1, "/viec"), say(2, "/viec")]
    updates.insert(place - 1, say(3, "xin chào"))
    updates.append({"update_id": 4, "message": {"chat": CHAT, "from": BINH}})
    rows = store(small_office, updates)
    said = apply_all(make_applier(small_office.desk), rows)
    shown = ["Nhiệm vụ" in each for each in said]
    assert shown.count(True) == 2
    assert not shown[place - 1]
    assert said[place - 1]
    assert [state for _, _, state in list_stored(small_office)] == ["applied"] * 3 + ["parked"]


def test_what_another_process_has_taken_is_left_to_it(small_office: Setting) -> None:
    rows = store(small_office, [say(1, "/viec"), say(2, "/viec")])
    assert make_applier(small_office.desk).apply(rows[0]) is not None
    assert [bool(each) for each in apply_all(make_applier(small_office.desk), rows)] == [False, True]
