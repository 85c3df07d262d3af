"""The bot at work until it is stopped, and the document it begins with."""

import sys

from bot.app import App
from bot.loop import run as run_loop
from bot.opening import has_document
from bot.settings import Settings
from db.engine import Database


def load_first_document(settings: Settings, database: Database) -> None:
    """`tasks.json` where the database holds no document yet; a broken one does not keep the bot from running."""
    if has_document(database):
        return
    from bot.cli.load import load_if_there

    load_if_there(settings, database)


def run_app(app: App) -> int:
    run_loop(app.run())
    print("dondoc: stopped", file=sys.stderr)
    return 0
