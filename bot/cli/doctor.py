"""`dondoc doctor`: a line for each thing looked at; exit 1 where something needs a person."""

import argparse
import asyncio
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from bot.attachments import attachment_path
from bot.cli.common import add_json, command_clock
from bot.cli.doctor_disk import check_backup, check_data_dir, check_disk
from bot.cli.doctor_outside import check_clock, check_running
from bot.cli.webhook_findings import judge_webhook
from bot.clock import wall
from bot.opening import make_office
from bot.services.context import Work
from bot.services.upkeep.health import Finding, examine, find_last_instant, list_stored_files
from bot.services.upkeep.processes import examine_processes
from bot.settings import Settings
from bot.store_errors import name_cause
from db.engine import Database, normalise_url, sqlite_path
from db.migrate import HEAD, SchemaError, check_revision
from db.models import Installation

if TYPE_CHECKING:
    from bot.channels.telegram import RawBot

TELEGRAM_S = 8.0
CONNECT_S = 5
_SHOWN = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    findings = list(_examine(settings))
    if args.json:
        rows = [{"check": each.check, "status": each.status, "message": each.message} for each in findings]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in findings:
            print(f"{_SHOWN[each.status]} {each.check}: {each.message}")
    return 1 if any(each.status == "fail" for each in findings) else 0


def _examine(settings: Settings) -> Iterator[Finding]:
    # Wrong settings never come here: they stop every command with their own line.
    yield _describe_settings(settings)
    yield from check_data_dir(settings.data_dir)
    known, is_running = None, False
    path = sqlite_path(normalise_url(settings.database_url))
    if path is not None and not path.exists():
        yield Finding("database", "fail", "there is none yet: `dondoc run` or `dondoc load` makes it")
    else:
        if path is not None:
            yield from check_disk(path, settings.data_dir)
        database = Database(_impatient(settings.database_url))
        try:
            of_database = list(_check_database(settings, database))
            yield from of_database
            is_running = any(each.check == "tick" and each.status == "ok" for each in of_database)
            if all(each.check != "database" or each.status == "ok" for each in of_database):
                known = _read_bot_id(database)
        except SchemaError as error:
            yield Finding("database", "fail", str(error))
        except SQLAlchemyError as error:
            # Its own words may hold the password, or what people wrote.
            cause = name_cause(error, database.url)
            yield Finding("database", "fail", f"DATABASE_URL cannot be read: {cause}")
        finally:
            database.close()
    yield from check_backup(settings)
    if is_running:
        yield from check_running(settings)
    yield from _check_telegram(settings, known)
    yield from check_clock(settings)
    yield _heartbeat(settings)


def _describe_settings(settings: Settings) -> Finding:
    """In another folder than the bot's there is another `.env`, or none: then all that follows is of another bot."""
    file = Path(".env")
    where = f"read from {file.absolute()}" if file.is_file() else f"there is no .env in {Path.cwd()}"
    why = ", since BOT_TOKEN is empty: nothing goes to Telegram" if settings.is_sandbox else ""
    return Finding("settings", "ok", f"mode {settings.mode}{why}; time zone {settings.timezone.key}; {where}")


def _heartbeat(settings: Settings) -> Finding:
    if settings.heartbeat_url:
        return Finding("heartbeat", "ok", "HEARTBEAT_URL is called after each healthy minute")
    return Finding("heartbeat", "ok", "HEARTBEAT_URL is empty: nobody outside is told when this machine dies")


def _impatient(url: str) -> str:
    parsed = normalise_url(url)
    if parsed.get_backend_name() == "postgresql" and "connect_timeout" not in parsed.query:
        parsed = parsed.update_query_dict({"connect_timeout": str(CONNECT_S)})
    return parsed.render_as_string(hide_password=False)


