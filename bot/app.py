"""Puts the program together: everything is made here, once, and handed on."""

import asyncio
import gc
import os
import signal
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.attachments import Fetcher
from bot.channels.base import DeliveryError
from bot.channels.telegram import RawBot, TelegramChannel, make_bot
from bot.clock import Clock, make_clock
from bot.domain.pacing import Pacer
from bot.errors import SettingsError
from bot.inbox.apology import Apologies
from bot.inbox.applying import Applier
from bot.inbox.listening import Listener
from bot.inbox.perform import Performer
from bot.inbox.receive import Receiver
from bot.inbox.work import LOOK_S, Worker
from bot.leftovers import forget_leftovers
from bot.opening import make_office
from bot.outbox.inflight import InFlight
from bot.outbox.lease import Holder, name_process
from bot.outbox.probing import Prober
from bot.outbox.sender import Sender
from bot.scheduler.heartbeat import Heartbeat
from bot.scheduler.running import SWITCH_S
from bot.screens.people import STRANGER_MENU
from bot.services.context import Office, Work
from bot.services.people.new_bot import adopt_bot
from bot.settings import Settings
from bot.vitals import Vitals
from bot.watching.systemd import Notifier
from bot.watching.watch import Watch
from db.engine import Database
from db.models import Installation

if TYPE_CHECKING:
    from bot.web.server import WebServer
    from bot.web.status import Status

log = structlog.get_logger()
DRAIN_S = 5.0
# Whatever holds it up, nothing is lost by ending: everything that was taken in is in the store.
GIVE_UP_S = 9.5
RECONNECT_S = 5.0
# What others store wakes nobody here, so it is looked for; a look costs a third of a millisecond.
SHARED_LOOK_S = 0.2


@dataclass
class BotName:
    """The bot's user name, which Telegram may tell only later."""

    value: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True)
class Parts:
    """What runs side by side. `web`: None where its pages are shown elsewhere."""

    name: BotName
    receiver: Listener | Receiver
    worker: Worker
    performer: Performer
    sender: Sender
    fetcher: Fetcher
    heartbeat: Heartbeat
    watch: Watch
    web: "WebServer | None"


