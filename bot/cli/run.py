"""`dondoc run`: the bot. Without a token the sandbox is started first, and the bot talks to it over HTTP."""

import argparse

from bot.app import make_app
from bot.cli.serving import load_first_document, run_app
from bot.clock import make_clock
from bot.logs import set_up_logs
from bot.opening import claim_mode, one_process, open_database, prepare_database
from bot.settings import Settings

# Shorter than the lease: who takes over must not wait for the locks of one that is frozen.
IDLE_S = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the settings say it all."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    set_up_logs(settings.log_format, settings.log_level, settings.secrets)
    # Without its clock the bot would do nothing at all; better said at once.
    make_clock(settings.clock_url).now()
    database = open_database(settings, idle_s=IDLE_S)
    with one_process(database):
        prepare_database(settings, database)
        claim_mode(settings, database)
        if settings.is_sandbox:
            from bot.cli.playing import run_with_sandbox

            return run_with_sandbox(settings, database)
        load_first_document(settings, database)
        return run_app(make_app(settings, database))
