"""The bot is replaced by another one, as a whole: another token, another server's chats, the same database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import wall
from bot.sandbox import Sandbox, serve
from bot.services.context import Office, Work
from bot.services.upkeep.health import examine
from db.engine import Database
from tests.conftest import START, ZONE
from tests.e2e.harness import Bot, wait_for

OFFICE = "hu-muong-te"
SECRETARIAT = "van-phong-tinh-uy"
NEXT = "7000000009:" + "B" * 35


def ask_doctor(url: str) -> str:
    """What it says of people."""
    database = Database(url)
    with database.read() as session:
        findings = examine(Work(session, START, Office(ZONE, "Văn phòng Tỉnh ủy")), wall())
    database.close()
    return "; ".join(each.message for each in findings if each.check == "people")


def hand_in(bot: Bot) -> None:
    """A progress report with a file, which the bot has fetched."""
    reminder = bot.wait_message(OFFICE, "Giao nhiệm vụ")
    before = bot.last_id(OFFICE)
    bot.sandbox.send_file(
        OFFICE, "ket qua.txt", b"ket qua", caption="Đã họp triển khai.", reply_to=reminder["message_id"]
    )
    choice = bot.wait_message(OFFICE, "cho nhiệm vụ nào", after=before)
    bot.press(OFFICE, choice, "ban hành Kế hoạch")
    preview = bot.wait_message(OFFICE, "Xem lại trước khi gửi", after=before)
    bot.press(OFFICE, preview, "Gửi báo cáo tiến độ")
    bot.wait_message(OFFICE, "Biên nhận báo cáo", after=before)
    wait_for(lambda: bot.rows("reports")[0]["attachments"][0]["sha256"], "the file is fetched", 20)


@contextmanager
def running_on(sandbox: Sandbox, folder: Path, url: str, *started: str) -> Iterator[Bot]:
    """The bot on this server; who of its people had started it before."""
    with serve(sandbox) as running:
        bot = Bot(running, folder, url)
        bot.dondoc("load")
        for who in started:
            sandbox.start(who)
        bot.start()
        try:
            yield bot
        finally:
            code = bot.stop()
        assert code == 0


def test_another_bot_on_the_same_database_finds_people_and_files_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dondoc.db"
    with running_on(Sandbox(tmp_path / "one"), tmp_path, url) as bot:
        bot.join(OFFICE, "--agency", OFFICE)
        bot.join(SECRETARIAT, "--secretariat")
        hand_in(bot)
    with running_on(Sandbox(tmp_path / "two", token=NEXT), tmp_path, url, SECRETARIAT) as bot:
        # The secretariat had started the new bot before: that is found out without a message.
        told = bot.wait_message(SECRETARIAT, "Bot đã được thay")
        assert "Còn 1 người" in told["text"]
        assert not bot.texts(OFFICE)
        assert f"1 chats have not started @{bot.sandbox.username} yet" in ask_doctor(url)
        bot.sandbox.start(OFFICE)
        wait_for(lambda: bot.texts(OFFICE), "the officer is greeted")
        assert "have not started" not in ask_doctor(url)
        _open_file(bot)


def _open_file(bot: Bot) -> None:
    """The secretariat opens the report's file, whose id was the old bot's."""
    before = bot.last_id(SECRETARIAT)
    bot.say(SECRETARIAT, "/quahan")
    shown = bot.wait_message(SECRETARIAT, "", after=before)
    bot.press_raw(SECRETARIAT, shown, "file:1")
    sent = wait_for(
        lambda: next((each for each in bot.from_bot(SECRETARIAT) if "document" in each), None), "the file"
    )
    assert bot.sandbox.get_file(sent["document"]["file_id"]) == b"ket qua"
