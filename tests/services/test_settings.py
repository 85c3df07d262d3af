"""`/caidat` as people use it: each room, what is typed wrongly, who may not enter, what the record says."""

from datetime import date, datetime, time

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.office_days import DayRow, read_table
from bot.domain.policy import Policy
from bot.errors import UserError
from bot.services.context import load_calendar
from bot.services.office import holidays, office_settings
from bot.services.people import personal
from bot.services.reminding import ladders
from db.models import Agency, Document, Event, Holiday, Member, OfficeSettings, ReminderPolicy, Task
from tests.conftest import ZONE, Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_agency, find_assignment, join
from tests.services.small_office import open_small_office

AN, BINH, HOA = CAST["an"], CAST["binh"], CAST["hoa"]


ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office(desk: Desk) -> Setting:
    """Bình serves in an agency, An in the secretariat; there is no document."""
    with desk.work() as work:
        work.session.add(Agency(key="hu-muong-te", name="Huyện ủy Mường Tè"))
        work.session.add(Agency(key="ban-tuyen-giao", name="Ban Tuyên giáo Tỉnh ủy"))
    return Setting(desk, join(desk, "binh", Role.OFFICER, "hu-muong-te"), join(desk, "an", Role.SECRETARIAT))


@pytest.fixture
def busy(desk: Desk) -> Setting:
    """It is 16 May 2023; deadlines on 26 and 31 May."""
    return open_small_office(desk)


@pytest.fixture
def chat(office: Setting) -> Chat:
    return Chat(office)


def record_of(office: Setting, action: str) -> list[tuple[object, object]]:
    with office.desk.reading() as work:
        rows = work.session.exec(select(Event).where(col(Event.action) == action).order_by(col(Event.id)))
        return [(each.before, each.after) for each in rows]


def next_on(office: Setting, clause: str) -> datetime | None:
    with office.desk.reading() as work:
        at = find_assignment(work, clause, "hu-muong-te").next_reminder_at
        return at.astimezone(ZONE) if at else None


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


# --- for everyone


@ONE_DATABASE
def test_the_first_screen_says_who_one_is_and_shows_only_rooms_one_may_enter(chat: Chat) -> None:
    chat.say(BINH, "/caidat")
    assert "Cài đặt" in chat.last(BINH)
    assert "chuyên viên, Huyện ủy Mường Tè" in chat.last(BINH)
    assert [label for label in chat.labels(BINH) if "✓" in label] == ["✓ Tiếng Việt"]
    assert len(chat.labels(BINH)) == 3
    chat.say(AN, "/settings")
    for room in ("Giờ không nhận tin", "Đầu mối", "Ngày nghỉ", "tổng hợp hằng tuần", "Lịch nhắc"):
        assert any(room in label for label in chat.labels(AN)), room


@ONE_DATABASE
def test_another_language_redraws_the_screen_and_the_menu(chat: Chat, office: Setting) -> None:
    chat.say(BINH, "/caidat")
    answers = chat.press(BINH, "English")
    assert "Settings" in answers["edit"]["text"]
    assert "settings" in dict(answers["menu"])["caidat"]
    assert record_of(office, "language_changed") == [({"language": None}, {"language": "en"})]
    chat.press_data(BINH, "setl:en")
    assert len(record_of(office, "language_changed")) == 1
    assert chat.press_data(BINH, "setl:fr")["alert"]


@ONE_DATABASE
def test_quiet_hours_are_taken_from_a_button_or_as_typed(chat: Chat, office: Setting) -> None:
    chat.say(BINH, "/caidat")
    chat.press(BINH, "Giờ không nhận tin")
    chat.press(BINH, "21:00–6:30")
    assert "✓ 21:00–6:30" in chat.labels(BINH)
    chat.press(BINH, "Nhập giờ khác")
    refused = chat.say(BINH, "tối đến sáng")
    assert "22:00-6:00" in refused["send"]["text"]
    assert "23:00–5:30" in chat.say(BINH, "23h - 5h30")["send"]["text"]
    with office.desk.reading() as work:
        assert personal.get_quiet_hours(work, office.binh) == (23 * 60, 5 * 60 + 30)
    assert "không đặt" in chat.press_data(BINH, "setq:off")["edit"]["text"]
    assert len(record_of(office, "quiet_hours_changed")) == 3


@ONE_DATABASE
def test_going_back_stops_waiting_for_something_typed(chat: Chat) -> None:
    chat.press_data(BINH, "setq:ask")
    chat.press(BINH, "Quay lại")
    assert "Giờ không nhận tin" in chat.last(BINH)
    assert "chưa rõ nội dung" in chat.say(BINH, "22:00-6:00")["send"]["text"]


