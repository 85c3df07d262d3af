"""What is wrong with a file: one `Problem` a fault, and the refusal that carries them all."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.saying import Saying, saying
from bot.errors import UserError
from bot.texts import Texts

MISSING = saying("file.missing")
_PLAIN = Texts("vi", ZoneInfo("UTC"), "")
SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (`$.tasks[2].lead[0]`), what stands there, why not, and what would be right."""

    path: str
    value: str | Saying
    reason: Saying
    nearest: str | None = None

    @property
    def sentence(self) -> Saying:
        """The fault as one line for people."""
        about = {"path": self.path, "value": self.value, "reason": self.reason}
        if self.nearest:
            return saying("file.problem_near", **about, nearest=self.nearest)
        return saying("file.problem", **about)


class FileRefused(UserError):
    """The file has faults, all of them in `problems`; nothing was loaded. In Vietnamese where not `in_words`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.in_words(_PLAIN))

    def in_words(self, t: Texts) -> Iterator[str]:
        """A line each, in a reader's language."""
        return (t.say(problem.sentence) for problem in self.problems)


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
