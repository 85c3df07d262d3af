"""The store fails while Telegram works: nothing is lost or done twice, and the bot goes on when there is room again."""

import resource
import sqlite3
from pathlib import Path

import pytest

from tests.e2e.harness import running_bot, wait_for

WHO = "hu-muong-te"


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_a_bot_whose_files_cannot_grow_goes_on_once_they_can(tmp_path: Path, empty_url: str) -> None:
    with running_bot(tmp_path, empty_url) as bot:
        bot.join(WHO, "--agency", "hu-muong-te")
        bot.wait_message(WHO, "Giao nhiệm vụ")
        process = bot.process
        assert process is not None
        logged = len(bot.log())
        whole = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY))
        bot.say(WHO, "/viec")
        bot.say(WHO, "/trogiup")
        bot.wait_message(WHO, "chưa lưu được dữ liệu", "không cần gửi lại")
        assert process.poll() is None, bot.log()
        assert len(bot.log()) == logged, "its log is on the same disk"
        count = len(bot.texts(WHO))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, whole)
        wait_for(lambda: len(bot.texts(WHO)) >= count + 2, "both answers", 40)
        first, second = bot.texts(WHO)[count:]
        assert "IV" in first
        assert "/baocao" in second
        bot.move_clock("2023-05-24T08:00:00+07:00")
        bot.wait_message(WHO, "Nhắc việc")
        assert len(bot.texts(WHO)) == count + 3
    with sqlite3.connect(empty_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
