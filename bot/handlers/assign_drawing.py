"""The screens of `/giaoviec`: the question that is open, or all of it before it is sent."""

from datetime import date

from bot.domain.deadlines import DeadlineKind, word_recurrence
from bot.handlers import assign_agencies as agencies
from bot.handlers.assign_draft import find_source, list_tasks, make_buttons
from bot.handlers.dialogues import cancel_button
from bot.handlers.request import Request
from bot.screens import assigning as screens
from bot.screens import settling as settling_screens
from bot.screens.base import Screen
from bot.screens.citations import doubt_line
from bot.screens.messages import Item
from bot.services import typed_deadlines
from bot.services.standing.views import name_document
from bot.services.tasks import assignment_drafts
from bot.services.tasks.assignment_drafts import Draft, NewTask
from bot.services.typed_deadlines import NO_DEADLINE, Choice
from bot.texts import Html, clip, join
from db.models import DialogueState

DOCUMENTS = 5


def draw(request: Request, state: DialogueState) -> Screen:
    """The question that is open, with the file that is there already."""
    screen = _draw_step(request, state)
    if not state.data["file"] or state.data["step"] == "preview":
        return screen
    kept = request.t("assign.file", name=clip(state.data["file"][1], 100))
    return Screen(join(screen.text, kept, by="\n\n"), screen.keyboard)


def _draw_step(request: Request, state: DialogueState) -> Screen:
    t, step, words = request.t, state.data["step"], state.data["text"]
    buttons = make_buttons(request, state)
    if step == "text":
        return screens.ask_text(t, buttons, is_further=bool(state.data["tasks"] or words))
    if step in ("lead", "coordinating"):
        return screens.ask_agencies(t, words, agencies.find_choosing(request, state), buttons)
    if step == "deadline":
        counted, day = state.data.get("undated") or ("", None)
        return screens.ask_deadline(t, words, buttons, counted, date.fromisoformat(day) if day else None)
    if step in screens.OPTIONAL:
        return screens.ask_optional(t, words, step, state.data.get(step, ""), buttons)
    if step == "readings":
        return _draw_readings(request, state)
    if step == "confirm":
        choice = Choice.from_json(state.data["offered"])
        return screens.confirm_deadline(t, _in_words(request, state, choice), buttons)
    if step == "source":
        found = assignment_drafts.list_documents(request.work, DOCUMENTS)
        documents = [(each.id, name_document(each, t)) for each in found]
        return screens.ask_source(t, documents, state.data["counted"], buttons)
    return _draw_preview(request, state)


def _draw_readings(request: Request, state: DialogueState) -> Screen:
    days = [date.fromisoformat(each) for each in state.data["days"]]
    rule = request.t.say(word_recurrence(state.data["rule"])) if state.data["rule"] else ""
    cancel = cancel_button(request, state)
    return settling_screens.ambiguous(request.t, state.data["typed"], days, state.token, cancel, rule=rule)


def _in_words(request: Request, state: DialogueState, choice: Choice) -> Html:
    """The deadline read back."""
    work = request.work
    due = typed_deadlines.find_first_due(work, choice)
    met_until = work.calendar.next_working_day(due) if due else None
    count = len(state.data["lead"]) + len(state.data["coordinating"])
    found = settling_screens.Reading(choice.kind, choice.wording, due, met_until, count)
    return settling_screens.in_words(request.t, found, work.today)


def _draw_preview(request: Request, state: DialogueState) -> Screen:
    work, source, tasks = request.work, find_source(state), list_tasks(state)
    assert source is not None
    draft = assignment_drafts.preview(work, request.actor, source, tasks)
    document = assignment_drafts.get_document(work, request.actor, source)
    return screens.preview(
        request.t,
        _list_given(request, tasks, draft),
        document=name_document(document, request.t),
        doubt=doubt_line(request.t, state.data["doubt"]),
        agencies=len({view.agency_id for view in draft.all_views}),
        examples=_draw_examples(request, draft),
        unreachable=draft.unreachable,
        is_held=draft.is_to_many,
        file=state.data["file"][1] if state.data["file"] else "",
        buttons=make_buttons(request, state),
    )


def _list_given(request: Request, tasks: list[NewTask], draft: Draft) -> list[screens.Given]:
    return [
        screens.Given(
            title=views[0].task,
            deadline=_word(request, task),
            due=typed_deadlines.find_first_due(request.work, task.choice),
            lead=[view.agency_name for view in views if view.is_lead],
            coordinating=[view.agency_name for view in views if not view.is_lead],
            product=task.product,
            person=task.person,
        )
        for task, views in zip(tasks, draft.views, strict=True)
    ]


def _word(request: Request, task: NewTask) -> str:
    """One day's as it was typed; what was read of anything else."""
    if task.choice.kind == NO_DEADLINE.kind:
        return ""
    is_one_day = task.choice.kind in (DeadlineKind.DATE, DeadlineKind.RELATIVE)
    typed = task.deadline_text if is_one_day else None
    return typed or request.t.say(task.choice.wording)


def _draw_examples(request: Request, draft: Draft) -> list[Html]:
    """As the office writes it: the message of the first agency."""
    first = draft.all_views[0]
    theirs: list[Item] = []
    for views in draft.views:
        leads = [view.agency_name for view in views if view.is_lead]
        theirs += [
            Item("assignment", view, 1, () if view.is_lead else leads)
            for view in views
            if view.answering_id == first.answering_id
        ]
    theirs.sort(key=lambda item: item.view.due or date.max)
    return screens.examples(request.work.texts(), first.agency_name, theirs, request.work.today)
