"""Reporting in chat: choose the task, write, look at it, send. The draft lives in the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.handlers import correcting, report_asking, report_fields, report_numbers
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, find_dialogue, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.inbox.parse import File
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.screens.tasks import PAGE, page_buttons
from bot.services import typed_words
from bot.services.standing.addresses import find_address
from bot.services.standing.partners import KIND as CONTRIBUTION
from bot.services.standing.views import get_view, list_views
from bot.services.tasks import entering, reports
from bot.services.tasks.contributions import kind_for
from bot.services.tasks.reports import LARGEST_FILE, Draft
from bot.services.typed_words import MOST_FILES
from bot.texts import Html, clip, join
from db.models import Attachment, DialogueState, Notice, OutboxCover, OutboxMessage

KINDS = {"p": "progress", "c": "completion"}
PREVIEW = 2800


def begin(request: Request) -> Answers:
    """“Báo cáo tiến độ” or “Báo cáo hoàn thành”: asks for the words."""
    kind = KINDS.get(request.args[1] if len(request.args) > 1 else "")
    if kind is None:
        raise request.work.refuse("bad_button", request.actor.language)
    assignment_id = request.integer(0)
    view = get_view(request.work, assignment_id)
    kind = kind_for(view, kind)
    reports.check_can_report(request.work, request.actor, assignment_id, kind)
    return Answers(send=report_asking.draw_first(request, _start(request, view, kind)))


def _start(request: Request, view: AssignmentView, kind: str | None) -> DialogueState:
    data: dict[str, Any] = {
        "assignment": view.id,
        "kind": kind,
        "text": [],
        "files": [],
        "pieces": [],
        "what": view.clause_label,
    }
    return start_dialogue(request.work, request.actor, request.incoming.chat_id, "report", data)


def find_replied(request: Request) -> list[AssignmentView]:
    """The open assignments that the message replied to speaks of, of the person's agencies."""
    address = find_address(request.work, request.incoming.chat_id)
    if address is None or request.incoming.reply_to is None:
        return []
    ids = request.work.session.exec(
        select(Notice.assignment_id)
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .where(
            col(OutboxMessage.address_id) == address.id,
            col(OutboxMessage.message_id) == request.incoming.reply_to,
            col(Notice.assignment_id).is_not(None),
        )
    ).all()
    views = list_views(request.work, {each for each in ids if each is not None})
    return [view for view in views if request.actor.can(Action.REPORT, view.answering_id)]


def take_reply(request: Request, views: Sequence[AssignmentView]) -> Answers:
    """A reply to a reminder is the beginning of a report; which task and kind is chosen before sending."""
    current = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    if (
        current is not None
        and current.name == "report"
        and current.data["assignment"] in {v.id for v in views}
    ):
        return take(request, current)
    able = [view for view in views if view.is_open or view.status is Status.AWAITING_CONFIRMATION]
    if len(able) <= 1:
        view = (able or views)[0]
        reports.check_can_report(request.work, request.actor, view.id, kind_for(view, "progress"))
        return take(request, _start(request, view, None if view.is_lead else CONTRIBUTION))
    data: dict[str, Any] = {"assignment": None, "choices": [view.id for view in able], "kind": None}
    data |= {"text": [], "files": [], "pieces": [], "what": able[0].clause_label}
    return take(
        request, start_dialogue(request.work, request.actor, request.incoming.chat_id, "report", data)
    )


def choose_task(request: Request, state: DialogueState) -> Answers:
    """Which of a digest's tasks the words already written are about."""
    assignment_id = request.integer(2)
    if assignment_id not in state.data.get("choices", []):
        raise request.work.refuse("bad_button", request.actor.language)
    view = get_view(request.work, assignment_id)
    reports.check_can_report(request.work, request.actor, assignment_id, kind_for(view, "progress"))
    kind = None if view.is_lead else CONTRIBUTION
    update_dialogue(request.work, state, assignment=assignment_id, kind=kind, what=view.clause_label)
    return Answers(edit=draw_preview(request, state))


