"""Reads an archive that nobody vouches for: every name, size, count and hash is checked, nothing is unpacked."""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from pydantic import ValidationError

from bot.backup.manifest import (
    LARGEST_MANIFEST,
    MANIFEST,
    Manifest,
    attachment_member,
    table_member,
)
from bot.backup.rows import decode_row
from bot.backup.versions import list_tables
from bot.errors import UserError
from db.migrate import HEAD, KNOWN

CHUNK = 2**16
LONGEST_ROW = 2**24
_ENCRYPTED = 0x1
_DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """An opened archive. Raises UserError with a plain sentence for whatever is wrong with it.

    `tables`: those of its version, parents before children.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._plain():
            self._zip = ZipFile(path)
        try:
            with self._plain():
                self.manifest = self._read_manifest()
                self._check_revision()
                self._check_members()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def verify(self) -> None:
        """Reads everything once: each member against its size, count and hash, each row against its table."""
        for table in self.manifest.tables:
            for _row in self.read_rows(table):
                pass
        for sha256 in self.manifest.attachments:
            for _chunk in self.read_attachment(sha256):
                pass

    def read_rows(self, name: str) -> Iterator[dict[str, Any]]:
        """A table's rows, each checked; at the end also their count, size and hash."""
        member, table, count = self.manifest.tables[name], self.tables[name], 0
        with self._plain():
            for line in self._read_lines(table_member(name), member.size, member.sha256):
                count += 1
                try:
                    row = decode_row(table, line)
                except ValueError as error:
                    raise self._damaged(f"row {count} of {name}: {error}") from None
                yield row
            if count != member.rows:
                raise self._damaged(f"{name} has {count} rows where {member.rows} are said")

    def read_attachment(self, sha256: str) -> Iterator[bytes]:
        """Its bytes; at the end size and hash are checked."""
        with self._plain():
            yield from self._read(attachment_member(sha256), self.manifest.attachments[sha256], sha256)

    def _read_lines(self, name: str, size: int, sha256: str) -> Iterator[bytes]:
        rest = bytearray()
        for chunk in self._read(name, size, sha256):
            first, *others = chunk.split(b"\n")
            rest += first
            if len(rest) > LONGEST_ROW:
                raise self._damaged(f"{name} has a row without end")
            if others:
                yield bytes(rest)
                yield from others[:-1]
                rest = bytearray(others[-1])
        if rest:
            raise self._damaged(f"{name} breaks off")

    def _read(self, name: str, size: int, sha256: str) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), size
        with self._zip.open(name) as member:
            while chunk := member.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise self._damaged(f"{name} is larger than said")
                digest.update(chunk)
                yield chunk
        if left or digest.hexdigest() != sha256:
            raise self._damaged(f"{name} is not what was written")

    def _read_manifest(self) -> Manifest:
        if self._zip.namelist().count(MANIFEST) != 1:
            raise UserError(f"{self._path} is no backup of this program: it has not one {MANIFEST}")
        with self._zip.open(MANIFEST) as member:
            text = member.read(LARGEST_MANIFEST + 1)
        if len(text) > LARGEST_MANIFEST:
            raise self._damaged(f"{MANIFEST} is larger than any can be")
        try:
            return Manifest.model_validate_json(text)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])[:80]
            raise self._damaged(f"{MANIFEST} is not as it should be, at {where or 'its start'}") from None

    def _check_revision(self) -> None:
        revision = self.manifest.revision
        if revision not in KNOWN:
            raise UserError(
                f"{self._path} is of a schema this program does not know ({revision!r}, its own is {HEAD}): "
                "restore it with the version of the program that made it. Nothing was changed."
            )
        self.tables = list_tables(revision)

    def _check_members(self) -> None:
        """The archive holds exactly what the manifest names, and the manifest what its schema has."""
        if set(self.manifest.tables) != set(self.tables):
            raise self._damaged("its tables are not those of its schema")
        sizes = {table_member(name): member.size for name, member in self.manifest.tables.items()}
        sizes |= {attachment_member(sha256): size for sha256, size in self.manifest.attachments.items()}
        entries = [entry for entry in self._zip.infolist() if entry.filename != MANIFEST]
        for entry in entries:
            size = sizes.pop(entry.filename, None)
            if size is None:
                raise self._damaged(f"{entry.filename[:80]!r} does not belong in it")
            if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise self._damaged(f"{entry.filename} is packed in another way")
            if entry.file_size != size:
                raise self._damaged(f"{entry.filename} is of another size than said")
        if sizes:
            raise self._damaged(f"{min(sizes)} is missing")

    def _damaged(self, what: str) -> UserError:
        return UserError(f"{self._path} is damaged or was altered: {what}. Nothing was changed.")

    @contextmanager
    def _plain(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UserError(f"{self._path} cannot be read: {reason}") from error
        except _DAMAGE as error:
            raise self._damaged("it is no whole zip archive") from error
