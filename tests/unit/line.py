"""A sender on a line to a server where things go wrong: what tests need of both."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels.requests import ApiRequest
from bot.channels.telegram import RawBot, TelegramChannel
from bot.clock import monotonic
from bot.domain.pacing import Pacer
from bot.outbox.inflight import InFlight
from bot.outbox.sender import Sender
from bot.sandbox import Persona, RunningSandbox, Sandbox
from tests.unit.scene import AN, BINH, DUNG, HOA, Scene

# As the bot's own: on a machine that halts, a shorter one would take for lost what has arrived.
PATIENCE_S = 20.0
# Of tests in which the server is silent.
IMPATIENT_S = 1.2
# What has not come by then never comes, on a machine that is busy with ten other things too.
HANGING_S = 60.0
MANY = tuple(range(301, 341))


PEOPLE = [Persona(f"p{user_id}", user_id, f"Người {user_id}") for user_id in (BINH, AN, DUNG, HOA, *MANY)]


@dataclass
class NotingPacer(Pacer):
    """Notes what the sender decided, whatever the machine made of it then.

    `noted`: when each call was let go, and to which chat; `pauses`: for how many seconds everything was to wait.
    """

    noted: list[tuple[float, str]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def begin(self, chat: str, now: float, *, is_edit: bool = False) -> float:
        wait_s = super().begin(chat, now, is_edit=is_edit)
        if wait_s <= 0:
            self.noted.append((now, chat))
        return wait_s

    def park_all(self, until: float) -> None:
        super().park_all(until)
        self.pauses.append(until - monotonic())

    def park_outbox(self, until: float) -> None:
        super().park_outbox(until)
        self.pauses.append(until - monotonic())


@dataclass
class Line:
    """What a test needs of the server and the database while a sender runs. `pacer`: that of the last sender."""

    scene: Scene
    running: RunningSandbox
    patience_s: float = PATIENCE_S
    pacer: NotingPacer = field(default_factory=NotingPacer)

    @property
    def sandbox(self) -> Sandbox:
        return self.running.sandbox

    def texts(self, user_id: int) -> list[str]:
        return [each["text"] for each in self.sandbox.messages(user_id) if each["from"]["is_bot"]]

    def sent_at(self, user_id: int | None = None) -> list[float]:
        calls = [each for each in self.sandbox.calls if each.method == "sendMessage"]
        return [each.at for each in calls if user_id is None or each.chat_id == user_id]

    def outbox(self, user_id: int) -> list[tuple[str, str | None]]:
        return [(each.status, each.error) for each in self.scene.messages(user_id)]

    @asynccontextmanager
    async def channel(self) -> AsyncIterator[TelegramChannel]:
        """The client library as the bot uses it."""
        bot = RawBot(
            token=self.running.token,
            base_url=f"{self.running.url}/bot",
            base_file_url=f"{self.running.url}/file/bot",
            request=ApiRequest(32, read_s=self.patience_s),
        )
        async with bot:
            yield TelegramChannel(bot)

    @asynccontextmanager
    async def sending(self, owner: str = "one") -> AsyncIterator[Sender]:
        """A sender that runs until the block ends, and then ends as the program does."""
        async with self.channel() as channel:
            sender = self.make_sender(channel, owner)
            task = asyncio.create_task(sender.run())
            try:
                yield sender
            finally:
                task.cancel()
                ended = await asyncio.gather(task, return_exceptions=True)
            assert isinstance(ended[0], asyncio.CancelledError), ended

    def make_sender(self, channel: TelegramChannel, owner: str) -> Sender:
        desk = self.scene.desk
        self.pacer = NotingPacer()
        return Sender(desk.database, channel, desk.office, desk.clock, self.pacer, InFlight(), owner)


async def until(look: Callable[[], object], what: str, timeout_s: float = HANGING_S) -> None:
    """Waits for `look` to become true; fails with `what` when the time is over."""
    end = monotonic() + timeout_s
    while not await asyncio.to_thread(look):
        assert monotonic() < end, f"not within {timeout_s:g} s: {what}"
        await asyncio.sleep(0.02)


def run_until(line: Line, look: Callable[[], object], what: str, timeout_s: float = HANGING_S) -> None:
    """Runs a sender until `look` is true."""

    async def main() -> None:
        async with line.sending():
            await until(look, what, timeout_s)

    asyncio.run(main())