def take(request: Request, state: DialogueState) -> Answers:
    """Text, a file or a photo for the draft, or the answer to a question; shows the draft again."""
    if report_numbers.is_open(state) and request.incoming.file is None:
        report_numbers.take(request, state)
        return Answers(send=draw_preview(request, state))
    if report_fields.is_asking(state) and request.incoming.file is None:
        report_fields.take_field(request, state)
        return Answers(send=draw_preview(request, state))
    if request.incoming.album and len(state.data["files"]) >= MOST_FILES:
        return _refuse_rest(request, state)
    _check_piece(request, state)
    files = list(state.data["files"])
    texts = list(state.data["text"])
    pieces = list(state.data.get("pieces", []))
    if request.incoming.file is not None:
        files.append(_keep_file(request, request.incoming.file))
        pieces.append([request.incoming.message_id, files[-1], request.incoming.file.unique_id])
    if request.incoming.text:
        texts.append([request.incoming.message_id, request.incoming.text])
    update_dialogue(request.work, state, text=texts, files=files, pieces=pieces)
    return Answers(send=draw_preview(request, state), album=request.incoming.album)


def _refuse_rest(request: Request, state: DialogueState) -> Answers:
    """An album is more than fits: said once, above the draft, and not once a file."""
    said = request.t("refuse.many_files", longest=MOST_FILES)
    screen = draw_preview(request, state)
    above = Screen(join(said, screen.text, by="\n\n"), screen.keyboard)
    return Answers(send=above, album=request.incoming.album)


def _check_piece(request: Request, state: DialogueState, room: int = 0) -> None:
    """Raises UserError for what the draft cannot take. `room`: files that make room for the new one."""
    work, incoming, language = request.work, request.incoming, request.actor.language
    file = incoming.file
    if incoming.has_other:
        raise work.refuse("not_content", language)
    if file is not None and file.size is not None and file.size > LARGEST_FILE:
        size = f"{file.size / 1024 / 1024:.0f}"
        raise work.refuse("big_file", language, name=clip(file.name, 100), size=size)
    if file is not None and len(state.data["files"]) - room >= MOST_FILES:
        raise work.refuse("many_files", language, longest=MOST_FILES)
    together = "\n".join([_words(state), incoming.text])
    typed_words.check_content(work, request.actor, together, [file.name] if file else ())


def _keep_file(request: Request, file: File) -> int:
    attachment = Attachment(
        member_id=request.actor.member_id,
        name=file.name[:255],
        mime=file.mime,
        size=file.size,
        file_id=file.file_id,
        file_unique_id=file.unique_id,
        created_at=request.work.now,
    )
    request.work.session.add(attachment)
    request.work.session.flush()
    return attachment.id


def _draw_task_choice(request: Request, state: DialogueState) -> Screen:
    t, page = request.t, state.data.get("page", 0)
    text, views = clip(_words(state), 1500), list_views(request.work, state.data["choices"])
    rows: Keyboard = [
        [Button(clip(f"{view.clause_label}: {view.task}", 60), f"dlg:{state.token}:task:{view.id}")]
        for view in views[page * PAGE : (page + 1) * PAGE]
    ]
    turn = page_buttons(t, f"dlg:{state.token}:tasks", page, len(views))
    body = join(t("report.which_task"), t("report.preview_text", text=text) if text else "")
    return Screen(body, [*rows, turn, [cancel_button(request, state)]])


def turn_page(request: Request, state: DialogueState) -> Answers:
    """Another page of the tasks that the words may be about."""
    update_dialogue(request.work, state, page=request.integer(2))
    return Answers(edit=draw_preview(request, state))


def _words(state: DialogueState) -> str:
    return "\n".join(words for _message, words in state.data["text"])


