"""The main job, end to end: reminder, report, confirmation, overdue list."""

from pathlib import Path

from tests.e2e.harness import running_bot


def test_reminder_report_confirmation_and_overdue_list(tmp_path: Path, empty_url: str) -> None:
    with running_bot(tmp_path, empty_url) as bot:
        bot.join("hu-muong-te", "--agency", "hu-muong-te")
        bot.join("van-phong-tinh-uy", "--secretariat")
        assigned = bot.wait_message("hu-muong-te", "Giao nhiệm vụ")
        assert "31/5/2023" in assigned["text"]

        bot.move_clock("2023-05-17T08:00:00+07:00")
        reminder = bot.wait_message("hu-muong-te", "Nhắc việc lần 1", "còn 14 ngày")
        assert "Mục IV, điểm 2" in reminder["text"]

        before = bot.last_id("hu-muong-te")
        mine = next(
            each
            for each in bot.rows("tasks")
            if each["agency"] == "hu-muong-te" and each["clause"] == "IV.2.b"
        )
        bot.press("hu-muong-te", reminder, "Báo cáo hoàn thành")
        bot.wait_message("hu-muong-te", "nhập nội dung", after=before)
        bot.say("hu-muong-te", "Đã ban hành Kế hoạch số 123-KH/HU ngày 15/5/2023")
        preview = bot.wait_message("hu-muong-te", "Xem lại trước khi gửi", after=before)
        bot.press("hu-muong-te", preview, "Gửi báo cáo")
        receipt = bot.wait_message("hu-muong-te", "Biên nhận báo cáo số 1", after=before)
        assert "08:00 ngày 17/5/2023" in receipt["text"]

        submitted = bot.wait_message("van-phong-tinh-uy", "số 1", "Huyện ủy Mường Tè")
        bot.press("van-phong-tinh-uy", submitted, "Xác nhận hoàn thành")
        bot.wait_message("hu-muong-te", "Đã xác nhận hoàn thành", after=before)
        done = [each for each in bot.rows("tasks") if each["id"] == mine["id"]]
        assert done[0]["status"] == "completed"
        assert done[0]["timeliness"] == "completed_on_time"

        bot.move_clock("2023-06-01T09:00:00+07:00")
        bot.say("van-phong-tinh-uy", "/quahan")
        overdue = bot.wait_message("van-phong-tinh-uy", "Nhiệm vụ quá hạn", "quá hạn 1 ngày")
        assert "Mường Tè" not in overdue["text"]
        keys = {each["agency"] for each in bot.rows("overdue") if each["clause"] == "IV.2.b"}
        assert "hu-muong-te" not in keys
        assert "ban-tuyen-giao" in keys
        assert bot.stop() == 0
        assert bot.running.token not in bot.log()
