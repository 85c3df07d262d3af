"""Choosing the agencies of a task: typed names, groups, buttons for what is not clear, and leaving out again."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.handlers.answers import Answers
from bot.handlers.assign_draft import make_buttons, require_step
from bot.handlers.dialogues import update_dialogue
from bot.handlers.request import Request
from bot.screens import assigning as screens
from bot.screens.assigning import Choosing
from bot.screens.base import Screen
from bot.services.standing.agency_search import Directory, list_groups, read_names
from db.models import Agency, DialogueState

GROUPS = 8


def take(request: Request, state: DialogueState) -> None:
    """Names: those that are clear are chosen, the others asked about."""
    named = read_names(request.work, request.incoming.text)
    add(request, state, named.certain)
    update_dialogue(request.work, state, unclear=named.unclear, unknown=named.unknown)


def add(request: Request, state: DialogueState, ids: Sequence[int]) -> None:
    """Chosen for the step at hand; who leads already does not coordinate."""
    step = state.data["step"]
    leads = state.data["lead"] if step == "coordinating" else []
    chosen = [*dict.fromkeys([*state.data[step], *(each for each in ids if each not in leads)])]
    update_dialogue(request.work, state, **{step: chosen}, already=[each for each in ids if each in leads])
    if step == "lead":
        beside = [each for each in state.data["coordinating"] if each not in chosen]
        update_dialogue(request.work, state, coordinating=beside)


def choose_agency(request: Request, state: DialogueState) -> Answers:
    """One of the agencies the typed name may mean."""
    _require_step(request, state)
    agency = request.work.session.get(Agency, request.integer(2))
    if agency is None or agency.ended_on is not None:
        raise request.work.refuse("no_agency", request.actor.language)
    return _chosen(request, state, [agency.id])


def choose_group(request: Request, state: DialogueState) -> Answers:
    """All of a group."""
    _require_step(request, state)
    wanted = request.integer(2)
    group = next((each for each in list_groups(request.work) if each.id == wanted), None)
    if group is None:
        raise request.work.refuse("no_agency", request.actor.language)
    return _chosen(request, state, group.members)


def _chosen(request: Request, state: DialogueState, ids: Sequence[int]) -> Answers:
    add(request, state, ids)
    update_dialogue(request.work, state, unclear=state.data["unclear"][1:], unknown=[])
    return Answers(edit=_draw(request, state))


def cut(request: Request, state: DialogueState) -> Answers:
    """“Bỏ bớt cơ quan”: a page of those chosen."""
    step = _require_step(request, state)
    chosen = _name(request, state.data[step])
    return Answers(
        edit=screens.cut_agencies(request.t, chosen, request.integer(2, 0), make_buttons(request, state))
    )


def show(request: Request, state: DialogueState) -> Answers:
    """Back from leaving some out."""
    _require_step(request, state)
    return Answers(edit=_draw(request, state))


def drop(request: Request, state: DialogueState) -> Answers:
    """Leaves one out."""
    step, gone = _require_step(request, state), request.integer(2)
    kept = [each for each in state.data[step] if each != gone]
    update_dialogue(request.work, state, **{step: kept}, already=[])
    if not kept:
        return Answers(edit=_draw(request, state))
    return Answers(
        edit=screens.cut_agencies(request.t, _name(request, kept), 0, make_buttons(request, state))
    )


def _require_step(request: Request, state: DialogueState) -> str:
    return require_step(request, state, "lead", "coordinating")


def _draw(request: Request, state: DialogueState) -> Screen:
    found = find_choosing(request, state)
    return screens.ask_agencies(request.t, state.data["text"], found, make_buttons(request, state))


def find_choosing(request: Request, state: DialogueState) -> Choosing:
    """What is chosen, and what the first name that is not clear may mean; at the beginning the groups."""
    data, step = state.data, state.data["step"]
    unclear = data["unclear"][0] if data["unclear"] else ""
    directory = Directory(request.work)
    if unclear:
        groups = directory.search_groups(unclear)
    else:
        groups = list_groups(request.work)[:GROUPS] if not data[step] else []
    return Choosing(
        role=step,
        chosen=_name(request, data[step]),
        groups=[(each.id, each.name, len(each.members)) for each in groups],
        agencies=[(each.id, each.name) for each in directory.search_agencies(unclear)] if unclear else (),
        unclear=unclear,
        unknown=data["unknown"],
        already=[name for _, name in _name(request, data["already"])],
    )


def _name(request: Request, ids: Sequence[int]) -> list[tuple[int, str]]:
    """In the order they were chosen."""
    query = select(Agency.id, Agency.name).where(col(Agency.id).in_(ids))
    names = dict(request.work.session.exec(query).all()) if ids else {}
    return [(key, names[key]) for key in ids if key in names]
