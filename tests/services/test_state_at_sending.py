"""What changes between planning and sending: what has become pointless is not sent, and the record says why."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import col, select

from bot.domain.access import Role
from bot.domain.assignment import Move
from bot.services.context import Work
from bot.services.deadlines import extensions
from bot.services.reminding import pressing
from bot.services.tasks import assignments, reports, steering
from bot.services.tasks.reports import Draft
from db.models import Membership, Notice
from tests.conftest import Desk
from tests.services.office import CAST, Setting, find_agency, find_assignment, join, open_office

DONE = Draft("completion", "Đã ban hành")
Plan = Callable[[Setting], None]
Change = Callable[[Setting, Work, int], object]


def submit(office: Setting, work: Work, mine: int) -> int:
    return reports.submit(work, office.binh, mine, DONE).id


def complete(office: Setting, work: Work, mine: int) -> None:
    reports.accept(work, office.an, submit(office, work, mine))


def withdraw(office: Setting, work: Work, mine: int) -> None:
    steering.steer(work, office.an, mine, Move.WITHDRAW, "Không còn cần")


def suspend(office: Setting, work: Work, mine: int) -> None:
    steering.steer(work, office.an, mine, Move.SUSPEND, "Chờ hướng dẫn")


def reassign(office: Setting, work: Work, mine: int) -> None:
    steering.reassign(work, office.an, mine, find_agency(work, "ban-dan-van"), "Đúng lĩnh vực hơn")


def extend(office: Setting, work: Work, mine: int) -> None:
    asked = extensions.request(work, office.binh, mine, date(2023, 7, 31), "", "Cần thêm thời gian")
    extensions.decide(work, office.an, asked.id, agree=True)


def leave(_office: Setting, work: Work, _mine: int) -> None:
    for row in work.session.exec(select(Membership).where(col(Membership.role) == "officer")):
        row.until_at = work.now


CHANGES: dict[str, tuple[Change, str]] = {
    "handed in": (submit, "nhiệm vụ đã có báo cáo hoàn thành"),
    "completed": (complete, "đã được xác nhận hoàn thành"),
    "withdrawn": (withdraw, "đã thôi giao"),
    "suspended": (suspend, "đang tạm dừng"),
    "given to another agency": (reassign, "đã giao cơ quan khác"),
    "extended": (extend, "thời hạn đã thay đổi"),
    "left by its officer": (leave, "người nhận không còn phụ trách"),
}


def plan_before(office: Setting) -> None:
    office.at("2023-05-24T08:00")


def plan_after(office: Setting) -> None:
    office.at("2023-06-02T08:00")


def plan_press(office: Setting) -> None:
    office.at("2023-06-05T09:00")
    office.send_all()
    with office.desk.work() as work:
        pressing.press(work, office.an, [find_assignment(work, "IV.2.b", "hu-muong-te").id])


CASES = [*((plan_before, change) for change in CHANGES), (plan_after, "extended"), (plan_press, "extended")]


@pytest.mark.parametrize(("plan", "change"), CASES)
def test_what_has_become_pointless_expires_with_its_reason(
    small_office: Setting, plan: Plan, change: str
) -> None:
    plan(small_office)
    with small_office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        notice = work.session.exec(
            select(Notice)
            .where(col(Notice.assignment_id) == mine, col(Notice.kind).in_(("reminder", "press")))
            .order_by(col(Notice.id).desc())
        ).first()
        assert notice is not None
        assert notice.state == "open"
    with small_office.desk.work() as work:
        CHANGES[change][0](small_office, work, mine)
    told = [text for chat, text in small_office.send_all() if chat == CAST["binh"] and "lần " in text]
    assert not any("IV.2.b" in text for text in told)
    with small_office.desk.reading() as work:
        found = work.session.get_one(Notice, notice.id)
        assert found.state == "expired"
        assert CHANGES[change][1] in str(found.reason)


def test_what_a_digest_leaves_out_has_a_reason_and_takes_no_number(small_office: Setting) -> None:
    join(small_office.desk, "hoa", Role.OFFICER, "hu-muong-te")
    small_office.send_all()
    small_office.at("2023-05-24T08:00")
    with small_office.desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        number = submit(small_office, work, mine)
    told = [text for _, text in small_office.send_all() if "Nhắc việc lần 2" in text]
    assert len(told) == 2, "each of the two officers is reminded of the other task"
    with small_office.desk.work() as work:
        notices = work.session.exec(
            select(Notice).where(col(Notice.assignment_id) == mine, col(Notice.kind) == "reminder")
        ).all()
        assert {(each.state, each.number) for each in notices} == {("expired", None)}
        reports.return_report(work, small_office.an, number, "Bổ sung phụ lục")
    small_office.send_all()
    small_office.at("2023-05-29T08:00")
    assert any("Nhắc việc lần 1" in text for chat, text in small_office.send_all() if chat == CAST["binh"])


def test_who_has_acknowledged_meanwhile_is_not_asked_to(desk: Desk) -> None:
    office = open_office(desk)
    office.send_all()
    office.at("2023-04-26T08:00")
    with desk.work() as work:
        mine = find_assignment(work, "IV.2.b", "hu-muong-te").id
        assignments.acknowledge(work, office.binh, mine)
    told = [text for chat, text in office.send_all() if chat == CAST["binh"]]
    assert not any("(ban hành Kế hoạch)" in text for text in told)
    with desk.reading() as work:
        asked = select(Notice.reason).where(
            col(Notice.assignment_id) == mine, col(Notice.kind) == "acknowledge"
        )
        assert work.session.exec(asked).one() == "không còn cần gửi: cơ quan đã nhận nhiệm vụ"