@dataclass
class App:
    """The running parts, for whoever starts or stops them."""

    database: Database
    channel: TelegramChannel
    bot: RawBot
    office: Office
    clock: Clock
    settings: Settings
    status: "Status | None" = None

    async def run(self) -> None:
        """Until SIGTERM or SIGINT; what is under way is finished within ten seconds."""
        try:
            await self._run()
        finally:
            await self.bot.shutdown()

    async def _run(self) -> None:
        from bot.web.status import Status

        notifier = Notifier()
        stopping = asyncio.create_task(_wait_for_signal().wait())
        name = BotName()
        connecting = asyncio.create_task(self._connect(name))
        await asyncio.wait([connecting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            connecting.cancel()
            return
        connecting.result()
        status = self.status or Status()
        parts = self._make_parts(name, status, notifier)
        learning = asyncio.create_task(self._keep_connecting(name))
        try:
            await self._run_until_stopped(parts, stopping, notifier)
        finally:
            learning.cancel()

    def _make_parts(self, name: BotName, status: "Status", notifier: Notifier) -> "Parts":
        vitals = status.vitals
        vitals.begin()
        pacer = Pacer()
        in_flight = InFlight()
        sender = Sender(
            self.database, self.channel, self.office, self.clock, pacer, in_flight, name_process(), vitals
        )
        lease = sender.lease
        performer = Performer(
            self.database, self.channel, pacer, in_flight, self.settings.data_dir, lambda: lease.is_ours
        )
        applier = Applier(self.database, self.office, self.clock, lambda: name.value, lease, vitals)
        worker = Worker(
            self.database,
            self.office,
            applier,
            performer,
            sender.wake,
            lease,
            SHARED_LOOK_S if self._is_shared else LOOK_S,
            vitals=vitals,
        )
        receiver = self._make_intake(worker, lease, vitals)
        fetcher = Fetcher(
            self.database,
            self.channel,
            self.settings.data_dir,
            lambda: lease.is_ours,
            self._forget_leftovers,
        )
        watch = Watch(
            self.database,
            self.office,
            self.clock,
            status.reports,
            notifier,
            self.settings.heartbeat_url,
            lambda: not lease.is_ours,
        )
        return Parts(
            name,
            receiver,
            worker,
            performer,
            sender,
            fetcher,
            Heartbeat(self.database, self.office, self.clock, sender, worker, vitals),
            watch,
            self._make_web(status),
        )

    @property
    def _is_shared(self) -> bool:
        """Whether another process may have stored what this one works off."""
        return not self.database.is_sqlite

    def _make_intake(self, worker: Worker, lease: Holder, vitals: Vitals) -> Listener | Receiver:
        if self.settings.webhook_url:
            # While the store is away nobody can take over: whoever worked last tells.
            apologies = Apologies(self.channel, self.office, lambda: lease.was_ours)
            return Listener(self.database, self.channel, self.settings, worker.wake, lease, vitals, apologies)
        apologies = Apologies(self.channel, self.office)
        bot_id = self.settings.bot_id
        return Receiver(self.database, self.channel, bot_id, worker.wake, lease, vitals, apologies)

    def _make_web(self, status: "Status") -> "WebServer | None":
        """Its pages; in the sandbox, which has an address already, they are there."""
        if self.status is not None:
            return None
        from bot.web.server import WebServer

        return WebServer(status.make_app(), self.settings.web_host, self.settings.web_port)

    async def _run_until_stopped(
        self, parts: "Parts", stopping: "asyncio.Task[Any]", notifier: Notifier
    ) -> None:
        await parts.watch.begin()
        keeping = asyncio.create_task(parts.sender.lease.run())
        await parts.heartbeat.attach()
        scheduler = parts.heartbeat.start()
        intake = asyncio.create_task(parts.receiver.run())
        worker, sender, fetcher = (
            asyncio.create_task(each) for each in (parts.worker.run(), self._send(parts), parts.fetcher.run())
        )
        beside = [asyncio.create_task(parts.watch.run()), asyncio.create_task(self._set_default_menu())]
        beside.append(asyncio.create_task(self._probe(parts)))
        if parts.web is not None:
            beside.append(asyncio.create_task(parts.web.run()))
        # The program itself stays: collections that walked it halted a transaction for a tenth of a second.
        gc.freeze()
        sys.setswitchinterval(SWITCH_S)
        log.info("started", database=self.database.url.get_backend_name())
        notifier.ready()
        needed = [intake, worker, sender, fetcher]
        await asyncio.wait([stopping, *needed], return_when=asyncio.FIRST_COMPLETED)
        notifier.stopping()
        _give_up_after(GIVE_UP_S)
        intake.cancel()
        parts.sender.stop()
        await asyncio.gather(_until_idle(parts.worker), parts.heartbeat.stop(scheduler))
        worker.cancel()
        await parts.performer.stop()
        await parts.watch.end()
        for task in (sender, fetcher, *beside):
            task.cancel()
        results = await asyncio.gather(*needed, *beside, return_exceptions=True)
        keeping.cancel()
        log.info("stopped")
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _connect(self, name: BotName) -> None:
        """The bot's user name: from Telegram, or as last known while Telegram cannot be reached."""
        name.value = await asyncio.to_thread(self._read_name)
        try:
            await self.bot.initialize()
        except InvalidToken as error:
            raise SettingsError(
                "BOT_TOKEN: Telegram does not know this token; take it from BotFather"
            ) from error
        except (TelegramError, OSError) as error:
            log.warning("telegram_unreachable", error=type(error).__name__)
            return
        name.value = self.bot.username or name.value
        await asyncio.to_thread(self._write_name, name.value)
        name.is_confirmed = True

    def _forget_leftovers(self) -> int:
        before = self.clock.now() - timedelta(days=self.settings.keep_updates_days)
        return forget_leftovers(self.database, self.settings.data_dir, before)

    async def _keep_connecting(self, name: BotName) -> None:
        """Without its name the bot can make no invite link: asked for until Telegram has told it."""
        while not name.is_confirmed:
            await asyncio.sleep(RECONNECT_S)
            try:
                await self._connect(name)
            except SettingsError as error:
                log.error("telegram_refused", error=str(error))

    def _read_name(self) -> str:
        with self.database.read() as session:
            return session.get_one(Installation, 1).bot_username or ""

    def _write_name(self, name: str) -> None:
        now = self.clock.now()
        with self.database.write() as session:
            lost = adopt_bot(Work(session, now, self.office), self.settings.bot_id, name)
        if lost:
            log.warning("bot_replaced", bot=name, chats_to_find_again=lost)

    async def _send(self, parts: "Parts") -> None:
        """A bot that may be another than before writes to nobody until that is known."""
        while not parts.name.is_confirmed and not await asyncio.to_thread(self._is_same_bot):
            await asyncio.sleep(RECONNECT_S / 5)
        await parts.sender.run()

    def _is_same_bot(self) -> bool:
        with self.database.read() as session:
            return session.get_one(Installation, 1).bot_id in (None, self.settings.bot_id)

    async def _probe(self, parts: "Parts") -> None:
        while not parts.name.is_confirmed:
            await asyncio.sleep(RECONNECT_S)
        lease, wake = parts.sender.lease, parts.sender.wake
        await Prober(self.database, self.channel, self.office, self.clock, lease, wake).run()

    async def _set_default_menu(self) -> None:
        """What people see who have not joined yet."""
        t = self.office.texts()
        try:
            await self.channel.set_menu(None, [[name, t.plain(f"command.{name}")] for name in STRANGER_MENU])
        except DeliveryError as error:
            log.info("menu_not_set", error=type(error).__name__)


async def _until_idle(worker: Worker) -> None:
    try:
        async with asyncio.timeout(DRAIN_S):
            while not worker.is_idle:
                await asyncio.sleep(0.05)
    except TimeoutError:
        log.warning("stopped_with_answers_open")


def _wait_for_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _give_up_after(seconds: float) -> None:
    """Ends the process where stopping takes longer: a store that hangs would hold it for ever."""

    def give_up() -> None:
        log.warning("stopped_before_all_was_done")
        os._exit(0)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()


def make_app(settings: Settings, database: Database, status: "Status | None" = None) -> App:
    """`status`: given where its pages are shown elsewhere, as in the sandbox."""
    bot = make_bot(settings)
    return App(
        database,
        TelegramChannel(bot),
        bot,
        make_office(settings),
        make_clock(settings.clock_url),
        settings,
        status,
    )
