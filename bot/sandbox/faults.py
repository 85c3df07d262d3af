"""Things that go wrong on purpose: slow answers, refusals, silence, cut connections, garbage."""

import threading
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.answers import Refused
from bot.sandbox.state import Json

Kind = Literal["answer", "hang", "cut", "garble"]
Moment = Literal["before", "after"]


@dataclass
class Fault:
    """One script. `moment` says whether the call takes effect first (`after`) or never does (`before`)."""

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    moment: Moment = "before"
    status: int = 500
    description: str = ""
    parameters: dict[str, int] | None = None
    seconds: float = 60.0

    def fits(self, method: str, chat_id: Any) -> bool:
        if self.method is None:
            if method == "getUpdates":
                return False
        elif self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def refusal(self) -> Refused:
        refused = Refused(self.status, "", self.parameters)
        if self.description:
            refused.description = self.description
        return refused


@dataclass
class Faults:
    """`latency_s`: how long each call takes, half of it before it takes effect. Scripts apply in their order."""

    latency_s: float = 0.0
    scripts: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def refuse(
        self,
        status: int,
        description: str = "",
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        moment: Moment = "before",
        **parameters: int,
    ) -> Fault:
        """The next `times` fitting calls are answered with this error; keyword `retry_after=5` goes with 429."""
        if status == 429 and not description:
            seconds = parameters.setdefault("retry_after", 1)
            description = f"Too Many Requests: retry after {seconds}"
        return self.add(
            Fault("answer", method, chat_id, times, moment, status, description, parameters or None)
        )

    def hang(
        self,
        seconds: float = 60.0,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        moment: Moment = "before",
    ) -> Fault:
        """The next fitting calls get no answer for `seconds`; then the connection is cut."""
        return self.add(Fault("hang", method, chat_id, times, moment, seconds=seconds))

    def cut(
        self,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        moment: Moment = "before",
    ) -> Fault:
        """The connection of the next fitting calls is closed without an answer."""
        return self.add(Fault("cut", method, chat_id, times, moment))

    def garble(
        self,
        body: str,
        status: int = 200,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        moment: Moment = "before",
    ) -> Fault:
        """The next fitting calls are answered with this body, whatever it is: a proxy's page, half an object."""
        return self.add(Fault("garble", method, chat_id, times, moment, status, body))

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self.scripts.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self.scripts.clear()
            self.latency_s = 0.0

    def take(self, method: str, params: Json) -> Fault | None:
        """The script for this call, used up once."""
        with self._lock:
            for fault in self.scripts:
                if fault.times > 0 and fault.fits(method, params.get("chat_id")):
                    fault.times -= 1
                    return fault
        return None
