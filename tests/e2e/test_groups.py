"""A group of an agency through the real bot: bound, reminded, moved; the source document is sent from the disk."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.e2e.harness import Bot, find_button, running_bot, wait_for

OFFICE = "hu-muong-te"
PDF = b"%PDF-1.7 the document itself"


def press(bot: Bot, who: str, chat: int, message: Mapping[str, Any], label: str) -> str:
    query = bot.sandbox.press(who, message["message_id"], find_button(message, label), chat=chat)
    answer = wait_for(lambda: bot.sandbox.query(query.id).answer, f"an answer to {label}")
    return str(answer.get("text") or "")


def find_with(bot: Bot, chat: int, label: str) -> dict[str, Any] | None:
    """The bot's newest message with such a button."""
    for each in reversed(bot.from_bot(chat)):
        rows = (each.get("reply_markup") or {}).get("inline_keyboard", [])
        if any(label in button["text"] for row in rows for button in row):
            return dict(each)
    return None


def load_with_source(bot: Bot, folder: Path) -> None:
    """The same document, now with its file beside it."""
    values = json.loads((Path(__file__).parents[2] / "tasks.json").read_bytes())
    values.pop("$schema", None)
    values["document"]["file"] = "văn bản.pdf"
    (folder / "tasks.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    (folder / "văn bản.pdf").write_bytes(PDF)
    bot.dondoc("load", str(folder / "tasks.json"))


def report_with_an_album(bot: Bot) -> None:
    """Four files sent at once are one draft, shown once, and one report."""
    names = [f"trang-{n}.pdf" for n in range(1, 5)]
    before = bot.last_id(OFFICE)
    for name in names:
        words = "Báo cáo kèm phụ lục" if name == names[0] else None
        bot.sandbox.send_file(OFFICE, name, PDF + name.encode(), caption=words, album="album-1")
    preview = bot.wait_message(OFFICE, "Báo cáo kèm phụ lục", *names)
    shown = [each for each in bot.from_bot(OFFICE) if each["message_id"] > before]
    assert [each["message_id"] for each in shown] == [preview["message_id"]]
    bot.press(OFFICE, preview, "Gửi báo cáo")
    bot.wait_message(OFFICE, "Biên nhận", names[-1])
    (report,) = bot.rows("reports")
    assert sorted(each["name"] for each in report["attachments"]) == names


def test_a_group_is_bound_reminded_and_moved_and_what_is_written_goes_on_in_private(tmp_path: Path) -> None:
    with running_bot(tmp_path, f"sqlite:///{tmp_path}/dondoc.db") as bot:
        load_with_source(bot, tmp_path)
        bot.join(OFFICE, "--agency", OFFICE)
        group = bot.sandbox.create_group("nhom", "Nhóm Huyện ủy", [OFFICE, "chi"])
        press(bot, OFFICE, group.id, bot.wait_message(group.id, "chưa gắn"), "Gắn nhóm này")
        bot.wait_message(group.id, "Nhóm của Huyện ủy Mường Tè")
        wait_for(lambda: bot.sandbox.commands(OFFICE, group.id)[3:], "the group's menu")
        bot.move_clock("2023-05-24T08:00:00+07:00")
        reminded = bot.wait_message(group.id, "Nhắc việc lần 1")
        assert "của Huyện ủy Mường Tè" in press(bot, "chi", group.id, reminded, "Xem nhiệm vụ")
        moved = bot.sandbox.migrate_group(group.id)
        bot.move_clock("2023-05-29T08:00:00+07:00")
        reminded = bot.wait_message(moved.id, "Nhắc việc lần 2")
        press(bot, OFFICE, moved.id, reminded, "Xem nhiệm vụ")
        task = wait_for(lambda: find_with(bot, moved.id, "Mở văn bản"), "the task in place")
        assert "tin nhắn riêng" in press(bot, OFFICE, moved.id, task, "Báo cáo hoàn thành")
        bot.wait_message(OFFICE, "nhập nội dung báo cáo")
        report_with_an_album(bot)
        assert "tin nhắn riêng" in press(bot, OFFICE, moved.id, task, "Mở văn bản")
        sent = wait_for(
            lambda: next((each for each in bot.from_bot(OFFICE) if "document" in each), None), "the document"
        )
        assert sent["document"]["file_name"] == "văn bản.pdf"
        assert bot.sandbox.get_file(sent["document"]["file_id"]) == PDF
        for kept in (tmp_path / "data" / "attachments").rglob("*"):
            if kept.is_file():
                kept.unlink()
        press(bot, OFFICE, moved.id, task, "Mở văn bản")
        bot.wait_message(OFFICE, "không còn trong kho lưu trữ")
        assert "parked" not in bot.log()
