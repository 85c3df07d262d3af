"""Notices become messages: one a chat, merged where several fall together, waiting where nobody can be reached."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.clock import wall
from bot.domain.access import Role
from bot.outbox.lease import holds_lease, take_lease
from bot.services.context import Work
from bot.services.notice.expiry import UNREACHABLE
from bot.services.notice.said import Said
from bot.services.saying import delivery
from bot.services.saying.delivery import lose_chat
from bot.services.saying.notices import Welcome, deliver_waiting, dispatch, say
from bot.services.saying.posting import MERGED
from bot.services.standing.addresses import set_reachable
from db.models import Address, Notice, OutboxMessage, Snooze
from tests.conftest import Desk
from tests.unit.scene import AN, BINH, CHI, DUNG, HOA, Scene, make_notice

CLAUSES = 3


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk, CLAUSES)


def join(scene: Scene, user_id: int, role: Role, agency_id: int | None = None) -> None:
    scene.add_person(user_id, role, agency_id)
    with scene.desk.work() as work:
        address = work.session.exec(select(Address).where(col(Address.address) == str(user_id))).one()
        deliver_waiting(work, address, Welcome(agency_id, role))


def say_to_member(work: Work, member_id: int, key: str) -> Said | None:
    data = {"member_id": member_id, "reason": "gone", "agency": "—"}
    return say(work, "unreachable", key, audience="member", member_id=member_id, data=data)


def live(scene: Scene, user_id: int) -> list[OutboxMessage]:
    """What is still going to a chat."""
    return [each for each in scene.messages(user_id) if each.status == "pending"]


def waiting(scene: Scene) -> list[OutboxMessage]:
    return [each for each in scene.messages(nobody=True) if each.status == "pending"]


def steps(scene: Scene, message: OutboxMessage) -> list[tuple[int | None, str | None]]:
    return [(each.assignment_id, each.step) for each in scene.covered(message)]


def claim(scene: Scene, message: OutboxMessage) -> delivery.Claimed | None:
    epoch = take_lease(scene.desk.database, "sender", "test")
    assert epoch is not None
    with scene.desk.work() as work:
        return delivery.claim(work, message.id, epoch, holds_lease("sender", "test", epoch))


def send(scene: Scene, user_id: int) -> str:
    """Sends the one message that waits for a chat; its words."""
    message = live(scene, user_id)[0]
    claimed = claim(scene, message)
    assert claimed is not None
    with scene.desk.work() as work:
        delivery.record_sent(work, message.id, 1000 + message.id)
    return claimed.text


# --- saying


def test_the_same_thing_is_said_once_however_often_it_is_found(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    first, *_ = scene.assignments(agency)
    scene.remind_one(agency, first, "d10")
    with scene.desk.work() as work:
        assert make_notice(work, "reminder", first, agency, "d10") is None
        dispatch(work, [None, None])
    assert len(scene.messages()) == 1


def test_a_notice_knows_when_it_was_due_and_what_it_is_about(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè")
    first, *_ = scene.assignments(agency)
    notice = scene.remind_one(agency, first, "d5")
    assert notice.due_at == scene.desk.clock.now()
    assert (notice.assignment_id, notice.agency_id, notice.step, notice.plan_no) == (first, agency, "d5", 0)
    (stored,) = scene.covered(scene.messages()[0])
    assert (stored.id, stored.due_at, stored.step) == (notice.id, notice.due_at, "d5")
    assert (stored.number, stored.state, stored.data) == (None, "open", {})


# --- who gets it


def test_every_officer_gets_a_message_of_their_own_and_strangers_none(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH, DUNG)
    scene.add_agency("Ban Tuyên giáo", CHI)
    scene.add_person(HOA, Role.HEAD, agency)
    scene.add_person(AN, Role.SECRETARIAT)
    scene.remind(agency)
    assert [len(live(scene, user_id)) for user_id in (BINH, DUNG, HOA, AN, CHI)] == [1, 1, 0, 0, 0]
    keys = [each.dedupe_key for each in scene.messages()]
    assert len(set(keys)) == len(keys)


def test_the_head_gets_it_where_there_is_no_officer_and_when_the_secretariat_presses(scene: Scene) -> None:
    alone = scene.add_agency("Ban Tuyên giáo")
    scene.add_person(HOA, Role.HEAD, alone)
    scene.remind(alone)
    assert len(live(scene, HOA)) == 1
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.add_person(DUNG, Role.HEAD, agency)
    scene.remind(agency, kind="press")
    assert [len(live(scene, user_id)) for user_id in (BINH, DUNG)] == [1, 1]


def test_whoever_left_the_agency_gets_nothing_more(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH, DUNG)
    member = scene.address(DUNG).member_id
    assert member is not None
    scene.remove_person(member)
    scene.remind(agency)
    assert [len(scene.messages(user_id)) for user_id in (BINH, DUNG)] == [1, 0]


def test_a_snooze_silences_reminders_for_the_one_who_snoozed_only(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH, DUNG)
    first, second, _ = scene.assignments(agency)
    member = scene.address(BINH).member_id
    assert member is not None
    with scene.desk.work() as work:
        until = work.now + timedelta(days=3)
        work.session.add(Snooze(assignment_id=first, member_id=member, until_at=until))
    scene.remind_one(agency, first, "d10")
    assert [len(scene.messages(user_id)) for user_id in (BINH, DUNG)] == [0, 1]
    scene.remind_one(agency, second, "d10")
    assert steps(scene, live(scene, BINH)[0]) == [(second, "d10")]
    scene.remind_one(agency, first, "", kind="press")
    assert (first, "") in steps(scene, live(scene, BINH)[0])


def test_a_reminder_that_all_have_put_off_does_not_wait_for_somebody_to_join(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    first, *_ = scene.assignments(agency)
    member = scene.address(BINH).member_id
    assert member is not None
    with scene.desk.work() as work:
        work.session.add(Snooze(assignment_id=first, member_id=member, until_at=work.now + timedelta(days=1)))
    scene.remind_one(agency, first, "d10")
    assert scene.messages() == []


# --- digests


def test_several_reminders_for_one_chat_at_one_moment_are_one_message(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.remind(agency)
    (message,) = scene.messages()
    assert message.kind == "digest"
    assert [each for each, _ in steps(scene, message)] == scene.assignments(agency)
    assert f"{CLAUSES} nhiệm vụ" in message.text


def test_a_person_of_two_agencies_gets_one_digest_of_both(scene: Scene) -> None:
    one, other = scene.add_agency("Huyện ủy Mường Tè", BINH), scene.add_agency("Ban Tuyên giáo")
    scene.add_person(BINH, Role.OFFICER, other)
    scene.remind(one, other)
    (message,) = scene.messages(BINH)
    assert len(scene.covered(message)) == 2 * CLAUSES
    assert "Ban Tuyên giáo" in message.text
    assert "Huyện ủy Mường Tè" in message.text


def test_what_still_waits_is_merged_with_what_comes_and_only_the_latest_of_each_task_is_kept(
    scene: Scene,
) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    first, second, _ = scene.assignments(agency)
    scene.remind_one(agency, first, "d10")
    scene.remind_one(agency, second, "d10")
    scene.remind_one(agency, first, "d5")
    old, older, new = scene.messages(BINH)
    assert [(each.status, each.error) for each in (old, older)] == [("expired", MERGED)] * 2
    assert steps(scene, new) == [(second, "d10"), (first, "d5")]
    assert steps(scene, old) == steps(scene, older) == []


def test_a_message_that_is_being_sent_is_left_alone(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    first, *_ = scene.assignments(agency)
    scene.remind_one(agency, first, "d10")
    assert claim(scene, live(scene, BINH)[0]) is not None
    scene.remind_one(agency, first, "d5")
    assert scene.statuses(BINH) == ["sending", "pending"]
    assert [steps(scene, each) for each in scene.messages(BINH)] == [[(first, "d10")], [(first, "d5")]]


def test_what_is_for_one_person_or_no_task_is_never_merged(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    member = scene.address(BINH).member_id
    assert member is not None
    with scene.desk.work() as work:
        dispatch(work, [say_to_member(work, member, "m:1"), say_to_member(work, member, "m:2")])
    scene.remind(agency)
    assert [each.kind for each in live(scene, BINH)] == ["unreachable", "unreachable", "digest"]


def test_the_number_is_given_when_it_is_sent_and_all_colleagues_read_the_same(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH, DUNG)
    first, *_ = scene.assignments(agency)
    notice = scene.remind_one(agency, first, "d10")
    assert "Nhắc việc lần 1" in send(scene, BINH)
    assert "Nhắc việc lần 1" in send(scene, DUNG)
    scene.remind_one(agency, first, "d5")
    assert "Nhắc việc lần 2" in send(scene, BINH)
    assert notice.number is None
    with scene.desk.reading() as work:
        assert [each.number for each in work.session.exec(select(Notice).order_by(col(Notice.id)))] == [1, 2]


def test_a_reminder_never_sent_takes_no_number(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    first, *_ = scene.assignments(agency)
    scene.remind_one(agency, first, "d10")
    scene.remind_one(agency, first, "d5")
    assert "Nhắc việc lần 1" in send(scene, BINH)


# --- nobody to receive it


def test_what_nobody_can_receive_waits_in_sight_without_a_chat(scene: Scene) -> None:
    agency, other = scene.add_agency("Huyện ủy Mường Tè"), scene.add_agency("Ban Tuyên giáo")
    scene.remind(agency, other)
    scene.remind(agency, step="d5")
    found = waiting(scene)
    assert sorted(each.agency_id or 0 for each in found) == [agency, other]
    assert all(each.address_id is None and each.text for each in found)
    mine = next(each for each in found if each.agency_id == agency)
    assert {step for _, step in steps(scene, mine)} == {"d5"}
    with scene.desk.reading() as work:
        assert delivery.list_candidates(work, wall(), (), 10) == []


def test_whoever_joins_gets_what_is_current_of_the_own_agency_in_one_message(scene: Scene) -> None:
    agency, other = scene.add_agency("Huyện ủy Mường Tè"), scene.add_agency("Ban Tuyên giáo")
    scene.remind(agency, other)
    first, second, third = scene.assignments(agency)
    scene.complete(second)
    join(scene, BINH, Role.OFFICER, agency)
    (message,) = live(scene, BINH)
    assert [each for each, _ in steps(scene, message)] == [first, third]
    assert [each.agency_id for each in waiting(scene)] == [other]
    text = send(scene, BINH)
    assert "Mục IV, điểm 1" in text
    assert "Mục IV, điểm 2" not in text


def test_where_nothing_is_current_any_more_whoever_joins_gets_nothing(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè")
    scene.remind(agency)
    for each in scene.assignments(agency):
        scene.complete(each)
    join(scene, BINH, Role.OFFICER, agency)
    assert scene.messages(BINH) == []
    assert waiting(scene) == []


def test_the_second_to_join_does_not_get_it_again(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè")
    scene.remind(agency)
    join(scene, BINH, Role.OFFICER, agency)
    join(scene, DUNG, Role.OFFICER, agency)
    assert [len(live(scene, user_id)) for user_id in (BINH, DUNG)] == [1, 0]


def test_what_waits_for_the_secretariat_goes_to_the_secretariat_only(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    member = scene.address(BINH).member_id
    with scene.desk.work() as work:
        data = {"member_id": member, "reason": "gone", "agency": "—"}
        dispatch(work, [say(work, "unreachable", "u:1", audience="secretariat", data=data)])
    join(scene, HOA, Role.VIEWER)
    join(scene, DUNG, Role.OFFICER, agency)
    assert len(waiting(scene)) == 1
    join(scene, AN, Role.SECRETARIAT)
    assert waiting(scene) == []
    assert [each.kind for each in live(scene, AN)] == ["unreachable"]
    assert "Người 201" in send(scene, AN)


# --- people who can no longer be reached


def test_a_block_told_by_telegram_hands_over_what_waits_and_tells_the_secretariat(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.add_person(AN, Role.SECRETARIAT)
    scene.remind(agency)
    with scene.desk.work() as work:
        lose_chat(work, BINH, "blocked")
        lose_chat(work, BINH, "blocked")
    assert [(each.status, each.error) for each in scene.messages(BINH)] == [("expired", UNREACHABLE)]
    (left,) = waiting(scene)
    assert len(scene.covered(left)) == CLAUSES
    (told,) = live(scene, AN)
    assert "đã chặn bot" in told.text
    join(scene, DUNG, Role.OFFICER, agency)
    assert len(live(scene, DUNG)) == 1


def test_a_message_under_way_when_the_block_was_told_is_handed_over_too(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    scene.add_person(AN, Role.SECRETARIAT)
    first, *_ = scene.assignments(agency)
    scene.remind_one(agency, first, "d10")
    message = live(scene, BINH)[0]
    assert claim(scene, message) is not None
    with scene.desk.work() as work:
        lose_chat(work, BINH, "blocked")
    with scene.desk.work() as work:
        delivery.record_unreachable(work, message.id, str(BINH), "blocked", "Forbidden: bot was blocked")
    assert scene.statuses(BINH) == ["failed"]
    assert [steps(scene, each) for each in waiting(scene)] == [[(first, "d10")]]
    assert len(live(scene, AN)) == 1


def test_what_only_someone_of_two_agencies_could_get_waits_for_the_people_of_each(scene: Scene) -> None:
    one, other = scene.add_agency("Huyện ủy Mường Tè", BINH), scene.add_agency("Ban Tuyên giáo")
    scene.add_person(BINH, Role.OFFICER, other)
    scene.add_person(AN, Role.SECRETARIAT)
    scene.remind(one, other)
    with scene.desk.work() as work:
        lose_chat(work, BINH, "blocked")
    assert sorted(each.agency_id or 0 for each in waiting(scene)) == [one, other]
    join(scene, DUNG, Role.OFFICER, other)
    (message,) = live(scene, DUNG)
    assert [each for each, _ in steps(scene, message)] == scene.assignments(other)


def test_what_was_for_the_person_alone_comes_when_the_person_comes_back(scene: Scene) -> None:
    agency = scene.add_agency("Huyện ủy Mường Tè", BINH)
    member = scene.address(BINH).member_id
    assert member is not None
    with scene.desk.work() as work:
        dispatch(work, [say_to_member(work, member, "m:1")])
    with scene.desk.work() as work:
        lose_chat(work, BINH, "blocked")
    join(scene, DUNG, Role.OFFICER, agency)
    assert scene.messages(DUNG) == []
    with scene.desk.work() as work:
        address = set_reachable(work, BINH, None)
        assert address is not None
        deliver_waiting(work, address, Welcome(agency, Role.OFFICER))
    assert [each.kind for each in live(scene, BINH)] == ["unreachable"]
    assert send(scene, BINH)


def test_losing_a_chat_nobody_knows_changes_nothing(scene: Scene) -> None:
    with scene.desk.work() as work:
        lose_chat(work, CHI, "blocked")
    assert scene.messages() == []
