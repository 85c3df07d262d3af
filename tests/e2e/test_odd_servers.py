"""Servers that answer less, or later, than Telegram does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.inbox.receive import is_storable
from bot.sandbox import Sandbox, serve
from tests.e2e.harness import Bot, wait_for

OFFICE = "hu-muong-te"
SECRETARIAT = "van-phong-tinh-uy"


@contextmanager
def running_on(sandbox: Sandbox, folder: Path) -> Iterator[Bot]:
    with serve(sandbox) as running:
        bot = Bot(running, folder, f"sqlite:///{folder}/dondoc.db")
        bot.dondoc("load")
        bot.start()
        try:
            yield bot
        finally:
            code = bot.stop()
        assert code == 0


def test_a_server_without_menus_holds_no_answer_back(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "sandbox")
    sandbox.faults.refuse(404, method="setMyCommands", times=1000)
    with running_on(sandbox, tmp_path) as bot:
        bot.join(OFFICE, "--agency", OFFICE)
        before = bot.last_id(OFFICE)
        bot.say(OFFICE, "/viec")
        bot.wait_message(OFFICE, "Nhiệm vụ của", after=before)


def test_a_name_that_telegram_tells_late_makes_links_late_but_right(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "sandbox")
    sandbox.faults.refuse(502, method="getMe", times=1)
    with running_on(sandbox, tmp_path) as bot:
        bot.join(SECRETARIAT, "--secretariat")
        wait_for(lambda: bot.rows_of_invite()["link"], "the bot learns its name", 30)
        before = bot.last_id(SECRETARIAT)
        bot.say(SECRETARIAT, "/moi")
        choice = bot.wait_message(SECRETARIAT, "chọn cơ quan", after=before)
        bot.press(SECRETARIAT, choice, "Thường trực")
        bot.wait_message(SECRETARIAT, f"https://t.me/{sandbox.username}?start=", after=before)


def test_only_what_a_database_can_hold_is_an_update() -> None:
    assert is_storable({"update_id": 2**63 - 1})
    odd: list[object] = ["foo", None, [], {}]
    odd += [{"update_id": number} for number in (2**63, -1, True, "1", None)]
    for each in odd:
        assert not is_storable(each)


def test_a_start_with_a_token_telegram_does_not_know_ends_with_one_line(tmp_path: Path) -> None:
    with serve(Sandbox(tmp_path / "sandbox")) as running:
        other = {"BOT_TOKEN": "7000000000:" + "A" * 35}
        bot = Bot(running, tmp_path, f"sqlite:///{tmp_path}/dondoc.db", other)
        bot.start()
        assert bot.process is not None
        assert bot.process.wait(timeout=60) == 2
        assert "BOT_TOKEN: Telegram does not know this token" in bot.log().splitlines()[-1]
        assert "A" * 35 not in bot.log()
