"""How the running parts are: when each was last at work and when it last succeeded, and what they count."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.clock import monotonic

Part = Literal["tick", "intake", "worker", "sender"]
PARTS: tuple[Part, ...] = ("tick", "intake", "worker", "sender")


class Recorder(Protocol):
    """Where counts go. `label` is one of a few fixed words, never an id or what somebody wrote."""

    def count(self, what: str, label: str, n: int) -> None: ...

    def observe(self, what: str, label: str, seconds: float) -> None: ...


@dataclass
class _Beat:
    tried_at: float
    done_at: float


@dataclass
class Vitals:
    """Told by the parts as they work, asked by whoever watches them. Ages are seconds since, at first, the start."""

    recorder: Recorder | None = None
    _beats: dict[Part, _Beat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """From now on: what came before the start is nobody's delay."""
        now = monotonic()
        self._beats = {part: _Beat(now, now) for part in PARTS}

    def rest(self) -> None:
        """Another process works: of this one only the tick still rings."""
        now = monotonic()
        self._beats.update({part: _Beat(now, now) for part in PARTS if part != "tick"})

    def done(self, part: Part) -> None:
        """A round of its loop went well."""
        beat = self._beats[part]
        beat.tried_at = beat.done_at = monotonic()

    def failed(self, part: Part) -> None:
        """A round of its loop failed, and it goes on."""
        self._beats[part].tried_at = monotonic()

    def since_tried(self, part: Part) -> float:
        return monotonic() - self._beats[part].tried_at

    def since_done(self, part: Part) -> float:
        return monotonic() - self._beats[part].done_at

    def count(self, what: str, label: str = "", n: int = 1) -> None:
        if self.recorder is not None:
            self.recorder.count(what, label, n)

    def observe(self, what: str, seconds: float, label: str = "") -> None:
        if self.recorder is not None:
            self.recorder.observe(what, label, max(0.0, seconds))
