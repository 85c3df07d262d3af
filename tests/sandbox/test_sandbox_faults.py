"""What goes wrong on purpose, and what a sandbox remembers."""

import time
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError, UserError
from bot.sandbox import Fault, RunningSandbox, Sandbox, serve

from .conftest import AN, BINH, Client

BINH_ID, AN_ID = 710000011, 710000013


def texts(sandbox: Sandbox, who: str) -> list[str]:
    return [each["text"] for each in sandbox.messages(who)][1:]


def test_a_scripted_refusal_applies_to_its_chat_and_as_often_as_said(
    client: Client, sandbox: Sandbox
) -> None:
    sandbox.faults.refuse(429, method="sendMessage", chat_id=BINH_ID, times=2, retry_after=7)
    for _ in range(2):
        answer = client.call("sendMessage", chat_id=BINH_ID, text="a")
        assert answer["description"] == "Too Many Requests: retry after 7"
        assert answer["parameters"] == {"retry_after": 7}
    client.result("sendMessage", chat_id=AN_ID, text="b")
    client.result("sendMessage", chat_id=BINH_ID, text="c")
    assert texts(sandbox, BINH) == ["c"]


def test_an_answer_may_be_lost_after_the_call_took_effect(client: Client, sandbox: Sandbox) -> None:
    sandbox.faults.cut(method="sendMessage", moment="before")
    sandbox.faults.cut(method="sendMessage", moment="after")
    sandbox.faults.refuse(500, "Internal Server Error", method="sendMessage", moment="after")
    for text in ("trước", "sau"):
        with pytest.raises(httpx.RemoteProtocolError):
            client.call("sendMessage", chat_id=BINH_ID, text=text)
    assert client.refusal("sendMessage", chat_id=BINH_ID, text="lỗi") == (500, "Internal Server Error")
    assert texts(sandbox, BINH) == ["sau", "lỗi"]


def test_silence_ends_in_a_time_out(client: Client, sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault("hang", "sendMessage", moment="after", seconds=1.5))
    with pytest.raises(httpx.ReadTimeout):
        client.http.post(
            f"/bot{client.token}/sendMessage", json={"chat_id": BINH_ID, "text": "a"}, timeout=0.3
        )
    assert texts(sandbox, BINH) == ["a"]


def test_latency_makes_each_call_take_its_time(client: Client, sandbox: Sandbox) -> None:
    sandbox.faults.latency_s = 0.15
    began = time.monotonic()
    client.result("getMe")
    assert time.monotonic() - began > 0.14


def test_the_journal_has_every_call_with_its_answer(client: Client, sandbox: Sandbox) -> None:
    known = len(sandbox.calls)
    client.result("sendMessage", chat_id=str(BINH_ID), text="a", colour="red")
    client.refusal("sendMessage", chat_id=5, text="b")
    sent, refused = sandbox.calls[known:]
    assert (sent.method, sent.chat_id, sent.status, sent.ignored) == (
        "sendMessage",
        BINH_ID,
        200,
        ("colour",),
    )
    assert sent.answer is not None
    assert sent.answer["result"]["text"] == "a"
    assert refused.status == 400
    assert sent.at <= refused.at <= time.monotonic()


# --- memory


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with serve(Sandbox(tmp_path)) as running:
        sandbox, token = running.sandbox, running.token
        sandbox.start(BINH)
        document = sandbox.send_file(BINH, "Kế hoạch.pdf", b"%PDF")["document"]
        sandbox.create_group("to", "Tổ", [AN, BINH])
        sandbox.migrate_group("to")
        sandbox.move_clock(sandbox.now.replace(month=5))
        client = Client(running)
        sent = client.result("sendMessage", chat_id=BINH_ID, text="a")
        updates = client.result("getUpdates")
        client.result("setMyCommands", commands=[{"command": "viec", "description": "Việc"}])
        client.http.close()
    with serve(Sandbox(tmp_path)) as running:
        again = running.sandbox
        client = Client(running)
        assert running.token == token
        assert again.now == sandbox.now
        assert client.result("getUpdates") == updates
        assert again.messages(BINH)[-1] == sent
        assert again.get_file(document["file_id"]) == b"%PDF"
        assert again.room("to").type == "supergroup"
        assert again.commands(BINH) == [{"command": "viec", "description": "Việc"}]
        later = client.result("sendMessage", chat_id=BINH_ID, text="b")
        assert later["message_id"] > sent["message_id"]
        client.http.close()


