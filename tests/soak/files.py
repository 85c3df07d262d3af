"""Mutated `tasks.json`: read with the real reader of deadlines and loaded; each is taken or refused in words."""

import json
import random
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.documents.problems import SHOWN_CHARACTERS, FileRefused
from bot.documents.resolve import read_file
from bot.domain.harmless import calm
from bot.errors import UserError
from bot.services.loading.loads import load_document, make_reader
from tests.conftest import Desk
from tests.saying import SAY
from tests.services.office import TASKS_FILE
from tests.soak.fuzz import memory_mb
from tests.soak.hostile import BIG_TEXTS, ODD_NUMBERS, ODD_TEXTS, ODD_VALUES

LONGEST_SENTENCE = 1000
_PHRASES = (
    "trước ngày 30/2/2023", "trong tháng 13/2023", "quý V/2023", "thường xuyên", "định kỳ 6 tháng", "ngày 1/1/0001",
    "hằng tuần, hằng tháng", "trước ngày 25 hằng tháng", "ngày 31/12/9999", "x " * 5000,
    "trong vòng 99999999999 ngày kể từ ngày ký",
)  # fmt: skip
_BYTES = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"NaN",
    b"Infinity",
    b"1e999",
    b"[" * 500,
    b'"',
    b"}",
    b"\\ud800",
    b"\n",
    b",",
)


@dataclass
class FileOutcome:
    """What became of them; `faults`: a crash, a refusal that names nothing, or one that took too long."""

    tally: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    memory_mb: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        memory = " → ".join(f"{each:.0f}" for each in self.memory_mb)
        return f"{dict(self.tally)}, slowest {self.slowest_s:.2f} s, memory {memory} MB, {len(self.faults)} faults"


def load_mutants(desk: Desk, count: int, seed: int) -> FileOutcome:
    """Each in a transaction of its own, which is undone."""
    chance, outcome = random.Random(seed), FileOutcome()
    shipped = TASKS_FILE.read_bytes()
    outcome.memory_mb.append(memory_mb())
    for _ in range(count):
        data = mutate(shipped, chance)
        began = time.process_time()  # a busy machine makes no file slower by this clock
        try:
            _load(desk, data)
        except _Undone:
            outcome.tally["loaded"] += 1
        except UserError as refusal:
            outcome.tally["refused"] += 1
            outcome.faults += _look_at(refusal)
        except Exception as error:
            outcome.faults.append(f"{error!r:.300} by {data[:300]!r}")
        outcome.slowest_s = max(outcome.slowest_s, time.process_time() - began)
    outcome.memory_mb.append(memory_mb())
    return outcome


class _Undone(Exception):
    pass


def _load(desk: Desk, data: bytes) -> None:
    with desk.work() as work:
        load_document(work, read_file(data, make_reader(work)))
        work.session.flush()
        raise _Undone


def _look_at(refusal: UserError) -> list[str]:
    """A refusal names the field, the value and what would be right, each in a readable length."""
    faults = [
        f"{len(each)} characters: {each[:80]}" for each in refusal.sentences if len(each) > LONGEST_SENTENCE
    ]
    if not refusal.sentences:
        faults.append("a refusal without words")
    if isinstance(refusal, FileRefused):
        for each in refusal.problems:
            if not (each.path.startswith("$") and each.value and each.reason):
                faults.append(f"names nothing: {each}")
            said = SAY(each.sentence)
            value = each.value if isinstance(each.value, str) else SAY(each.value)
            if len(value) > SHOWN_CHARACTERS + 20 or not _is_for_a_terminal(said):
                faults.append(f"not for a terminal: {said[:200]!r}")
    return faults


def _is_for_a_terminal(said: str) -> bool:
    """Printable but for line ends, and for isolates that are closed where they were opened."""
    return calm(said) == said and re.sub("[\n\u2066-\u2069]", "", said).isprintable()


def mutate(shipped: bytes, chance: random.Random) -> bytes:
    """A file that differs from the shipped one in a few places: its values, or its bytes."""
    values = json.loads(shipped)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change(values, chance)
    data = json.dumps(values, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.15:
        at = chance.randrange(len(data))
        return data[:at] + chance.choice(_BYTES) + data[at + chance.choice((0, 1, 50)) :]
    if chance.random() < 0.05:
        data = data.replace(b'"clause":', b'"clause": "x", "clause":', 1)
    return data


def _change(values: Any, chance: random.Random) -> None:
    holder = _choose_holder(values, chance)
    if not holder:
        return
    key: Any = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    what = chance.random()
    if what < 0.15:
        del holder[key]
    elif what < 0.3 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif what < 0.45:
        holder[key] = chance.choice(ODD_VALUES)()
    elif what < 0.6:
        holder[key] = chance.choice(ODD_NUMBERS)
    elif what < 0.75:
        holder[key] = chance.choice(_PHRASES)
    elif what < 0.95 or isinstance(holder, list):
        holder[key] = chance.choice(ODD_TEXTS if chance.random() < 0.97 else BIG_TEXTS)
    else:
        holder[
            chance.choice(("due", "recurrence", "advising", "targets", "reminders", "\u202e", "tasks"))
        ] = holder[key]


def _choose_holder(values: Any, chance: random.Random) -> Any:
    """Walks down at random, so that every depth is as likely."""
    found = values
    while True:
        inner: list[Any] = [
            each
            for each in (found.values() if isinstance(found, Mapping) else found)
            if isinstance(each, dict | list) and each
        ]
        if not inner or chance.random() < 0.2:
            return found
        found = chance.choice(inner)
