"""The part of a message that carries a file."""

import mimetypes

from bot.sandbox.core import Core
from bot.sandbox.pictures import find_picture_size
from bot.sandbox.state import Json


def file_content(core: Core, name: str, content: bytes, *, as_photo: bool) -> Json:
    """The part of a Message that carries a file. Inside a change."""
    size = find_picture_size(content) if as_photo else None
    if size is not None:
        record = core.add_file(name, content, "image/jpeg", "photos")
        width, height = size
        ids = {key: record[key] for key in ("file_id", "file_unique_id", "file_size")}
        return {"photo": [{**ids, "width": width, "height": height}]}
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    record = core.add_file(name, content, mime, "documents")
    return {"document": document_json(record)}


def document_json(record: Json) -> Json:
    return {
        "file_id": record["file_id"],
        "file_unique_id": record["file_unique_id"],
        "file_name": record["name"],
        "mime_type": record["mime"],
        "file_size": record["file_size"],
    }
