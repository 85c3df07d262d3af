"""Numbers against the document's targets: typed in a report, seen by the secretariat, kept as a series."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.cli.indicators import list_rows
from bot.domain.access import Role
from bot.services.loading import loads
from bot.services.loading.loads import load_document, make_reader
from db.models import Indicator, Target
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, TASKS_FILE, find_assignment, join, open_office

AN, BINH, DUNG, HOA = CAST["an"], CAST["binh"], CAST["dung"], CAST["hoa"]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chat(desk: Desk) -> Chat:
    """Dung is an officer of Ban cán sự đảng UBND tỉnh, whose task is the reviews."""
    office = open_office(desk)
    join(desk, "dung", Role.OFFICER, "bcsd-ubnd-tinh")
    return Chat(office)


def review(chat: Chat) -> int:
    with chat.office.desk.reading() as work:
        return find_assignment(work, "IV.3.b", "bcsd-ubnd-tinh").id


def begin(chat: Chat, kind: str = "p") -> None:
    chat.press_data(DUNG, f"rep:{review(chat)}:{kind}")
    chat.say(DUNG, "Kết quả thực hiện 6 tháng")


def type_number(chat: Chat, n: int, words: str, who: int = DUNG) -> str:
    chat.press(who, f"✎ {n}")
    chat.say(who, words)
    return chat.last(who)


def test_numbers_are_typed_checked_shown_and_kept_as_a_series(chat: Chat) -> None:
    begin(chat)
    chat.press(DUNG, "Số liệu chỉ tiêu")
    assert "Số tổ hợp tác: <b>khoảng 430 tổ hợp tác, đến năm 2030</b>" in chat.last(DUNG)
    assert "có hai cách hiểu" in type_number(chat, 1, "1,250")
    chat.say(DUNG, "nhiều lắm")
    assert "Chưa hiểu “nhiều lắm”" in chat.last(DUNG)
    chat.say(DUNG, "12 %")
    assert "tính bằng “tổ hợp tác”" in chat.last(DUNG)
    chat.say(DUNG, "1.250")
    assert "đã nhập: <b>1.250 tổ hợp tác</b>" in chat.last(DUNG)
    type_number(chat, 8, "62,5 %")
    chat.press(DUNG, "Xem lại")
    assert (
        "Số tổ hợp tác: <b>1.250 tổ hợp tác</b> (chỉ tiêu: khoảng 430 tổ hợp tác, đến năm 2030)"
        in chat.last(DUNG)
    )
    chat.press(DUNG, "Gửi báo cáo")
    for who, title in ((DUNG, "Biên nhận báo cáo số 1"), (AN, "Báo cáo tiến độ số 1")):
        (seen,) = [each["text"] for each in chat.list_screens(who) if title in each["text"]]
        assert "<b>1.250 tổ hợp tác</b>" in seen
        assert "<b>62,5%</b> (chỉ tiêu: trên 60%, đến năm 2030)" in seen
    with chat.office.desk.reading() as work:
        kept = work.session.exec(select(Indicator.value).order_by(col(Indicator.id))).all()
        assert list(kept) == ["1250", "62.5"]
    chat.office.at("2023-07-24T09:00")
    begin(chat, "c")
    chat.press(DUNG, "Số liệu chỉ tiêu")
    type_number(chat, 1, "1300")
    chat.press(DUNG, "Xem lại")
    chat.press(DUNG, "Gửi báo cáo")
    with chat.office.desk.reading() as work:
        rows = list(list_rows(work))
        told = [row for row in rows if row["target"] == "to-hop-tac-2030"]
        assert [(row["value"], row["as_of"]) for row in told] == [
            (1250, date(2023, 4, 24)),
            (1300, date(2023, 7, 24)),
        ]
        assert {row["agency"] for row in told} == {"bcsd-ubnd-tinh"}
        assert (told[0]["wanted"], told[0]["unit"], told[0]["by"]) == (
            "khoảng 430",
            "tổ hợp tác",
            date(2030, 12, 31),
        )
        assert len({row["target"] for row in rows}) == 18
    chat.say(AN, "/tonghop")
    chat.press(AN, "Chỉ tiêu")
    assert "cộng: <b>1.300 tổ hợp tác</b>" in chat.last(AN)
    assert "cộng: <b>62" not in chat.last(AN)
    chat.press(AN, "📈 1")
    assert "1.250 (24/4/2023)" in chat.last(AN)
    assert "Cộng số mới nhất của các cơ quan: <b>1.300 tổ hợp tác</b>" in chat.last(AN)
    chat.press(AN, "Quay lại")
    assert "Chỉ tiêu và số liệu" in chat.last(AN)


@ONE_DATABASE
def test_a_number_can_be_left_out_again_and_a_report_may_be_numbers_alone(chat: Chat) -> None:
    chat.press_data(DUNG, f"rep:{review(chat)}:p")
    chat.say(DUNG, "x")
    chat.press(DUNG, "Số liệu chỉ tiêu")
    chat.say(DUNG, "125")
    assert "bấm số thứ tự" in chat.last(DUNG)
    type_number(chat, 1, "125")
    chat.press(DUNG, "✓ ✎ 1")
    chat.press(DUNG, "Bỏ số này")
    assert "đã nhập" not in chat.last(DUNG)
    chat.press(DUNG, "Xem lại")
    chat.press(DUNG, "Gửi báo cáo")
    with chat.office.desk.reading() as work:
        assert work.session.exec(select(Indicator)).all() == []


@ONE_DATABASE
def test_a_report_entered_for_an_agency_has_them_too_and_a_returned_one_does_not_count(chat: Chat) -> None:
    chat.press_data(AN, f"view:{review(chat)}")
    chat.press(AN, "Ghi nhận báo cáo thay")
    chat.say(AN, "45-BC/BCSĐ ngày 20/4/2023")
    chat.say(AN, "21/4/2023")
    chat.press(AN, "Bỏ qua")
    chat.press(AN, "Số liệu chỉ tiêu")
    type_number(chat, 2, "3.300 thành viên", who=AN)
    chat.press(AN, "Xem lại")
    chat.press(AN, "Gửi báo cáo hoàn thành")
    with chat.office.desk.reading() as work:
        (told,) = [row for row in list_rows(work) if row["value"] is not None]
        assert (told["value"], told["as_of"]) == (3300, date(2023, 4, 21))
    chat.press(AN, "Trả lại để bổ sung")
    chat.say(AN, "Số liệu chưa đúng")
    chat.press(AN, "Gửi")
    with chat.office.desk.reading() as work:
        assert [row for row in list_rows(work) if row["value"] is not None] == []


@ONE_DATABASE
def test_only_reviews_ask_for_numbers_and_only_those_who_see_the_whole_read_them(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        plan = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"rep:{plan}:c")
    chat.say(BINH, "Đã ban hành")
    assert not any("Số liệu" in label for label in chat.labels(BINH))
    for data in ("ind:0", "indt:1:0"):
        assert "không có quyền" in chat.press_data(BINH, data)["toast"]
    assert chat.press_data(AN, "indt:999:0")["alert"]


def test_a_target_with_numbers_stays_when_it_leaves_the_file(chat: Chat) -> None:
    import json

    from bot.documents.resolve import read_file

    begin(chat)
    chat.press(DUNG, "Số liệu chỉ tiêu")
    type_number(chat, 1, "125")
    chat.press(DUNG, "Xem lại")
    chat.press(DUNG, "Gửi báo cáo")
    values = json.loads(TASKS_FILE.read_text(encoding="utf-8"))
    values["targets"] = values["targets"][2:]
    with chat.office.desk.work() as work:
        plan = load_document(work, read_file(json.dumps(values).encode(), make_reader(work))).plan
        assert {each.key: each.action for each in plan.targets if each.action != "unchanged"} == {
            "thanh-vien-to-hop-tac-2030": "withdrawn"
        }
    with chat.office.desk.work() as work:
        keys = set(work.session.exec(select(Target.key)))
        assert "to-hop-tac-2030" in keys
        assert len(keys) == 17
        again = loads.plan_document(work, read_file(json.dumps(values).encode(), make_reader(work)))
        assert not again.has_changes
