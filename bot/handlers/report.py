"""Reporting in chat: choose the task, write, look at it, send. The draft lives in the database."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from bot.documents.secrecy import find_marking
from bot.domain.access import Action
from bot.domain.assignment import AssignmentView
from bot.domain.timeliness import Status
from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, end_dialogue, find_dialogue, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.inbox.parse import File
from bot.screens.base import Button, Keyboard, Screen, in_rows
from bot.screens.tasks import mark, row_state
from bot.services import reports
from bot.services.people import find_address
from bot.services.reports import LARGEST_FILE, MOST_FILES, Draft
from bot.services.views import by_deadline, count_rows, get_view, list_views, read_views, select_rows
from bot.texts import clip, join
from db.models import Assignment, Attachment, DialogueState, Notice, OutboxCover, OutboxMessage, Task

KINDS = {"p": "progress", "c": "completion"}
PREVIEW = 2800


def choose(request: Request) -> Answers:
    """`/baocao`: the open tasks of the agency, the nearest deadline first."""
    agencies = request.actor.agencies
    if not agencies:
        raise request.work.refuse("not_allowed_command", request.actor.language)
    chosen = request.integer(0, 0)
    if len(agencies) > 1 and not chosen:
        rows: Keyboard = [[Button(name, f"repa:{key}")] for key, name in agencies.items()]
        return request.show(Screen(request.t("tasks.choose_agency"), rows))
    agency_id = chosen or next(iter(agencies))
    if agency_id not in agencies:
        raise request.work.refuse("not_yours", request.actor.language)
    views, total = _list_open(request, agency_id)
    return request.show(_draw_choice(request, views, total - len(views)))


def _list_open(request: Request, agency_id: int) -> tuple[list[AssignmentView], int]:
    query = select_rows().where(
        (col(Assignment.agency_id) == agency_id) | (col(Task.advising_id) == agency_id),
        col(Assignment.status).in_(("not_started", "in_progress")),
    )
    views = read_views(request.work, query.order_by(*by_deadline()).limit(10))
    return views, count_rows(request.work, query)


def _draw_choice(request: Request, views: Sequence[AssignmentView], more: int) -> Screen:
    t, today = request.t, request.work.today
    if not views:
        return Screen(t("tasks.none_open"))
    lines = [
        t(
            "tasks.row",
            n=n,
            mark=mark(view),
            label=clip(view.clause_label, 80),
            task=clip(view.task, 120),
            state=row_state(view, t, today),
        )
        for n, view in enumerate(views, 1)
    ]
    if more:
        lines.append(t("digest.more", count=more))
    rows: Keyboard = []
    for n, view in enumerate(views, 1):
        row = [Button(f"{n}. {t.plain('button.progress')}", f"rep:{view.id}:p")]
        if view.is_lead:
            row.append(Button(f"{n}. {t.plain('button.completion')}", f"rep:{view.id}:c"))
        rows.append(row)
    return Screen(join(t("report.choose"), *lines, by="\n\n"), rows)


def begin(request: Request) -> Answers:
    """“Báo cáo tiến độ” or “Báo cáo hoàn thành”: asks for the words."""
    kind = KINDS.get(request.args[1] if len(request.args) > 1 else "")
    if kind is None:
        raise request.work.refuse("bad_button", request.actor.language)
    assignment_id = request.integer(0)
    reports.check_can_report(request.work, request.actor, assignment_id, kind)
    view = get_view(request.work, assignment_id)
    state = _start(request, view, kind)
    t = request.t
    ask = "report.ask" if view.is_lead else "report.ask_contribution"
    text = t(
        ask,
        kind=t(f"report.kind.{kind}").capitalize(),
        label=clip(view.clause_label, 200),
        task=clip(view.task, 300),
    )
    return Answers(send=Screen(text, [[cancel_button(request, state)]]))


def _start(request: Request, view: AssignmentView, kind: str | None) -> DialogueState:
    data: dict[str, Any] = {
        "assignment": view.id,
        "kind": kind,
        "text": [],
        "files": [],
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
        reports.check_can_report(request.work, request.actor, view.id, "progress")
        return take(request, _start(request, view, None if view.is_lead else "progress"))
    data: dict[str, Any] = {"assignment": None, "choices": [view.id for view in able], "kind": None}
    data |= {"text": [], "files": [], "what": able[0].clause_label}
    return take(
        request, start_dialogue(request.work, request.actor, request.incoming.chat_id, "report", data)
    )


def choose_task(request: Request, state: DialogueState) -> Answers:
    """Which of a digest's tasks the words already written are about."""
    assignment_id = request.integer(2)
    if assignment_id not in state.data.get("choices", []):
        raise request.work.refuse("bad_button", request.actor.language)
    reports.check_can_report(request.work, request.actor, assignment_id, "progress")
    view = get_view(request.work, assignment_id)
    kind = None if view.is_lead else "progress"
    update_dialogue(request.work, state, assignment=assignment_id, kind=kind, what=view.clause_label)
    return Answers(edit=draw_preview(request, state))


