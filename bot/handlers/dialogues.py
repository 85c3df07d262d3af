"""Where a person is in a dialogue; kept in the database, so that a draft survives a restart."""

import secrets
from typing import Any

from sqlmodel import col, select

from bot.handlers.request import Request
from bot.screens.base import Button
from bot.services.context import Actor, Work
from db.models import DialogueState

LONGEST_REASON = 2000


def find_dialogue(work: Work, actor: Actor, chat_id: int) -> DialogueState | None:
    return work.session.exec(
        select(DialogueState).where(
            col(DialogueState.chat_id) == str(chat_id), col(DialogueState.member_id) == actor.member_id
        )
    ).first()


def get_by_token(work: Work, actor: Actor, chat_id: int, token: str) -> DialogueState:
    """The dialogue a button belongs to. Raises UserError for one that has ended, or is another's."""
    found = find_dialogue(work, actor, chat_id)
    if found is None or not secrets.compare_digest(found.token, token):
        raise work.refuse("not_your_dialogue", actor.language)
    return found


def start_dialogue(work: Work, actor: Actor, chat_id: int, name: str, data: dict[str, Any]) -> DialogueState:
    """Begins anew. Raises UserError where a draft with content would be lost."""
    found = find_dialogue(work, actor, chat_id)
    if found is not None:
        if has_content(found):
            raise work.refuse("draft_open", actor.language, what=found.data.get("what", ""))
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
    return any(state.data.get(each) for each in ("text", "files", "numbers", "reason", "date", "tasks"))


def cancel_button(request: Request, state: DialogueState) -> Button:
    """“Hủy, không gửi” of this dialogue, and of no other."""
    return Button(request.t.plain("button.cancel"), f"dlg:{state.token}:cancel")


def read_reason(request: Request) -> str:
    """A reason as typed. Raises UserError for an empty or an overlong one."""
    reason = request.incoming.text.strip()
    if not reason:
        raise request.work.refuse("empty_reason", request.actor.language)
    if len(reason) > LONGEST_REASON:
        raise request.work.refuse(
            "too_long", request.actor.language, length=len(reason), longest=LONGEST_REASON
        )
    return reason
