"""Draws what was proposed about a report, and the report's buttons as the reader may use them."""

from datetime import datetime

from bot.screens.base import Button, Keyboard, Screen
from bot.services.context import Work
from bot.services.drawing.reports import (
    common_values,
    draw_corrected,
    draw_submitted,
    draw_waiting,
    member_name,
    report_screen,
)
from bot.services.notice.said import Said
from bot.services.office.secretaries import must_propose
from bot.services.standing.proposers import find_proposal
from bot.services.standing.views import find_view
from bot.texts import Html, Texts, clip, join
from db.models import Proposal, Report

_LABELS = {"acc": "button.propose_accept", "ret": "button.propose_return"}


def draw_proposed(work: Work, t: Texts, notice: Said) -> Screen | None:
    """Told to those who decide; nothing where it is decided, or something else was proposed since."""
    report = work.session.get_one(Report, notice.report_id)
    proposal, view = find_proposal(work, report.id), find_view(work, report.assignment_id)
    if report.reviewed_at is not None or proposal is None or view is None:
        return None
    if proposal.proposed_at != datetime.fromisoformat(notice.data["at"]):
        return None
    title = join(t("propose.title", number=report.id), proposal_line(work, t, proposal))
    return report_screen(work, t, report, view, title)


def draw_submitted_first(work: Work, t: Texts, notice: Said) -> Screen | None:
    """A report; whom it was sent to alone sees what is theirs to press."""
    return _for_those_told(work, t, notice, draw_submitted(work, t, notice))


def draw_waiting_first(work: Work, t: Texts, notice: Said) -> Screen | None:
    """A report that waits, likewise."""
    return _for_those_told(work, t, notice, draw_waiting(work, t, notice))


def draw_corrected_first(work: Work, t: Texts, notice: Said) -> Screen | None:
    """A report whose words have changed, likewise."""
    return _for_those_told(work, t, notice, draw_corrected(work, t, notice))


def _for_those_told(work: Work, t: Texts, notice: Said, screen: Screen | None) -> Screen | None:
    if screen is None:
        return None
    report = work.session.get_one(Report, notice.report_id)
    if notice.audience == "member" and notice.member_id is not None:
        return for_reader(work, t, screen, report, notice.member_id)
    return screen


def draw_proposal_decided(work: Work, t: Texts, notice: Said) -> Screen | None:
    """Told to whoever proposed: how it was decided, and by whom."""
    report = work.session.get_one(Report, notice.report_id)
    view = find_view(work, report.assignment_id)
    if report.reviewed_at is None or view is None:
        return None
    done = t(
        f"review.done_{report.review}",
        name=member_name(work, report.reviewed_by),
        at=report.reviewed_at,
        reason=clip(report.review_note or "", 800),
    )
    text = join(t("propose.decided", number=report.id, **common_values(t, view)), done)
    return Screen(text, [[Button(t.plain("button.report_n", n=report.id), f"repv:{report.id}")]])


def proposal_line(work: Work, t: Texts, proposal: Proposal) -> Html:
    """Who proposed what, and when."""
    line = t(
        f"propose.done_{proposal.verdict}",
        name=member_name(work, proposal.proposed_by),
        at=proposal.proposed_at,
    )
    return join(
        line,
        t("propose.note", note=clip(proposal.note, 1000)) if proposal.note else "",
        t("propose.days", n=proposal.days) if proposal.days else "",
    )


def for_reader(work: Work, t: Texts, screen: Screen, report: Report, member_id: int) -> Screen:
    """The screen of a report with what was proposed, and the buttons of someone who may only propose."""
    proposal = find_proposal(work, report.id)
    text = join(screen.text, Html("\n") + proposal_line(work, t, proposal)) if proposal else screen.text
    if not must_propose(work, member_id, report):
        return Screen(text, screen.keyboard)
    return Screen(text, as_proposals(t, screen.keyboard))


def as_proposals(t: Texts, keyboard: Keyboard) -> Keyboard:
    """The buttons of a decision, called what they are to someone who may only propose."""
    return [[_as_proposal(t, each) for each in row] for row in keyboard]


def _as_proposal(t: Texts, button: Button) -> Button:
    key = _LABELS.get(button.data.split(":")[0])
    return Button(t.plain(key), button.data) if key else button
