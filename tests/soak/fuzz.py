"""Hostile updates through the real way in: stored, applied one by one in their own transactions, answered as data."""

import json
import random
import time
import unicodedata
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import col, func, select

from bot.inbox.applying import Applier, Row
from bot.inbox.receive import is_storable, store_updates
from bot.inbox.work import _task_of
from bot.sandbox.formatting import format_text, utf16_length
from db.models import Address, InboxUpdate, OutboxMessage
from tests.services.chat import BOT_ID, make_applier
from tests.services.office import CAST, Setting
from tests.soak.hostile import Maker

BATCH = 25
TEXT_MOST, TOAST_MOST, DATA_MOST = (
    4096,
    200,
    64,
)  # Bot API: sendMessage, answerCallbackQuery, InlineKeyboardButton
PAGE = 4096
# Put into every name of the office: markup, a double-escape if it came to that, letters from right to left, an emoji.
HOSTILE = "<u>&“</u> שלום 🇻🇳"
TWICE = "&lt;u&gt;&amp;"
OUR_MARKS = {"bold", "italic", "blockquote", "expandable_blockquote"}
FOUND = {"bot_command", "url", "mention", "hashtag", "email"}  # by Telegram itself, in any words
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"
TURNING = {"R", "AL", "RLE", "LRE", "RLO", "LRO"}


@dataclass
class Outcome:
    """What became of them. Times in seconds, memory in MB; `faults`: what a person should look at."""

    count: int = 0
    slowest_s: float = 0.0
    slowest: str = ""
    total_s: float = 0.0
    memory_mb: list[float] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        memory = " → ".join(f"{each:.0f}" for each in self.memory_mb)
        return (
            f"{self.count} updates in {self.total_s:.0f} s, slowest {self.slowest_s:.2f} s, memory {memory} MB, "
            f"{dict(self.tally)}, {len(self.faults)} faults"
        )


def send_hostile(
    office: Setting, count: int, seed: int, *, ours: float = 0.5, measure_every: int = 10_000
) -> Outcome:
    """So many updates of a seed, pressed and typed by the office's people and by strangers."""
    desk, outcome = office.desk, Outcome()
    people = tuple(each for name, each in CAST.items() if name != "chi")
    maker = Maker(random.Random(seed), people, ours)
    applier = make_applier(desk)
    while outcome.count < count:
        if outcome.count % measure_every == 0:
            outcome.memory_mb.append(memory_mb())
        began = time.perf_counter()
        _handle_batch(office, applier, maker, outcome)
        outcome.total_s += time.perf_counter() - began
    outcome.memory_mb.append(memory_mb())
    _count_states(office, outcome)
    _look_at_messages(office, outcome)
    return outcome


