"""Of a split agency: who goes on with each task, and where each person serves; one successor, or several."""

from bot.domain.access import Action
from bot.handlers.agencies import get_seat, list_menus
from bot.handlers.answers import Answers
from bot.handlers.request import Request
from bot.screens import agencies as screens
from bot.screens.agencies import Ticked
from bot.services.agencies import splits
from bot.services.agencies.splits import Waiting
from bot.services.context import require
from bot.services.standing.views import get_view
from bot.texts import Html, join
from db.models import Assignment, Member, Membership

PERSON, TASK = "p", "t"
BUTTON = {PERSON: "agwp", TASK: "agwt"}


def show_waiting(request: Request) -> Answers:
    """The next person, then the next task, that waits for a choice."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    return _draw_waiting(request, request.integer(0), page=request.integer(1, 0))


def _draw_waiting(request: Request, agency_id: int, toast: str = "", page: int = 0) -> Answers:
    t, waiting = request.t, splits.find_waiting(request.work, agency_id)
    if not waiting.seats and not waiting.assignments:
        return request.show(screens.split_over(t, waiting.agency.name), toast)
    of = PERSON if waiting.seats else TASK
    key = (waiting.seats or waiting.assignments)[0]
    heirs = [(each.id, each.name) for each in waiting.successors]
    screen = screens.split_choice(
        t,
        _title(request, waiting, of, key),
        f"{BUTTON[of]}:{key}",
        heirs,
        is_person=of == PERSON,
        page=page,
        turn=f"agw:{agency_id}",
        several=f"agwm:{of}:{key}:{len(heirs)}.0:0",
    )
    return request.show(screen, toast)


def _title(request: Request, waiting: Waiting, of: str, key: int) -> Html:
    work, t = request.work, request.t
    count = len(waiting.assignments) + len(waiting.seats)
    left = t("agency.split_left", agency=waiting.agency.name, n=count)
    if of == TASK:
        return join(left, screens.split_task(t, get_view(work, key), work.today))
    seat = work.session.get_one(Membership, key)
    name = work.session.get_one(Member, seat.member_id).name
    return join(left, t("agency.split_person", name=name, role=t(f"role.{seat.role}")))


def choose_several(request: Request) -> Answers:
    """The successors with a tick each; what is ticked so far is in the buttons themselves."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    of, key = (request.args[0] if request.args else ""), request.integer(1)
    if of not in BUTTON:
        raise request.work.refuse("bad_button", request.actor.language)
    agency_id = _agency_of(request, of, key)
    waiting = splits.find_waiting(request.work, agency_id)
    if key not in (waiting.seats if of == PERSON else waiting.assignments):
        raise request.work.refuse("split_chosen", request.actor.language)
    mask = _read_mask(request, request.args[2] if len(request.args) > 2 else "", len(waiting.successors))
    title = _title(request, waiting, of, key)
    if of == TASK:
        title = join(title, request.t("agency.split_first"))
    rows = [Ticked(each.name, bool(mask >> n & 1)) for n, each in enumerate(waiting.successors)]
    page = request.integer(3, 0)
    return Answers(
        edit=screens.split_several(
            request.t, title, rows, page, f"agwm:{of}:{key}", f"{BUTTON[of]}:{key}", f"agw:{agency_id}"
        )
    )


def _read_mask(request: Request, words: str, count: int) -> int:
    """Which of the successors are ticked. Raises UserError where there are others than when the button was drawn."""
    known, _, mask = words.partition(".")
    if not known.isdecimal() or not mask.isdecimal() or len(words) > 24:
        raise request.work.refuse("bad_button", request.actor.language)
    if int(known) != count or int(mask) >> count:
        raise request.work.refuse("old_button", request.actor.language)
    return int(mask)


def _agency_of(request: Request, of: str, key: int) -> int:
    if of == PERSON:
        return get_seat(request, key).agency_id or 0
    assignment = request.work.session.get(Assignment, key)
    if assignment is None:
        raise request.work.refuse("bad_button", request.actor.language)
    return assignment.agency_id


def choose_for_person(request: Request) -> Answers:
    """Where someone serves from now on."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    seat = get_seat(request, request.integer(0))
    agency_id = seat.agency_id or 0
    splits.choose_for_person(request.work, request.actor, seat.id, _read_choice(request, agency_id))
    shown = _draw_waiting(request, agency_id, request.t.plain("toast.done"))
    return Answers(toast=shown.toast, edit=shown.edit, menus=list_menus(request, seat.member_id))


def choose_for_task(request: Request) -> Answers:
    """Who goes on with a task."""
    require(request.work, request.actor, Action.MANAGE_AGENCIES)
    assignment_id = request.integer(0)
    agency_id = _agency_of(request, TASK, assignment_id)
    splits.choose_successors(request.work, request.actor, assignment_id, _read_choice(request, agency_id))
    return _draw_waiting(request, agency_id, request.t.plain("toast.done"))


def _read_choice(request: Request, agency_id: int) -> list[int]:
    """The agencies that a button names. Raises UserError for a forged one."""
    choice = request.args[1] if len(request.args) > 1 else ""
    if choice == "none":
        return []
    if choice != "all" and not choice.startswith("m"):
        return [request.integer(1)]
    successors = [each.id for each in splits.list_successors(request.work, agency_id)]
    if choice == "all":
        return successors
    mask = _read_mask(request, choice[1:], len(successors))
    if not mask:
        raise request.work.refuse("old_button", request.actor.language)
    return [key for n, key in enumerate(successors) if mask >> n & 1]
