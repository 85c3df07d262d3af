"""The source document that a tasks file names, read from beside it."""

from pathlib import Path

from bot.documents.secrecy import find_marking, find_marking_in_name
from bot.errors import UserError
from bot.texts import Texts

LARGEST = 20 * 1024 * 1024  # what people can be sent and can send on


def read_source(folder: Path, name: str, t: Texts) -> bytes:
    """The bytes of a file below the folder. Raises UserError: missing, empty, too big, elsewhere, or marked secret."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UserError(t.plain("file.source_outside", name=name))
    if (word := find_marking(path.stem) or find_marking_in_name(path.name)) is not None:
        raise UserError(t.plain("file.source_secret", name=name, word=word))
    try:
        size = path.stat().st_size
        if not path.is_file() or size == 0:
            raise UserError(t.plain("file.source_empty", name=name))
        if size > LARGEST:
            shown = f"{size / 1024 / 1024:.0f}"
            raise UserError(t.plain("file.source_big", name=name, size=shown))
        return path.read_bytes()
    except OSError as error:
        raise UserError(t.plain("file.source_unread", name=name, reason=error.strerror or "")) from error
