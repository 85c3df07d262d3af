"""Writes an archive from one consistent view of the database, beside a bot that goes on writing."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Column, Connection, MetaData, Table, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot.attachments import attachment_path, sync_folder
from bot.backup.delivered import WAITING, watch
from bot.backup.manifest import (
    MANIFEST,
    NOT_KEPT,
    Delivered,
    Manifest,
    TableMember,
    attachment_member,
    list_kept_tables,
    table_member,
)
from bot.backup.rows import encode_row
from bot.clock import wall
from bot.errors import UserError
from bot.settings import Settings
from bot.store_errors import name_cause
from db.engine import Database, sqlite_path
from db.migrate import OURS, Versions, check_revision

BATCH = 500


@dataclass(frozen=True)
class Written:
    """`rows` and `attachments` are counts; `missing`: files that a report names and the disk has not."""

    path: Path
    rows: int
    attachments: int
    missing: tuple[str, ...]
    size: int


@dataclass
class Noted:
    """What the rows speak of beside themselves: files, the mode, and messages that wait or are under way."""

    hashes: set[str] = field(default_factory=set)
    mode: Literal["bot", "sandbox"] | None = None
    waiting: dict[int, str] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)

    def look_at(self, table: str, row: Mapping[str, Any]) -> None:
        found = row.get({"attachment": "sha256", "document": "file_sha256"}.get(table, ""))
        if found is not None:
            self.hashes.add(found)
        if table == "installation":
            self.mode = row["mode"]
        if table == "outbox_message" and row["status"] in WAITING:
            self.waiting[row["id"]] = row["dedupe_key"]
            if row["status"] == "sending":
                self.begun.append(row["id"])


LookAgain = Callable[[Noted], list[Delivered]]


def _nothing_since(_noted: Noted) -> list[Delivered]:
    return []


def write_backup(
    database: Database, data_dir: Path, target: Path, *, force: bool = False, versions: Versions = OURS
) -> Written:
    """Raises UserError where the target is there already, cannot be written, or there is nothing to copy."""
    _refuse_database_file(database, target)
    with _snapshot(database) as connection:

        def look_again(noted: Noted) -> list[Delivered]:
            return watch(database, noted.waiting, noted.begun)

        return write_from(connection, data_dir, target, force=force, versions=versions, look_again=look_again)


def back_up_before_migration(settings: Settings, database: Database, versions: Versions = OURS) -> Path:
    """Writes DATA_DIR/backups/before-REVISION-TIME.zip, of whatever older schema. Raises UserError."""
    target = name_backup(settings.data_dir, f"before-{versions.head}")
    return write_backup(database, settings.data_dir, target, versions=versions).path


def name_backup(data_dir: Path, what: str) -> Path:
    """A free name in DATA_DIR/backups, its folder made."""
    folder = data_dir / "backups"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    stem = f"{what}-{wall():%Y%m%dT%H%M%SZ}"
    path, number = folder / f"{stem}.zip", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.zip", number + 1
    return path


def _refuse_database_file(database: Database, target: Path) -> None:
    path = sqlite_path(database.url)
    if path is not None and target.resolve().as_posix().startswith(path.resolve().as_posix()):
        raise UserError(f"{target} would take the place of the database itself: name another file")


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """One read transaction: all tables as of one moment (SQLite's WAL; PostgreSQL's REPEATABLE READ)."""
    with database.reader.connect() as connection, connection.begin():
        yield connection


def write_from(
    connection: Connection,
    data_dir: Path,
    target: Path,
    *,
    force: bool = False,
    versions: Versions = OURS,
    look_again: LookAgain = _nothing_since,
) -> Written:
    """As `write_backup`, from a transaction that is open already. `look_again`: what has been sent meanwhile."""
    if target.is_dir():
        raise UserError(f"{target} is a folder: name the file to write")
    if not target.parent.is_dir():
        raise UserError(f"{target} cannot be written: there is no folder {target.parent}; make it first")
    if target.exists() and not force:
        raise UserError(f"{target} is there already: name another file, or overwrite it with --force")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        manifest = _write_file(
            part, lambda archive: _fill(archive, connection, data_dir, versions, look_again)
        )
        part.replace(target)
        sync_folder(target.parent)
        size = target.stat().st_size
    except OSError as error:
        raise _cannot_write(target, error) from error
    except SQLAlchemyError as error:
        cause = name_cause(error, connection.engine.url)
        raise UserError(f"The database could not be read ({cause}): no backup made") from error
    finally:
        part.unlink(missing_ok=True)
    rows = sum(member.rows for member in manifest.tables.values())
    return Written(target, rows, len(manifest.attachments), tuple(manifest.missing), size)


def _cannot_write(path: Path, error: OSError) -> UserError:
    return UserError(f"{path} cannot be written: {error.strerror or type(error).__name__}")


def _write_file(path: Path, fill: Callable[[ZipFile], Manifest]) -> Manifest:
    # It holds names and reports: readable by its owner only.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            manifest = fill(archive)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _fill(
    archive: ZipFile, connection: Connection, data_dir: Path, versions: Versions, look_again: LookAgain
) -> Manifest:
    begun_at = wall()
    revision = check_revision(connection, versions)
    if revision is None:
        raise UserError("The database is empty: there is nothing to back up")
    noted = Noted()
    is_current = revision == versions.head
    names = _list_tables(connection, is_current)
    tables = {name: _write_table(archive, connection, name, noted) for name in names}
    attachments, missing = _write_attachments(archive, data_dir, sorted(noted.hashes))
    manifest = Manifest(
        revision=revision,
        created_at=begun_at,
        database="sqlite" if connection.dialect.name == "sqlite" else "postgresql",
        mode=noted.mode,
        tables=tables,
        attachments=attachments,
        missing=missing,
        delivered=look_again(noted) if is_current else [],
    )
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1)
    archive.writestr(_entry(MANIFEST), text.encode())
    return manifest


def _list_tables(connection: Connection, is_current: bool) -> list[str]:
    """This schema's tables; of an older schema all there are, since this program no longer knows them."""
    if is_current:
        return list_kept_tables()
    return sorted(set(inspect(connection).get_table_names()) - NOT_KEPT)


