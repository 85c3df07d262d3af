"""Two people of one name are told apart wherever one of them is chosen, and only then."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.people.namesakes import tell_apart
from db.models import Member
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, join
from tests.services.small_office import open_small_office

AN, BINH, HOA, DUNG = CAST["an"], CAST["binh"], CAST["hoa"], CAST["dung"]
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def rename(office: Setting, before: str, after: str) -> None:
    with office.desk.work() as work:
        work.session.exec(select(Member).where(col(Member.name) == before)).one().name = after


@pytest.fixture
def chat(desk: Desk) -> Chat:
    """Bình (from 24/4) and Dung (from 17/5) are officers of one agency, Hoa its head; all are called Bình."""
    office = open_small_office(desk)
    join(desk, "hoa", Role.HEAD, "hu-muong-te")
    desk.clock.move(desk.clock.now() + timedelta(days=1))
    join(desk, "dung", Role.OFFICER, "hu-muong-te")
    office.send_all()
    return Chat(office)


def test_a_head_who_hands_a_task_on_sees_which_of_two_it_goes_to(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        task = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(HOA, f"hand:{task}")
    assert {"Binh", "Dung", "Hoa"} <= set(chat.labels(HOA))
    rename(chat.office, "Dung", "BINH ")
    chat.press_data(HOA, f"hand:{task}")
    assert {"Binh (tham gia 24/4/2023)", "BINH  (tham gia 17/5/2023)", "Hoa"} <= set(chat.labels(HOA))
    chat.say(HOA, "/phancong")
    assert "Binh (tham gia 24/4/2023)" in chat.last(HOA)


@ON_ONE
def test_where_the_role_says_it_the_role_is_shown(chat: Chat) -> None:
    rename(chat.office, "Hoa", "Binh")
    chat.say(HOA, "/phancong")
    assert "Binh (lãnh đạo cơ quan)" in chat.last(HOA)
    assert "Binh (chuyên viên)" in chat.last(HOA)
    assert "Dung (" not in chat.last(HOA)


@ON_ONE
def test_the_secretariat_sees_whose_role_it_ends(chat: Chat) -> None:
    rename(chat.office, "Dung", "Binh")
    with chat.office.desk.reading() as work:
        agency = find_assignment(work, "IV.2.b", "hu-muong-te").agency_id
    chat.press_data(AN, f"ag:{agency}")
    assert any("Binh (tham gia 17/5/2023)" in label for label in chat.labels(AN))
    chat.press(AN, "Binh (tham gia 17/5/2023)")
    assert "Binh (tham gia 17/5/2023)" in chat.last(AN)


@ON_ONE
def test_contacts_covers_and_data_to_erase_are_chosen_knowing_whose(chat: Chat) -> None:
    rename(chat.office, "Dung", "Binh")
    with chat.office.desk.reading() as work:
        agency = find_assignment(work, "IV.2.b", "hu-muong-te").agency_id
    chat.press_data(AN, f"setc:{agency}:0")
    assert any("Binh (tham gia 24/4/2023)" in label for label in chat.labels(AN))
    chat.press_data(HOA, f"covn:{agency}")
    assert "Binh (tham gia 17/5/2023)" in chat.labels(HOA)
    chat.press(HOA, "Binh (tham gia 17/5/2023)")
    assert "Binh (tham gia 17/5/2023)" in chat.last(HOA)
    chat.press_data(AN, "era")
    chat.say(AN, "binh")
    assert {"Binh (tham gia 24/4/2023)", "Binh (tham gia 17/5/2023)"} <= set(chat.labels(AN))


@ON_ONE
def test_two_secretaries_of_one_name_are_told_apart_as_monitors_and_deciders(chat: Chat) -> None:
    join(chat.office.desk, "chi", Role.SECRETARIAT)
    rename(chat.office, "Chi", "An")
    with chat.office.desk.reading() as work:
        agency = find_assignment(work, "IV.2.b", "hu-muong-te").agency_id
    for data in (f"setmo:a:{agency}:0", "setg:0"):
        chat.press_data(AN, data)
        assert {"An (tham gia 24/4/2023)", "An (tham gia 17/5/2023)"} <= set(chat.labels(AN)), data


def test_those_who_came_on_one_day_are_told_apart_by_agency_or_number(chat: Chat) -> None:
    join(chat.office.desk, "chi", Role.OFFICER, "ban-tuyen-giao")
    with chat.office.desk.reading() as work:
        ids = {each.name: each.id for each in work.session.exec(select(Member))}
        t = work.texts("en")
        two = [(ids["Dung"], "Lan"), (ids["Chi"], "lan")]
        assert tell_apart(work, t, two)[ids["Chi"]] == "lan (officer, Ban Tuyên giáo Tỉnh ủy)"
        numbered = tell_apart(work, t, two, with_roles=False)
        assert numbered == {key: f"{name} (no. {key})" for key, name in two}
