"""Where a head of the office decides: what the others press becomes a proposal, with a note."""

from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, end_rows, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen
from bot.services.drawing.proposals import proposal_line
from bot.services.office.secretaries import list_deciders
from bot.services.standing.views import get_view
from bot.services.tasks import proposals
from bot.texts import Html, clip, join
from db.models import DialogueState, Report

DIALOGUE = "propose"


def begin(request: Request, report: Report) -> Answers:
    """“Đề xuất xác nhận”: asks for a note, which can be left out."""
    proposals.check_can_propose(request.work, request.actor, report.id)
    view = get_view(request.work, report.assignment_id)
    data = {"report": report.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, DIALOGUE, data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question for a note, or the proposal before it goes."""
    t, note = request.t, state.data.get("reason")
    report = proposals.check_can_propose(request.work, request.actor, state.data["report"])
    view = get_view(request.work, report.assignment_id)
    about = {"number": report.id, "agency": view.agency_name, "label": clip(view.clause_label, 200)}
    key = "propose.preview" if note else "propose.ask_note"
    asked = t(key, note=note or "", **about)
    label = "button.send" if note else "button.propose_plain"
    send = Button(t.plain(label), f"dlg:{state.token}:send")
    return Screen(join(asked, to_whom(request, report)), [[send], *end_rows(request, state)])


def to_whom(request: Request, report: Report) -> Html:
    """Who decides."""
    names = [each.name for each in list_deciders(request.work, report)]
    return request.t("propose.to_whom", names=request.t.names(names))


def take(request: Request, state: DialogueState) -> Answers:
    """The note, typed; shows it before it goes."""
    proposals.check_can_propose(request.work, request.actor, state.data["report"])
    update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    return propose(request, state, "accept")


def propose(request: Request, state: DialogueState, verdict: str, days: int | None = None) -> Answers:
    """Hands the proposal in and ends the dialogue; `days`: to complete what is returned."""
    note = state.data.get("reason", "")
    proposal = proposals.propose(request.work, request.actor, state.data["report"], verdict, note, days=days)
    end_dialogue(request.work, state)
    report = request.work.session.get_one(Report, proposal.report_id)
    text = join(proposal_line(request.work, request.t, proposal), to_whom(request, report))
    view = Button(request.t.plain("button.report_n", n=report.id), f"repv:{report.id}")
    return Answers(edit=Screen(text, [[view]]))
