"""The secretariat's decisions on reports and extensions, with reasons typed in a dialogue."""

import re
from typing import Any

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.deadlines import read_deadline
from bot.errors import UserError
from bot.handlers import proposing
from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, end_rows, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen, in_rows
from bot.screens.tasks import PAGE, page_buttons
from bot.services.deadlines import extensions
from bot.services.drawing.contributions import file_rows
from bot.services.drawing.proposals import for_reader
from bot.services.drawing.reports import member_name, report_screen
from bot.services.office.secretaries import must_propose
from bot.services.standing import single
from bot.services.standing.proposers import find_proposal
from bot.services.standing.views import get_view
from bot.services.tasks import proposals, reports
from bot.services.tasks.contributions import require_reader
from bot.texts import Html, clip, join
from db.models import Attachment, DialogueState, Proposal, Report, ReportVersion

SHOWN_VERSIONS = 2
_DAY = re.compile(r"(?:(?:đến|trước)\s+)?(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,3})(?:\s*(?:ngày|ngay|days?)(?:\s+(?:làm việc|lam viec))?)?", re.IGNORECASE)


def view_report(request: Request) -> Answers:
    """A report as it stands, for whoever may read it; the decision is offered to those who make it."""
    report = request.work.session.get(Report, request.integer(0))
    if report is None:
        raise request.work.refuse("bad_button", request.actor.language)
    require_reader(request.work, request.actor, report)
    return request.show(_draw(request, report))


def _draw(request: Request, report: Report) -> Screen:
    t = request.t
    title = t("submitted.title", kind=t(f"report.kind.{report.kind}").capitalize(), number=report.id)
    view = get_view(request.work, report.assignment_id)
    screen = report_screen(request.work, t, report, view, title)
    if request.actor.can(Action.REVIEW):
        screen = for_reader(request.work, t, screen, report, request.actor.member_id)
    else:
        rows = file_rows(request.work, t, report)
        screen = Screen(screen.text, [*rows, [Button(t.plain("button.view"), f"view:{view.id}")]])
    screen = Screen(join(screen.text, *_earlier_versions(request, report)), screen.keyboard)
    if report.reviewed_at is None:
        return screen
    done = t(
        f"review.done_{report.review}",
        name=member_name(request.work, report.reviewed_by),
        at=report.reviewed_at,
        reason=clip(report.review_note or "", 800),
    )
    return Screen(join(screen.text, Html("\n") + done), screen.keyboard)


def _earlier_versions(request: Request, report: Report) -> list[Html]:
    """The words before each correction, the latest first; of many only the latest."""
    query = select(ReportVersion).where(col(ReportVersion.report_id) == report.id)
    found = request.work.session.exec(query.order_by(col(ReportVersion.number).desc()).limit(SHOWN_VERSIONS))
    return [
        request.t("report.version", at=each.replaced_at, text=clip(each.values.get("text") or "—", 400))
        for each in found
    ]


def list_reports(request: Request) -> Answers:
    """“Báo cáo” of a task: the latest first, a button each."""
    view = single.see(request.work, request.actor, request.integer(0))
    query = select(Report).where(col(Report.assignment_id) == view.id).order_by(col(Report.id).desc())
    found = request.work.session.exec(query).all()
    page, t = request.integer(1, 0), request.t
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [
        t(
            "report.row",
            number=each.id,
            kind=t(f"report.kind.{each.kind}"),
            at=each.submitted_at,
            state=t(f"report.state.{each.review}") if each.kind == "completion" else "",
        ).rstrip(" ·")
        for each in shown
    ]
    buttons = [Button(t.plain("button.report_n", n=each.id), f"repv:{each.id}") for each in shown]
    title = t("report.list", label=clip(view.clause_label, 200), agency=view.agency_name)
    rows = [*in_rows(buttons, 2), page_buttons(t, f"reps:{view.id}", page, len(found), PAGE)]
    rows.append([Button(t.plain("button.back"), f"view:{view.id}")])
    return request.show(Screen(join(title, *(lines or [t("report.none")])), rows))


def accept(request: Request) -> Answers:
    """“Xác nhận hoàn thành”; of someone who may only propose, the beginning of a proposal."""
    found = reports.get_reviewable(request.work, request.actor, request.integer(0))
    if must_propose(request.work, request.actor.member_id, found):
        return proposing.begin(request, found)
    report = reports.accept(request.work, request.actor, found.id)
    return Answers(toast=request.t.plain("toast.done"), edit=_draw(request, report))


