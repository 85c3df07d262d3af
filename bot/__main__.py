"""The console script `dondoc`. Exit codes: 0 done; 1 refused, nothing changed; 2 wrong usage or settings."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Any

from bot.clock import ClockUnreachableError
from bot.errors import SettingsError, UserError

# name: (what it does, module of bot.cli). A module has `add_arguments(parser)` and `run(args, settings) -> int`.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("run the bot (no BOT_TOKEN: the sandbox, with a web page)", "run"),
    "load": ("check a tasks.json and load it", "load"),
    "tasks": ("list all assignments", "listings"),
    "overdue": ("list the lead assignments past their deadline and not reported on", "listings"),
    "reports": ("list the reports", "listings"),
    "outbox": ("list the messages", "listings"),
    "reminders": ("list what will be sent in the days to come, and why", "reminders"),
    "history": ("list the audit trail", "listings"),
    "indicators": ("list the numbers reported against the documents' targets", "indicators"),
    "digest": ("list the figures of the weekly digest, as they stood then", "digest"),
    "agency": ("list, add, rename, merge, split and end agencies", "agency"),
    "member": ("list people, end a role, erase personal data", "member"),
    "invite": ("make a one-time invite link", "invite"),
    "deadlines": ("read deadline phrases from standard input", "deadlines"),
    "holidays": ("list days off and worked Saturdays, or load the office's table", "holidays"),
    "doctor": ("check settings, database, Telegram, people and messages", "doctor"),
    "backup": ("write a consistent copy of database and attachments", "backup"),
    "restore": ("bring a backup back, verified", "backup"),
    "sandbox": ("run only the sandbox's server and page", "sandbox"),
}
LATER: dict[str, str] = {
    "read": "draft tasks from a document",
    "export": "write xlsx, csv, ics or docx",
}


def make_parser(name: str | None = None) -> argparse.ArgumentParser:
    """The parser; only the module of the command called is imported, so that start-up stays short."""
    parser = argparse.ArgumentParser(
        prog="dondoc", description="Đôn Đốc sees official tasks through to their deadlines."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for each, (what, module) in COMMANDS.items():
        sub = commands.add_parser(each, help=what, description=what)
        if each == name or name is None:
            _module(module).add_arguments(sub)
    for each, what in LATER.items():
        sub = commands.add_parser(each, help=f"{what} (not in this version)")
        sub.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _module(name: str) -> Any:
    return importlib.import_module(f"bot.cli.{name}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = next((each for each in given if not each.startswith("-")), None)
    if name in LATER:
        _say(f"dondoc {name}: not in this version")
        return 2
    args = make_parser(name or "").parse_args(given)
    try:
        return _run(args)
    except SettingsError as error:
        _say(f"dondoc: {error}")
        return 2
    except ClockUnreachableError as error:
        _say(f"dondoc: {error}")
        return 2
    except UserError as error:
        for sentence in error.sentences:
            _say(sentence)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough (`dondoc tasks | head`).
        sys.stderr.close()
        return 0


def _run(args: argparse.Namespace) -> int:
    from bot.settings import load_settings

    settings = load_settings()
    try:
        code: int = _module(COMMANDS[args.command][1]).run(args, settings)
    except (SettingsError, UserError):
        raise
    except Exception as error:
        # Imported here: most commands never need it, and some never need a database.
        from bot.store_errors import find_disk_problem, find_problem

        problem = find_problem(error, settings.database_url) or find_disk_problem(error)
        if problem is None:
            raise
        raise SettingsError(problem) from error
    return code


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
