"""What is wrong with a file: one `Problem` a fault, and the refusal that carries them all."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError

MISSING = "(thiếu)"
SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (`$.tasks[2].lead[0]`), what stands there, why not, and what would be right."""

    path: str
    value: str
    reason: str
    nearest: str | None = None

    @property
    def sentence(self) -> str:
        """The fault as one line for people."""
        advice = f" Gần đúng nhất: {self.nearest}" if self.nearest else ""
        return f"{self.path}: {self.value} – {self.reason}.{advice}"


class FileRefused(UserError):
    """The file has faults, all of them in `problems`; nothing was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*(problem.sentence for problem in self.problems))


def json_path(steps: Sequence[str | int]) -> str:
    """`("tasks", 2, "lead", 0)` as `$.tasks[2].lead[0]`; unusual names as `$["x y"]`."""
    return "$" + "".join(_step(step) for step in steps)


def shown(value: Any) -> str:
    """A value as it stands in the file, shortened to what fits in a message."""
    text = json.dumps(printable(value), ensure_ascii=False)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def printable(value: Any) -> Any:
    """The value with long insides left out and characters no terminal should get replaced."""
    if isinstance(value, str):
        safe = value[: SHOWN_CHARACTERS + 1]
        return "".join(c if c.isprintable() else "\ufffd" for c in safe)
    if isinstance(value, dict):
        return {"…": len(value)} if value else {}
    if isinstance(value, list):
        return [f"… {len(value)}"] if value else []
    return value


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if re.fullmatch(r"[$\w-]+", step, re.ASCII):
        return f".{step}"
    return f"[{shown(step)}]"
