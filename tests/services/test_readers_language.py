"""What the rules have to say reaches people in their own language, in Vietnamese and in English."""

import pytest
from sqlmodel import col, select

from bot.screens.history import describe
from bot.services.context import Actor
from bot.texts import Texts
from db.models import Member, Task
from tests.conftest import ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, open_office

AN, BINH = CAST["an"], CAST["binh"]
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def read_english(chat: Chat, *people: Actor) -> None:
    with chat.office.desk.work() as work:
        for each in people:
            work.session.get_one(Member, each.member_id).language = "en"


def fix(chat: Chat, clause: str) -> None:
    with chat.office.desk.reading() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == clause)).one()
    chat.press_data(AN, f"fix:{task.id}")


@ON_ONE
def test_a_day_that_does_not_exist_is_refused_in_the_readers_language(chat: Chat) -> None:
    fix(chat, "IV.3.b")
    chat.say(AN, "31/2/2023")
    assert "Không có ngày 31/02/2023; ngày cuối của tháng này là 28/02/2023." in chat.last(AN)
    read_english(chat, chat.office.an)
    chat.say(AN, "31/2/2023")
    assert "There is no 31/02/2023; that month ends on 28/02/2023." in chat.last(AN)
    assert "Không có" not in chat.last(AN)


@ON_ONE
def test_a_rhythm_is_read_back_in_the_readers_language(chat: Chat) -> None:
    fix(chat, "IV.3.b")
    chat.say(AN, "trước ngày 25 hằng tháng")
    assert "trước ngày 25 hằng tháng" in chat.last(AN)
    read_english(chat, chat.office.an)
    fix(chat, "IV.3.b")
    chat.say(AN, "trước ngày 25 hằng tháng")
    assert "<b>by day 25, every month</b>; the first period is due on <b>25/4/2023</b>" in chat.last(AN)


@ON_ONE
def test_a_day_that_may_come_back_every_year_is_offered_in_the_readers_language(chat: Chat) -> None:
    read_english(chat, chat.office.an)
    fix(chat, "IV.3.b")
    chat.say(AN, "trước ngày 30 tháng 12")
    assert "Applies: by 30 December, every year" in chat.labels(AN)
    chat.press(AN, "Applies: by 30 December")
    assert "by 30 December, every year" in chat.last(AN)


def test_agencies_hear_in_their_own_language_what_there_is_instead_of_a_day(chat: Chat) -> None:
    read_english(chat, chat.office.binh)
    fix(chat, "IV.2.a")
    chat.press(AN, "Không áp dụng")
    chat.say(AN, "Không yêu cầu")
    chat.press(AN, "Ấn định thời hạn")
    chat.office.at("2023-04-24 09:01")
    told = chat.list_screens(BINH)[-1]["text"]
    assert "<b>no deadline</b>" in told
    assert "không có thời hạn" not in told


@ON_ONE
def test_a_task_in_a_draft_shows_its_deadline_in_the_readers_language(chat: Chat) -> None:
    read_english(chat, chat.office.an)
    chat.say(AN, "/giaoviec")
    chat.say(AN, "Báo cáo tình hình hợp tác xã")
    chat.say(AN, "mường tè")
    chat.press(AN, "Continue")
    chat.press(AN, "Skip")
    chat.say(AN, "trong quý III/2023")
    assert "in quarter III of 2023" in chat.last(AN)


@pytest.mark.parametrize(
    ("rule", "vietnamese", "english"),
    [
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", "every quarter"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25 hằng tháng", "by day 25, every month"),
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", "FREQ=MONTHLY;BYDAY=2TU,4TU", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ("FREQ=YEARLY;BYMONTHDAY=x", "FREQ=YEARLY;BYMONTHDAY=x", "FREQ=YEARLY;BYMONTHDAY=x"),
    ],
)
def test_the_record_words_a_rhythm_where_words_say_the_same(rule: str, vietnamese: str, english: str) -> None:
    for language, words in (("vi", vietnamese), ("en", english)):
        lines = describe(Texts(language, ZONE, "Văn phòng"), "deadline_settled", {}, {"recurrence": rule})
        assert any(words in line for line in lines), (language, lines)