@ONE_DATABASE
def test_a_forged_button_changes_nothing(chat: Chat, office: Setting) -> None:
    for data in ("setq:1:1", "setq:1441:5", "setq:x", "setq:5", "setl", "setl:fr", "setr:t:99", "setd:1999"):
        assert chat.press_data(AN, data)["alert"], data
    with office.desk.reading() as work:
        member = work.session.get_one(Member, office.an.member_id)
        assert (member.language, member.quiet_from, member.quiet_until) == (None, None, None)


@ONE_DATABASE
def test_an_officer_enters_no_room_of_the_office(chat: Chat) -> None:
    for data in (
        "setd",
        "setda:2023",
        "setdx:2023-05-02",
        "setw",
        "setrp:0",
        "setr:d:1",
        "setc:1",
        "setcp:0",
    ):
        answers = chat.press_data(BINH, data)
        assert answers["alert"], data
        assert "không có quyền" in answers["toast"], data


# --- contacts


def test_a_head_names_several_contacts_of_the_own_agency_only(chat: Chat, office: Setting) -> None:
    head = join(office.desk, "hoa", Role.HEAD, "hu-muong-te")
    chat.say(HOA, "/caidat")
    chat.press(HOA, "Đầu mối khi quá hạn")
    assert "Chưa chọn" in chat.last(HOA)
    chat.press(HOA, "Binh")
    chat.press(HOA, "Hoa")
    assert "Binh, Hoa" in chat.last(HOA)
    chat.press(HOA, "✓ Binh")
    assert "Đầu mối: Hoa." in chat.last(HOA)
    assert len(record_of(office, "contact_changed")) == 3
    with office.desk.work() as work:
        other = find_agency(work, "ban-tuyen-giao")
        with pytest.raises(UserError):
            personal.toggle_contact(work, head, other, office.binh.member_id)
        with pytest.raises(UserError, match="không còn ở cơ quan"):
            personal.toggle_contact(work, office.an, other, office.binh.member_id)


# --- days off


def test_days_are_typed_marked_and_taken_away(chat: Chat, office: Setting) -> None:
    chat.press_data(AN, "setd")
    assert "2/9: nghỉ – Quốc khánh" in chat.last(AN)
    chat.press(AN, "Thêm ngày")
    refused = chat.say(AN, "31/6/2023 nghỉ\n2/6/2023 chơi")["send"]["text"]
    assert "Dòng 1, ngày: không có ngày “31/6/2023”; ngày cuối tháng đó là 30/6/2023" in refused
    assert "Dòng 2, nghỉ/làm" in refused
    said = chat.say(AN, "2/6/2023 nghỉ Ngày của tỉnh\n3/6/2023 nghỉ\n1/6/2023 làm bù")["send"]["text"]
    assert "2/6/2023: nghỉ." in said
    assert said.count("vẫn ghi") == 2
    assert "✎ <b>2/6: nghỉ – Ngày của tỉnh</b>" in said
    with office.desk.reading() as work:
        assert not load_calendar(work.session, 2023).is_working_day(date(2023, 6, 2))
    chat.press(AN, "Bỏ 2/6")
    assert "2/6" not in chat.last(AN).replace("2/6/", "")
    assert len(record_of(office, "holiday_added")) == 3
    before, after = record_of(office, "holiday_removed")[0]
    assert (before, after) == ({"day": "2023-06-02", "kind": "off", "name": "Ngày của tỉnh"}, None)
    assert "không có ngày" in chat.press_data(AN, "setdx:2023-06-02")["toast"]


@ONE_DATABASE
def test_an_own_day_overrules_the_published_calendar_both_ways(office: Setting) -> None:
    rows = [DayRow(date(2023, 5, 2), "work", "Làm bù"), DayRow(date(2023, 5, 4), "off", "Nghỉ bù")]
    with office.desk.work() as work:
        assert [each.remark for each in holidays.add_days(work, office.an, rows)] == ["", ""]
    with office.desk.reading() as work:
        calendar = load_calendar(work.session, 2023)
        assert [calendar.is_working_day(row.day) for row in rows] == [True, False]
        shown = {each.day: (each.kind, each.source) for each in holidays.list_days(work, 2023)}
    assert shown[date(2023, 5, 2)] == ("work", "office")
    assert shown[date(2023, 5, 3)] == ("off", "published")


def test_a_row_that_says_the_opposite_is_refused_until_the_other_is_gone(office: Setting) -> None:
    day = date(2023, 6, 2)
    with office.desk.work() as work:
        holidays.add_days(work, office.an, [DayRow(day, "off", "x")])
        again = holidays.add_days(work, office.an, [DayRow(day, "off", "x")])
        assert [each.remark for each in again] == ["unchanged"]
    with office.desk.work() as work, pytest.raises(UserError, match=r"2/6/2023.*“nghỉ”"):
        holidays.add_days(work, office.an, [DayRow(day, "work")])
    with office.desk.work() as work, pytest.raises(UserError):
        holidays.remove_day(work, office.binh, day)


