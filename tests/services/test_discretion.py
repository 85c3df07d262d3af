"""A discreet agency: messages say that something is due, never what; its people see it when they open it."""

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.documents.resolve import read_file
from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.errors import UserError
from bot.services.context import Work
from bot.services.deadlines import extensions
from bot.services.loading.loads import load_document, make_reader
from bot.services.notice import discretion
from bot.services.people import handing
from bot.services.reminding import pressing
from bot.services.standing import agency_search, seats
from bot.services.tasks import reports, steering
from bot.services.tasks.reports import Draft
from db.models import Address, Agency, Document, Event, Notice, OutboxCover, OutboxMessage, Task
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, TASKS_FILE, Setting, find_agency, find_assignment, join, open_office

BINH, AN, HOA, GROUP = CAST["binh"], CAST["an"], CAST["hoa"], -500
KEY = "hu-muong-te"
# The rules are the same on both; what is asked of the database is tried on both.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = ("Kết quả bí mật", "Phụ lục bí mật", "Chờ hướng dẫn bí mật", "Cần thêm thời gian bí mật")


@pytest.fixture
def chat(desk: Desk) -> Chat:
    """Huyện ủy Mường Tè with an officer, a head and a group, discreet from the start."""
    found = Chat(open_office(desk))
    join(desk, "hoa", Role.HEAD, KEY)
    switch(found.office, True)
    found.say(BINH, "/nhom", group=GROUP)
    found.press(BINH, "Gắn nhóm này với", group=GROUP)
    return found


def switch(office: Setting, wanted: bool) -> None:
    with office.desk.work() as work:
        agency = work.session.get_one(Agency, find_agency(work, KEY))
        discretion.set_discreet(work, office.an, agency, wanted)


def live_through_everything(office: Setting) -> None:
    """Each kind of message that an agency and its people get."""
    office.at("2023-05-17T08:00")
    office.send_all()
    with office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", KEY).id
        first = reports.submit(work, office.binh, mine, Draft("progress", WORDS[0])).id
        done = reports.submit(work, office.binh, mine, Draft("completion", WORDS[0])).id
        assert first != done
    with office.desk.work() as work:
        reports.return_report(work, office.an, done, WORDS[1])
    for agree in (False, True):
        with office.desk.work() as work:
            asked = extensions.request(work, office.binh, mine, date(2023, 7, 31), "", WORDS[3])
            extensions.decide(work, office.an, asked.id, agree=agree, note="" if agree else WORDS[3])
    for move in (Move.SUSPEND, Move.RESUME):
        with office.desk.work() as work:
            steering.steer(work, office.an, mine, move, WORDS[2])
    with office.desk.work() as work:
        hoa = seats.find_actor(work, HOA)
        assert hoa is not None
        handing.hand_on(work, hoa, mine, office.binh.member_id)
    edit_the_document(office)
    office.send_all()
    office.at("2023-08-02T08:00")
    office.send_all()
    with office.desk.work() as work:
        pressing.press(work, office.an, [mine])
    office.send_all()
    with office.desk.work() as work:
        again = reports.submit(work, office.binh, mine, Draft("completion", WORDS[0])).id
    with office.desk.work() as work:
        reports.accept(work, office.an, again)
    office.at("2023-08-07T08:00")
    office.send_all()


def edit_the_document(office: Setting) -> None:
    """What an edited file changes is told, too."""
    file = json.loads(Path(TASKS_FILE).read_text(encoding="utf-8"))
    for task in file["tasks"]:
        task["title"] += " (sửa)"
    with office.desk.work() as work:
        load_document(work, read_file(json.dumps(file).encode(), make_reader(work)))


def list_secrets(work: Work) -> set[str]:
    """What of the agency's work must not be read by whoever sees a telephone."""
    tasks = work.session.exec(select(Task)).all()
    documents = work.session.exec(select(Document)).all()
    found = {each.title.removesuffix(" (sửa)") for each in tasks} | {each.title for each in documents}
    found |= {each.clause_label for each in tasks} | {each.text[:40] for each in tasks}
    found |= {each.deadline_text or "" for each in tasks} | {each.product or "" for each in tasks}
    return {each for each in found | set(WORDS) if len(each) > 8}


def list_told(work: Work) -> list[OutboxMessage]:
    """All messages of the outbox for the agency's people and its group, sent or not."""
    query = (
        select(OutboxMessage)
        .join(Address, col(Address.id) == col(OutboxMessage.address_id))
        .where(col(Address.address).in_([str(BINH), str(HOA), str(GROUP)]))
    )
    return list(work.session.exec(query))


def words_of(message: OutboxMessage) -> str:
    labels = [button["text"] for row in message.keyboard or [] for button in row]
    return "\n".join([message.text, *labels])


