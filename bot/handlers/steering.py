"""The secretariat changes an assignment; an agency asks to move one, and is answered."""

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView, Move
from bot.handlers.answers import Answers
from bot.handlers.dialogues import (
    end_dialogue,
    end_rows,
    read_reason,
    read_words,
    start_dialogue,
    update_dialogue,
)
from bot.handlers.request import Request
from bot.screens import steering as screens
from bot.screens.base import Button, Screen
from bot.screens.tasks import status_words
from bot.services.context import require
from bot.services.deadlines import granting, unextending
from bot.services.standing.agency_search import search_agencies
from bot.services.standing.views import get_view
from bot.services.tasks import steering, transfers
from bot.texts import join
from db.models import Agency, DialogueState


def choose_move(request: Request) -> Answers:
    """“Điều chỉnh nhiệm vụ”."""
    require(request.work, request.actor, Action.STEER)
    view = get_view(request.work, request.integer(0))
    moves = steering.list_moves(request.work, view)
    t, rows = request.t, []
    if granting.can_grant(request.work, view.id):
        rows.append([Button(t.plain("button.grant"), f"exg:{view.id}")])
    if unextending.find_undoable(request.work, view.id):
        rows.append([Button(t.plain("button.unextend"), f"exu:{view.id}")])
    if view.is_open and view.is_lead:
        keys = {"product": "button.assign_edit_product", "person": "button.assign_edit_person"}
        rows.append([Button(t.plain(key), f"clr:{view.id}:{item}") for item, key in keys.items()])
    return request.show(screens.choose_move(view, moves, request.t, status_words(view, request.t), rows))


def begin(request: Request) -> Answers:
    """One of the moves: asks for the agency where it needs one, then for the reason."""
    try:
        move = Move(request.args[1] if len(request.args) > 1 else "")
    except ValueError:
        raise request.work.refuse("bad_button", request.actor.language) from None
    view = steering.check_can_steer(request.work, request.actor, request.integer(0), move)
    state = _start(request, "steer", view, move=move.value)
    return Answers(send=draw(request, state))


def _start(request: Request, name: str, view: AssignmentView, **values: object) -> DialogueState:
    data = {"assignment": view.id, "what": view.clause_label, **values}
    return start_dialogue(request.work, request.actor, request.incoming.chat_id, name, data)


def _ask_target(request: Request, state: DialogueState, view: AssignmentView, words: str = "") -> Screen:
    found = [
        (each.id, each.name) for each in search_agencies(request.work, words) if each.id != view.agency_id
    ]
    return screens.choose_target(
        view, found, request.t, f"dlg:{state.token}:agency", words, end_rows(request, state)
    )


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the move before it is made."""
    view, move = get_view(request.work, state.data["assignment"]), Move(state.data["move"])
    if move is Move.REASSIGN and not state.data.get("agency"):
        return _ask_target(request, state, view)
    target, end = _target_name(request, state), end_rows(request, state)
    send = Button(request.t.plain("button.send"), f"dlg:{state.token}:send")
    if not state.data.get("reason"):
        needs = steering.needs_reason(move)
        rows = end if needs else [[send], *end]
        return screens.ask_reason(view, move, request.t, rows, target, needs_reason=needs)
    return screens.preview(view, move, request.t, state.data["reason"], [[send], *end], target)


def _target_name(request: Request, state: DialogueState) -> str:
    agency = request.work.session.get(Agency, state.data["agency"]) if state.data.get("agency") else None
    return agency.name if agency else ""


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed: the agency's name first where one is needed, then the reason."""
    if state.data["move"] == Move.REASSIGN and not state.data.get("agency"):
        view = get_view(request.work, state.data["assignment"])
        return Answers(send=_ask_target(request, state, view, read_words(request)))
    if "transfer" in state.data:
        raise request.work.refuse("press_button", request.actor.language)  # the reason is the agency's own
    update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw(request, state))


