"""`dondoc run` without Telegram's limits: a server that has none is not waited for."""

import sys

from bot.__main__ import main
from bot.domain import pacing


def lift_limits() -> None:
    pacing.SPACING_S = pacing.CHAT_S = pacing.GROUP_S = pacing.WINDOW_S = 0.0


if __name__ == "__main__":
    lift_limits()
    sys.exit(main(["run"]))
