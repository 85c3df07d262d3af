"""Tells systemd how the service is (sd_notify): datagrams to the socket it names. Elsewhere nothing happens."""

import os
import socket
from collections.abc import Mapping

import structlog

log = structlog.get_logger()


class Notifier:
    """`watchdog_s`: how often systemd wants to hear, None where it does not ask."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        path = environment.get("NOTIFY_SOCKET", "")
        # “@” stands for the NUL byte of an abstract address.
        self._address = "\0" + path[1:] if path.startswith("@") else path
        self.watchdog_s = _read_watchdog(environment) if path else None

    def ready(self) -> None:
        self._tell("READY=1")

    def alive(self) -> None:
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    def status(self, words: str) -> None:
        """What `systemctl status` shows."""
        self._tell(f"STATUS={words}")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
                channel.setblocking(False)
                channel.sendto(state.encode(), self._address)
        except OSError as error:
            log.warning("systemd_not_told", error=error.strerror)


def _read_watchdog(environment: Mapping[str, str]) -> float | None:
    wanted, meant = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if not wanted.isdigit() or int(wanted) == 0 or meant not in ("", str(os.getpid())):
        return None
    return int(wanted) / 1_000_000
