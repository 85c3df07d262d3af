"""People in chats without a network: what they type and press goes the whole way through inbox and handlers."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from bot.inbox.applying import Applier, Row
from bot.sandbox.people import member_json
from db.models import Address, InboxUpdate, OutboxMessage
from tests.conftest import Desk
from tests.services.office import Setting

BOT_ID = 42


class Alone:
    """No other process could be at work."""

    epoch = 1

    def guard(self, session: Session) -> None:
        pass


def make_applier(desk: Desk) -> Applier:
    """Applies updates on this desk; whoever calls it looks at the answers."""
    return Applier(desk.database, desk.office, desk.clock, lambda: "dondoc_bot", Alone())


@dataclass
class Chat:
    """The office's bot as people see it: `say`, `press`, and what each of them reads."""

    office: Setting
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    screens: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def say(self, who: int, text: str = "", *, group: int = 0, **more: Any) -> dict[str, Any]:
        """A message; returns the answers (toast, alert, edit, send, document)."""
        number = next(self.numbers)
        message = {
            **self._place(who, group),
            "message_id": 10_000 + number,
            "date": 1_682_300_000,
            "text": text,
            **more,
        }
        if not text:
            del message["text"]
        return self._handle(group or who, {"update_id": number, "message": message})

    def press(self, who: int, label: str, *, group: int = 0) -> dict[str, Any]:
        """The newest button whose label holds these words."""
        data = self.find_button(group or who, label)
        return self.press_data(who, data, group=group)

    def press_data(self, who: int, data: str, *, group: int = 0, message_id: int = 1) -> dict[str, Any]:
        number = next(self.numbers)
        place = self._place(who, group)
        query = {
            "id": str(number),
            "from": place["from"],
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": message_id, "date": 1_682_300_000, "chat": place["chat"], "text": "…"},
        }
        return self._handle(group or who, {"update_id": number, "callback_query": query})

    def put_bot(self, who: int, before: str, after: str, *, group: int = 0) -> dict[str, Any]:
        """Somebody puts the bot into a group or out of it, or blocks it."""
        number = next(self.numbers)
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "Đôn Đốc"}
        change = {
            **self._place(who, group),
            "date": 1_682_300_000,
            "old_chat_member": member_json(bot, before),
            "new_chat_member": member_json(bot, after),
        }
        return self._handle(group or who, {"update_id": number, "my_chat_member": change})

    def find_button(self, who: int, label: str) -> str:
        for screen in reversed(self.list_screens(who)):
            for row in screen["keyboard"] or []:
                for button in row:
                    if label in button["text"]:
                        return str(button.get("data", ""))
        raise AssertionError(
            f"no button {label!r} in {[each['text'] for each in self.list_screens(who)][-3:]}"
        )

    def labels(self, who: int) -> list[str]:
        """The labels of the newest screen."""
        screens = self.list_screens(who)
        return [each["text"] for row in (screens[-1]["keyboard"] or []) for each in row] if screens else []

    def list_screens(self, who: int) -> list[dict[str, Any]]:
        """What was sent to a chat: messages of the outbox first, then the answers since."""
        self.office.send_all()
        with self.office.desk.reading() as work:
            query = (
                select(OutboxMessage)
                .join(Address, col(Address.id) == col(OutboxMessage.address_id))
                .where(col(Address.address) == str(who), col(OutboxMessage.status) == "sent")
                .order_by(col(OutboxMessage.id))
            )
            messages = [{"text": each.text, "keyboard": each.keyboard} for each in work.session.exec(query)]
        return [*messages, *self.screens.get(who, [])]

    def last(self, who: int) -> str:
        """The words of the newest answer to this person."""
        return str(self.screens[who][-1]["text"])

    def _place(self, who: int, group: int = 0) -> dict[str, Any]:
        user = {"id": who, "is_bot": False, "first_name": f"Người {who}"}
        if group:
            return {"from": user, "chat": {"id": group, "type": "group", "title": "Nhóm"}}
        return {"from": user, "chat": {"id": who, "type": "private", "first_name": user["first_name"]}}

    def _handle(self, who: int, raw: dict[str, Any]) -> dict[str, Any]:
        desk = self.office.desk
        with desk.work() as work:
            row = InboxUpdate(
                bot_id=BOT_ID, update_id=raw["update_id"], raw=json.dumps(raw), received_at=work.now
            )
            work.session.add(row)
            work.session.flush()
            row_id = row.id
        answers = make_applier(desk).apply(Row(row_id, raw, "received", None))
        assert answers is not None
        with desk.reading() as work:
            parked = work.session.get_one(InboxUpdate, row_id).error
        assert parked is None, parked
        for chat, screen in ((who, answers["edit"]), (int(answers["to"] or who), answers["send"])):
            if screen:
                self.screens.setdefault(chat, []).append(screen)
        return answers