def test_two_sandboxes_in_one_folder_are_refused(tmp_path: Path) -> None:
    first = Sandbox(tmp_path)
    with pytest.raises(SettingsError, match="cannot be used"):
        Sandbox(tmp_path)
    token = first.token
    first.close()
    with pytest.raises(SettingsError, match="another token"):
        Sandbox(tmp_path, token="1234567:" + "A" * 35)
    Sandbox(tmp_path, token=token).close()


# --- the control API


def test_another_process_can_play_people_over_http(client: Client, running: RunningSandbox) -> None:
    def act(path: str, **body: object) -> httpx.Response:
        return client.http.post(f"/sandbox/api/{path}", json=body)

    assert act("personas", key="giang", user_id=740000001, first_name="Giang").status_code == 200
    assert (
        act("open", user="giang", link="https://t.me/dondoc_sandbox_bot?start=abc").json()["text"]
        == "/start abc"
    )
    button = {"text": "Đã nhận nhiệm vụ", "callback_data": "a"}
    sent = client.result(
        "sendMessage", chat_id=740000001, text="a", reply_markup={"inline_keyboard": [[button]]}
    )
    query = act("press", user="giang", message_id=sent["message_id"], label="Đã nhận").json()
    client.result("answerCallbackQuery", callback_query_id=query["id"], text="Xong")
    state = client.http.get("/sandbox/api/state").json()
    assert {"now", "next", "bot", "personas", "chats", "waiting", "event"} <= set(state)
    assert client.http.get("/sandbox/api/messages", params={"chat": "giang"}).json()[-1]["text"] == "a"
    assert client.http.get("/sandbox/api/calls").json()[-1]["method"] == "answerCallbackQuery"
    act("faults", latency_s=0, scripts=[{"kind": "answer", "status": 502, "method": "getMe"}])
    assert client.refusal("getMe") == (502, "Bad Gateway")
    assert act("send", user="nobody", text="a").status_code == 400
    assert act("send", user="giang").status_code == 400
    assert act("groups", key="to", title="Tổ", members=["giang", BINH]).json()["type"] == "group"
    assert act("block", user="giang").status_code == 200
    assert client.refusal("sendMessage", chat_id=740000001, text="a")[0] == 403


def test_events_tell_what_happens(client: Client, sandbox: Sandbox) -> None:
    with client.http.stream("GET", "/sandbox/api/events") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        sandbox.send_text(BINH, "chào")
        data = next(line for line in lines if line.startswith("data:"))
        assert '"kind": "message"' in data
        assert "chào" in data


def test_what_people_cannot_do_is_said_in_a_sentence(sandbox: Sandbox) -> None:
    said = sandbox.send_text(BINH, "a")
    for attempt in (
        lambda: sandbox.send_text(BINH, " "),
        lambda: sandbox.send_text(BINH, "a", chat=AN),
        lambda: sandbox.press(BINH, said["message_id"], "x"),
        lambda: sandbox.send_file(BINH, "a.txt", b""),
        lambda: sandbox.open_link(BINH, "mã lạ!"),
        lambda: sandbox.edit_text(AN, said["message_id"], "b"),
    ):
        with pytest.raises(UserError):
            attempt()


def test_a_long_text_comes_in_pieces_as_from_the_real_apps(sandbox: Sandbox) -> None:
    sandbox.send_text(BINH, "từ " * 1700)
    assert [len(each) <= 4096 for each in texts(sandbox, BINH)] == [True, True]