def test_no_word_of_a_task_its_document_or_a_report_leaves_in_a_message(chat: Chat) -> None:
    live_through_everything(chat.office)
    with chat.office.desk.reading() as work:
        told, secrets = list_told(work), list_secrets(work)
        kinds = set(
            work.session.exec(
                select(Notice.kind)
                .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
                .where(col(OutboxCover.message_id).in_([each.id for each in told]))
            )
        )
    assert kinds >= {
        *("assignment", "reminder", "press", "receipt", "returned", "accepted", "changed"),
        *("extension_agreed", "extension_refused", "steered", "handed"),
    }
    # What was drawn before it was switched on and has been merged since is nobody's to read.
    told = [each for each in told if each.status != "expired"]
    assert len(secrets) > 20
    for message, secret in itertools.product(told, secrets):
        assert secret not in words_of(message), message.kind


@ON_ONE
def test_the_same_without_discretion_does_say_what(chat: Chat) -> None:
    switch(chat.office, False)
    live_through_everything(chat.office)
    with chat.office.desk.reading() as work:
        told, secrets = list_told(work), list_secrets(work)
    said = "\n".join(words_of(each) for each in told)
    assert sum(secret in said for secret in secrets) > 5


@ON_ONE
def test_it_says_that_something_is_due_when_and_how_to_see_it(chat: Chat) -> None:
    chat.office.at("2023-05-24T08:00")
    for who, how in ((BINH, "Nội dung không hiện trong tin nhắn"), (GROUP, "Nội dung không hiện trong nhóm")):
        (told,) = [each["text"] for each in chat.list_screens(who) if how in each["text"]][-1:]
        assert "nhiệm vụ" in told
    chat.office.at("2023-06-02T08:00")
    chat.office.send_all()
    with chat.office.desk.work() as work:
        pressing.press(work, chat.office.an, [find_assignment(work, "IV.2.b", KEY).id])
    with chat.office.desk.reading() as work:
        (pressed, *_) = [each for each in list_told(work) if each.kind == "press"]
    assert "Đôn đốc lần" in pressed.text
    assert "quá hạn 2 ngày" in pressed.text


@ON_ONE
def test_what_a_person_opens_in_the_own_chat_shows_everything(chat: Chat) -> None:
    chat.office.at("2023-05-24T08:00")
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", KEY).id
        label = work.session.exec(select(Task.clause_label).where(col(Task.clause) == "IV.2.b")).one()
    assert label in chat.press_data(BINH, f"view:{mine}")["edit"]["text"]
    assert label in chat.say(BINH, "/viec")["send"]["text"]


@ON_ONE
def test_in_the_group_nothing_is_shown_and_it_goes_to_who_asks_alone(chat: Chat) -> None:
    chat.office.at("2023-05-24T08:00")
    with chat.office.desk.reading() as work:
        mine, secrets = find_assignment(work, "IV.2.b", KEY).id, list_secrets(work)
    listed = chat.say(BINH, "/viec", group=GROUP)
    opened = chat.press_data(BINH, f"view:{mine}", group=GROUP)
    for answer in (listed, opened):
        assert answer["to"] == str(BINH)
        assert answer["edit"] is None
        assert any(secret in answer["send"]["text"] for secret in secrets)
    acknowledged = chat.press_data(BINH, f"ack:{mine}", group=GROUP)
    assert (acknowledged["edit"], acknowledged["send"]) == (None, None)
    assert acknowledged["toast"]


@ON_ONE
def test_others_and_the_secretariat_are_told_as_ever(chat: Chat) -> None:
    join(chat.office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    chat.office.at("2023-05-24T08:00")
    with chat.office.desk.work() as work:
        reports.submit(
            work, chat.office.binh, find_assignment(work, "IV.2.b", KEY).id, Draft("completion", "Xong")
        )
    assert any(
        "Nhắc việc lần" in each["text"] and "Mục IV" in each["text"]
        for each in chat.list_screens(CAST["dung"])
    )
    assert any("Mục IV, điểm 2" in each["text"] for each in chat.list_screens(AN))


@ON_ONE
def test_the_secretariat_switches_it_in_the_chat_and_it_is_in_the_record(chat: Chat) -> None:
    chat.say(AN, "/coquan Mường Tè")
    assert "Chế độ kín" in chat.last(AN)
    chat.press(AN, "Tắt chế độ kín")
    assert "Chế độ kín: " not in chat.last(AN)
    chat.press(AN, "Bật chế độ kín")
    with chat.office.desk.reading() as work:
        (agency,) = agency_search.search_agencies(work, "Mường Tè")
        assert agency.is_discreet
        events = work.session.exec(select(Event).where(col(Event.action) == "agency_discreet")).all()
    assert [each.after for each in events] == [{"discreet": True}, {"discreet": False}, {"discreet": True}]


@ON_ONE
def test_an_officer_may_not_switch_it(chat: Chat) -> None:
    with chat.office.desk.work() as work:
        agency = work.session.get_one(Agency, find_agency(work, KEY))
        with pytest.raises(UserError):
            discretion.set_discreet(work, chat.office.binh, agency, False)
        assert agency.is_discreet