def ask_reason(request: Request) -> Answers:
    """“Trả lại để bổ sung”: asks for the reason first."""
    report = reports.get_reviewable(request.work, request.actor, request.integer(0))
    if must_propose(request.work, request.actor.member_id, report):
        proposals.check_can_propose(request.work, request.actor, report.id)
    view = get_view(request.work, report.assignment_id)
    data = {"report": report.id, "message": request.incoming.message_id, "what": view.clause_label}
    data |= _as_proposed(request, report)
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "return", data)
    return Answers(send=draw_return(request, state))


def _as_proposed(request: Request, report: Report) -> dict[str, Any]:
    """What was proposed to return it with: to be sent as it is, or changed."""
    proposal = find_proposal(request.work, report.id)
    if proposal is None or proposal.verdict != "return" or not proposal.note:
        return {}
    return {"reason": proposal.note, "time": proposal.days or reports.DAYS_TO_COMPLETE}


def draw_return(request: Request, state: DialogueState) -> Screen:
    """The question for the reason, or what goes back before it goes."""
    t, reason = request.t, state.data.get("reason")
    report = reports.get_reviewable(request.work, request.actor, state.data["report"])
    view = get_view(request.work, report.assignment_id)
    about = {"number": report.id, "agency": view.agency_name, "label": clip(view.clause_label, 200)}
    if not reason:
        asked = t("review.ask_reason", **about)
        return Screen(join(asked, _proposal_hint(request, report)), end_rows(request, state))
    if state.data.get("is_asking_time"):
        example = request.work.calendar.add_working_days(request.work.today, 7)
        return Screen(t("review.ask_time", day=example, **about), end_rows(request, state))
    days = state.data.get("time", reports.DAYS_TO_COMPLETE)
    until = reports.find_time_to_complete(request.work, report, days)
    proposal = find_proposal(request.work, report.id)
    text = join(
        t("review.preview", reason=reason, **about),
        _proposed_by(request, proposal) if proposal and _is_as_proposed(state, proposal) else "",
        t("review.complete_by", day=until, n=days) if until else "",
        _proposal_hint(request, report),
    )
    others = [
        Button(t.plain("button.complete_in", n=n), f"dlg:{state.token}:time:{n}")
        for n in reports.TIMES_TO_COMPLETE
        if n != days
    ]
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    if until is None:
        return Screen(text, [[send], *end_rows(request, state)])
    typed = Button(t.plain("button.complete_in_other"), f"dlg:{state.token}:othertime")
    return Screen(text, [[send], others, [typed], *end_rows(request, state)])


def _is_as_proposed(state: DialogueState, proposal: Proposal) -> bool:
    return proposal.verdict == "return" and proposal.note == state.data.get("reason")


def _proposed_by(request: Request, proposal: Proposal) -> Html:
    name = member_name(request.work, proposal.proposed_by)
    return request.t("propose.done_return", name=name, at=proposal.proposed_at)


def choose_time(request: Request, state: DialogueState) -> Answers:
    """How many working days the agency has to complete what is returned."""
    if not state.data.get("reason"):
        raise request.work.refuse("old_button", request.actor.language)
    days = request.integer(2)
    if days not in reports.TIMES_TO_COMPLETE:
        raise request.work.refuse("bad_button", request.actor.language)
    update_dialogue(request.work, state, time=days, is_asking_time=None)
    return Answers(edit=draw_return(request, state))


def ask_time(request: Request, state: DialogueState) -> Answers:
    """“Số ngày khác”: to be typed."""
    if not state.data.get("reason"):
        raise request.work.refuse("old_button", request.actor.language)
    update_dialogue(request.work, state, is_asking_time=True)
    return Answers(edit=draw_return(request, state))


def _take_time(request: Request, state: DialogueState) -> Answers:
    days = _read_time(request)
    reports.check_days(request.work, request.actor, days)
    update_dialogue(request.work, state, time=days, is_asking_time=None)
    return Answers(send=draw_return(request, state))


def _read_time(request: Request) -> int:
    """“7”, “7 ngày”, or a day: the working days until it. 0 for what is neither."""
    words, work = read_reason(request), request.work
    if found := _DAYS.fullmatch(words):
        return int(found[1])
    day = read_deadline(words[:200], work.today, work.calendar).due
    until = range(1, reports.LONGEST_TO_COMPLETE + 1)
    return next(
        (n for n in until if day and work.calendar.add_working_days(work.today, n) >= day > work.today), 0
    )


def _proposal_hint(request: Request, report: Report) -> Html:
    """To whom it goes, where the person may only propose."""
    if not must_propose(request.work, request.actor.member_id, report):
        return Html("")
    return proposing.to_whom(request, report)


def take_reason(request: Request, state: DialogueState) -> Answers:
    """The reason, typed; shows it before it goes."""
    if (over := _find_over(request, state)) is not None:
        return over
    if state.data.get("is_asking_time") or _is_time_typed(request, state):
        return _take_time(request, state)
    update_dialogue(request.work, state, reason=read_reason(request))
    draw = draw_return if state.name == "return" else draw_refusal
    return Answers(send=draw(request, state))


