"""“Số liệu chỉ tiêu” of a report: a target is chosen, its number typed; several one after the other."""

from decimal import Decimal

from bot.handlers.answers import Answers
from bot.handlers.dialogues import cancel_button, read_reason, update_dialogue
from bot.handlers.request import Request
from bot.screens.base import Button, Screen, in_rows
from bot.screens.indicators import amount, wanted
from bot.screens.tasks import page_line
from bot.services.drawing.indicators import lines_of, words_of
from bot.services.standing import indicators
from bot.services.standing.views import get_view
from bot.texts import Html, Texts, clip, join
from db.models import DialogueState, Target

PAGE = 8
LIST = 0  # in place of a target's id


def is_open(state: DialogueState) -> bool:
    """Whether the list of targets, or the question for a number, is what the person sees."""
    return state.data.get("counting") is not None


def list_targets(request: Request, state: DialogueState) -> list[Target]:
    return indicators.list_of_review(request.work, get_view(request.work, state.data["assignment"]))


def button(request: Request, state: DialogueState) -> list[Button]:
    """Where there is something to give numbers for."""
    if not list_targets(request, state):
        return []
    return [Button(request.t.plain("button.numbers"), f"dlg:{state.token}:numbers:0")]


def _numbers(state: DialogueState) -> dict[str, str]:
    return dict(state.data.get("numbers", {}))


def list_drafted(request: Request, state: DialogueState) -> list[tuple[Target, str]]:
    """The numbers typed so far, of targets that the document still has."""
    numbers = _numbers(state)
    if not numbers:
        return []
    return [(each, numbers[str(each.id)]) for each in list_targets(request, state) if str(each.id) in numbers]


def preview_lines(request: Request, state: DialogueState) -> list[Html]:
    return lines_of(request.t, list_drafted(request, state))


def show(request: Request, state: DialogueState) -> Answers:
    """The list of targets."""
    update_dialogue(request.work, state, counting=LIST, asking=None, page=request.integer(2, 0))
    return Answers(edit=draw(request, state))


def choose(request: Request, state: DialogueState) -> Answers:
    """Asks for one target's number."""
    _find(request, state, request.integer(2))
    update_dialogue(request.work, state, counting=request.integer(2), asking=None)
    return Answers(edit=draw(request, state))


def remove(request: Request, state: DialogueState) -> Answers:
    """The number typed for a target is left out again."""
    numbers = _numbers(state)
    numbers.pop(str(request.integer(2)), None)
    update_dialogue(request.work, state, numbers=numbers, counting=LIST)
    return Answers(edit=draw(request, state))


def take(request: Request, state: DialogueState) -> None:
    """The number, typed. Raises UserError for one that cannot be read; the draft stays."""
    if state.data["counting"] == LIST:
        raise request.work.refuse("number_first", request.actor.language)
    target = _find(request, state, state.data["counting"])
    value = indicators.read_value(request.work, request.actor, target, read_reason(request))
    update_dialogue(request.work, state, numbers={**_numbers(state), str(target.id): value}, counting=LIST)


def _find(request: Request, state: DialogueState, target_id: int) -> Target:
    found = next((each for each in list_targets(request, state) if each.id == target_id), None)
    if found is None:
        raise request.work.refuse("bad_button", request.actor.language)
    return found


def draw(request: Request, state: DialogueState) -> Screen:
    """The list, or the question for one number."""
    return _draw_list(request, state) if state.data["counting"] == LIST else _draw_question(request, state)


def _draw_list(request: Request, state: DialogueState) -> Screen:
    t, numbers, token = request.t, _numbers(state), state.token
    targets, page = list_targets(request, state), state.data.get("page", 0)
    shown = list(enumerate(targets, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [_line(t, n, each, numbers.get(str(each.id))) for n, each in shown]
    buttons = [
        Button(
            ("✓ " if str(each.id) in numbers else "") + t.plain("button.enter_n", n=n),
            f"dlg:{token}:target:{each.id}",
        )
        for n, each in shown
    ]
    turn = []
    if page > 0:
        turn.append(Button(t.plain("button.previous"), f"dlg:{token}:numbers:{page - 1}"))
    if (page + 1) * PAGE < len(targets):
        turn.append(Button(t.plain("button.next"), f"dlg:{token}:numbers:{page + 1}"))
    end = [Button(t.plain("button.to_preview"), f"dlg:{token}:preview"), cancel_button(request, state)]
    footer = page_line(t, page, len(targets), PAGE) if len(targets) > PAGE else ""
    return Screen(join(t("numbers.list"), *lines, footer), [*in_rows(buttons, 4), turn, end])


def _line(t: Texts, n: int, target: Target, value: str | None) -> Html:
    words = words_of(target)
    line = t("targets.row", n=n, name=clip(target.name, 100), wanted=wanted(t, words) or "—")
    return join(line, t("numbers.typed", value=amount(t, Decimal(value), target.unit)) if value else "")


def _draw_question(request: Request, state: DialogueState) -> Screen:
    t, token = request.t, state.token
    target = _find(request, state, state.data["counting"])
    value = _numbers(state).get(str(target.id))
    text = join(
        t("numbers.ask", name=clip(target.name, 200), wanted=wanted(t, words_of(target)) or "—"),
        t("numbers.typed", value=amount(t, Decimal(value), target.unit)) if value else "",
        t("numbers.how_unit", unit=target.unit) if target.unit else t("numbers.how"),
    )
    back = [Button(t.plain("button.back"), f"dlg:{token}:numbers:{state.data.get('page', 0)}")]
    if value:
        back.append(Button(t.plain("button.no_number"), f"dlg:{token}:nonumber:{target.id}"))
    return Screen(text, [back, [cancel_button(request, state)]])