def _write_table(archive: ZipFile, connection: Connection, name: str, noted: Noted) -> TableMember:
    """Writes the rows in the order of their keys, and notes what they speak of."""
    digest, size, count = hashlib.sha256(), 0, 0
    with archive.open(_entry(table_member(name)), "w", force_zip64=True) as member:
        for row in _read_rows(connection, name):
            noted.look_at(name, row)
            line = encode_row(row)
            member.write(line)
            digest.update(line)
            size, count = size + len(line), count + 1
    return TableMember(rows=count, size=size, sha256=digest.hexdigest())


def _read_rows(connection: Connection, name: str) -> Iterator[dict[str, Any]]:
    """By reflection, so that an older schema can be read as well as this one."""
    inspector = inspect(connection)
    columns = [Column[Any](each["name"], each["type"]) for each in inspector.get_columns(name)]
    table = Table(name, MetaData(), *columns)
    key = inspector.get_pk_constraint(name)["constrained_columns"]
    query = select(table).order_by(*(table.columns[each] for each in key))
    for row in connection.execute(query, execution_options={"yield_per": BATCH}).mappings():
        yield dict(row)


def _write_attachments(
    archive: ZipFile, data_dir: Path, wanted: list[str]
) -> tuple[dict[str, int], list[str]]:
    """Only bytes that still match their name are kept; the others are missing."""
    kept: dict[str, int] = {}
    missing: list[str] = []
    for sha256 in wanted:
        try:
            content = attachment_path(data_dir, sha256).read_bytes()
        except OSError:
            missing.append(sha256)
            continue
        if hashlib.sha256(content).hexdigest() != sha256:
            missing.append(sha256)
            continue
        archive.writestr(_entry(attachment_member(sha256)), content)
        kept[sha256] = len(content)
    return kept, missing


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
