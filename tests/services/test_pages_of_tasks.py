"""What is an agency's, and the pages of it: the same however they are asked for, and nothing is left out."""

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.services.standing.views import is_of_agency, read_views, select_rows
from bot.services.tasks import assignments
from db.models import Agency, Assignment, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, Setting, find_assignment, open_office
from tests.services.small_office import open_small_office


def let_advise(office: Setting) -> Setting:
    """The leads of one of two tasks are advised on by an agency that has none of its own."""
    with office.desk.work() as work:
        task = work.session.get_one(Task, find_assignment(work, "IV.2.a", "ban-tuyen-giao").task_id)
        task.advising_id = work.session.exec(select(Agency.id).where(col(Agency.key) == "ban-dan-van")).one()
    return office


@pytest.fixture
def advising(small_office: Setting) -> Setting:
    return let_advise(small_office)


def test_an_agencys_are_its_own_and_those_it_advises_on(desk: Desk) -> None:
    with let_advise(open_small_office(desk)).desk.reading() as work:
        for agency_id in work.session.exec(select(Agency.id)).all():
            plain = (col(Assignment.agency_id) == agency_id) | (col(Task.advising_id) == agency_id)
            wanted = {view.id for view in read_views(work, select_rows().where(plain))}
            found = {view.id for view in read_views(work, select_rows().where(is_of_agency(agency_id)))}
            assert found == wanted
            assert found


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_show_all_once_and_each_tells_how_many_there_are(advising: Setting, size: int) -> None:
    with advising.desk.reading() as work:
        shown: list[int] = []
        for page in range(6):
            views, total = assignments.list_page(work, advising.an, agency_id=None, page=page, size=size)
            assert total == 4
            shown += [view.id for view in views]
        assert sorted(shown) == sorted(work.session.exec(select(Assignment.id)).all())
        own = assignments.list_page(work, advising.binh, agency_id=_agency_of(advising), page=0, size=9)
        assert own[1] == len(own[0]) == 2


def _agency_of(office: Setting) -> int:
    return next(iter(office.binh.agencies))


def test_a_page_is_one_query_where_it_is_the_last(advising: Setting) -> None:
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with advising.desk.reading() as work:
        bind = work.session.get_bind()
        assert work.calendar
        event.listen(bind, "before_cursor_execute", note)
        assignments.list_page(work, advising.binh, agency_id=_agency_of(advising), page=0, size=8)
        event.remove(bind, "before_cursor_execute", note)
    assert len(asked) == 1
    assert "loaded" not in asked[0]


# The rules are the same on both databases.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_that_is_no_more_shows_the_last_there_is(desk: Desk) -> None:
    """Its button stands in an old message, and the list has grown shorter since."""
    chat = Chat(open_office(desk))
    chat.office.at("2023-05-30T08:00")
    an, binh = CAST["an"], CAST["binh"]
    lists = {an: ["tasks:0", "soon", "unak", "undl", "uncf", "fc", "fcd:20230531"], binh: ["tasks:0", "soon"]}
    for who, datas in lists.items():
        for data in datas:
            shown = chat.press_data(who, f"{data}:90")["edit"]
            pages = 0
            while "Trang sau" in str(chat.press_data(who, f"{data}:{pages}")["edit"]["keyboard"]):
                pages += 1
            assert shown == chat.press_data(who, f"{data}:{pages}")["edit"], data
    chat.office.at("2023-06-05T09:00")
    assert "Trang 4/4" in chat.press_data(an, "over:90")["edit"]["text"]
    assert "1." in chat.press_data(binh, "over:90")["edit"]["text"]
    assert "Trang trước" not in str(chat.press_data(an, "wait:90")["edit"]["keyboard"])
