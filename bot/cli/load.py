"""`dondoc load`: checks a tasks.json and loads it, or shows what loading it would do."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, col, select

from bot.attachments import keep
from bot.cli.common import command_clock, read_bytes, undone
from bot.cli.load_messages import describe_telling, take_back
from bot.documents.decode import MAX_BYTES
from bot.documents.describe import describe, list_conflict_sentences
from bot.documents.plan import LoadPlan
from bot.documents.problems import FileRefused
from bot.documents.resolve import ResolvedDocument, read_file
from bot.documents.source import read_source
from bot.errors import SettingsError, UserError
from bot.opening import check_mode, make_office, open_database, prepare_database
from bot.screens.loading import Telling
from bot.services.context import Work
from bot.services.loading.loads import (
    PAST_CHOICES,
    Loaded,
    keep_source,
    load_document,
    make_reader,
    plan_document,
)
from bot.settings import Settings
from bot.texts import Texts
from db.engine import Database, normalise_url, sqlite_path
from db.migrate import SchemaError, check_revision, migrate, require_current
from db.models import Document

FILE = "tasks.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default=FILE, metavar="FILE", help=f"{FILE} where none is named")
    parser.add_argument("--dry-run", action="store_true", help="show what would change; write nothing")
    parser.add_argument(
        "--force", action="store_true", help="take the file's value where people changed the same thing"
    )
    parser.add_argument(
        "--past",
        choices=PAST_CHOICES,
        help="deadlines already past: remind from now on, also at once of what is overdue, or never",
    )
    parser.add_argument(
        "--at-once", action="store_true", help="send at once what many people are told, with no minute"
    )
    parser.add_argument(
        "--take-back",
        action="store_true",
        help="load nothing: stop the messages of the latest load, within its minute",
    )
    parser.add_argument("--json", action="store_true", help="the counts as a JSON object on standard output")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.take_back:
        return take_back(settings, as_json=args.json)
    path = Path(args.file)
    data = read_bytes(path, MAX_BYTES, "load", FILE, settings)
    if args.dry_run:
        return _show(args, settings, data)
    database = open_database(settings)
    try:
        prepare_database(settings, database)
        with database.read() as session:
            check_mode(settings, session)
        loaded = _load(settings, database, data, path.parent, args)
    finally:
        database.close()
    t = _texts(settings)
    told = tuple(describe_telling(t, loaded.telling))
    _print(args, loaded.plan, _summary(t, loaded.plan), *told)
    if args.json:
        _tell(*told)
    return 0


def load_if_there(settings: Settings, database: Database) -> None:
    """Loads ./tasks.json where it is there; a broken one is told on standard error and changes nothing."""
    path, t = Path(FILE), _texts(settings)
    if not path.exists():
        return
    try:
        data = read_bytes(path, MAX_BYTES, "load", FILE, settings)
        plan = _load(settings, database, data, path.parent).plan
    except UserError as error:
        _tell(t.plain("load.refused", path=path), *error.sentences)
    else:
        _tell(_summary(t, plan))


def _load(
    settings: Settings, database: Database, data: bytes, folder: Path, args: argparse.Namespace | None = None
) -> Loaded:
    # Checked before the transaction that writes: a long file must not keep the bot waiting.
    with database.read() as session:
        incoming = _read(_work(settings, session), data)
    source = _keep_source(settings, incoming.file, folder)
    with database.write() as session:
        work = _work(settings, session)
        loaded = _carry_out(work, incoming, args)
        if source is not None or incoming.file is None:
            keep_source(work, incoming.key, source)
        found = session.exec(select(Document.past).where(col(Document.key) == incoming.key)).one()
    if found == "held":
        _tell(_texts(settings).plain("load.past_held"))
    return loaded


def _carry_out(work: Work, incoming: ResolvedDocument, args: argparse.Namespace | None) -> Loaded:
    if args is None:
        return load_document(work, incoming)
    return load_document(work, incoming, force=args.force, past=args.past, at_once=args.at_once)


def _keep_source(settings: Settings, name: str | None, folder: Path) -> str | None:
    """The SHA-256 of the source document, kept from now on; None where it cannot be, and that is told."""
    if name is None:
        return None
    try:
        return keep(settings.data_dir, read_source(folder, name, _texts(settings)))
    except UserError as error:
        _tell(*error.sentences)
    except OSError as error:
        _tell(_texts(settings).plain("load.no_room", reason=error.strerror or ""))
    return None


def _show(args: argparse.Namespace, settings: Settings, data: bytes) -> int:
    """The plan; exit code 1 where loading would be refused."""
    t = _texts(settings)
    with _previewed(settings) as database:
        with database.read() as session:
            work = _work(settings, session)
            incoming = _read(work, data)
            plan = plan_document(work, incoming, force=args.force)
        is_refused = plan.has_conflicts and not args.force
        telling = None if is_refused else _try(settings, database, incoming, args)
    told = tuple(describe_telling(t, telling, is_tried=True)) if telling else ()
    _print(args, plan, *describe(plan, t), _summary(t, plan, "load.planned"), *told)
    if args.json:
        _tell(*told)
    if plan.has_conflicts and not args.force:
        raise UserError(*list_conflict_sentences(plan, t))
    return 0


def _try(
    settings: Settings, database: Database, incoming: ResolvedDocument, args: argparse.Namespace
) -> Telling:
    """Whom it would tell and what: loads it, and then nothing is written."""
    with undone(database) as session:
        return _carry_out(_work(settings, session), incoming, args).telling


def _read(work: Work, data: bytes) -> ResolvedDocument:
    t = work.texts()
    try:
        incoming = read_file(data, make_reader(work))
    except FileRefused as refused:
        raise UserError(*refused.in_words(t)) from refused
    _tell(*map(t.say, incoming.warnings))
    return incoming


def _work(settings: Settings, session: Session) -> Work:
    return Work(session, command_clock(settings, session).now(), make_office(settings))


@contextmanager
def _previewed(settings: Settings) -> Iterator[Database]:
    """The database to plan against; where there is none yet, an empty one of ours, so that nothing is written."""
    path = sqlite_path(normalise_url(settings.database_url))
    if path is not None and not path.exists():
        with _scratch() as database:
            yield database
        return
    database = Database(settings.database_url)
    try:
        with database.reader.connect() as connection:
            is_empty = check_revision(connection) is None
        if is_empty:
            with _scratch() as scratch:
                yield scratch
            return
        require_current(database)
        yield database
    except SchemaError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    finally:
        database.close()


@contextmanager
def _scratch() -> Iterator[Database]:
    with TemporaryDirectory(prefix="dondoc-") as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        try:
            migrate(database)
            yield database
        finally:
            database.close()


def _summary(t: Texts, plan: LoadPlan, key: str = "load.done") -> str:
    return t.plain(key, document=plan.document.key, **plan.counts)


def _print(args: argparse.Namespace, plan: LoadPlan, *lines: str) -> None:
    if args.json:
        print(json.dumps({"document": plan.document.key, **plan.counts}, ensure_ascii=False))
    else:
        print(*lines, sep="\n")


def _texts(settings: Settings) -> Texts:
    return make_office(settings).texts()


def _tell(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
