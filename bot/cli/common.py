"""What the commands share: an opened database, the work of one transaction, rows printed."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from bot.clock import Clock, FixedClock, RemoteClock, make_clock, to_utc
from bot.domain.harmless import calm
from bot.errors import SettingsError, UserError
from bot.opening import check_mode, make_office
from bot.services.context import Work
from bot.settings import Settings
from db.engine import Database, normalise_url, sqlite_path
from db.migrate import SchemaError, require_current
from db.models import Agency, Installation


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="a JSON array on standard output, and nothing else there"
    )


def parse_day(text: str) -> date:
    """YYYY-MM-DD, or as people here write it, D/M/YYYY."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if 1900 <= day.year <= 2200:
            return day
    raise argparse.ArgumentTypeError(f"{text!r} is no day: YYYY-MM-DD, like 2023-06-01")


def read_bytes(path: Path, most: int, command: str, example: str, settings: Settings) -> bytes:
    """The file's bytes (one more than `most`, at most). Raises UserError naming the path."""
    t = make_office(settings).texts()
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise UserError(t.plain("cli.no_file", path=path, command=command)) from None
    except IsADirectoryError:
        raise UserError(t.plain("cli.folder", path=path, example=path / example)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(t.plain("cli.unread", path=path, reason=reason)) from None


def require_file(settings: Settings) -> None:
    """Raises SettingsError where SQLite would make an empty file of a mistyped name."""
    path = sqlite_path(normalise_url(settings.database_url))
    if path is not None and not path.exists():
        raise SettingsError(
            f"DATABASE_URL: there is no file {path}: name the right one; "
            "`dondoc load` or `dondoc run` makes a new one"
        )


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """A database of this program's schema that is there already. Raises SettingsError otherwise."""
    require_file(settings)
    database = Database(settings.database_url)
    try:
        require_current(database)
        yield database
    except SchemaError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    finally:
        database.close()


def command_clock(settings: Settings, session: Session) -> Clock:
    """The clock of a command. A sandbox's is its own also while it does not run: it stands still."""
    if settings.is_sandbox and not settings.clock_url:
        return _find_sandbox_clock(settings, session.get_one(Installation, 1).bot_id)
    return make_clock(settings.clock_url)


def _find_sandbox_clock(settings: Settings, known: int | None) -> Clock:
    """What answers at the page's address may be another database's sandbox: its time is not ours."""
    from bot.sandbox.kept import read_bot_id, read_time

    bot_id = known if known is not None else read_bot_id(settings.sandbox_dir)
    if bot_id is not None:
        clock = RemoteClock(f"http://{settings.web_host}:{settings.web_port}", timeout_s=1, bot_id=bot_id)
        with suppress(OSError, ValueError, LookupError, TypeError):
            clock.now()
            return clock
    return FixedClock(to_utc(read_time(settings.sandbox_dir)))


@contextmanager
def reading(settings: Settings) -> Iterator[Work]:
    """One read transaction at the office's present time."""
    with opened(settings) as database, database.read() as session:
        yield Work(session, command_clock(settings, session).now(), make_office(settings))


@contextmanager
def writing(settings: Settings) -> Iterator[Work]:
    """One write transaction, safe while the bot runs; a bot's database is no sandbox's."""
    with opened(settings) as database, database.write() as session:
        check_mode(settings, session)
        yield Work(session, command_clock(settings, session).now(), make_office(settings))


class _TriedError(Exception):
    """Ends a transaction that was only tried."""


@contextmanager
def undone(database: Database) -> Iterator[Session]:
    """A transaction of which nothing is written."""
    with suppress(_TriedError), database.write() as session:
        yield session
        raise _TriedError


@contextmanager
def trying(settings: Settings) -> Iterator[Work]:
    """As `writing`, and then nothing is written."""
    with opened(settings) as database, undone(database) as session:
        check_mode(settings, session)
        yield Work(session, command_clock(settings, session).now(), make_office(settings))


def find_agency(work: Work, key: str, option: str = "--agency") -> Agency:
    """The agency of `--agency KEY`, or of another `option`. Raises UserError that names the nearest keys."""
    agency = work.session.exec(select(Agency).where(col(Agency.key) == key)).first()
    if agency is not None:
        return agency
    known = list(work.session.exec(select(Agency.key).order_by(col(Agency.key))))
    near = get_close_matches(key, known, n=3, cutoff=0.4)
    told = f"near: {', '.join(near)}" if near else "see `dondoc tasks`" if known else "load a document first"
    raise UserError(f"{option} {key!r}: no such agency; {told}")


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """A JSON array, or a line a row of the columns people look at first."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=_plain))
        return
    for row in rows:
        print("  ".join(_cell(row.get(column)) for column in columns))
    print(f"{len(rows)} rows", file=sys.stderr)


def _cell(value: Any) -> str:
    text = "-" if value is None else str(_plain(value) if not isinstance(value, str) else value)
    # A terminal obeys some characters, and people type what they like.
    line = " ".join(text.split())[:100]
    return calm("".join(each if each.isprintable() else "\ufffd" for each in line))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
