"""The event loop of the bot: what has arrived is looked at before what is overdue."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


class _Patient(selectors.DefaultSelector):
    """A process that was stopped and goes on (SIGCONT) finds its wait interrupted, and its time-outs over.

    It would take for lost whatever had been answered meanwhile, and say it again.
    """

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout) or super().select(0)


def run(main: Coroutine[object, object, T]) -> T:
    """As `asyncio.run`."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_Patient())) as runner:
        return runner.run(main)