@ONE_DATABASE
def test_the_calendar_knows_the_exchanged_days_of_2026(office: Setting) -> None:
    with office.desk.reading() as work:
        calendar = load_calendar(work.session, 2026)
        named = {each.day: (each.kind, each.name) for each in holidays.list_days(work, 2026)}
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))
    assert named[date(2026, 1, 2)] == ("off", "Nghỉ hoán đổi")
    assert named[date(2026, 1, 10)] == ("work", "Làm bù")


def test_loading_a_table_twice_changes_nothing_and_only_replace_takes_away(office: Setting) -> None:
    rows, _ = read_table("day,kind,name\n2/6/2023,nghỉ,Ngày của tỉnh\n2023-06-03,work,\n".encode())
    with office.desk.work() as work:
        holidays.load_table(work, None, [DayRow(date(2023, 7, 7), "off", "khác")], replace=False)
        first = holidays.load_table(work, None, rows, replace=False)
        assert (len(first.added), len(first.removed)) == (2, 0)
    with office.desk.work() as work:
        second = holidays.load_table(work, None, rows, replace=False)
        assert (second.added, second.changed, second.removed, second.unchanged) == ([], [], [], 2)
        third = holidays.load_table(work, None, rows, replace=True)
        assert third.removed == [date(2023, 7, 7)]
        assert len(work.session.exec(select(Holiday)).all()) == 2


# --- the weekly digest


def test_the_weekly_digest_has_its_default_until_the_secretariat_sets_another(
    chat: Chat, office: Setting
) -> None:
    chat.press_data(AN, "setw")
    assert "thứ Sáu, 15:00" in chat.last(AN)
    with office.desk.work() as work:
        office_settings.lock_office_settings(work).next_weekly_at = work.now
    chat.press(AN, "T5")
    chat.press(AN, "Giờ khác")
    assert "15:00" in chat.say(AN, "chiều")["send"]["text"]
    assert "thứ Năm, 9:30" in chat.say(AN, "9h30")["send"]["text"].replace("09:30", "9:30")
    with office.desk.reading() as work:
        row = work.session.exec(select(OfficeSettings)).one()
        assert (row.weekly_on, row.weekly_at, row.next_weekly_at) == (3, "09:30", None)
    assert record_of(office, "settings_changed") == [
        ({"weekly_on": 4}, {"weekly_on": 3}),
        ({"weekly_at": "15:00"}, {"weekly_at": "09:30"}),
    ]


@ONE_DATABASE
def test_a_day_off_or_no_time_is_refused(office: Setting) -> None:
    for values in ({"weekly_on": 5}, {"weekly_at": "25:00"}, {"weekly_at": "9:30"}):
        with office.desk.work() as work, pytest.raises(UserError):
            office_settings.change_office_settings(work, office.an, **values)
    with office.desk.work() as work, pytest.raises(UserError, match="quyền"):
        office_settings.change_office_settings(work, office.binh, weekly_on=1)


# --- the reminder ladder


def test_a_documents_ladder_is_changed_item_by_item_and_put_back(busy: Setting) -> None:
    chat = Chat(busy)
    assert next_on(busy, "IV.2.b") == local("2023-05-17T08:00")
    chat.press_data(AN, "setrp:0")
    chat.press(AN, "Chọn 1")
    assert "Trước hạn: 10, 5, 2 ngày làm việc và đúng ngày hạn" in chat.last(AN)
    chat.press(AN, "Trước hạn")
    refused = chat.say(AN, "mười ngày")["send"]["text"]
    assert "Trước hạn: “mười ngày” không đúng" in refused
    assert "từ 0 đến 250" in chat.say(AN, "10, 300")["send"]["text"]
    assert "Trước hạn: 8, 3 ngày làm việc\n" in chat.say(AN, "3, 8")["send"]["text"]
    assert next_on(busy, "IV.2.b") == local("2023-05-19T08:00")
    chat.press(AN, "Giờ nhắc")
    chat.say(AN, "14h")
    assert next_on(busy, "IV.2.b") == local("2023-05-19T14:00")
    with busy.desk.reading() as work:
        row = work.session.exec(select(ReminderPolicy)).one()
        assert Policy.from_json(row.ladder) == Policy(before=(8, 3), at=time(14))
    chat.press(AN, "Bỏ lịch riêng")
    assert "lịch nhắc chung" in chat.last(AN)
    assert next_on(busy, "IV.2.b") == local("2023-05-17T08:00")
    assert [after for _, after in record_of(busy, "ladder_changed")] == [
        {"before": [8, 3]},
        {"at": "14:00"},
        {},
    ]