def take(request: Request, state: DialogueState) -> Answers:
    """Text, a file or a photo for the draft; shows the draft again."""
    _check_piece(request, state)
    files = list(state.data["files"])
    texts = list(state.data["text"])
    if request.incoming.file is not None:
        files.append(_keep_file(request, request.incoming.file))
    if request.incoming.text:
        texts.append(request.incoming.text)
    update_dialogue(request.work, state, text=texts, files=files)
    return Answers(send=draw_preview(request, state))


def _check_piece(request: Request, state: DialogueState) -> None:
    work, incoming, language = request.work, request.incoming, request.actor.language
    file = incoming.file
    if incoming.has_other:
        raise work.refuse("not_content", language)
    if file is not None and file.size is not None and file.size > LARGEST_FILE:
        size = f"{file.size / 1024 / 1024:.0f}"
        raise work.refuse("big_file", language, name=clip(file.name, 100), size=size)
    if file is not None and len(state.data["files"]) >= MOST_FILES:
        raise work.refuse("many_files", language, longest=MOST_FILES)
    for each in (incoming.text, file.name if file else ""):
        if (word := find_marking(each)) is not None:
            raise work.refuse("secret", language, word=word)
    together = "\n".join([*state.data["text"], incoming.text])
    reports.check_content(work, request.actor, together, ())


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
    t = request.t
    text = clip("\n".join(state.data["text"]), 1500)
    rows: Keyboard = [
        [Button(clip(f"{view.clause_label}: {view.task}", 60), f"dlg:{state.token}:task:{view.id}")]
        for view in list_views(request.work, state.data["choices"])
    ]
    body = join(t("report.which_task"), t("report.preview_text", text=text) if text else "")
    return Screen(body, [*rows, [cancel_button(request, state)]])


def draw_preview(request: Request, state: DialogueState) -> Screen:
    if state.data["assignment"] is None:
        return _draw_task_choice(request, state)
    t = request.t
    view = get_view(request.work, state.data["assignment"])
    kind = state.data["kind"]
    text = "\n".join(state.data["text"])
    names = [
        each.name
        for each in request.work.session.exec(
            select(Attachment).where(col(Attachment.id).in_(state.data["files"])).order_by(col(Attachment.id))
        )
    ]
    shown = text if len(text) <= PREVIEW else text[:PREVIEW] + t.plain("report.cut", count=len(text))
    body = join(
        t(
            "report.preview",
            kind=t(f"report.kind.{kind}" if kind else "report.kind.any"),
            label=clip(view.clause_label, 200),
            task=clip(view.task, 300),
            agency=view.agency_name,
        ),
        t("report.preview_text", text=shown) if text else t("report.preview_no_text"),
        t("report.preview_files", names=clip(", ".join(names), 400)) if names else "",
        t("report.preview_hint"),
    )
    if kind:
        send = [Button(t.plain("button.send_report"), f"dlg:{state.token}:send")]
    else:
        send = [
            Button(t.plain("button.send_completion"), f"dlg:{state.token}:send:c"),
            Button(t.plain("button.send_progress"), f"dlg:{state.token}:send:p"),
        ]
    return Screen(body, [*in_rows(send, 1), [cancel_button(request, state)]])


def send(request: Request, state: DialogueState) -> Answers:
    """“Gửi báo cáo”."""
    if state.data["assignment"] is None:
        raise request.work.refuse("not_your_dialogue", request.actor.language)
    kind = state.data["kind"] or KINDS.get(request.args[2] if len(request.args) > 2 else "")
    if kind is None:
        raise request.work.refuse("bad_button", request.actor.language)
    draft = Draft(kind, "\n".join(state.data["text"]).strip(), tuple(state.data["files"]))
    reports.submit(request.work, request.actor, state.data["assignment"], draft)
    end_dialogue(request.work, state)
    return Answers(edit=Screen(request.t("report.sent", kind=request.t(f"report.kind.{kind}"))))
