"""`/giaoviec`: the secretariat gives tasks in chat; the draft lives in the database."""

from collections.abc import Callable, Mapping, Sequence

from bot.documents.secrecy import find_marking_in_words
from bot.documents.values import normalise, one_line
from bot.handlers import assign_agencies as agencies
from bot.handlers import assign_deadline as deadline
from bot.handlers.answers import Answers
from bot.handlers.assign_draft import (
    FRESH,
    STEPS,
    answer,
    current,
    find_source,
    is_editing,
    keep_source,
    keep_task,
    list_tasks,
    next_step,
    require_step,
)
from bot.handlers.assign_drawing import draw
from bot.handlers.dialogues import end_dialogue, find_dialogue, read_words, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.inbox.parse import File
from bot.screens.assigning import OPTIONAL
from bot.screens.base import Button, Screen
from bot.services.tasks import assigning, assignment_drafts, giving_again
from bot.services.tasks.assignment_drafts import Source
from bot.services.typed_words import check_content
from db.models import DialogueState

LONGEST_OPTIONAL = 200


def begin(request: Request) -> Answers:
    """`/giaoviec`, alone, with the task's words behind it, or in answer to a message that has them."""
    assigning.check_can_assign(request.work, request.actor)
    words = request.incoming.argument or request.incoming.reply_text
    state = find_dialogue(request.work, request.actor, request.incoming.chat_id)
    if state is not None and state.name == "assign" and not words:
        return request.show(draw(request, state))
    return _start(request, words)


def begin_from(request: Request) -> Answers:
    """A message that was forwarded to the bot: its words are the task's."""
    assigning.check_can_assign(request.work, request.actor)
    return _start(request, request.incoming.text)


