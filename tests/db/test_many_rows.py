"""Many rows written by one statement come back as they were given."""

from datetime import UTC, datetime

from sqlmodel import col, select

from db.bulk import fetch_rows, insert_columns, is_among, reserve_ids, table_of
from db.engine import Database
from db.models import Notice, WrongInvite

AT = datetime(2023, 5, 24, 1, tzinfo=UTC)
TEXTS = ["", "NULL", "{}", "a,b", '"', "\\", '\\"', "'; --", "%s", "Đôn\nđốc", "\t {1,2} ", "😀", ":x"]


def test_texts_of_any_kind_are_stored_and_found_again(database: Database) -> None:
    values: dict[str, list[object]] = {
        "dedupe_key": list(TEXTS),
        "plan_no": [None if n % 2 else n for n in range(len(TEXTS))],
        "data": [{"said": each} for each in TEXTS],
    }
    with database.write() as session:
        ids = reserve_ids(session, table_of(Notice), len(TEXTS))
        shared = {"kind": "x", "audience": "agency", "due_at": AT, "state": "open", "reason": TEXTS[5]}
        insert_columns(session, table_of(Notice), {"id": ids, **values}, shared)
    with database.read() as session:
        these = is_among(session, col(Notice.dedupe_key), TEXTS)
        found = session.exec(select(Notice).where(these).order_by(col(Notice.id))).all()
        assert not session.exec(select(Notice).where(is_among(session, col(Notice.id), [0]))).all()
    assert sorted(ids) == ids == [each.id for each in found]
    assert [each.dedupe_key for each in found] == TEXTS
    assert [each.plan_no for each in found] == values["plan_no"]
    assert [each.data["said"] for each in found] == TEXTS
    assert {(each.due_at, each.reason) for each in found} == {(AT, TEXTS[5])}


def test_rows_read_together_are_as_if_read_one_by_one(database: Database) -> None:
    later = AT.replace(hour=2)
    with database.write() as session:
        session.add_all(WrongInvite(address=each, at=at) for each in ("1", "2") for at in (AT, later))
    table = table_of(WrongInvite)
    query = table.select().order_by(table.c.id)
    with database.read() as session:
        assert fetch_rows(session, query, {}, tuple) == list(map(tuple, session.execute(query)))
        assert fetch_rows(session, query.where(table.c.id < 0), {}, tuple) == []