def choose_agency(request: Request, state: DialogueState) -> Answers:
    """The agency pressed, for a move or for a request to move."""
    agency = request.work.session.get(Agency, request.integer(2))
    if agency is None or agency.ended_on is not None:
        raise request.work.refuse("no_agency", request.actor.language)
    update_dialogue(request.work, state, agency=agency.id, asked=True)
    return Answers(edit=draw(request, state) if state.name == "steer" else draw_transfer(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**: done, and the agency is told."""
    work, actor, data = request.work, request.actor, state.data
    move, reason = Move(data["move"]), data.get("reason", "")
    view = get_view(work, data["assignment"])
    if "transfer" in data:
        transfers.agree(work, actor, data["transfer"], data.get("agency") or 0)
    elif move is Move.REASSIGN:
        steering.reassign(work, actor, view.id, data.get("agency") or 0, reason)
    else:
        steering.steer(work, actor, view.id, move, reason)
    end_dialogue(work, state)
    what = request.t(f"steer.{move.value}")
    t, now = request.t, get_view(work, view.id)
    done = t("steer.done", what=what, agency=view.agency_name, label=view.clause_label)
    rows = [[Button(t.plain("button.view"), f"view:{view.id}")]]
    if now.is_open and now.is_late(work.today) and granting.can_grant(work, now.id):
        # It stood still by the office's own decision: what becomes of the deadline is the office's to say.
        done = join(done, t("steer.deadline_over", day=now.due))
        rows.insert(0, [Button(t.plain("button.grant"), f"exg:{now.id}")])
    return Answers(edit=Screen(done, rows))


def begin_transfer(request: Request) -> Answers:
    """“Đề nghị chuyển cơ quan khác”: which agency, then why."""
    transfers.check_can_request(request.work, request.actor, request.integer(0))
    view = get_view(request.work, request.integer(0))
    state = _start(request, "transfer", view)
    return Answers(send=draw_transfer(request, state))


def skip_agency(request: Request, state: DialogueState) -> Answers:
    """No agency is named: only the reason."""
    update_dialogue(request.work, state, asked=True)
    return Answers(edit=draw_transfer(request, state))


def draw_transfer(request: Request, state: DialogueState) -> Screen:
    """The question that is open, or the request before it is sent."""
    t, view, end = request.t, get_view(request.work, state.data["assignment"]), end_rows(request, state)
    if not state.data.get("asked"):
        skip = Button(t.plain("button.skip_agency"), f"dlg:{state.token}:noagency")
        return Screen(t("transfer.ask_agency", **screens.about(t, view)), [[skip], *end])
    target, reason = _target_name(request, state), state.data.get("reason")
    to = t("transfer.to", agency=target) if target else ""
    if not reason:
        return Screen(join(t("transfer.about", **screens.about(t, view)), to, t("transfer.ask_reason")), end)
    text = join(t("transfer.preview", **screens.about(t, view)), to, t("steer.reason", reason=reason))
    return Screen(text, [[Button(t.plain("button.send_request"), f"dlg:{state.token}:send")], *end])


def take_transfer(request: Request, state: DialogueState) -> Answers:
    """What is typed: the agency's name, then the reason."""
    if not state.data.get("asked"):
        view = get_view(request.work, state.data["assignment"])
        return Answers(send=_ask_target(request, state, view, read_words(request)))
    update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw_transfer(request, state))


def send_transfer(request: Request, state: DialogueState) -> Answers:
    """“Gửi đề nghị”."""
    data = state.data
    transfers.request(
        request.work, request.actor, data["assignment"], data.get("agency"), data.get("reason", "")
    )
    end_dialogue(request.work, state)
    view = Button(request.t.plain("button.view"), f"view:{data['assignment']}")
    return Answers(edit=Screen(request.t("transfer.sent"), [[view]]))


def agree_transfer(request: Request) -> Answers:
    """“Đồng ý chuyển”: to the agency named, or asks for one."""
    asked = transfers.get_decidable(request.work, request.actor, request.integer(0))
    view = steering.check_can_steer(request.work, request.actor, asked.assignment_id, Move.REASSIGN)
    state = _start(
        request,
        "steer",
        view,
        move=Move.REASSIGN.value,
        transfer=asked.id,
        named=asked.wanted_agency_id is not None,
        agency=asked.wanted_agency_id,
        reason=asked.reason,
    )
    return Answers(send=draw(request, state))


def ask_refusal(request: Request) -> Answers:
    """“Không chuyển”: asks for the reason first."""
    asked = transfers.get_decidable(request.work, request.actor, request.integer(0))
    view = get_view(request.work, asked.assignment_id)
    state = _start(request, "refuse_transfer", view, transfer=asked.id)
    return Answers(send=draw_refusal(request, state))


def draw_refusal(request: Request, state: DialogueState) -> Screen:
    """The question for the reason, or the answer before it is sent."""
    t, view, reason = request.t, get_view(request.work, state.data["assignment"]), state.data.get("reason")
    end = end_rows(request, state)
    if not reason:
        return Screen(t("transfer.ask_refusal", agency=view.agency_name, label=view.clause_label), end)
    text = join(t("transfer.refusal_preview", **screens.about(t, view)), t("steer.reason", reason=reason))
    return Screen(text, [[Button(t.plain("button.send"), f"dlg:{state.token}:send")], *end])


def take_refusal(request: Request, state: DialogueState) -> Answers:
    """The reason, typed."""
    update_dialogue(request.work, state, reason=read_reason(request))
    return Answers(send=draw_refusal(request, state))


def send_refusal(request: Request, state: DialogueState) -> Answers:
    transfers.refuse(request.work, request.actor, state.data["transfer"], state.data.get("reason", ""))
    end_dialogue(request.work, state)
    view = get_view(request.work, state.data["assignment"])
    done = request.t("transfer.done_refused", agency=view.agency_name)
    return Answers(edit=Screen(done, [[Button(request.t.plain("button.view"), f"view:{view.id}")]]))
