"""Who gets in, what each may see and press, and what is refused, through the real bot."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.harness import Bot, running_bot, wait_for

OFFICE = "hu-muong-te"
SECRETARIAT = "van-phong-tinh-uy"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with running_bot(tmp_path, f"sqlite:///{tmp_path}/dondoc.db") as running:
        yield running


def is_answered(bot: Bot, who: str, text: str, words: str) -> bool:
    """Whether the bot answers a text with these words; what else comes meanwhile does not count."""
    before = bot.last_id(who)
    bot.say(who, text)
    return bool(bot.wait_message(who, words, after=before))


def commands_of(bot: Bot, who: str) -> set[str]:
    return {each["command"] for each in bot.sandbox.commands(who)}


def test_an_invite_opens_once_and_strangers_see_nothing(bot: Bot) -> None:
    assert is_answered(bot, "chi", "/viec", "chưa được mời")
    assert is_answered(bot, "chi", "/start wrong-token_123", "không đúng")
    token = bot.invite("--agency", OFFICE)
    bot.sandbox.open_link(OFFICE, token)
    bot.wait_message(OFFICE, "Chào đồng chí")
    assert is_answered(bot, "chi", f"/start {token}", "đã được dùng")
    assert is_answered(bot, "chi", "/quahan", "chưa được mời")
    message = bot.wait_message("chi", "chưa được mời")
    assigned = next(each["id"] for each in bot.rows("tasks") if each["agency"] == OFFICE)
    assert "không có quyền" in bot.press_raw("chi", message, f"ack:{assigned}")
    assert [each["action"] for each in bot.rows("history")].count("joined") == 1
    assert token not in bot.log()


def test_each_role_has_its_menu_and_its_limits(bot: Bot) -> None:
    bot.join(OFFICE, "--agency", OFFICE)
    bot.join("head", "--agency", OFFICE, "--head")
    bot.join(SECRETARIAT, "--secretariat")
    bot.join("second", "--viewer")
    wait_for(lambda: "baocao" in commands_of(bot, OFFICE), "the officer's menu")
    assert "moi" not in commands_of(bot, OFFICE)
    wait_for(lambda: "moi" in commands_of(bot, "head"), "the head's menu")
    wait_for(lambda: "tonghop" in commands_of(bot, SECRETARIAT), "the secretariat's menu")
    mine = {"tonghop", "quahan", "denhan", "caidat", "trogiup"}
    wait_for(lambda: commands_of(bot, "second") == mine, "the viewer's menu")
    assert commands_of(bot, "chi") == {"start", "trogiup"}
    assert is_answered(bot, OFFICE, "/moi", "dành cho vai trò khác")
    assert is_answered(bot, OFFICE, "/tonghop", "không có quyền dùng lệnh này")
    assert is_answered(bot, "second", "/summary", "Tổng số nhiệm vụ: 28")
    assert is_answered(bot, "second", "/viec", "dành cho vai trò khác")

    other = next(each for each in bot.rows("tasks") if each["agency"] == "ban-tuyen-giao")
    welcome = bot.wait_message(OFFICE, "Chào đồng chí")
    for data in (f"view:{other['id']}", f"ack:{other['id']}", f"rep:{other['id']}:c", f"ext:{other['id']}"):
        assert "không thuộc cơ quan" in bot.press_raw(OFFICE, welcome, data)
    for data in ("acc:1", "prsd:all", "prs:all", "past:1:now", "invs:secretariat", "repv:1"):
        assert bot.press_raw(OFFICE, welcome, data)
    viewed = bot.wait_message("second", "Tổng hợp tình hình")
    assert "không có quyền" in bot.press_raw("second", viewed, "prsd:all")
    assert {each["status"] for each in bot.rows("tasks")} == {"not_started"}


FORGED = (
    " ",
    "x",
    "rep",
    "rep:",
    "rep:abc:c",
    "rep:999999:c",
    "rep:1:z",
    "view:-1",
    "dlg:00:send",
    "dlg",
    "tasks:9:9",
    "snzd:1:2023",
    "ack:1-x",
    "acc:1",
    "view:" + "9" * 40,
)


def test_forged_buttons_are_answered_and_change_nothing(bot: Bot) -> None:
    bot.join(OFFICE, "--agency", OFFICE)
    before = bot.rows("history")
    welcome = bot.wait_message(OFFICE, "Chào đồng chí")
    for data in FORGED:
        assert bot.press_raw(OFFICE, welcome, data), data
    assert bot.rows("history") == before
    assert "parked" not in bot.log()


def test_what_is_typed_wrong_gets_a_sentence_that_says_what_to_do(bot: Bot) -> None:
    bot.join(OFFICE, "--agency", OFFICE)
    assert is_answered(bot, OFFICE, "/khongco", "không có lệnh “/khongco”")
    assert is_answered(bot, OFFICE, "/huy", "Không có nội dung nào đang soạn")
    assert is_answered(bot, OFFICE, "Đã xong việc ạ", "chưa ghi nhận")
    group = bot.sandbox.create_group("nhom", "Nhóm chung", [OFFICE, "chi"])
    bot.sandbox.send_text("chi", "/viec@dondoc_sandbox_bot", chat=group.id)
    wait_for(lambda: any("tin nhắn riêng" in text for text in bot.texts(group.id)), "a refusal in the group")


def test_a_report_takes_text_files_photos_and_a_reply_and_survives_a_restart(bot: Bot) -> None:
    bot.join(OFFICE, "--agency", OFFICE)
    bot.join(SECRETARIAT, "--secretariat")
    bot.move_clock("2023-04-25T09:00:00+07:00")
    assigned = bot.wait_message(OFFICE, "Giao nhiệm vụ")
    bot.press(OFFICE, assigned, "Đã nhận nhiệm vụ")
    bot.move_clock("2023-05-24T08:00:00+07:00")
    reminder = bot.wait_message(OFFICE, "Nhắc việc lần 1")
    before = bot.last_id(OFFICE)
    bot.say(OFFICE, "Đã ban hành <b>Kế hoạch</b> & gửi.", reply_to=reminder["message_id"])
    bot.wait_message(OFFICE, "Xem lại trước khi gửi", "<b>Kế hoạch</b>", after=before)
    assert bot.stop() == 0
    bot.start()
    bot.sandbox.send_file(OFFICE, "../../kế hoạch.pdf", b"%PDF-1.7 plan")
    bot.wait_message(OFFICE, "Tệp gửi kèm", "kế hoạch.pdf", after=before)
    bot.sandbox.send_file(OFFICE, "to.zip", b"\0" * (25 * 1024 * 1024))
    bot.wait_message(OFFICE, "lớn hơn 20 MB", after=before)
    bot.say(OFFICE, "dài " * 5100)  # five messages of Telegram's size
    bot.wait_message(OFFICE, "tối đa 20000", after=before)
    preview = bot.wait_message(OFFICE, "Xem lại trước khi gửi", after=before)
    bot.press(OFFICE, preview, "Gửi báo cáo hoàn thành")
    receipt = bot.wait_message(OFFICE, "Biên nhận báo cáo số 1", after=before)
    assert "08:00 ngày 24/5/2023" in receipt["text"]
    assert "đã gửi" in bot.press_raw(OFFICE, preview, str(first_data(preview)))
    report = wait_for(lambda: next(iter(stored(bot)), None), "the file is stored")
    assert report["attachments"][0]["size"] == len(b"%PDF-1.7 plan")
    assert len(bot.rows("reports")) == 1

    submitted = bot.wait_message(SECRETARIAT, "Báo cáo hoàn thành số 1")
    bot.press(SECRETARIAT, submitted, "Trả lại để bổ sung")
    bot.wait_message(SECRETARIAT, "nhập lý do")
    bot.say(SECRETARIAT, "Thiếu phụ lục")
    bot.press(SECRETARIAT, bot.wait_message(SECRETARIAT, "Lý do:", "Thiếu phụ lục"), "Gửi")
    bot.wait_message(OFFICE, "trả lại để bổ sung", "Thiếu phụ lục", after=before)
    (row,) = bot.rows("reports")
    assert (row["review"], row["review_note"]) == ("returned", "Thiếu phụ lục")
    # Its reminders begin again: one on the 29th.
    bot.move_clock("2023-05-29T08:00:00+07:00")
    bot.wait_message(OFFICE, "Nhắc việc lần 2", "còn 2 ngày", after=before)


def first_data(message: dict[str, object]) -> object:
    markup = message["reply_markup"]
    assert isinstance(markup, dict)
    return markup["inline_keyboard"][0][0]["callback_data"]


def stored(bot: Bot) -> list[dict[str, list[dict[str, int]]]]:
    rows = json.loads(bot.dondoc("reports", "--json"))
    return [each for each in rows if each["attachments"] and each["attachments"][0]["sha256"]]


def test_nobody_confirms_a_report_of_ones_own_and_two_at_once_one_wins(bot: Bot) -> None:
    bot.join(SECRETARIAT, "--secretariat")
    bot.join("second", "--secretariat")
    bot.join(SECRETARIAT, "--agency", "van-phong-tinh-uy")
    mine = next(
        each
        for each in bot.rows("tasks")
        if each["agency"] == "van-phong-tinh-uy" and each["clause"] == "IV.2.b"
    )
    welcome = bot.wait_message(SECRETARIAT, "Chào đồng chí")
    bot.press_raw(SECRETARIAT, welcome, f"rep:{mine['id']}:c")
    bot.wait_message(SECRETARIAT, "nhập nội dung báo cáo")
    bot.say(SECRETARIAT, "Đã ban hành")
    bot.press(SECRETARIAT, bot.wait_message(SECRETARIAT, "Xem lại trước khi gửi"), "Gửi báo cáo")
    own = bot.wait_message(SECRETARIAT, "Báo cáo hoàn thành số 1")
    assert "do chính mình gửi" in bot.press(SECRETARIAT, own, "Xác nhận hoàn thành")
    theirs = bot.wait_message("second", "Báo cáo hoàn thành số 1")
    bot.press("second", theirs, "Xác nhận hoàn thành")
    done = bot.wait_message("second", "đã xác nhận hoàn thành lúc")
    assert "Giang" in done["text"]
    assert "đã được Giang xử lý lúc" in bot.press(SECRETARIAT, own, "Xác nhận hoàn thành")
