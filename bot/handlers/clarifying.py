"""“Sản phẩm”, “Người phụ trách” of a task that does not say them, below “Điều chỉnh nhiệm vụ”."""

from bot.handlers.answers import Answers
from bot.handlers.dialogues import end_dialogue, end_rows, read_words, start_dialogue, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen
from bot.screens.steering import about
from bot.services.tasks import clarifying
from bot.texts import join
from db.models import DialogueState


def begin(request: Request) -> Answers:
    """Asks for the words."""
    item = request.args[1] if len(request.args) > 1 else ""
    view = clarifying.check_can_clarify(request.work, request.actor, request.integer(0), item)
    data = {"assignment": view.id, "item": item, "what": view.clause_label}
    state = start_dialogue(request.work, request.actor, request.incoming.chat_id, "clarify", data)
    return Answers(send=draw(request, state))


def draw(request: Request, state: DialogueState) -> Screen:
    """The question, or what will be said before it is."""
    t, item, value = request.t, state.data["item"], state.data.get("reason")
    view = clarifying.check_can_clarify(request.work, request.actor, state.data["assignment"], item)
    now = view.product if item == "product" else view.person
    title = t("clarify.title", **about(t, view))
    if not value:
        known = t(f"task.{item}", **{item: now}) if now else ""
        return Screen(join(title, known, t(f"assign.ask_{item}")), end_rows(request, state))
    count = len(clarifying.list_told(request.work, view.id, item))
    shown = t(f"task.{item}", **{item: value})
    send = Button(t.plain("button.send"), f"dlg:{state.token}:send")
    return Screen(join(title, shown, t("settle.told", n=count)), [[send], *end_rows(request, state)])


def take(request: Request, state: DialogueState) -> Answers:
    """What is typed."""
    value = clarifying.read_value(request.work, request.actor, read_words(request))
    if not value:
        raise request.work.refuse("not_content", request.actor.language)
    update_dialogue(request.work, state, reason=value)
    return Answers(send=draw(request, state))


def send(request: Request, state: DialogueState) -> Answers:
    """**Gửi**."""
    data = state.data
    count = clarifying.clarify(
        request.work, request.actor, data["assignment"], data["item"], data.get("reason", "")
    )
    end_dialogue(request.work, state)
    view = Button(request.t.plain("button.view"), f"view:{data['assignment']}")
    return Answers(edit=Screen(request.t("clarify.done", n=count), [[view]]))