@ONE_DATABASE
def test_a_tasks_own_ladder_goes_before_the_documents(busy: Setting) -> None:
    chat = Chat(busy)
    with busy.desk.reading() as work:
        task = work.session.exec(select(Task).where(col(Task.clause) == "IV.2.b")).one()
    chat.press_data(AN, f"setr:d:{task.document_id}")
    chat.press(AN, "một nhiệm vụ")
    chat.press(AN, "Chọn 2")
    assert "Việc IV.2.b" in chat.last(AN)
    other = next_on(busy, "IV.2.a")
    chat.press(AN, "Ngày nhắc hằng tuần")
    chat.press(AN, "T4")
    assert "Sau đó mỗi tuần: thứ Tư" in chat.last(AN)
    with busy.desk.work() as work:
        own = ladders.get_ladder(work, busy.an, "t", task.id)
        ladders.change_item(work, busy.an, own, "before", [9])
    assert next_on(busy, "IV.2.b") == local("2023-05-18T08:00")
    assert next_on(busy, "IV.2.a") == other


@ONE_DATABASE
def test_another_ladder_sends_nothing_for_days_gone_by_and_no_second_on_a_day(busy: Setting) -> None:
    """On 24 May 08:00 the fifth day's reminder of IV.2.b went out, and the second day's of IV.2.a."""
    busy.at("2023-05-24T09:00")
    busy.send_all()
    with busy.desk.work() as work:
        document = work.session.exec(select(Document)).one()
        own = ladders.get_ladder(work, busy.an, "d", document.id)
        own = ladders.change_item(work, busy.an, own, "before", [15, 12, 6, 5, 1])
        ladders.change_item(work, busy.an, own, "at", "15:00")
    assert next_on(busy, "IV.2.b") == local("2023-05-30T15:00")
    assert next_on(busy, "IV.2.a") == local("2023-05-25T15:00")
    busy.at("2023-05-24T16:00")
    assert busy.send_all() == []


@ONE_DATABASE
def test_an_officer_changes_no_ladder(busy: Setting) -> None:
    with busy.desk.work() as work, pytest.raises(UserError):
        ladders.get_ladder(work, busy.binh, "d", 1)
    with busy.desk.work() as work:
        own = ladders.get_ladder(work, busy.an, "d", work.session.exec(select(Document.id)).one())
        with pytest.raises(UserError):
            ladders.reset(work, busy.binh, own)


# --- pausing


def test_sending_is_paused_and_resumed_after_a_look_at_what_it_means(busy: Setting) -> None:
    chat = Chat(busy)
    chat.say(AN, "/caidat")
    chat.press(AN, "Tạm dừng gửi")
    chat.press(AN, "Tạm dừng gửi mọi tin")
    assert "trừ biên nhận" in chat.last(AN)
    assert "Đang chờ gửi: 0 tin" in chat.last(AN)
    assert record_of(busy, "paused") == []
    assert chat.press(AN, "Tạm dừng gửi")["toast"] == "Đã tạm dừng gửi."
    for command in ("/caidat", "/tonghop"):
        assert chat.say(AN, command)["send"]["text"].startswith("⏸"), command
    assert chat.press_data(AN, "setpy:all:on")["toast"].startswith("Không có gì thay đổi")
    busy.at("2023-05-17T08:00")
    chat.press_data(AN, "setpc:all")
    assert "Đang chờ gửi: 1 tin" in chat.last(AN)
    chat.press(AN, "Tiếp tục gửi")
    assert "bình thường" in chat.last(AN)
    assert len(record_of(busy, "paused")) == len(record_of(busy, "unpaused")) == 1
    assert not chat.say(AN, "/tonghop")["send"]["text"].startswith("⏸")


@ONE_DATABASE
def test_one_document_is_paused_and_no_officer_pauses_anything(busy: Setting) -> None:
    chat = Chat(busy)
    chat.press_data(AN, "setpl:0")
    chat.press(AN, "Chọn 1")
    assert "Kế hoạch thử" in chat.last(AN)
    chat.press(AN, "Tạm dừng gửi")
    assert "Đang tạm dừng gửi</b> về: Kế hoạch thử" in chat.last(AN)
    assert next_on(busy, "IV.2.b") is None
    chat.press(AN, "Riêng một văn bản")
    assert "⏸ Kế hoạch thử" in chat.last(AN)
    chat.press(AN, "Chọn 1")
    chat.press(AN, "Tiếp tục gửi")
    assert next_on(busy, "IV.2.b") is not None
    for data in ("setp", "setpl:0", "setpc:all", "setpy:all:on", "setpy:1:on"):
        assert "không có quyền" in chat.press_data(BINH, data)["toast"], data
    for data in ("setpy:all:maybe", "setpy:x:on", "setpc:99", "setpy:99:on"):
        assert "không hợp lệ" in chat.press_data(AN, data)["toast"], data
    assert record_of(busy, "paused") == []
