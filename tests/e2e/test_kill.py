"""The real process is killed at random moments while reports and reminders flow: nothing is lost or doubled."""

import os
import random
import re
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox import Persona
from tests.e2e.harness import Bot, running_bot, wait_for

KILLS = int(os.environ.get("DONDOC_KILLS", "10"))
LATENCY_S = 0.15
PEOPLE = ("hu-tam-duong", "hu-muong-te", "hu-sin-ho", "hu-phong-tho", "hu-than-uyen", "hu-tan-uyen")
CLOCK = ("2023-05-17T08:00", "2023-05-24T08:00", "2023-05-29T08:00", "2023-05-31T08:00", "2023-06-02T08:00")


class Reporter(threading.Thread):
    """An officer who hands in progress reports, one after the other, until told to stop."""

    def __init__(self, bot: Bot, who: str, reminder_id: int) -> None:
        super().__init__(daemon=True)
        self.bot, self.who, self.reminder_id = bot, who, reminder_id
        self.stopping = threading.Event()
        self.sent: list[str] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.report(f"Kết quả {self.who} số {len(self.sent) + 1}.")
        except BaseException as error:
            self.error = error

    def report(self, text: str) -> None:
        bot, who = self.bot, self.who
        bot.say(who, text, reply_to=self.reminder_id)
        choice = wait_for(lambda: self._find(text, "cho nhiệm vụ nào"), f"a choice for {text}", 60)
        bot.sandbox.press(who, choice, "ban hành Kế hoạch")
        preview = wait_for(lambda: self._find(text, "Xem lại trước khi gửi"), f"a preview of {text}", 60)
        bot.sandbox.press(who, preview, "Gửi báo cáo tiến độ")
        self.sent.append(text)
        wait_for(lambda: self._count_receipts() >= len(self.sent), f"a receipt for {text}", 60)

    def _find(self, text: str, title: str) -> int | None:
        for each in reversed(self.bot.from_bot(self.who)):
            if text in each.get("text", "") and title in each["text"]:
                return int(each["message_id"])
        return None

    def _count_receipts(self) -> int:
        texts = self.bot.texts(self.who)
        return len({number for text in texts for number in re.findall(r"Biên nhận báo cáo số (\d+)", text)})


@pytest.mark.timeout(600)
def test_killed_again_and_again_it_loses_nothing_and_repeats_at_most_once_a_chat(
    database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(os.environ.get("DONDOC_SEED", str(time.time_ns())))
    with running_bot(tmp_path, database_url) as bot:
        for n, who in enumerate(PEOPLE):
            if who != "hu-muong-te":
                bot.sandbox.add_persona(Persona(who, 720000000 + n, who))
            bot.join(who, "--agency", who)
        bot.join("van-phong-tinh-uy", "--secretariat")
        bot.move_clock(f"{CLOCK[0]}:00+07:00")
        reminders = {who: bot.wait_message(who, "Nhắc việc lần 1")["message_id"] for who in PEOPLE}
        bot.sandbox.faults.latency_s = LATENCY_S
        reporters = [Reporter(bot, who, reminders[who]) for who in PEOPLE]
        for each in reporters:
            each.start()
        _kill_and_restart(bot, chance)
        for each in reporters:
            each.stopping.set()
        for each in reporters:
            each.join(120)
            assert each.error is None, f"{each.error}\n{bot.log()[-2000:]}"
        _check_nothing_lost(bot, reporters)


def _kill_and_restart(bot: Bot, chance: random.Random) -> None:
    moments = iter(CLOCK[1:])
    for n in range(KILLS):
        if n % 2 == 0 and (moment := next(moments, None)) is not None:
            bot.sandbox.move_clock(_aware(moment))
        time.sleep(chance.uniform(0.2, 3.0))
        bot.kill()
        bot.start()


def _aware(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}:00+07:00")


def _check_nothing_lost(bot: Bot, reporters: list[Reporter]) -> None:
    wait_for(lambda: not _list_open(bot), "an empty outbox", 60)
    wanted = sorted(text for each in reporters for text in each.sent)
    stored = sorted(each["text"] for each in bot.rows("reports"))
    assert stored == wanted, "every report exactly once"
    assert len(wanted) >= len(reporters), "the test did send reports"
    messages = bot.rows("outbox")
    assert [each for each in messages if each["status"] == "failed"] == []
    for who in PEOPLE:
        texts = bot.texts(who)
        numbers = Counter(
            number for text in texts for number in re.findall(r"Biên nhận báo cáo số (\d+)", text)
        )
        assert set(numbers) == {str(each["id"]) for each in bot.rows("reports") if each["agency"] == who}
        repeated = sum(count - 1 for count in Counter(texts).values())
        assert repeated <= KILLS, f"{who}: {repeated} repeats in {KILLS} kills"
        planned = [
            each for each in messages if each["status"] == "sent" and each["chat_id"] == _chat(bot, who)
        ]
        for each in planned:
            assert any(_same(each["text"], text) for text in texts), (
                f"marked sent, never arrived: {each['text']}"
            )


def _list_open(bot: Bot) -> list[int]:
    return [
        each["id"]
        for each in bot.rows("outbox")
        if each["status"] in ("pending", "sending") and each["chat_id"] is not None
    ]


def _chat(bot: Bot, who: str) -> int:
    return bot.sandbox.persona(who).user_id


def _same(stored: str, shown: str) -> bool:
    plain = re.sub(r"<[^>]+>", "", stored).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return plain.split() == shown.split()
