"""How a refusal is shown; where a draft is in the way of another, the draft with it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.errors import UserError
from bot.handlers import (
    agency_changes,
    agreeing,
    assign_drawing,
    clarifying,
    correcting,
    extension,
    granting,
    groups,
    handing,
    proposing,
    report,
    review,
    settling,
    steering,
)
from bot.handlers.answers import Answers
from bot.handlers.dialogues import DraftOpen, cancel_button, find_dialogue
from bot.handlers.request import Request
from bot.inbox.parse import Incoming
from bot.screens.base import Screen
from bot.screens.people import home_buttons
from bot.services.context import Work
from bot.services.standing import addresses, seats
from bot.texts import join
from db.models import DialogueState

# The draft as it stands, or the question about it that is open: to be shown again.
DRAFTS: Mapping[str, Callable[[Request, DialogueState], Screen]] = MappingProxyType(
    {
        "report": report.draw_preview,
        "correction": correcting.draw,
        "return": review.draw_return,
        "propose": proposing.draw,
        "refuse_extension": review.draw_refusal,
        "extension": extension.draw,
        "agree_extension": agreeing.draw,
        "unextend": agreeing.draw_undoing,
        "grant": granting.draw,
        "clarify": clarifying.draw,
        "settle": settling.draw,
        "cover": handing.draw_cover,
        "assign": assign_drawing.draw,
        "agency": agency_changes.draw,
        "steer": steering.draw,
        "transfer": steering.draw_transfer,
        "refuse_transfer": steering.draw_refusal,
    }
)


class Idle(UserError):
    """Nothing is asked, and what was written answers nothing."""


def answer_refusal(work: Work, incoming: Incoming, error: UserError) -> Answers:
    """How a refusal is shown: over the button that was pressed, or as a message."""
    sentence = "\n".join(error.sentences)
    if isinstance(error, DraftOpen) and (draft := _show_draft(work, incoming)) is not None:
        to = groups.find_own_chat(work, incoming)
        if incoming.callback_id:
            return Answers(toast=sentence, alert=True, send=draft, to=to)
        above = work.texts()("plain", text=sentence)
        return Answers(send=Screen(join(above, draft.text, by="\n\n"), draft.keyboard), to=to)
    if incoming.callback_id:
        return Answers(toast=sentence, alert=True)
    actor = (
        seats.find_actor(work, incoming.user_id) if isinstance(error, Idle) and incoming.is_private else None
    )
    rows = home_buttons(work.texts(actor.language), actor.seats) if actor else []
    screen = Screen(work.texts()("plain", text=sentence), rows)
    # The same is said of each file of an album: once will do.
    album = incoming.album if isinstance(error, Idle) else ""
    return Answers(send=screen, to=groups.find_own_chat(work, incoming), album=album)


def _show_draft(work: Work, incoming: Incoming) -> Screen | None:
    """The draft that is open in the person's own chat."""
    actor = seats.find_actor(work, incoming.user_id)
    state = find_dialogue(work, actor, incoming.user_id) if actor is not None else None
    is_alone = incoming.is_private or addresses.is_reachable(work, incoming.user_id)
    if actor is None or state is None or state.name not in DRAFTS or not is_alone:
        return None
    request = Request(work, actor, incoming, "")
    try:
        return DRAFTS[state.name](request, state)
    except UserError as moot:
        # Decided by somebody else meanwhile: what is left is to drop it.
        text = request.t("plain", text="\n".join(moot.sentences))
        return Screen(text, [[cancel_button(request, state)]])
