"""What every channel offers, and the ways a delivery can fail."""

from dataclasses import dataclass
from typing import Protocol

KeyboardJson = list[list[dict[str, str]]] | None


class DeliveryError(Exception):
    """A message did not go out."""


class Unreachable(DeliveryError):
    """Permanent for this address. `reason`: "blocked", "not_started", "muted" or "gone"."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Refused(DeliveryError):
    """Permanent for this message: the service will never take it as it is."""


class Moved(DeliveryError):
    """The address has become another one; the message did not arrive."""

    def __init__(self, address: str) -> None:
        super().__init__(f"moved to {address}")
        self.address = address


class TooFast(DeliveryError):
    """The service asks to wait so many seconds for this address."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds:g} s")
        self.seconds = seconds


class Later(DeliveryError):
    """The service or the way to it is down; after a time-out the message may even have arrived."""


class NotThere(Later):
    """The server does not know the method or the token: a proxy may lack one, or be on its way back."""


@dataclass(frozen=True)
class Outgoing:
    """A message ready to go."""

    address: str
    text: str
    keyboard: KeyboardJson


@dataclass(frozen=True)
class Sent:
    """The service's message id, where it tells one; `bare`: why it went without its formatting or buttons."""

    message_id: int | None
    bare: str = ""


class Channel(Protocol):
    """A way messages leave by."""

    async def send(self, message: Outgoing) -> Sent:
        """Sends. Raises DeliveryError."""
        ...