def _check_database(settings: Settings, database: Database) -> Iterator[Finding]:
    kind = database.url.get_backend_name()
    with database.reader.connect() as connection:
        revision = check_revision(connection)
        damage = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() if database.is_sqlite else "ok"
    if damage != "ok":
        yield Finding(
            "database", "fail", "the SQLite file is damaged: move it aside, and `dondoc restore` a backup"
        )
        return
    if revision != HEAD:
        state = "empty" if revision is None else f"of an older version ({revision}, this program's is {HEAD})"
        yield Finding("database", "fail", f"{kind} is {state}: `dondoc run` or `dondoc load` prepares it")
        return
    yield Finding("database", "ok", f"{kind}, schema {revision}")
    with database.read() as session:
        found = session.get_one(Installation, 1).mode
    if found not in (None, settings.mode):
        told = f"the database is of mode {found}, the settings are of mode {settings.mode}"
        yield Finding(
            "mode",
            "fail",
            f"{told}: {'set' if found == 'bot' else 'empty'} BOT_TOKEN, or name another DATABASE_URL",
        )
    else:
        yield Finding("mode", "ok", settings.mode)
    yield from _check_work(settings, database)


def _check_work(settings: Settings, database: Database) -> Iterator[Finding]:
    now: datetime | None = None
    try:
        with database.read() as session:
            now = command_clock(settings, session).now()
        yield Finding("clock", "ok", now.astimezone(settings.timezone).isoformat(timespec="minutes"))
    except (OSError, ValueError, LookupError, TypeError) as error:
        yield Finding(
            "clock", "fail", f"CLOCK_URL does not tell the time ({type(error).__name__}): leave it empty"
        )
    if settings.is_sandbox and not settings.clock_url:
        now = None  # its clock is in another process and may be years away from the machine's
    with database.read() as session:
        now = now or find_last_instant(session) or wall()
        work = Work(session, now, make_office(settings))
        findings = [*examine(work, wall()), *examine_processes(work, wall())]
        stored = list_stored_files(work)
    yield from findings
    missing = sum(not attachment_path(settings.data_dir, sha256).is_file() for sha256 in stored)
    if missing:
        hint = "`dondoc restore` a backup, or copy DATA_DIR/attachments back"
        yield Finding("files", "fail", f"{missing} of {len(stored)} stored files are gone: {hint}")
    else:
        yield Finding("files", "ok", f"{len(stored)} stored files are there")


def _read_bot_id(database: Database) -> int | None:
    with database.read() as session:
        installation = session.get(Installation, 1)
        return installation.bot_id if installation else None


def _check_telegram(settings: Settings, known: int | None) -> Iterator[Finding]:
    if settings.is_sandbox:
        yield Finding("telegram", "ok", "sandbox, not asked")
        return
    if known not in (None, settings.bot_id):
        yield Finding(
            "telegram",
            "warn",
            "BOT_TOKEN is of another bot than before: people must press Start there before it can write to them",
        )
    finding, webhook = asyncio.run(_ask_telegram(settings))
    yield finding
    if finding.status == "ok":
        yield from judge_webhook(settings, webhook, wall())


async def _find_webhook(bot: "RawBot") -> dict[str, Any]:
    from telegram.error import InvalidToken

    try:
        info = await bot.call("getWebhookInfo", {})
    except InvalidToken:
        return {}  # the token is known, as getMe has shown: this server only lacks the method
    return info if isinstance(info, dict) else {}


async def _ask_telegram(settings: Settings) -> tuple[Finding, dict[str, Any]]:
    """What it says of the bot (getMe, as the bot asks it, with less patience), and of the webhook."""
    from telegram.error import InvalidToken, TelegramError

    from bot.channels.telegram import make_bot

    host = urlsplit(settings.api_url).hostname
    bot = make_bot(settings)
    try:
        async with asyncio.timeout(TELEGRAM_S):
            await bot.initialize()
            webhook = await _find_webhook(bot)
    except InvalidToken:
        told = f"{host} does not know BOT_TOKEN (401): take it from BotFather"
        return Finding("telegram", "fail", told), {}
    except (TelegramError, OSError) as error:
        hint = "if Telegram is blocked here, set TELEGRAM_API_URL or TELEGRAM_PROXY"
        told = f"{host} cannot be reached ({type(error).__name__}); {hint}"
        return Finding("telegram", "fail", told), {}
    finally:
        await bot.shutdown()
    return Finding("telegram", "ok", f"{host} answers, bot @{bot.username}"), webhook