def draw_preview(request: Request, state: DialogueState) -> Screen:
    """The draft as it stands, or the question about it that is open."""
    if state.data["assignment"] is None:
        return _draw_task_choice(request, state)
    if report_numbers.is_open(state):
        return report_numbers.draw(request, state)
    if report_fields.is_asking(state):
        return report_fields.draw_question(request, state)
    t = request.t
    view = get_view(request.work, state.data["assignment"])
    kind = state.data["kind"]
    text = _words(state)
    names = [
        each.name
        for each in request.work.session.exec(
            select(Attachment).where(col(Attachment.id).in_(state.data["files"])).order_by(col(Attachment.id))
        )
    ]
    numbers = report_numbers.preview_lines(request, state)
    most = PREVIEW - sum(map(len, numbers))
    shown = text if len(text) <= most else text[:most] + t.plain("report.cut", count=len(text))
    body = join(
        t(
            "report.preview_entering" if state.data.get("entering") else "report.preview",
            kind=t(f"report.kind.{kind}" if kind else "report.kind.any"),
            label=clip(view.clause_label, 200),
            task=clip(view.task, 300),
            agency=view.agency_name,
        ),
        t("report.preview_text", text=shown) if text else t("report.preview_no_text"),
        *report_fields.preview_lines(t, state, text, request.work.today),
        *numbers,
        t("report.preview_files", names=clip(", ".join(names), 400)) if names else "",
        *_missing_lines(request, state, text, has_files=bool(names)),
        t("report.preview_hint_entering" if state.data.get("entering") else "report.preview_hint"),
    )
    if kind:
        send = [Button(t.plain("button.send_report"), f"dlg:{state.token}:send")]
    else:
        send = [
            Button(t.plain("button.send_completion"), f"dlg:{state.token}:send:c"),
            Button(t.plain("button.send_progress"), f"dlg:{state.token}:send:p"),
        ]
    more = "button.more_progress" if kind == "progress" else "button.more_document"
    more = "button.more_entered" if state.data.get("entering") else more
    rows = in_rows(send, 1)
    if kind != CONTRIBUTION:
        rows.append([Button(t.plain(more), f"dlg:{state.token}:more")])
    rows.append(report_numbers.button(request, state))
    rows.append([Button(t.plain("button.back"), f"dlg:{state.token}:back")])
    return Screen(body, [*rows, [cancel_button(request, state)]])


def _missing_lines(request: Request, state: DialogueState, text: str, *, has_files: bool) -> list[Html]:
    """What an official table asks and the draft does not say yet; it can be sent without."""
    if state.data["kind"] == CONTRIBUTION or state.data.get("entering"):
        return []
    view = get_view(request.work, state.data["assignment"])
    if state.data["kind"] == "completion":
        if not view.product:
            return []
        document = report_fields.find_document(state, text)
        if not has_files and not document:
            return [request.t("report.lacks_document", product=clip(view.product, 100))]
        return _unsaid_of_document(request, state, document, has_files=has_files)
    if state.data["kind"] != "progress":
        return []  # which kind it is to be is asked yet
    names = report_fields.list_unsaid(state)
    what = ", ".join(request.t.plain(f"report.unsaid.{name}") for name in names)
    return [request.t("report.unsaid", what=what)] if names else []


def _unsaid_of_document(
    request: Request, state: DialogueState, document: Mapping[str, Any], *, has_files: bool
) -> list[Html]:
    """Of its number, date, signatory and file: what is missing yet."""
    said = {
        "number": bool(document.get("document_number")),
        "date": bool(document.get("document_date")),
        "signatory": bool(state.data.get("fields", {}).get("signatory")),
        "file": has_files,
    }
    missing = [request.t.plain(f"report.lacks.{name}") for name, is_said in said.items() if not is_said]
    return [request.t("report.unsaid_document", what=", ".join(missing))] if missing else []


def ask_more(request: Request, state: DialogueState) -> Answers:
    """“Bổ sung”: the questions of an official table, one after the other."""
    report_fields.ask_first(state, request)
    return Answers(edit=draw_preview(request, state))


def skip_question(request: Request, state: DialogueState) -> Answers:
    """“Bỏ qua”."""
    if not report_fields.is_asking(state):
        raise request.work.refuse("old_button", request.actor.language)
    report_fields.ask_next(request, state)
    return Answers(edit=draw_preview(request, state))


def end_questions(request: Request, state: DialogueState) -> Answers:
    """“Xem lại”: back to the draft."""
    update_dialogue(request.work, state, asking=None, counting=None)
    return Answers(edit=draw_preview(request, state))


