"""The Bot API as the documentation and experience know it: limits, refusals, updates."""

import json
import threading
import time
from typing import Any

import httpx
import pytest

from bot.sandbox import Persona, RunningSandbox, Sandbox
from bot.sandbox.schema import load_schema

from .conftest import AN, BINH, CHI, Client

BINH_ID = 710000011
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly"
)


def keyboard(*data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": f"Nút {each}", "callback_data": each}] for each in data]}


def say(client: Client, text: str = "Nhắc việc", **params: Any) -> dict[str, Any]:
    message: dict[str, Any] = client.result("sendMessage", chat_id=BINH_ID, text=text, **params)
    return message


# --- who may call, and how


def test_a_wrong_token_is_401_and_an_unknown_method_404(client: Client) -> None:
    right, client.token = client.token, "1234567:" + "A" * 35
    assert client.refusal("getMe") == (401, "Unauthorized")
    client.token = right
    assert client.http.get(f"/bot{right}/sendPigeon").json()["error_code"] == 404


def test_a_call_may_come_as_an_address_a_form_or_json(client: Client) -> None:
    path = f"/bot{client.token}/sendMessage"
    answers = [
        client.http.get(path, params={"chat_id": BINH_ID, "text": "a"}),
        client.http.post(path, data={"chat_id": BINH_ID, "text": "b"}),
        client.http.post(path, json={"chat_id": str(BINH_ID), "text": "c"}),
        client.http.post(path, data={"chat_id": BINH_ID, "text": "d"}, files={"unused": b"x"}),
        client.http.post(f"/bot{client.token}/SENDMESSAGE", json={"chat_id": BINH_ID, "text": "e"}),
    ]
    assert [each.json()["result"]["text"] for each in answers] == list("abcde")


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": BINH_ID}, "message text is empty"),
        ({"chat_id": BINH_ID, "text": "  \n"}, "message text is empty"),
        ({"chat_id": BINH_ID, "text": 5}, "wrong type of the parameter text: String expected"),
        (
            {"chat_id": {"id": 1}, "text": "a"},
            "wrong type of the parameter chat_id: Integer or String expected",
        ),
        (
            {"chat_id": BINH_ID, "text": "a", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ({"chat_id": 42, "text": "a"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ({"chat_id": BINH_ID, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": BINH_ID, "text": "a", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        (
            {"chat_id": BINH_ID, "text": "a", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
    ],
)
def test_a_bad_sendmessage_is_refused_in_telegrams_words(
    client: Client, params: dict[str, Any], sentence: str
) -> None:
    status, description = client.refusal("sendMessage", **params)
    assert status == 400
    assert description == f"Bad Request: {sentence}"


def test_4096_characters_are_counted_after_tags_are_read(client: Client) -> None:
    message = say(client, f"<b>{'ệ' * 4096}</b>", parse_mode="HTML")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ệ<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_cannot_be_read_is_refused_with_the_place(client: Client, html: str, problem: str) -> None:
    status, description = client.refusal("sendMessage", chat_id=BINH_ID, text=html, parse_mode="HTML")
    assert (status, description) == (400, f"Bad Request: can't parse entities: {problem}")


def test_html_becomes_entities_in_utf16_units(client: Client) -> None:
    message = say(
        client,
        '🔔 <b>Hạn <i>31/5</i></b> &lt;&amp;&#233; <a href="https://lc.vn/?a=1&amp;b">xem</a> /viec',
        parse_mode="HTML",
    )
    assert message["text"] == "🔔 Hạn 31/5 <&é xem /viec"
    assert message["entities"] == [
        {"type": "bold", "offset": 3, "length": 8},
        {"type": "italic", "offset": 7, "length": 4},
        {"type": "text_link", "offset": 16, "length": 3, "url": "https://lc.vn/?a=1&b"},
        {"type": "bot_command", "offset": 20, "length": 5},
    ]


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        ({"text": "x", "callback_data": "ệ" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "url": "không phải"},
            "inline keyboard button URL 'không phải' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
def test_buttons_telegram_would_not_take_are_refused(
    client: Client, button: dict[str, Any], sentence: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    refusal = client.refusal("sendMessage", chat_id=BINH_ID, text="a", reply_markup=markup)
    assert refusal == (400, f"Bad Request: {sentence}")
    too_many = keyboard(*(str(n) for n in range(101)))
    assert client.refusal("sendMessage", chat_id=BINH_ID, text="a", reply_markup=too_many)[0] == 400


# --- who can be reached


def test_people_and_groups_that_shut_the_bot_out_answer_403(client: Client, sandbox: Sandbox) -> None:
    def refusal(chat: int) -> tuple[int, str]:
        return client.refusal("sendMessage", chat_id=chat, text="a")

    assert refusal(CHI.user_id) == (403, "Forbidden: bot can't initiate conversation with a user")
    sandbox.block_bot(BINH)
    assert refusal(BINH_ID) == (403, "Forbidden: bot was blocked by the user")
    sandbox.send_text(BINH, "Xin lỗi")
    say(client)
    sandbox.deactivate(BINH)
    assert refusal(BINH_ID) == (403, "Forbidden: user is deactivated")
    group = sandbox.create_group("to", "Tổ công tác", [AN, BINH])
    sandbox.kick_bot("to")
    assert refusal(group.id) == (403, "Forbidden: bot was kicked from the group chat")
    sandbox.return_bot("to")
    above = sandbox.migrate_group("to")
    sandbox.kick_bot("to")
    assert refusal(above.id) == (403, "Forbidden: bot was kicked from the supergroup chat")


def test_a_group_that_became_a_supergroup_says_where_it_went(client: Client, sandbox: Sandbox) -> None:
    old = sandbox.create_group("to", "Tổ công tác", [AN, BINH])
    new = sandbox.migrate_group("to")
    answer = client.call("sendMessage", chat_id=old.id, text="a")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert client.result("sendMessage", chat_id=new.id, text="a")["chat"]["type"] == "supergroup"


def test_in_a_group_the_bot_hears_commands_replies_and_mentions_only(
    client: Client, sandbox: Sandbox
) -> None:
    group = sandbox.create_group("to", "Tổ công tác", [AN, BINH])
    own = client.result("sendMessage", chat_id=group.id, text="Nhắc việc")
    sandbox.send_text(BINH, "chuyện riêng", chat="to")
    sandbox.send_text(BINH, "/viec@another_bot", chat="to")
    heard = [
        sandbox.send_text(BINH, "/viec", chat="to"),
        sandbox.send_text(BINH, "báo cáo", chat="to", reply_to=own["message_id"]),
        sandbox.send_text(BINH, "@dondoc_sandbox_bot ơi", chat="to"),
    ]
    texts = [each["message"].get("text") for each in sandbox.updates if "message" in each]
    assert [text for text in texts if text] == [each["text"] for each in heard]


# --- editing, deleting


def test_edits_are_refused_where_nothing_changes_or_nothing_is_there(
    client: Client, sandbox: Sandbox
) -> None:
    sent = say(client, "<b>a</b>", parse_mode="HTML", reply_markup=keyboard("1"))
    where = {"chat_id": BINH_ID, "message_id": sent["message_id"]}
    same = client.refusal(
        "editMessageText", **where, text="<b>a</b>", parse_mode="HTML", reply_markup=keyboard("1")
    )
    assert same[0] == 400
    assert same[1].startswith(NOT_MODIFIED)
    edited = client.result("editMessageText", **where, text="b")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"]
    assert client.refusal("editMessageReplyMarkup", **where)[1].startswith(NOT_MODIFIED)
    assert client.refusal("editMessageCaption", **where, caption="x")[1].endswith(
        "no caption in the message to edit"
    )
    where["message_id"] = 99999
    assert client.refusal("editMessageText", **where, text="b") == (
        400,
        "Bad Request: message to edit not found",
    )
    theirs = sandbox.send_text(BINH, "của tôi")
    where["message_id"] = theirs["message_id"]
    assert client.refusal("editMessageText", **where, text="b") == (
        400,
        "Bad Request: message can't be edited",
    )
    refusal = client.refusal("editMessageText", chat_id=BINH_ID, text="b")
    assert refusal == (400, "Bad Request: message identifier is not specified")


def test_a_message_is_deleted_once_and_not_after_two_days(client: Client, sandbox: Sandbox) -> None:
    sent, old = say(client), say(client)
    assert client.result("deleteMessage", chat_id=BINH_ID, message_id=sent["message_id"]) is True
    again = client.refusal("deleteMessage", chat_id=BINH_ID, message_id=sent["message_id"])
    assert again == (400, "Bad Request: message to delete not found")
    sandbox.move_clock(sandbox.now.replace(month=5))
    late = client.refusal("deleteMessage", chat_id=BINH_ID, message_id=old["message_id"])
    assert late == (400, "Bad Request: message can't be deleted for everyone")


def test_messages_are_copied_and_forwarded(client: Client) -> None:
    sent = say(client, "<b>a</b>", parse_mode="HTML")
    source = {"from_chat_id": BINH_ID, "message_id": sent["message_id"]}
    copy = client.result("copyMessage", chat_id=BINH_ID, **source)
    assert copy["message_id"] > sent["message_id"]
    forwarded = client.result("forwardMessage", chat_id=BINH_ID, **source)
    assert forwarded["forward_origin"]["sender_user"]["username"] == "dondoc_sandbox_bot"


# --- pressed buttons


def test_an_answer_to_a_button_is_short_and_timely(client: Client, sandbox: Sandbox) -> None:
    sent = say(client, reply_markup=keyboard("a:1"))
    query = sandbox.press(BINH, sent["message_id"], "a:1")
    update = client.result("getUpdates", timeout=5)[-1]["callback_query"]
    assert (update["id"], update["data"], update["message"]["message_id"]) == (
        query.id,
        "a:1",
        sent["message_id"],
    )
    long = client.refusal("answerCallbackQuery", callback_query_id=query.id, text="a" * 201)
    assert long == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert client.result("answerCallbackQuery", callback_query_id=query.id, text="a" * 200) is True
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert client.refusal("answerCallbackQuery", callback_query_id="17") == (400, too_old)
    sandbox.age_query(query.id, 15 * 60 + 1)
    assert client.refusal("answerCallbackQuery", callback_query_id=query.id) == (400, too_old)


# --- files


def test_a_document_travels_both_ways(client: Client, sandbox: Sandbox) -> None:
    sent = client.result("sendDocument", files={"document": ("Công văn.pdf", b"%PDF")}, chat_id=BINH_ID)
    assert sent["document"]["file_name"] == "Công văn.pdf"
    again = client.result("sendDocument", chat_id=BINH_ID, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    theirs = sandbox.send_file(BINH, "Kế hoạch.docx", b"PK123", caption="Kèm /viec")
    file = client.result("getFile", file_id=theirs["document"]["file_id"])
    content = client.http.get(f"/file/bot{client.token}/{file['file_path']}")
    assert content.content == b"PK123"
    assert client.http.get(f"/file/bot{client.token}/documents/none").status_code == 404
    assert client.refusal("getFile", file_id="x") == (400, "Bad Request: invalid file_id")
    wrong = client.refusal("sendDocument", chat_id=BINH_ID, document="x")
    assert wrong == (400, "Bad Request: wrong file identifier/HTTP URL specified")


def test_captions_end_at_1024_and_photos_must_be_pictures(client: Client) -> None:
    files = {"document": ("a.txt", b"a")}
    refusal = client.refusal("sendDocument", files=files, chat_id=BINH_ID, caption="a" * 1025)
    assert refusal == (400, "Bad Request: message caption is too long")
    picture = {"photo": ("a.jpg", b"no picture")}
    assert (
        client.refusal("sendPhoto", files=picture, chat_id=BINH_ID)[1] == "Bad Request: IMAGE_PROCESS_FAILED"
    )
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x08\0\0\0\x04" + b"\x08\x02\0\0\0"
    sent = client.result("sendPhoto", files={"photo": ("a.png", png)}, chat_id=BINH_ID, caption="Ảnh")
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (8, 4)
    where = {"chat_id": BINH_ID, "message_id": sent["message_id"]}
    assert client.refusal("editMessageText", **where, text="b")[1].endswith("no text in the message to edit")
    assert client.result("editMessageCaption", **where, caption="Khác")["caption"] == "Khác"


def test_a_person_may_send_25_mb_and_the_bot_cannot_download_it(
    client: Client, running: RunningSandbox, sandbox: Sandbox
) -> None:
    content = b"x" * (25 * 1024 * 1024)
    answer = httpx.post(
        f"{running.url}/sandbox/api/file",
        data={"user": BINH},
        files={"file": ("lớn.bin", content)},
        trust_env=False,
    )
    assert answer.status_code == 200
    document = client.result("getUpdates", timeout=5)[-1]["message"]["document"]
    assert document["file_size"] == len(content)
    assert client.refusal("getFile", file_id=document["file_id"]) == (400, "Bad Request: file is too big")


def test_a_body_beyond_the_bound_is_413(client: Client) -> None:
    headers = {"content-type": "application/json"}
    content = (b" " * 2**20 for _ in range(56))
    answer = client.http.post(f"/bot{client.token}/sendMessage", content=content, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["description"] == "Request Entity Too Large"


# --- updates


def test_updates_stay_until_confirmed_and_their_numbers_grow(client: Client, sandbox: Sandbox) -> None:
    for text in "abc":
        sandbox.send_text(BINH, text)
    first = client.result("getUpdates")
    assert first == client.result("getUpdates")
    numbers = [each["update_id"] for each in first]
    assert numbers == sorted(set(numbers))
    assert [each["message"]["text"] for each in client.result("getUpdates", limit=2)] == ["a", "b"]
    assert [each["message"]["text"] for each in client.result("getUpdates", offset=numbers[1])] == ["b", "c"]
    assert [each["message"]["text"] for each in client.result("getUpdates", offset=-1)] == ["c"]
    assert client.result("getUpdates", offset=numbers[2] + 1) == []


def test_a_long_poll_returns_when_something_comes(client: Client, sandbox: Sandbox) -> None:
    timer = threading.Timer(0.2, sandbox.send_text, (BINH, "đến rồi"))
    timer.start()
    began = time.monotonic()
    assert client.result("getUpdates", timeout=30)[0]["message"]["text"] == "đến rồi"
    assert time.monotonic() - began < 10
    timer.join()


def test_a_second_poller_ends_the_first_with_409(client: Client, running: RunningSandbox) -> None:
    found: list[dict[str, Any]] = []
    other = Client(running)
    first = threading.Thread(target=lambda: found.append(other.call("getUpdates", timeout=30)))
    first.start()
    running.sandbox.wait_until(
        lambda: any(each.params.get("timeout") == 30 for each in running.sandbox.calls)
    )
    client.result("getUpdates", timeout=1)
    first.join(10)
    assert found[0]["description"].startswith("Conflict: terminated by other getUpdates request")
    other.http.close()


def test_polling_is_409_while_a_webhook_is_set(client: Client) -> None:
    assert client.refusal("setWebhook", url="http://example.org/x")[1].endswith(
        "HTTPS URL must be provided for webhook"
    )
    assert client.result("setWebhook", url="https://127.0.0.1:9/x", secret_token="s3cret") is True
    assert client.result("getWebhookInfo")["url"] == "https://127.0.0.1:9/x"
    status, sentence = client.refusal("getUpdates")
    assert status == 409
    assert sentence.startswith("Conflict: can't use getUpdates method while webhook is active")
    client.result("deleteWebhook", drop_pending_updates=True)
    assert client.result("getUpdates") == []


def test_allowed_updates_leave_the_others_out(client: Client, sandbox: Sandbox) -> None:
    sent = say(client, reply_markup=keyboard("1"))
    client.result("getUpdates", allowed_updates=["callback_query"])
    sandbox.send_text(BINH, "không đến")
    sandbox.press(BINH, sent["message_id"], "1")
    assert [set(each) - {"update_id"} for each in client.result("getUpdates")] == [{"callback_query"}]


def test_every_kind_of_update_is_well_formed(client: Client, sandbox: Sandbox) -> None:
    sent = say(client, reply_markup=keyboard("1"))
    said = sandbox.send_text(
        BINH, "xem /viec và https://laichau.gov.vn #han @ai_do", reply_to=sent["message_id"]
    )
    sandbox.edit_text(BINH, said["message_id"], "đã sửa")
    sandbox.send_file(BINH, "a.txt", b"a")
    sandbox.press(BINH, sent["message_id"], "Nút 1")
    sandbox.block_bot(BINH)
    sandbox.create_group("to", "Tổ", [AN, BINH])
    sandbox.add_member("to", CHI.user_id)
    sandbox.remove_member("to", CHI.user_id)
    sandbox.migrate_group("to")
    sandbox.return_bot("to", as_admin=True)
    sandbox.kick_bot("to")
    updates = client.result("getUpdates")
    kinds = {next(iter(set(each) - {"update_id"})) for each in updates}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert [p for each in updates for p in load_schema().problems("Update", each)] == []


# --- the bot about itself


def test_command_menus_follow_their_scope(client: Client, sandbox: Sandbox) -> None:
    def commands(*names: str) -> str:
        return json.dumps([{"command": name, "description": name} for name in names])

    client.result("setMyCommands", commands=commands("start"))
    client.result("setMyCommands", commands=commands("viec"), scope={"type": "all_private_chats"})
    client.result("setMyCommands", commands=commands("quahan"), scope={"type": "chat", "chat_id": BINH_ID})
    assert [each["command"] for each in sandbox.commands(BINH)] == ["quahan"]
    assert [each["command"] for each in sandbox.commands(AN)] == ["viec"]
    client.result("deleteMyCommands", scope={"type": "chat", "chat_id": BINH_ID})
    assert [each["command"] for each in sandbox.commands(BINH)] == ["viec"]
    assert client.result("getMyCommands") == [{"command": "start", "description": "start"}]
    assert client.refusal("setMyCommands", commands=commands("Việc"))[1] == "Bad Request: BOT_COMMAND_INVALID"
    unknown = client.refusal("setMyCommands", commands=commands("a"), scope={"type": "chat", "chat_id": 5})
    assert unknown == (400, "Bad Request: chat not found")


def test_the_rest_of_the_methods_answer_well_formed(client: Client, sandbox: Sandbox) -> None:
    group = sandbox.create_group("to", "Tổ công tác", [AN, BINH])
    assert client.result("getMe")["username"] == "dondoc_sandbox_bot"
    assert client.result("getChat", chat_id=BINH_ID)["first_name"] == "Bình"
    statuses = [
        client.result("getChatMember", chat_id=group.id, user_id=user)["status"]
        for user in (sandbox.persona(AN).user_id, BINH_ID, CHI.user_id, int(client.token.partition(":")[0]))
    ]
    assert statuses == ["creator", "member", "left", "member"]
    assert client.result("sendChatAction", chat_id=BINH_ID, action="typing") is True
    assert client.result("setMyDescription", description="Nhắc việc") is True
    assert client.result("setMyShortDescription", short_description="Nhắc việc") is True
    assert client.result("setChatMenuButton", menu_button={"type": "commands"}) is True
    assert client.result("leaveChat", chat_id=group.id) is True
    assert client.refusal("sendMessage", chat_id=group.id, text="a")[0] == 403
    assert client.result("close") is True


def test_a_person_added_later_is_there_for_the_bot(client: Client, sandbox: Sandbox) -> None:
    sandbox.add_persona(Persona("giang", 730000001, "Giang"))
    sandbox.open_link("giang", "https://t.me/dondoc_sandbox_bot?start=abc_1-2")
    assert client.result("getUpdates")[-1]["message"]["text"] == "/start abc_1-2"
    assert client.result("sendMessage", chat_id=730000001, text="Chào")["chat"]["first_name"] == "Giang"