def _start(request: Request, words: str) -> Answers:
    data = {**FRESH, "tasks": [], "source": None, "doubt": [], "file": None, "step": "text", "counted": ""}
    data["what"] = request.t.plain("assign.what")
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "assign", data)
    if request.incoming.file is not None:
        _take_file(request, state, request.incoming.file)
    if words.strip():
        _set_text(request, state, words)
    return request.show(draw(request, state))


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed answers the question that is open."""
    if request.incoming.has_other:
        raise request.work.refuse("not_content", request.actor.language)
    file, words = request.incoming.file, request.incoming.text.strip()
    if file is not None:
        _take_file(request, state, file)
    elif not words:
        raise request.work.refuse("assign_no_text", request.actor.language)
    # What is written below a file is about the file, but where the words are asked for.
    if words and (file is None or state.data["step"] == "text"):
        _TAKE[state.data["step"]](request, state)
    return Answers(send=draw(request, state), album=request.incoming.album)


def _take_file(request: Request, state: DialogueState, file: File) -> None:
    """The document itself; of several the last."""
    work, actor = request.work, request.actor
    if (word := find_marking_in_words(request.incoming.text)) is not None:
        raise work.refuse("secret", actor.language, word=word)
    assigning.check_file(work, actor, file.name, file.size)
    source = find_source(state)
    if source is not None:
        assigning.check_no_file(work, actor, assignment_drafts.get_document(work, actor, source))
    kept = assigning.keep_file(work, actor, file.name, file_id=file.file_id, mime=file.mime, size=file.size)
    update_dialogue(work, state, file=[kept.id, kept.name])


def drop_file(request: Request, state: DialogueState) -> Answers:
    """“Bỏ tệp”."""
    require_step(request, state, "preview")
    update_dialogue(request.work, state, file=None)
    return Answers(edit=draw(request, state))


def _take_text(request: Request, state: DialogueState) -> None:
    _set_text(request, state, request.incoming.text)


def _set_text(request: Request, state: DialogueState, words: str) -> None:
    check_content(request.work, request.actor, words, ())
    answer(request, state, "text", text=normalise(words))


def _take_optional(request: Request, state: DialogueState) -> None:
    """The product or the person in charge, in a line."""
    words = one_line(read_words(request))
    if len(words) > LONGEST_OPTIONAL:
        raise request.work.refuse(
            "too_long", request.actor.language, length=len(words), longest=LONGEST_OPTIONAL
        )
    update_dialogue(request.work, state, **{state.data["step"]: words, "step": "preview"})


def leave_out(request: Request, state: DialogueState) -> Answers:
    """“Bỏ”: the product or the person is not said after all."""
    step = require_step(request, state, *OPTIONAL)
    update_dialogue(request.work, state, **{step: "", "step": "preview"})
    return Answers(edit=draw(request, state))


def _take_source(request: Request, state: DialogueState) -> None:
    source, doubt = assignment_drafts.read_source(request.work, request.actor, request.incoming.text)
    _set_source(request, state, source, doubt.as_json() if doubt else ())


def _set_source(request: Request, state: DialogueState, source: Source, doubt: Sequence[str] = ()) -> None:
    document = assignment_drafts.get_document(request.work, request.actor, source)
    if state.data["file"]:
        assigning.check_no_file(request.work, request.actor, document)
    words = state.data["counted"]
    answer(request, state, "source", source=keep_source(source), doubt=[*doubt], counted="")
    if words:
        update_dialogue(request.work, state, step="deadline")
        deadline.read_counted(request, state, words)


def _take_preview(request: Request, state: DialogueState) -> None:
    raise request.work.refuse("assign_buttons", request.actor.language)


_TAKE: Mapping[str, Callable[[Request, DialogueState], None]] = {
    "text": _take_text,
    "lead": agencies.take,
    "coordinating": agencies.take,
    "deadline": deadline.take,
    "readings": deadline.take,
    "confirm": deadline.take,
    "source": _take_source,
    "preview": _take_preview,
    **dict.fromkeys(OPTIONAL, _take_optional),
}


def go_on(request: Request, state: DialogueState) -> Answers:
    """“Tiếp tục” below the agencies, or “Bỏ qua”."""
    step = require_step(request, state, "lead", "coordinating")
    if step == "lead":
        _check_lead(request, state)
    answer(request, state, step)
    return Answers(edit=draw(request, state))


def _check_lead(request: Request, state: DialogueState) -> None:
    if not state.data["lead"]:
        raise request.work.refuse("assign_no_lead", request.actor.language)
    assigning.check_alone(request.work, request.actor, state.data["lead"])


def choose_document(request: Request, state: DialogueState) -> Answers:
    """A document that is stored."""
    require_step(request, state, "source")
    _set_source(request, state, Source(request.integer(2)))
    return Answers(edit=draw(request, state))


def choose_no_document(request: Request, state: DialogueState) -> Answers:
    """“Không có văn bản”."""
    require_step(request, state, "source")
    _set_source(request, state, Source())
    return Answers(edit=draw(request, state))


def go_back(request: Request, state: DialogueState) -> Answers:
    """“Quay lại”: to the question before; from a change to the preview, with nothing changed."""
    step = require_step(request, state, *STEPS, *OPTIONAL, "confirm", "readings")
    tasks = list(state.data["tasks"])
    if step in OPTIONAL:
        update_dialogue(request.work, state, step="preview")
        return Answers(edit=draw(request, state))
    if step in ("confirm", "readings"):
        update_dialogue(request.work, state, step="deadline")
    elif is_editing(state):
        if step == "lead":
            _check_lead(request, state)
        answer(request, state, step)
    elif step != "text":
        # A deadline that waited for the document is asked for again.
        before = STEPS[STEPS.index(step) - 1]
        update_dialogue(request.work, state, step=before, counted="", unclear=[], unknown=[], already=[])
    elif tasks:
        last = tasks.pop()
        update_dialogue(request.work, state, **last, tasks=tasks, done=[*STEPS], step="preview")
    return Answers(edit=draw(request, state))


def edit(request: Request, state: DialogueState) -> Answers:
    """From the preview to one of the items, and then back."""
    require_step(request, state, "preview")
    item = request.args[2] if len(request.args) > 2 else ""
    if item in OPTIONAL:
        update_dialogue(request.work, state, step=item)
        return Answers(edit=draw(request, state))
    if item not in STEPS:
        raise request.work.refuse("bad_button", request.actor.language)
    done = [each for each in state.data["done"] if each != item]
    update_dialogue(request.work, state, done=done, step=item)
    return Answers(edit=draw(request, state))


def add_task(request: Request, state: DialogueState) -> Answers:
    """“Thêm nhiệm vụ cùng văn bản”."""
    require_step(request, state, "preview")
    if len(state.data["tasks"]) + 1 >= assigning.MOST_TASKS:
        raise request.work.refuse("assign_many", request.actor.language, longest=assigning.MOST_TASKS)
    tasks = [*state.data["tasks"], current(state)]
    update_dialogue(request.work, state, **{**FRESH, "done": ["source"]}, tasks=tasks, step="text")
    return Answers(edit=draw(request, state))


def remove_task(request: Request, state: DialogueState) -> Answers:
    """“Bỏ nhiệm vụ N”; without the last one the one before it is at hand."""
    require_step(request, state, "preview")
    n, tasks = request.integer(2), [*state.data["tasks"], current(state)]
    if not 1 <= n <= len(tasks) or len(tasks) == 1:
        raise request.work.refuse("old_button", request.actor.language)
    del tasks[n - 1]
    update_dialogue(request.work, state, **tasks.pop(), tasks=tasks)
    return Answers(edit=draw(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    require_step(request, state, "preview")
    source = find_source(state)
    if next_step(state) != "preview" or source is None:
        raise request.work.refuse("old_button", request.actor.language)
    file_id = state.data["file"][0] if state.data["file"] else None
    given = assigning.assign(request.work, request.actor, source, list_tasks(state), file_id)
    end_dialogue(request.work, state)
    t = request.t
    key = "assign.held" if given.is_held else "assign.done"
    text = t(key, n=len(given.tasks), agencies=given.agencies, at=request.work.now)
    back = Button(t.plain("button.take_back"), f"asx:{given.event_id}")
    return Answers(edit=Screen(text, [[back], [Button(t.plain("button.assign"), "asn")]]))


def take_back(request: Request) -> Answers:
    """“Thu lại”, within the minute."""
    n, gone = assigning.take_back(request.work, request.actor, request.integer(0))
    t = request.t
    text = t("assign.taken_back_some", n=n, gone=gone) if gone else t("assign.taken_back", n=n)
    again = [Button(t.plain("button.assign_again"), f"asr:{request.integer(0)}")]
    return Answers(edit=Screen(text, [again, [Button(t.plain("button.assign"), "asn")]]))


def give_again(request: Request) -> Answers:
    """“Sửa, giao lại” after it was taken back: the draft as it was, to be changed and sent."""
    found = giving_again.restore(request.work, request.actor, request.integer(0))
    data = {
        **FRESH,
        "tasks": [],
        "source": keep_source(found.source),
        "doubt": [],
        "file": None,
        "counted": "",
    }
    data |= {"what": request.t.plain("assign.what"), "done": [*STEPS], "step": "preview"}
    kept = [keep_task(each) for each in found.tasks]
    data |= kept[-1] | {"tasks": kept[:-1]}
    if found.file is not None:
        data["file"] = [found.file.id, found.file.name]
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "assign", data)
    return Answers(edit=draw(request, state))
