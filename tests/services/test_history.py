"""The record in sentences: what was done, by whom, from what to what; and to whom it is shown."""

import ast
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.errors import UserError
from bot.screens.history import by_which
from bot.services.standing import history
from bot.services.standing.sources import find_sources
from bot.texts import CATALOGS
from db.models import InboxUpdate
from tests.conftest import Desk
from tests.services.chat import Chat
from tests.services.office import CAST, find_assignment, join, open_office

AN, BINH, DUNG = CAST["an"], CAST["binh"], CAST["dung"]
BOT = Path(__file__).resolve().parents[2] / "bot"


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(open_office(desk))


def test_the_record_of_a_task_reads_well(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"rep:{mine}:c")
    chat.say(BINH, "Đã ban hành <Kế hoạch>")
    chat.press(BINH, "Gửi báo cáo")
    chat.press_data(BINH, f"hist:{mine}")
    text = chat.last(BINH)
    assert "09:00 ngày 24/4/2023" in text
    assert "Gửi báo cáo hoàn thành\nTình trạng: Chưa tiếp nhận → Chờ xác nhận" in text
    assert "Giao nhiệm vụ\nThời hạn: 31/5/2023" in text
    chat.press(BINH, "Quay lại")
    assert "Ban hành Kế hoạch" in chat.last(BINH)


def test_the_record_says_by_which_message_a_change_came(chat: Chat) -> None:
    with chat.office.desk.reading() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
    chat.press_data(BINH, f"ack:{mine}")
    with chat.office.desk.reading() as work:
        row = work.session.exec(select(InboxUpdate).order_by(col(InboxUpdate.id).desc())).first()
        assert row is not None
        entries, _ = history.list_entries(work, chat.office.binh, mine, page=0, size=10)
        by_button, by_load = entries[0].source, entries[-1].source
        assert by_button is not None
        assert by_button.as_json() == {"number": row.id, "kind": "button", "chat": "private", "message_id": 1}
        assert by_load is None
    chat.press_data(BINH, f"hist:{mine}")
    assert f"<i>Theo nút bấm, số {row.id}</i>" in chat.last(BINH)
    assert chat.last(BINH).count("<i>") == 1


@pytest.mark.parametrize("raw", ["", "{}", "[1]", '{"message": 3}', '{"callback_query": {"message": []}}'])
def test_of_a_message_that_is_erased_or_forgotten_the_number_stays(chat: Chat, raw: str) -> None:
    chat.say(BINH, "/caidat")
    with chat.office.desk.work() as work:
        row = work.session.exec(select(InboxUpdate)).one()
        row.raw = raw
        work.session.flush()
        found = find_sources(work, [row.id, 999_999, None])
        assert {each.number for each in found.values()} == {row.id, 999_999}
        assert by_which(work.texts(), found[999_999]) == "Theo tin đến số 999999"
        assert "số" in by_which(work.texts(), found[row.id])


def test_a_message_in_a_group_is_named_so_and_the_chat_is_not_told(chat: Chat) -> None:
    chat.say(BINH, "/caidat", group=-100_7)
    with chat.office.desk.reading() as work:
        row = work.session.exec(select(InboxUpdate)).one()
        source = find_sources(work, [row.id])[row.id]
        assert by_which(work.texts("en"), source) == f"By message in a group, no. {row.id}"
        assert "1007" not in str(source.as_json())


def test_an_agency_reads_its_own_record_and_no_other(chat: Chat) -> None:
    dung = join(chat.office.desk, "dung", Role.OFFICER, "ban-tuyen-giao")
    with chat.office.desk.reading() as work:
        theirs = find_assignment(work, "IV.2.b", "hu-muong-te").id
        entries, total = history.list_entries(work, dung, None, page=0, size=100)
        assert total == len(entries) > 3
        assert {each.agency for each in entries} == {"Ban Tuyên giáo Tỉnh ủy"}
        with pytest.raises(UserError):
            history.list_entries(work, dung, theirs, page=0, size=10)
    chat.say(DUNG, "/lichsu")
    assert "Ban Tuyên giáo Tỉnh ủy" in chat.last(DUNG)


def test_a_viewer_has_no_record_to_read(chat: Chat) -> None:
    hoa = join(chat.office.desk, "hoa", Role.VIEWER)
    with chat.office.desk.reading() as work, pytest.raises(UserError):
        history.list_entries(work, hoa, None, page=0, size=10)


def test_the_secretariat_turns_the_pages_of_everything(chat: Chat) -> None:
    chat.say(AN, "/lichsu")
    first = chat.last(AN)
    chat.press(AN, "Trang sau")
    assert chat.last(AN) != first


def list_actions() -> set[str]:
    """Every action that the code records by name."""
    found: set[str] = set()
    for path in (BOT / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if isinstance(node, ast.Call) and name in ("record", "_record"):
                found |= {
                    each.value
                    for each in node.args[:2]
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_action_has_a_sentence() -> None:
    actions = list_actions()
    assert len(actions) > 20
    for catalog in CATALOGS.values():
        assert {each for each in actions if f"event.{each}" not in catalog} == set()
