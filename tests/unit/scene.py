"""A small office: agencies with a task due on 31/5/2023, people with chats, and what is said to them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlmodel import col, select

from bot.domain.access import Role
from bot.services.context import Work
from bot.services.notice.said import Said
from bot.services.people.joining import find_or_create_member
from bot.services.saying.notices import dispatch, say
from db.models import (
    Address,
    Agency,
    Assignment,
    Document,
    GroupBinding,
    Membership,
    Notice,
    OutboxCover,
    OutboxMessage,
    Task,
)
from tests.conftest import Desk

DUE = date(2023, 5, 31)
BINH, AN, CHI, DUNG, HOA = 201, 101, 999, 202, 203


@dataclass
class Scene:
    """The desk with a document of `clauses` tasks; every agency made gets each of them."""

    desk: Desk
    clauses: int = 1
    tasks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.desk.work() as work:
            document = Document(key="d", title="Chương trình hành động", created_at=work.now)
            work.session.add(document)
            work.session.flush()
            for n in range(1, self.clauses + 1):
                task = Task(
                    document_id=document.id,
                    clause=f"IV.{n}",
                    clause_label=f"Mục IV, điểm {n}",
                    title=f"Ban hành kế hoạch {n}",
                    deadline_kind="date",
                    due=DUE,
                )
                work.session.add(task)
                work.session.flush()
                self.tasks.append(task.id)

    def add_agency(self, name: str, *officers: int) -> int:
        with self.desk.work() as work:
            agency = Agency(key=name.lower().replace(" ", "-"), name=name)
            work.session.add(agency)
            work.session.flush()
            for task_id in self.tasks:
                work.session.add(
                    Assignment(
                        task_id=task_id,
                        agency_id=agency.id,
                        role="lead",
                        due=DUE,
                        original_due=DUE,
                        assigned_at=work.now,
                    )
                )
        for user_id in officers:
            self.add_person(user_id, Role.OFFICER, agency.id)
        return agency.id

    def add_person(self, user_id: int, role: Role, agency_id: int | None = None) -> int:
        """Gives a role; the member's id."""
        with self.desk.work() as work:
            member = find_or_create_member(work, user_id, f"Người {user_id}")
            work.session.add(
                Membership(member_id=member.id, agency_id=agency_id, role=role.value, from_at=work.now)
            )
        return member.id

    def bind_group(self, chat_id: int, agency_id: int, by: int) -> None:
        """A group that speaks for an agency."""
        bound_by = self.address(by).member_id
        assert bound_by is not None
        with self.desk.work() as work:
            address = Address(channel="telegram", address=str(chat_id), kind="group")
            work.session.add(address)
            work.session.flush()
            binding = GroupBinding(
                address_id=address.id, agency_id=agency_id, bound_by=bound_by, bound_at=work.now
            )
            work.session.add(binding)

    def remove_person(self, member_id: int) -> None:
        with self.desk.work() as work:
            for each in work.session.exec(select(Membership).where(col(Membership.member_id) == member_id)):
                each.until_at = work.now

    def assignments(self, agency_id: int) -> list[int]:
        query = (
            select(Assignment.id).where(col(Assignment.agency_id) == agency_id).order_by(col(Assignment.id))
        )
        with self.desk.reading() as work:
            return list(work.session.exec(query))

    def complete(self, assignment_id: int) -> None:
        with self.desk.work() as work:
            row = work.session.get_one(Assignment, assignment_id)
            row.status, row.submitted_at, row.completed_at = "completed", work.now, work.now

    def remind(self, *agency_ids: int, step: str = "d10", kind: str = "reminder") -> None:
        """Says one reminder about each task of these agencies, all at one moment."""
        with self.desk.work() as work:
            dispatch(
                work,
                [
                    make_notice(work, kind, each, agency_id, step)
                    for agency_id in agency_ids
                    for each in self.assignments(agency_id)
                ],
            )

    def remind_one(self, agency_id: int, assignment_id: int, step: str, kind: str = "reminder") -> Said:
        with self.desk.work() as work:
            notice = make_notice(work, kind, assignment_id, agency_id, step)
            assert notice is not None
            dispatch(work, [notice])
        return notice

    def messages(self, user_id: int | None = None, *, nobody: bool = False) -> list[OutboxMessage]:
        """The outbox in order: all of it, of one chat, or of nobody."""
        query = select(OutboxMessage).order_by(col(OutboxMessage.id))
        if nobody:
            query = query.where(col(OutboxMessage.address_id).is_(None))
        if user_id is not None:
            query = query.join(Address, col(Address.id) == col(OutboxMessage.address_id))
            query = query.where(col(Address.address) == str(user_id))
        with self.desk.reading() as work:
            return list(work.session.exec(query))

    def statuses(self, user_id: int) -> list[str]:
        return [each.status for each in self.messages(user_id)]

    def covered(self, message: OutboxMessage) -> list[Notice]:
        """The notices a message speaks of."""
        query = select(Notice).join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        with self.desk.reading() as work:
            found = query.where(col(OutboxCover.message_id) == message.id).order_by(col(Notice.id))
            return list(work.session.exec(found))

    def address(self, user_id: int) -> Address:
        with self.desk.reading() as work:
            return work.session.exec(select(Address).where(col(Address.address) == str(user_id))).one()


def make_notice(work: Work, kind: str, assignment_id: int, agency_id: int, step: str) -> Said | None:
    return say(
        work,
        kind,
        f"{kind}:{assignment_id}::0:{step}",
        audience="agency",
        agency_id=agency_id,
        assignment_id=assignment_id,
        plan_no=0,
        step=step,
    )


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
