"""An update is read field by field: what is new or odd elsewhere is in nobody's way, what we need must be right."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import col, select

from bot.inbox.applying import Row
from bot.inbox.parse import Incoming, Unreadable, find_chat, parse
from bot.inbox.receive import DEEPEST, store_updates
from bot.inbox.work import _task_of
from bot.services.standing import seats
from db.models import InboxUpdate
from tests.services.chat import BOT_ID, Chat, make_applier
from tests.services.office import CAST, Setting
from tests.soak.fuzz import look_at_screen, spoil_names

BINH = {"id": 201, "is_bot": False, "first_name": "Bình"}
CHAT = {"id": 201, "type": "private", "first_name": "Bình"}
MESSAGE = {"message_id": 5, "date": 1_682_300_000, "from": BINH, "chat": CHAT, "text": "/viec"}
QUERY = {"id": "7", "from": BINH, "chat_instance": "1", "data": "tasks", "message": MESSAGE}
MEMBER = {"status": "member", "user": BINH}
CHANGE = {"from": BINH, "chat": CHAT, "date": 1, "old_chat_member": MEMBER, "new_chat_member": MEMBER}
DEEP: dict[str, Any] = {}
for _ in range(400):
    DEEP = {"a": DEEP}


def read(**update: Any) -> Incoming | None:
    return parse({"update_id": 1, **update}, "dondoc_bot")


@pytest.mark.parametrize(
    "odd",
    [
        {"poll": {"question": 5}},
        {"date": -(2**63)},
        {"date": "hôm nay"},
        {"entities": "không"},
        {"message_thread_id": 10**30},
        {"some_field_of_next_year": [{"type": "new"}]},
        {"sender_chat": False},
        {"via_bot": []},
        {"forward_origin": None},
    ],
)
def test_what_we_do_not_need_is_in_nobodys_way(odd: dict[str, Any]) -> None:
    found = read(message=MESSAGE | odd)
    assert found is not None
    assert (found.command, found.chat_id, found.user_name) == ("viec", 201, "Bình")


@pytest.mark.parametrize(
    ("update", "field"),
    [
        ({"message": []}, "message"),
        ({"message": 5}, "message"),
        ({"message": MESSAGE | {"text": 5}}, "text"),
        ({"message": MESSAGE | {"chat": None}}, "chat"),
        ({"message": MESSAGE | {"chat": {"id": "201", "type": "private"}}}, "id"),
        ({"message": MESSAGE | {"chat": {"id": True, "type": "private"}}}, "id"),
        ({"message": MESSAGE | {"chat": {"id": 2**63, "type": "private"}}}, "id"),
        ({"message": MESSAGE | {"chat": {"id": 201}}}, "type"),
        ({"message": MESSAGE | {"from": BINH | {"id": 1.5}}}, "id"),
        ({"message": MESSAGE | {"from": BINH | {"first_name": {}}}}, "first_name"),
        ({"message": MESSAGE | {"message_id": None}}, "message_id"),
        ({"message": MESSAGE | {"message_id": -(10**30)}}, "message_id"),
        ({"message": MESSAGE | {"migrate_to_chat_id": "x"}}, "migrate_to_chat_id"),
        ({"message": MESSAGE | {"document": {"file_id": 1}}}, "file_id"),
        ({"message": MESSAGE | {"document": {"file_id": "1", "file_unique_id": "2", "file_size": 2**63}}}, "file_size"),
        ({"message": MESSAGE | {"photo": ["x"]}}, "photo"),
        ({"message": MESSAGE | {"reply_to_message": {"text": "x"}}}, "message_id"),
        ({"callback_query": "x"}, "callback_query"),
        ({"callback_query": QUERY | {"from": None}}, "from"),
        ({"callback_query": QUERY | {"data": ["tasks"]}}, "data"),
        ({"callback_query": QUERY | {"id": 7}}, "id"),
        ({"my_chat_member": {}}, "chat"),
        ({"my_chat_member": CHANGE | {"new_chat_member": {"status": []}}}, "status"),
        ({"my_chat_member": CHANGE | {"old_chat_member": None}}, "old_chat_member"),
    ],
)  # fmt: skip
def test_what_we_need_and_is_wrong_is_named_without_its_value(update: Mapping[str, Any], field: str) -> None:
    with pytest.raises(Unreadable, match=f"^{field}: ") as refused:
        read(**update)
    assert "201" not in str(refused.value)


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"channel_post": MESSAGE},
        {"business_message": MESSAGE},
        {"guest_message": "x"},
        {"poll": {"message": "x"}},
        {"inline_query": {"id": "1", "from": BINH, "query": "a", "offset": ""}},
        {"callback_query": {"id": "7", "from": BINH, "inline_message_id": "x", "data": "tasks"}},
        {"my_chat_member": CHANGE | {"chat": {"id": -100, "type": "channel"}}},
        {"message": MESSAGE | {"from": BINH | {"is_bot": True}}},
        {"message": {"message_id": 5, "chat": CHAT, "sender_chat": CHAT}},
    ],
)
def test_what_is_not_for_us_is_left_alone(update: Mapping[str, Any]) -> None:
    assert read(**update) is None
    assert find_chat({"update_id": 1, **update}) in (None, 201, -100)


def test_a_name_and_a_file_name_come_in_safe() -> None:
    user = BINH | {"first_name": "Bình\u202e\x00\n", "last_name": "x" * 5000}
    document = {"file_id": "1", "file_unique_id": "2", "file_name": "../..//a\u202efdp.exe"}
    found = read(message=MESSAGE | {"from": user, "document": document})
    assert found is not None
    assert found.user_name == "Bình " + "x" * 95
    assert found.file is not None
    assert found.file.name == "_..__afdp.exe"


ODD = (
    {"message": MESSAGE | {"date": 2**63}},
    {"poll": {"message": "x"}},
    {"poll": {"message": ["x"]}},
    {"callback_query": 5},
    {"callback_query": {"id": 5, "message": "x"}},
    {"channel_post": DEEP},
    {"message": DEEP},
    {"message": MESSAGE, "callback_query": []},
    {"message": {"chat": {"id": 201}, "from": BINH}},
)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_update_is_put_aside_and_the_next_one_is_handled(
    small_office: Setting, odd: Mapping[str, Any]
) -> None:
    desk = small_office.desk
    store_updates(desk.database, BOT_ID, [{"update_id": 1, **odd}, {"update_id": 2, "message": MESSAGE}])
    applier = make_applier(desk)
    with desk.reading() as work:
        rows = work.session.exec(select(InboxUpdate).order_by(col(InboxUpdate.id))).all()
        stored = [Row(each.id, json.loads(each.raw), each.state, None) for each in rows]
    tasks = [_task_of(row, applier.apply(row) or {}) for row in stored]
    assert "Nhiệm vụ" in tasks[1].answers["send"]["text"]
    with desk.reading() as work:
        first, second = work.session.exec(select(InboxUpdate).order_by(col(InboxUpdate.id))).all()
    assert first.state in ("applied", "parked")
    assert first.error is None or first.error.startswith("unreadable: ")
    assert second.state == "applied"


def test_what_is_nested_too_deeply_is_kept_as_something_that_came(small_office: Setting) -> None:
    desk = small_office.desk
    store_updates(desk.database, BOT_ID, [{"update_id": 1, "message": DEEP}])
    with desk.reading() as work:
        kept = json.loads(work.session.exec(select(InboxUpdate.raw)).one())
    assert kept == {"update_id": 1, "unreadable": f"nested deeper than {DEEPEST}"}
    with pytest.raises(Unreadable, match="nested deeper"):
        parse(kept, "")


@pytest.mark.parametrize("who", [CAST["an"], CAST["chi"], -1001])
def test_nobody_takes_a_persons_place_by_a_forged_move_of_the_chat(small_office: Setting, who: int) -> None:
    chat = Chat(small_office)
    chat.say(CAST["an"], "x", migrate_to_chat_id=who)
    with small_office.desk.reading() as work:
        assert seats.find_actor(work, CAST["chi"]) is None
    assert "Nhiệm vụ quá hạn" in chat.say(CAST["an"], "/quahan")["send"]["text"]


def test_words_from_right_to_left_keep_their_direction_to_themselves(small_office: Setting) -> None:
    spoil_names(small_office)
    chat = Chat(small_office)
    for words in ("/viec", "/baocao", "/trogiup", "\u202eexe.fdp"):
        screen = chat.say(CAST["binh"], words)["send"]
        assert look_at_screen(screen["text"], screen["keyboard"]) == []
    assert "\u2068Huyện ủy Mường Tè" in chat.screens[CAST["binh"]][0]["text"]
