"""What Telegram gave is stored as it is, once, whatever is in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.inbox.receive import _as_text, clean, store_updates
from db.engine import Database
from db.models import InboxUpdate


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Đã xong", "Đã xong"),
        ("a\x00b", "ab"),
        ("half \ud83d", "half \ufffd"),
        ("a pair \U0001f514", "a pair \U0001f514"),
        (r"typed \u0000 and \\u0000", r"typed \u0000 and \\u0000"),
    ],
)
def test_text_is_kept_as_far_as_a_database_can(database: Database, sent: str, kept: str) -> None:
    store_updates(database, 1, [{"update_id": 5, "message": {"text": sent, "list": [sent]}}])
    with database.read() as session:
        (row,) = session.exec(select(InboxUpdate)).all()
    assert json.loads(row.raw) == {"update_id": 5, "message": {"text": kept, "list": [kept]}}


def test_an_update_that_is_given_again_is_stored_once(database: Database) -> None:
    store_updates(database, 1, [{"update_id": 5, "a": 1}, {"update_id": 6, "a": 1}])
    store_updates(database, 1, [{"update_id": 6, "a": 1}, {"update_id": 4, "a": 1}])
    store_updates(database, 2, [{"update_id": 6, "a": 1}])
    with database.read() as session:
        rows = session.exec(select(InboxUpdate).order_by(col(InboxUpdate.id))).all()
    assert [(row.bot_id, row.update_id) for row in rows] == [(1, 5), (1, 6), (1, 4), (2, 6)]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_kept_does_not_depend_on_how_it_was_looked_through(value: object) -> None:
    assert json.loads(_as_text({"update_id": 1, "it": value})) == clean({"update_id": 1, "it": value})


@pytest.mark.parametrize("depth", [101, 100_000])
def test_what_is_nested_too_deep_is_kept_as_a_stub(depth: int) -> None:
    value: object = 0
    for _ in range(depth):
        value = [value]
    assert json.loads(_as_text({"update_id": 7, "it": value})).keys() == {"update_id", "unreadable"}