def memory_mb() -> float:
    """What this process holds in memory now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


def _handle_batch(office: Setting, applier: Applier, maker: Maker, outcome: Outcome) -> None:
    updates = [maker.make() for _ in range(BATCH)]
    outcome.count += BATCH
    outcome.tally.update(name for each in updates for name in each if name in ("message", "callback_query"))
    store_updates(office.desk.database, BOT_ID, [each for each in updates if is_storable(each)])
    _remember_messages(office, maker)
    rest = deque(_list_received(office))
    while rest:
        began = time.process_time()  # a busy machine makes nothing slower by this clock
        first = rest[0]
        # Together for a part only: where one is refused, each is tried by itself again.
        several = outcome.count % (4 * BATCH) == 0
        applied = applier.apply_some(rest) if several else [(first, applier.apply(rest.popleft()))]
        took = (time.process_time() - began) / len(applied)
        if took > outcome.slowest_s:
            outcome.slowest_s, outcome.slowest = took, json.dumps(first.raw)[:300]
        for row, answers in applied:
            _look_at_answers(maker, outcome, row, answers or {})


def _look_at_answers(maker: Maker, outcome: Outcome, row: Row, answers: dict[str, Any]) -> None:
    task = _task_of(row, answers)
    outcome.faults += [f"{fault} after {json.dumps(row.raw)[:400]}" for fault in look_at(answers)]
    _remember_buttons(maker, task.chat, answers)
    outcome.tally.update(name for name in ("toast", "edit", "send", "document") if answers.get(name))


def _list_received(office: Setting) -> list[Row]:
    query = select(InboxUpdate).where(col(InboxUpdate.state) == "received").order_by(col(InboxUpdate.id))
    with office.desk.reading() as work:
        return [Row(each.id, json.loads(each.raw), each.state, None) for each in work.session.exec(query)]


def look_at(answers: dict[str, Any]) -> list[str]:
    """What Telegram would refuse of the answers: markup, lengths, buttons."""
    faults = []
    if utf16_length(answers.get("toast") or "") > TOAST_MOST:
        faults.append("toast too long")
    for screen in filter(None, (answers.get("edit"), answers.get("send"))):
        faults += look_at_screen(screen["text"], screen["keyboard"])
    return faults


def look_at_screen(words: str, keyboard: list[list[dict[str, str]]] | None) -> list[str]:
    """It is HTML that Telegram takes; the words of people are words in it, and turn nothing around."""
    try:
        shaped = format_text(words, "HTML", None)
    except Exception as error:
        return [f"not HTML: {error!r}"]
    shown = shaped.text
    faults = [] if 0 < utf16_length(shown) <= TEXT_MOST else [f"a text of {utf16_length(shown)}"]
    faults += [f"marked {each['type']}" for each in shaped.entities if each["type"] not in OUR_MARKS | FOUND]
    faults += ["escaped twice"] if TWICE in shown else []
    faults += [f"turned around: {line!r}" for line in shown.split("\n") if turns_around(line)]
    for button in (each for row in keyboard or () for each in row):
        faults += [f"turned around: {button['text']!r}"] if turns_around(button["text"]) else []
        data = button.get("data", "")
        if not button["text"].strip() or ("url" not in button and not 0 < len(data.encode()) <= DATA_MOST):
            faults.append(f"a button of {button['text'][:20]!r} and {len(data.encode())} bytes")
    return faults


def turns_around(line: str) -> bool:
    """Whether something outside an isolate is written from right to left (Unicode Bidirectional Algorithm)."""
    depth = 0
    for each in line:
        if each in OPENING:
            depth += 1
        elif each == CLOSING:
            depth -= 1
        elif depth == 0 and unicodedata.bidirectional(each) in TURNING:
            return True
    return depth != 0


def spoil_names(office: Setting) -> None:
    """Every name of the office becomes hostile: agencies, documents, tasks, people."""
    names = (
        ("agency", "name"),
        ("document", "title"),
        ("task", "title"),
        ("task", "clause_label"),
        ("member", "name"),
    )
    with office.desk.work() as work:
        for table, column in names:
            work.session.execute(
                text(f"UPDATE {table} SET {column} = {column} || :words"), {"words": f" {HOSTILE}"}
            )


def _remember_buttons(maker: Maker, chat: str, answers: dict[str, Any]) -> None:
    for screen in filter(None, (answers.get("edit"), answers.get("send"))):
        shown = [each for row in screen["keyboard"] or () for each in row if each.get("data")]
        maker.seen += [(int(answers.get("to") or chat or 0), each["data"]) for each in shown]
    del maker.seen[:-300]


def _remember_messages(office: Setting, maker: Maker) -> None:
    """The buttons of what was sent by itself last."""
    newest = select(OutboxMessage.keyboard, Address.address).join(
        Address, col(Address.id) == col(OutboxMessage.address_id)
    )
    with office.desk.reading() as work:
        found = work.session.exec(newest.order_by(col(OutboxMessage.id).desc()).limit(5)).all()
    for keyboard, address in found:
        maker.seen += [
            (int(address), each["data"]) for row in keyboard or () for each in row if "data" in each
        ]


def _look_at_messages(office: Setting, outcome: Outcome) -> None:
    """What is to go out by itself: reminders, receipts, what the secretariat is told."""
    with office.desk.reading() as work:
        # Without words: there is nothing to say any more, and that is found when it is to be sent.
        for each in work.session.exec(select(OutboxMessage).where(col(OutboxMessage.text) != "")):
            outcome.tally["messages"] += 1
            outcome.faults += [
                f"{fault} in message {each.kind}: {each.text[:300]}"
                for fault in look_at_screen(each.text, each.keyboard)
            ]


def _count_states(office: Setting, outcome: Outcome) -> None:
    """What could not be read may be parked as that; anything else parked is a bug of ours."""
    with office.desk.reading() as work:
        states = work.session.exec(select(InboxUpdate.state, func.count()).group_by(col(InboxUpdate.state)))
        outcome.tally.update({f"is_{state}": count for state, count in states})
        parked = select(InboxUpdate).where(col(InboxUpdate.state) == "parked").order_by(col(InboxUpdate.id))
        for each in work.session.exec(parked):
            if (each.error or "").startswith("unreadable: "):
                outcome.tally["unreadable"] += 1
            else:
                outcome.faults.append(f"{each.error} by {each.raw[:400]}")
    if outcome.tally["is_received"]:
        outcome.faults.append(f"{outcome.tally['is_received']} never handled")
