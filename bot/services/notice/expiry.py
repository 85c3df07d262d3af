"""Why a message that was planned is not sent any more; the reasons are what the record and `doctor` show."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.services.context import Work
from bot.services.notice.said import Said
from bot.services.standing.views import list_views
from db.models import Assignment, Document, Event, Notice, Task

POINTLESS = "không còn cần gửi: nội dung đã được xử lý"
NOT_CONCERNED = "người nhận không còn phụ trách"
UNREACHABLE = "không gửi được cho người này"
PAUSED = "tạm dừng gửi của văn bản"
TAKEN_BACK = "đã thu lại trước khi gửi"
COMPLETED = "không còn cần gửi: nhiệm vụ đã được xác nhận hoàn thành"
REPORTED = "không còn cần gửi: nhiệm vụ đã có báo cáo hoàn thành"
WITHDRAWN = "không còn cần gửi: nhiệm vụ đã thôi giao"
REASSIGNED = "không còn cần gửi: nhiệm vụ đã giao cơ quan khác"
SUSPENDED = "không còn cần gửi: nhiệm vụ đang tạm dừng"
REPLANNED = "không còn cần gửi: thời hạn đã thay đổi, lịch nhắc đã lập lại"
ACKNOWLEDGED = "không còn cần gửi: cơ quan đã nhận nhiệm vụ"
SUPERSEDED = "không còn cần gửi: đã có số liệu mới hơn"
# Kinds that tell how things stand: of several that wait, only the latest is worth reading.
_OF_THE_MOMENT = ("weekly", "unacknowledged", "unreachable")
# Kinds that speak of a step of one plan: another plan has other steps.
OF_A_PLAN = ("reminder", "acknowledge", "status", "press")

_BY_STATUS = {
    Status.COMPLETED: COMPLETED,
    Status.AWAITING_CONFIRMATION: REPORTED,
    Status.SUSPENDED: SUSPENDED,
}


def is_outdated(notice: Said, view: AssignmentView) -> bool:
    """Whether a reminder is of a plan that holds no more (an extension, a return, a reopening came between)."""
    return notice.kind in OF_A_PLAN and notice.plan_no is not None and notice.plan_no < view.plan_no


def find_reason(work: Work, notices: Sequence[Said]) -> str:
    """The reason for the first of these notices that is about an assignment."""
    about = next((each for each in notices if each.assignment_id is not None), None)
    views = list_views(work, [about.assignment_id]) if about and about.assignment_id else []
    if about is None or not views:
        return POINTLESS
    view = views[0]
    if view.status is Status.WITHDRAWN:
        return REASSIGNED if _is_reassigned(work, view.id) else WITHDRAWN
    if view.status in _BY_STATUS:
        return _BY_STATUS[view.status]
    if about.kind == "acknowledge" and view.acknowledged_at is not None:
        return ACKNOWLEDGED
    if _is_paused(work, view.id):
        return PAUSED
    return REPLANNED if is_outdated(about, view) else POINTLESS


def is_superseded(work: Work, notice: Said) -> bool:
    """Whether a later notice of its kind says how things stand since."""
    if notice.kind not in _OF_THE_MOMENT or "reason" in notice.data:
        return False
    later = select(Notice.data).where(
        col(Notice.id) > notice.id, col(Notice.kind) == notice.kind, col(Notice.state) == "open"
    )
    # “unreachable” also tells of one person's chat, each for itself.
    return any("reason" not in data for data in work.session.exec(later))


def _is_paused(work: Work, assignment_id: int) -> bool:
    query = (
        select(Document.paused_at)
        .join(Task, col(Task.document_id) == col(Document.id))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(col(Assignment.id) == assignment_id)
    )
    return work.session.exec(query).first() is not None


def _is_reassigned(work: Work, assignment_id: int) -> bool:
    query = (
        select(Event.action)
        .where(
            col(Event.assignment_id) == assignment_id,
            col(Event.action).in_(("withdrawn", "reassigned", "restored")),
        )
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return work.session.exec(query).first() == "reassigned"


WAITS = "chờ người nhận bấm Bắt đầu với bot mới"
