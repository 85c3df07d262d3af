"""The source document that a tasks file names, read from beside it."""

from pathlib import Path

from bot.documents.secrecy import find_marking, find_marking_in_name
from bot.errors import UserError

LARGEST = 20 * 1024 * 1024  # what people can be sent and can send on


def read_source(folder: Path, name: str) -> bytes:
    """The bytes of a file below the folder. Raises UserError: missing, empty, too big, elsewhere, or marked secret."""
    path = folder / name
    where = f"document.file: “{name}”"
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UserError(f"{where} nằm ngoài thư mục của tệp nhiệm vụ; chưa lưu tệp văn bản.")
    if (word := find_marking(path.stem) or find_marking_in_name(path.name)) is not None:
        raise UserError(f"{where} có dấu chỉ độ mật (“{word}”); không lưu tệp văn bản.")
    try:
        size = path.stat().st_size
        if not path.is_file() or size == 0:
            raise UserError(f"{where} không phải tệp có nội dung; chưa lưu tệp văn bản.")
        if size > LARGEST:
            shown = f"{size / 1024 / 1024:.0f}"
            raise UserError(f"{where} có {shown} MB, tối đa 20 MB; chưa lưu tệp văn bản.")
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{where} không đọc được ({error.strerror}); chưa lưu tệp văn bản.") from error