def go_back(request: Request, state: DialogueState) -> Answers:
    """“Quay lại”; where nothing is left of the draft, it begins again."""
    gone = report_asking.step_back(request, state)
    is_empty = not (state.data["text"] or state.data["files"] or state.data.get("entering"))
    if is_empty and state.data["assignment"] is not None:
        screen = report_asking.draw_first(request, state)
    else:
        screen = draw_preview(request, state)
    return Answers(edit=Screen(join(gone, screen.text, by="\n\n"), screen.keyboard))


def choose_day(request: Request, state: DialogueState) -> Answers:
    """The day a document arrived, pressed."""
    if state.data.get("asking") != "arrived":
        raise request.work.refuse("old_button", request.actor.language)
    try:
        day = date.fromisoformat(request.args[2])
    except (IndexError, ValueError):
        raise request.work.refuse("bad_button", request.actor.language) from None
    report_fields.set_fields(request, state, {"arrived": day.isoformat()})
    report_fields.ask_next(request, state)
    return Answers(edit=draw_preview(request, state))


def begin_entering(request: Request) -> Answers:
    """“Ghi nhận báo cáo thay”: the number and date, the day of arrival, words and files."""
    entering.check_can_enter(request.work, request.actor, request.integer(0))
    view = get_view(request.work, request.integer(0))
    state = _start(request, view, None)
    update_dialogue(request.work, state, entering=True)
    report_fields.ask_first(state, request)
    return Answers(send=draw_preview(request, state))


def edit_piece(request: Request, state: DialogueState) -> Answers:
    """A message of the draft was edited: the draft follows, in its words and in its file."""
    number, words = request.incoming.message_id, request.incoming.text
    texts = [list(each) for each in state.data["text"]]
    pieces = [list(each) for each in state.data.get("pieces", [])]
    files = list(state.data["files"])
    of_text = next((each for each in texts if each[0] == number), None)
    of_file = next((each for each in pieces if each[0] == number), None)
    if of_text is None and of_file is None:
        return correcting.while_drafting(request)
    file = request.incoming.file
    is_new = file is not None and of_file is not None and file.unique_id != of_file[2]
    _check_piece(request, state, room=1)
    if is_new and file is not None and of_file is not None:
        kept = _keep_file(request, file)
        files[files.index(of_file[1])] = kept
        of_file[1:] = [kept, file.unique_id]
    if of_text is not None:
        of_text[1] = words
    elif words:
        texts.append([number, words])
    texts = [each for each in texts if each[1]]
    update_dialogue(request.work, state, text=texts, files=files, pieces=pieces)
    return Answers(send=draw_preview(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """“Gửi báo cáo”."""
    if state.data["assignment"] is None:
        raise request.work.refuse("not_your_dialogue", request.actor.language)
    kind = state.data["kind"] or KINDS.get(request.args[2] if len(request.args) > 2 else "")
    if kind is None:
        raise request.work.refuse("bad_button", request.actor.language)
    text = _words(state).strip()
    draft = Draft(
        kind,
        text,
        tuple(state.data["files"]),
        pieces=tuple((number, words) for number, words in state.data["text"]),
        numbers=tuple((each.id, value) for each, value in report_numbers.list_drafted(request, state)),
        **report_fields.draft_values(state, text),
    )
    _submit(request, state, draft)
    sent = "report.recorded" if state.data.get("entering") else "report.sent"
    end_dialogue(request.work, state)
    view = Button(request.t.plain("button.view"), f"view:{state.data['assignment']}")
    return Answers(edit=Screen(request.t(sent, kind=request.t(f"report.kind.{kind}")), [[view]]))


def _submit(request: Request, state: DialogueState, draft: Draft) -> None:
    if not state.data.get("entering"):
        reports.submit(request.work, request.actor, state.data["assignment"], draft)
        return
    arrived = state.data.get("fields", {}).get("arrived")
    if arrived is None:
        raise request.work.refuse("no_arrival", request.actor.language)
    entering.enter(request.work, request.actor, state.data["assignment"], draft, date.fromisoformat(arrived))
