"""`dondoc load`: checks a tasks.json and loads it, or shows what loading it would do."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, col, select

from bot.app import check_mode, make_office, open_database, prepare_database
from bot.attachments import keep
from bot.cli.common import command_clock, read_bytes
from bot.documents.decode import MAX_BYTES
from bot.documents.describe import describe, list_conflict_sentences
from bot.documents.plan import LoadPlan
from bot.documents.resolve import ResolvedDocument, read_file
from bot.documents.source import read_source
from bot.errors import SettingsError, UserError
from bot.services.context import Work
from bot.services.documents import PAST_CHOICES, keep_source, load_document, make_reader, plan_document
from bot.settings import Settings
from db.engine import Database, normalise_url, sqlite_path
from db.migrate import SchemaError, check_revision, migrate, require_current
from db.models import Document

FILE = "tasks.json"
_HELD = (
    "Có nhiệm vụ đã quá thời hạn: chưa gửi gì về các nhiệm vụ đó, chờ Văn phòng chọn trong bot "
    "hoặc nạp lại với --past now|all|silent."
)


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
    parser.add_argument("--json", action="store_true", help="the counts as a JSON object on standard output")


def run(args: argparse.Namespace, settings: Settings) -> int:
    path = Path(args.file)
    data = read_bytes(path, MAX_BYTES, "load", FILE)
    if args.dry_run:
        return _show(args, settings, data)
    database = open_database(settings)
    try:
        prepare_database(settings, database)
        with database.read() as session:
            check_mode(settings, session)
        plan = _load(settings, database, data, path.parent, force=args.force, past=args.past)
    finally:
        database.close()
    _print_counts(plan) if args.json else print(_summary(plan))
    return 0


def load_if_there(settings: Settings, database: Database) -> None:
    """Loads ./tasks.json where it is there; a broken one is told on standard error and changes nothing."""
    path = Path(FILE)
    if not path.exists():
        return
    try:
        data = read_bytes(path, MAX_BYTES, "load", FILE)
        plan = _load(settings, database, data, path.parent, force=False, past=None)
    except UserError as error:
        _tell(f"{path}: không nạp được, bot vẫn chạy:", *error.sentences)
    else:
        _tell(_summary(plan))


def _load(
    settings: Settings, database: Database, data: bytes, folder: Path, *, force: bool, past: str | None
) -> LoadPlan:
    # Checked before the transaction that writes: a long file must not keep the bot waiting.
    with database.read() as session:
        incoming = _read(_work(settings, session), data)
    source = _keep_source(settings, incoming.file, folder)
    with database.write() as session:
        work = _work(settings, session)
        plan = load_document(work, incoming, force=force, past=past)
        if source is not None or incoming.file is None:
            keep_source(work, incoming.key, source)
        found = session.exec(select(Document.past).where(col(Document.key) == incoming.key)).one()
    if found == "held":
        _tell(_HELD)
    return plan


def _keep_source(settings: Settings, name: str | None, folder: Path) -> str | None:
    """The SHA-256 of the source document, kept from now on; None where it cannot be, and that is told."""
    if name is None:
        return None
    try:
        return keep(settings.data_dir, read_source(folder, name))
    except UserError as error:
        _tell(*error.sentences)
    except OSError as error:
        _tell(f"document.file: DATA_DIR không ghi được ({error.strerror}); chưa lưu tệp văn bản.")
    return None


def _show(args: argparse.Namespace, settings: Settings, data: bytes) -> int:
    """The plan; exit code 1 where loading would be refused."""
    with _previewed(settings) as database, database.read() as session:
        work = _work(settings, session)
        plan = plan_document(work, _read(work, data), force=args.force)
    if args.json:
        _print_counts(plan)
    else:
        print(*describe(plan), _summary(plan, "Sẽ nạp"), sep="\n")
    if plan.has_conflicts and not args.force:
        raise UserError(*list_conflict_sentences(plan))
    return 0


def _read(work: Work, data: bytes) -> ResolvedDocument:
    incoming = read_file(data, make_reader(work))
    _tell(*incoming.warnings)
    return incoming


def _work(settings: Settings, session: Session) -> Work:
    return Work(session, command_clock(settings).now(), make_office(settings))


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


def _summary(plan: LoadPlan, done: str = "Đã nạp") -> str:
    counts = plan.counts
    return (
        f"{done} {plan.document.key}: thêm {counts['created']}, sửa {counts['updated']}, "
        f"không đổi {counts['unchanged']}, thôi giao {counts['withdrawn']} nhiệm vụ; "
        f"{counts['assignments']} lượt giao trong tệp."
    )


def _print_counts(plan: LoadPlan) -> None:
    print(json.dumps({"document": plan.document.key, **plan.counts}, ensure_ascii=False))


def _tell(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
