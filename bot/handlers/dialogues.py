"""Where a person is in a dialogue; kept in the database, so that a draft survives a restart."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from bot.errors import UserError
from bot.handlers.request import Request
from bot.screens.base import Button, Keyboard
from bot.services.context import Actor, Work
from bot.services.typed_words import check_content
from bot.texts import clip
from db.models import DialogueState

LONGEST_REASON = 2000
# What a dialogue holds of a person's own: begun anew, it would be lost.
_CONTENT = (
    *("text", "files", "numbers", "fields", "reason", "date", "span", "name", "into", "word", "choice"),
    *("tasks", "product", "person"),
)
# The answers of dialogues that ask one thing after the other, in this order: “Quay lại” takes the last one back.
STEPS: Mapping[str, tuple[str, ...]] = {
    "extension": ("date", "reason"),
    "agree_extension": ("date", "word"),
    "unextend": ("reason",),
    "grant": ("date", "reason", "word"),
    "clarify": ("reason",),
    "steer": ("agency", "reason"),
    "transfer": ("asked", "reason"),
    "refuse_transfer": ("reason",),
    "return": ("reason", "is_asking_time"),
    "refuse_extension": ("reason",),
    "propose": ("reason",),
    "cover": ("absent", "cover", "span"),
    "agency": ("name", "into", "is_done", "reason", "date"),
}
# What goes with a step that is taken back.
_WITH: Mapping[str, tuple[str, ...]] = {
    "asked": ("agency",),
    "date": ("words",),
}


class DraftOpen(UserError):
    """Another draft would be lost: it is shown again, to be sent or cancelled."""


def find_dialogue(work: Work, actor: Actor, chat_id: int) -> DialogueState | None:
    return work.session.exec(
        select(DialogueState).where(
            col(DialogueState.chat_id) == str(chat_id), col(DialogueState.member_id) == actor.member_id
        )
    ).first()


def get_by_token(work: Work, actor: Actor, chat_id: int, token: str) -> DialogueState:
    """The dialogue a button belongs to. Raises UserError for one that has ended, or is another's."""
    found = find_dialogue(work, actor, chat_id)
    if found is None or not secrets.compare_digest(found.token.encode(), token.encode()):
        raise work.refuse("not_your_dialogue", actor.language)
    return found


def start_dialogue(work: Work, actor: Actor, chat_id: int, name: str, data: dict[str, Any]) -> DialogueState:
    """Begins anew. Raises UserError where a draft with content would be lost."""
    found = find_dialogue(work, actor, chat_id)
    if found is not None:
        if has_content(found):
            what = clip(found.data.get("what", ""), 60)
            raise DraftOpen(*work.refuse("draft_open", actor.language, what=what).sentences)
        work.session.delete(found)
        work.session.flush()
    state = DialogueState(
        chat_id=str(chat_id),
        member_id=actor.member_id,
        name=name,
        token=secrets.token_hex(6),
        data=data,
        updated_at=work.now,
    )
    work.session.add(state)
    work.session.flush()
    return state


def update_dialogue(work: Work, state: DialogueState, **changes: Any) -> None:
    state.data = {**state.data, **changes}
    state.updated_at = work.now


def end_dialogue(work: Work, state: DialogueState) -> None:
    work.session.delete(state)
    work.session.flush()


def has_content(state: DialogueState) -> bool:
    """Whether the person has typed or chosen something that would be lost."""
    return any(state.data.get(each) for each in _CONTENT)


def cancel_button(request: Request, state: DialogueState) -> Button:
    """“Hủy, không gửi” of this dialogue, and of no other."""
    return Button(request.t.plain("button.cancel"), f"dlg:{state.token}:cancel")


def end_rows(request: Request, state: DialogueState) -> Keyboard:
    """The last rows of a question: “Quay lại” where something is answered, and “Hủy, không gửi”."""
    back = Button(request.t.plain("button.back"), f"dlg:{state.token}:back")
    return [*([[back]] if _list_answered(state) else []), [cancel_button(request, state)]]


def _list_answered(state: DialogueState) -> list[str]:
    # What the agency has said that asks for another one is no answer of this person's.
    fixed: tuple[str, ...] = ()
    if state.name == "steer" and state.data.get("transfer"):
        fixed = ("agency", "reason") if state.data.get("named") else ("reason",)
    steps = (each for each in STEPS.get(state.name, ()) if each not in fixed)
    return [each for each in steps if state.data.get(each) not in (None, [])]


def step_back(request: Request, state: DialogueState) -> None:
    """Takes the last answer back. Raises UserError where there is none."""
    answered = _list_answered(state)
    if not answered:
        raise request.work.refuse("old_button", request.actor.language)
    gone = (answered[-1], *_WITH.get(answered[-1], ()))
    kept = {name: value for name, value in state.data.items() if name not in gone}
    state.data = kept | {name: [] for name in gone if isinstance(state.data.get(name), list)}
    state.updated_at = request.work.now


def read_words(request: Request) -> str:
    """What was typed where only words help; may be empty. Raises UserError for a file, and for words of secrecy."""
    work, incoming, language = request.work, request.incoming, request.actor.language
    if incoming.file is not None:
        raise work.refuse("words_only", language, name=clip(incoming.file.name, 80))
    if incoming.has_other:
        raise work.refuse("not_content", language)
    words = incoming.text.strip()
    check_content(work, request.actor, words, ())
    return words


def read_reason(request: Request) -> str:
    """A reason as typed. Raises UserError for an empty or an overlong one."""
    reason = read_words(request)
    if not reason:
        raise request.work.refuse("empty_reason", request.actor.language)
    if len(reason) > LONGEST_REASON:
        raise request.work.refuse(
            "too_long", request.actor.language, length=len(reason), longest=LONGEST_REASON
        )
    return reason
