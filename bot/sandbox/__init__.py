"""A Telegram to try things on: the Bot API over HTTP on loopback, a page with chats, a clock that can be moved."""

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.personas import DEFAULT_PERSONAS, Persona
from bot.sandbox.running import RunningSandbox, run_standalone, serve
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Call, Query, Room

__all__ = [
    "DEFAULT_PERSONAS",
    "Call",
    "Fault",
    "Faults",
    "Persona",
    "Query",
    "Room",
    "RunningSandbox",
    "Sandbox",
    "run_standalone",
    "serve",
]