def _is_time_typed(request: Request, state: DialogueState) -> bool:
    """A bare number or day below the reason, where the time to complete is offered, is that time."""
    words = request.incoming.text.strip()
    if not state.data.get("reason") or not (_DAYS.fullmatch(words) or _DAY.fullmatch(words)):
        return False
    if state.name != "return":
        return False
    report = reports.get_reviewable(request.work, request.actor, state.data["report"])
    return reports.find_time_to_complete(request.work, report, reports.DAYS_TO_COMPLETE) is not None


def _find_over(request: Request, state: DialogueState) -> Answers | None:
    """Someone else was faster: the dialogue ends, and says who and when."""
    try:
        if state.name == "return":
            reports.get_reviewable(request.work, request.actor, state.data["report"])
        else:
            extensions.get_decidable(request.work, request.actor, state.data["extension"])
    except UserError as error:
        end_dialogue(request.work, state)
        return request.show(Screen(request.t("plain", text="\n".join(error.sentences))))
    return None


def send_return(request: Request, state: DialogueState) -> Answers:
    if (over := _find_over(request, state)) is not None:
        return over
    found = request.work.session.get_one(Report, state.data["report"])
    if must_propose(request.work, request.actor.member_id, found):
        days = state.data.get("time", reports.DAYS_TO_COMPLETE)
        until = reports.find_time_to_complete(request.work, found, days)
        return proposing.propose(request, state, "return", days if until else None)
    report = reports.return_report(
        request.work,
        request.actor,
        state.data["report"],
        state.data.get("reason", ""),
        days=state.data.get("time", reports.DAYS_TO_COMPLETE),
    )
    end_dialogue(request.work, state)
    return Answers(edit=_draw(request, report))


def agree_extension(request: Request) -> Answers:
    """“Đồng ý gia hạn”."""
    asked = extensions.decide(request.work, request.actor, request.integer(0), agree=True)
    view = get_view(request.work, asked.assignment_id)
    t = request.t
    done = t("extension.done_agreed", name=request.actor.name, at=request.work.now)
    text = join(
        t(
            "extension.requested_short",
            agency=view.agency_name,
            label=view.clause_label,
            day=asked.wanted_due,
        ),
        done,
    )
    return Answers(
        toast=t.plain("toast.done"), edit=Screen(text, [[Button(t.plain("button.view"), f"view:{view.id}")]])
    )


def ask_refusal(request: Request) -> Answers:
    """“Chưa đồng ý gia hạn”: asks for the reason first."""
    asked = extensions.get_decidable(request.work, request.actor, request.integer(0))
    view = get_view(request.work, asked.assignment_id)
    data = {"extension": asked.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "refuse_extension", data)
    return Answers(send=draw_refusal(request, state))


def draw_refusal(request: Request, state: DialogueState) -> Screen:
    """The question for the reason, or the refusal before it goes."""
    t, reason = request.t, state.data.get("reason")
    asked = extensions.get_decidable(request.work, request.actor, state.data["extension"])
    view = get_view(request.work, asked.assignment_id)
    about = {"agency": view.agency_name, "label": clip(view.clause_label, 200)}
    if not reason:
        return Screen(t("extension.ask_refusal", **about), end_rows(request, state))
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    return Screen(t("extension.refusal_preview", reason=reason, **about), [[send], *end_rows(request, state)])


def send_refusal(request: Request, state: DialogueState) -> Answers:
    if (over := _find_over(request, state)) is not None:
        return over
    reason = state.data.get("reason", "")
    if not reason:
        raise request.work.refuse("empty_reason", request.actor.language)
    asked = extensions.decide(request.work, request.actor, state.data["extension"], agree=False, note=reason)
    end_dialogue(request.work, state)
    done = request.t("extension.done_refused", name=request.actor.name, at=request.work.now, reason=reason)
    view = Button(request.t.plain("button.view"), f"view:{asked.assignment_id}")
    return Answers(edit=Screen(done, [[view]]))


def send_file(request: Request) -> Answers:
    """A file of a report, offered back to whoever may read the report."""
    attachment = request.work.session.exec(
        select(Attachment).where(col(Attachment.id) == request.integer(0))
    ).first()
    if attachment is None or attachment.report_id is None:
        raise request.work.refuse("bad_button", request.actor.language)
    report = request.work.session.get_one(Report, attachment.report_id)
    require_reader(request.work, request.actor, report)
    kept = (attachment.sha256, attachment.name) if attachment.sha256 else None
    lost = Screen(request.t("refuse.file_lost", name=clip(attachment.name, 100)))
    return Answers(document=attachment.file_id, upload=kept, lost=lost)
