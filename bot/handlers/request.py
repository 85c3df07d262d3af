"""What a handler is given."""

import functools
from dataclasses import dataclass

from bot.handlers.answers import Answers
from bot.inbox.parse import Incoming
from bot.screens.base import Screen
from bot.services.context import Actor, Work
from bot.texts import Texts


@dataclass(frozen=True)
class Request:
    """One update of a known person, and the transaction to handle it in. `args`: of the button pressed."""

    work: Work
    actor: Actor
    incoming: Incoming
    bot_name: str
    args: tuple[str, ...] = ()

    @functools.cached_property
    def t(self) -> Texts:
        return self.work.texts(self.actor.language)

    def show(self, screen: Screen, toast: str = "") -> Answers:
        """Redraws the screen in place after a button, sends it after anything else."""
        if self.incoming.callback_id:
            return Answers(toast=toast, edit=screen)
        return Answers(send=screen)

    def integer(self, index: int, default: int | None = None) -> int:
        """A number of the button's data. Raises UserError for a forged one."""
        if index >= len(self.args) and default is not None:
            return default
        try:
            value = int(self.args[index])
        except (IndexError, ValueError):
            raise self.work.refuse("bad_button", self.actor.language) from None
        if not 0 <= value < 2**62:
            raise self.work.refuse("bad_button", self.actor.language)
        return value
