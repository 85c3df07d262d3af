"""Updates of every type of the Bot API, from well-formed to hostile; the same for the same seed."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.handlers.groups import OWN
from bot.handlers.router import ALIASES, BUTTONS, CHOICES, COMMANDS, DIALOGUES
from tests.soak.trim import core_of

TYPES: Mapping[str, Any] = json.loads(Path(__file__).with_name("updates.json").read_text("utf-8"))["types"]
FIELDS = [each for each in TYPES["Update"] if each != "update_id"]
OURS = (*["message"] * 6, *["callback_query"] * 9, "edited_message", "my_chat_member")
GROUP = -1001682300000
STRANGER, BOT = 999, 42
DEEPEST = 4
ODD_TEXTS = (
    "", " ", "\n\n", "a\x00b", "half \ud83d", "\udc00", "\u202eexe.fdp", "\u2067\u2066\u2069\u2069", "עברית 12",
    "Z" + "\u0301\u0323" * 40, "\u200b\u200d\ufeff", "\U0001f1fb\U0001f1f3" * 50, "<b>", "</b>", "<a href='tg://user?id=1'>x</a>",
    "&lt;b&gt; &amp;amp; &#60;", "{office} {0} %s %(x)s", "=HYPERLINK(\"http://x\",\"y\")", "+1+1", "@SUM(A1)", "-2-3",
    "' OR 1=1 --", "\\u0000", "../../../etc/passwd", "C:\\CON", "a/b\\c", "\r\n\r\nGET / HTTP/1.1", "\x1b[31mđỏ\x07",
    "1e999", "NaN", "٣٤/٥/٢٠٢٣", "31/2/2023", "trước ngày 32/13/2023", "9" * 400, "1" * 5000, "MẬT", "Đã xong",
    "ngày mai", "25/5/2023", "hoàn thành trong tháng 5/2023", "định kỳ", "430", "1,250", "8:00",
    "số 12-BC/HU ngày 3/5/2023",
)  # fmt: skip
BIG_TEXTS = ("ă" * 1_000_000, "<b>" * 300_000, "ngày 1/1/2023 " * 60_000, "\u202e" * 200_000, "\n" * 900_000)
ODD_NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, -(10**18), 201, 101, GROUP)
ODD_VALUES: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: True,
    list,
    dict,
    lambda: "x",
    lambda: 1.5,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: [[], [[]]],
    lambda: {"id": {"id": {}}},
    lambda: _nested(30),
    lambda: _nested(400),
)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for n in range(depth):
        value = {"message": value} if n % 2 else [value]
    return value


@dataclass
class Maker:
    """`people`: Telegram ids of those who are known. `ours`: the share of the kinds of update this bot handles.

    `seen`: the buttons the bot has shown, to whom, to be pressed.
    """

    random: random.Random
    people: tuple[int, ...]
    ours: float
    seen: list[tuple[int, str]] = field(default_factory=list)
    number: int = 0

    def make(self) -> dict[str, Any]:
        """The next update: its number, and one of the fields of `Update`."""
        self.number += 1
        name = self.random.choice(OURS if self.random.random() < self.ours else FIELDS)
        value = (
            self._sensible(name) if self.random.random() < 0.75 else self.value(TYPES["Update"][name], name)
        )
        update: dict[str, Any] = {"update_id": self.number, name: value}
        if self.random.random() < 0.03:
            other = self.random.choice(FIELDS)
            update[other] = self.value(TYPES["Update"][other], other)
        if self.random.random() < 0.25:
            self._mutate(update)
            update["update_id"] = self.number
        return update

    # --- of any type, as the reference says

    def value(self, wanted: str, name: str = "", depth: int = 0) -> Any:
        """A value of a type of the reference (“A|B!”, “Array of A”)."""
        kind = self.random.choice(wanted.removesuffix("!").split("|"))
        if kind.startswith("Array of "):
            count = 0 if depth > DEEPEST else self.random.choice((0, 1, 1, 2, 3))
            return [self.value(kind.removeprefix("Array of "), name, depth + 1) for _ in range(count)]
        if kind in ("Boolean", "True"):
            return self.random.random() < 0.7
        if kind == "Integer":
            return self._integer(name)
        if kind.startswith("Float"):
            return self.random.uniform(-180, 180)
        shape = TYPES.get(core_of(kind))
        if shape is None or kind == "String":
            return self._string(name)
        if isinstance(shape, list):
            return self.value(self.random.choice(shape), name, depth)
        return self._object(kind, shape, depth)

    def _object(self, kind: str, shape: Mapping[str, str], depth: int) -> dict[str, Any]:
        odds = 0.2 / (depth + 1) ** 2
        made = {
            name: self.value(types, name, depth + 1)
            for name, types in shape.items()
            if (types.endswith("!") and depth < 12) or (depth < DEEPEST and self.random.random() < odds)
        }
        if kind == "User" and self.random.random() < 0.7:
            made["id"] = self.person()
        if kind == "Chat":
            made |= self.random.choice(self._chats())
        return made

    def _integer(self, name: str) -> int:
        if "date" in name:
            return self.random.choice((0, 1_682_300_000, 2**31, -1))
        if name.endswith("id") and self.random.random() < 0.5:
            return self.person()
        return self.random.choice((*ODD_NUMBERS, self.random.randrange(1, 100)))

    def _string(self, name: str) -> str:
        if name == "type":
            return self.random.choice(
                ("private", "group", "supergroup", "channel", "user", "emoji", "bot_command")
            )
        if name == "status":
            return self.random.choice(
                ("member", "left", "kicked", "administrator", "creator", "restricted", "?")
            )
        if name == "data":
            return self.button()
        return self.text()

    # --- as people really do, and as attackers try

    def person(self) -> int:
        return self.random.choice((*self.people, *self.people, STRANGER, self.random.randrange(1, 2**40)))

    def text(self) -> str:
        if self.random.random() < 0.002:
            return self.random.choice(BIG_TEXTS)
        if self.random.random() < 0.35:
            name = self.random.choice((*COMMANDS, *ALIASES, "start", "x" * 40))
            return f"/{name}{self.random.choice(('', '@dondoc_bot', '@other_bot', ' 5', ' IV.2.a', ' ' + 'A' * 32))}"
        return self.random.choice(ODD_TEXTS)

    def button(self) -> str:
        """Data as a button holds it: one that was shown, one made up of real names, or garbage."""
        chance = self.random.random()
        if self.seen and chance < 0.6:
            _, data = self.random.choice(self.seen)
            if chance > 0.1:
                return data
            parts = data.split(":")
            parts[self.random.randrange(len(parts))] = self._argument()
            return ":".join(parts)
        if chance < 0.9:
            name = self.random.choice((*BUTTONS, *OWN))
            return ":".join([name, *(self._argument() for _ in range(self.random.randrange(4)))])
        if chance < 0.95:
            choice = self.random.choice([action for _, action in CHOICES] + ["send", "cancel", *DIALOGUES])
            return f"dlg:{self._argument()}:{choice}:{self._argument()}"
        return self.random.choice((*ODD_TEXTS, "x" * 64, ":" * 64, "dlg", "dlg:", "x" * 100_000))

    def _argument(self) -> str:
        return self.random.choice(
            ("0", "1", "2", "3", "5", "-1", "1.0", "", "²", "９", "2023-05-20", "9999-12-31", "0001-01-01", "officer",
             "secretariat", "c", "now", "vi", "x", str(self.random.randrange(60)), str(2**62), "9" * 50, "\u202e")
        )  # fmt: skip

    def _chats(self) -> list[dict[str, Any]]:
        who = self.person()
        private = {"id": who, "type": "private", "first_name": self.text()[:100]}
        group = {"id": GROUP, "type": self.random.choice(("group", "supergroup")), "title": self.text()[:100]}
        return [private, private, group, {"id": -100777, "type": "channel", "title": "k"}]

    def _user(self) -> dict[str, Any]:
        return {"id": self.person(), "is_bot": False, "first_name": self.text()[:200] or "x"}

    def _place(self) -> dict[str, Any]:
        """A person's own chat with the bot, or a group."""
        user = self._user()
        if self.random.random() < 0.8:
            return {
                "from": user,
                "chat": {"id": user["id"], "type": "private", "first_name": user["first_name"]},
            }
        return {"from": user, "chat": {"id": GROUP, "type": "supergroup", "title": "Nhóm"}}

    def _sensible(self, name: str) -> Any:
        if name == "callback_query":
            if self.seen and self.random.random() < 0.75:
                # Rather one of the newest: an older one is of a dialogue that is over.
                back = min(len(self.seen), 1 + int(self.random.expovariate(0.08)))
                return self._press(*self.seen[-back])
            place = self._place()
            message = {
                "message_id": self._message(),
                "date": 1_682_300_000,
                "chat": place["chat"],
                "text": "…",
            }
            return {
                "id": str(self.number),
                "from": place["from"],
                "chat_instance": "1",
                "message": message,
                "data": self.button(),
            }
        if name in ("my_chat_member", "chat_member"):
            return {
                **self._place(),
                "date": 1_682_300_000,
                "old_chat_member": self._membership(),
                "new_chat_member": self._membership(),
            }
        if name == "message" and self.random.random() < 0.25:
            return self._ask()
        if not name.endswith(("message", "post")):
            return self.value(TYPES["Update"][name], name)
        message = {**self._place(), "message_id": self._message(), "date": 1_682_300_000, **self._content()}
        if self.random.random() < 0.1:
            message["reply_to_message"] = {
                "message_id": self._message(),
                "date": 1,
                "chat": message["chat"],
                "text": self.text(),
            }
        if self.random.random() < 0.05:
            message["forward_origin"] = self.value("MessageOrigin", depth=1)
        if self.random.random() < 0.05:
            other = self.random.choice(
                ("sender_chat", "via_bot", "migrate_to_chat_id", "business_connection_id")
            )
            message[other] = self.value(TYPES["Message"][other], other, 2)
        return message

    def _press(self, who: int, data: str) -> dict[str, Any]:
        """A button that was shown, by the one it was shown to."""
        user, number = {"id": who, "is_bot": False, "first_name": "Bình"}, str(self.number)
        message = {"message_id": self._message(), "date": 1, "chat": {"id": who, "type": "private"}}
        return {"id": number, "from": user, "chat_instance": "1", "message": message, "data": data}

    def _ask(self) -> dict[str, Any]:
        """A command in one's own chat."""
        who = self.random.choice(self.people)
        user, chat = {"id": who, "is_bot": False, "first_name": "Bình"}, {"id": who, "type": "private"}
        text = f"/{self.random.choice(list(COMMANDS))}"
        return {"message_id": self._message(), "date": 1, "from": user, "chat": chat, "text": text}

    def _membership(self) -> dict[str, Any]:
        made = self.value("ChatMember", depth=2)
        made["user"] = {"id": BOT, "is_bot": True, "first_name": "Đôn Đốc"}
        return dict(made)

    def _message(self) -> int:
        return self.random.randrange(1, 400) if self.random.random() < 0.5 else 10_000 + self.number

    def _content(self) -> dict[str, Any]:
        chance = self.random.random()
        if chance < 0.75:
            return {"text": self.text()}
        if chance < 0.9:
            file = {
                "file_id": f"f{self.number}",
                "file_unique_id": f"u{self.number}",
                "file_name": self.text()[:3000],
            }
            return {
                "document": file | {"file_size": self.random.choice((1, 2**40, -5))},
                "caption": self.text()[:1024],
            }
        kind = self.random.choice(list(TYPES["Message"]))
        return {kind: self.value(TYPES["Message"][kind], kind, 1)}

    # --- broken

    def _mutate(self, update: dict[str, Any]) -> None:
        for _ in range(self.random.choice((1, 1, 2, 5))):
            places = [each for each in _walk(update) if isinstance(each, dict | list) and each]
            if not places:
                return
            self._break(self.random.choice(places))

    def _break(self, holder: Any) -> None:
        key = self.random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        chance = self.random.random()
        if chance < 0.25:
            del holder[key]
        elif chance < 0.5:
            holder[key] = self.random.choice(ODD_VALUES)()
        elif chance < 0.7:
            holder[key] = self.random.choice(ODD_NUMBERS)
        elif chance < 0.9 or isinstance(holder, list):
            holder[key] = self.random.choice(ODD_TEXTS)
        else:
            holder[self.random.choice((*TYPES["Message"], *TYPES["Chat"], "\u0000", "không có"))] = holder[
                key
            ]


def _walk(value: Any) -> list[Any]:
    found, waiting = [], [value]
    while waiting:
        each = waiting.pop()
        found.append(each)
        if isinstance(each, dict | list):
            waiting.extend(each.values() if isinstance(each, dict) else each)
    return found
