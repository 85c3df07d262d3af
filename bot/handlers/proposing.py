"""Where a head of the office decides: what the others press becomes a proposal, with a note."""

from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, read_reason, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen
from bot.services import proposals
from bot.services.drawing_proposals import proposal_line
from bot.services.secretaries import list_deciders
from bot.services.views import get_view
from bot.texts import Html, clip, join
from db.models import DialogueState, Report

DIALOGUE = "propose"


def begin(request: Request, report: Report) -> Answers:
    """“Đề xuất xác nhận”: asks for a note, which can be left out."""
    proposals.check_can_propose(request.work, request.actor, report.id)
    view = get_view(request.work, report.assignment_id)
    data = {"report": report.id, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, DIALOGUE, data)
    text = join(
        request.t(
            "propose.ask_note", number=report.id, agency=view.agency_name, label=clip(view.clause_label, 200)
        ),
        to_whom(request, report),
    )
    send = Button(request.t.plain("button.propose_plain"), f"dlg:{state.token}:send")
    return Answers(send=Screen(text, [[send], [cancel_button(request, state)]]))


def to_whom(request: Request, report: Report) -> Html:
    """Who decides."""
    names = [each.name for each in list_deciders(request.work, report)]
    return request.t("propose.to_whom", names=request.t.names(names))


def take(request: Request, state: DialogueState) -> Answers:
    """The note, typed; shows it before it goes."""
    report = proposals.check_can_propose(request.work, request.actor, state.data["report"])
    note = read_reason(request)
    update_dialogue(request.work, state, reason=note)
    view = get_view(request.work, report.assignment_id)
    text = join(
        request.t(
            "propose.preview",
            number=report.id,
            agency=view.agency_name,
            label=clip(view.clause_label, 200),
            note=note,
        ),
        to_whom(request, report),
    )
    send = Button(request.t.plain("button.send"), f"dlg:{state.token}:send")
    return Answers(send=Screen(text, [[send, cancel_button(request, state)]]))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    return propose(request, state, "accept")


def propose(request: Request, state: DialogueState, verdict: str) -> Answers:
    """Hands the proposal in and ends the dialogue."""
    note = state.data.get("reason", "")
    proposal = proposals.propose(request.work, request.actor, state.data["report"], verdict, note)
    end_dialogue(request.work, state)
    report = request.work.session.get_one(Report, proposal.report_id)
    text = join(proposal_line(request.work, request.t, proposal), to_whom(request, report))
    view = Button(request.t.plain("button.report_n", n=report.id), f"repv:{report.id}")
    return Answers(edit=Screen(text, [[view]]))
