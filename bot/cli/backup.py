"""`dondoc backup` and `dondoc restore`."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.backup import Archive, note_latest, restore_backup, write_backup
from bot.cli.common import require_file
from bot.errors import SettingsError, UserError
from bot.opening import one_process, open_database
from bot.settings import Settings
from db.engine import Database
from db.migrate import HEAD, SchemaError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    is_restore = parser.prog.endswith("restore")
    parser.add_argument("file", type=Path, metavar="FILE", help="the archive, a .zip")
    over = "replace a database that is in use (it is backed up first)" if is_restore else "overwrite FILE"
    parser.add_argument("--force", action="store_true", help=over)
    if is_restore:
        parser.add_argument("--check", action="store_true", help="only verify FILE; change nothing")
    parser.add_argument("--json", action="store_true", help="a JSON object on standard output")


def run(args: argparse.Namespace, settings: Settings) -> int:
    return _back_up(args, settings) if args.command == "backup" else _restore(args, settings)


def _back_up(args: argparse.Namespace, settings: Settings) -> int:
    require_file(settings)
    with _opened(settings) as database:
        done = write_backup(database, settings.data_dir, args.file, force=args.force)
    _note(settings, done.path)
    _warn_missing(done.missing)
    if args.json:
        _print_json(
            file=str(done.path),
            rows=done.rows,
            attachments=done.attachments,
            missing=done.missing,
            size=done.size,
        )
    else:
        print(f"{done.path}: {done.rows} rows, {done.attachments} attachments, {done.size} bytes")
    return 0


def _note(settings: Settings, path: Path) -> None:
    """For `doctor`. The backup is made, whether or not this can be written down."""
    try:
        note_latest(settings.data_dir, path)
    except OSError as error:
        told = f"DATA_DIR cannot be written ({error.strerror}): `dondoc doctor` will not know of this backup"
        print(told, file=sys.stderr)


def _restore(args: argparse.Namespace, settings: Settings) -> int:
    with Archive(args.file) as archive:
        if args.check:
            archive.verify()
            manifest = archive.manifest
            rows = sum(member.rows for member in manifest.tables.values())
            return _say_whole(args, rows, len(manifest.attachments), manifest.created_at.isoformat())
        with _opened(settings) as database, _alone(database):
            done = restore_backup(settings, database, archive, force=args.force)
    _warn_missing(done.missing)
    if args.json:
        old = str(done.old) if done.old else None
        _print_json(
            rows=done.rows,
            attachments=done.attachments,
            waiting=done.waiting,
            missing=done.missing,
            old=old,
        )
        return 0
    print(f"restored {done.rows} rows and {done.attachments} attachments of {args.file}")
    if done.revision != HEAD:
        print(f"it was of version {done.revision}, and was upgraded to {HEAD}", file=sys.stderr)
    if done.old:
        print(f"what was there before is in {done.old}", file=sys.stderr)
    if done.waiting:
        print(f"{done.waiting} messages wait and will be sent when the bot starts", file=sys.stderr)
    return 0


def _say_whole(args: argparse.Namespace, rows: int, attachments: int, created_at: str) -> int:
    if args.json:
        _print_json(rows=rows, attachments=attachments, created_at=created_at)
    else:
        print(f"{args.file} is whole: {rows} rows, {attachments} attachments, made {created_at}")
    return 0


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    """Of whatever known schema: an older one can be backed up, an empty one filled."""
    database = open_database(settings)
    try:
        yield database
    except SchemaError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    finally:
        database.close()


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Refuses beside a running bot, and keeps one from starting meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(one_process(database))
        except SettingsError as error:
            raise UserError(f"A bot is running on this database: stop it first ({error})") from error
        yield


def _warn_missing(missing: tuple[str, ...]) -> None:
    if missing:
        print(
            f"{len(missing)} attachments are named by reports and not in DATA_DIR: {', '.join(missing[:5])}",
            file=sys.stderr,
        )


def _print_json(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False))
