"""Draws a message to a discreet agency: that there is something, and how to open it; never what."""

from collections.abc import Sequence

from bot.screens import discreet as screens
from bot.screens.base import Screen
from bot.screens.messages import Item, title_of
from bot.services.context import Work
from bot.services.notice.reach import Chat
from bot.services.notice.said import BUNDLED, DIGESTIBLE, Said
from bot.texts import Html, Texts
from db.models import Installation, Report


def draw_discreet(
    work: Work, t: Texts, notices: Sequence[Said], current: Sequence[Item], chat: Chat | None
) -> Screen:
    """`current`: of notices about assignments those still worth saying; `chat`: None where nobody has it yet."""
    title = _title(work, t, notices, current)
    about = {each.assignment_id for each in notices} if not current else {each.view.id for each in current}
    (assignment_id,) = about if len(about) == 1 else (None,)
    if chat is not None and chat.member_id is None:
        return screens.in_group(t, title, work.session.get_one(Installation, 1).bot_username or "")
    return screens.in_private(t, title, assignment_id)


def _title(work: Work, t: Texts, notices: Sequence[Said], current: Sequence[Item]) -> Html:
    first = notices[0]
    if first.kind in DIGESTIBLE:
        if len(current) == 1:
            return title_of(current[0], t, work.today)
        is_new = all(each.kind == "assignment" for each in current)
        return t("digest.title_assignment" if is_new else "digest.title", count=len(current))
    if first.kind in BUNDLED and len(notices) > 1:
        return t("changes.title", count=len(notices))
    if first.kind == "receipt":
        report = work.session.get_one(Report, first.report_id)
        return t("discreet.receipt", number=report.id, at=report.submitted_at)
    return t("discreet.news")
