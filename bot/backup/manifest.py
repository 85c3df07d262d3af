"""What an archive says of itself, and how its members are called."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

import db.models  # noqa: F401  (fills the metadata)

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 2**20
# Who may send is a matter of the running processes, and the schema's version is in the manifest.
NOT_KEPT = frozenset({"lease", "alembic_version"})

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, le=2**50)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TableMember(_Strict):
    """One table: rows, bytes of its JSON lines, and their SHA-256."""

    rows: Size
    size: Size
    sha256: Sha256


class Delivered(_Strict):
    """A message that waited when the copy was begun and had gone when it was finished.

    `message_id`: Telegram's; `numbers`: (notice, N) of “Nhắc việc lần N”, as they were sent.
    """

    id: Size
    sent_at: AwareDatetime
    message_id: int | None
    numbers: list[tuple[Size, Size]]


class Manifest(_Strict):
    """`revision`: of the schema. `created_at`: by the machine's clock, just before the moment the rows are of.

    `attachments`: bytes by SHA-256. `missing`: referenced, but not on the disk.
    """

    format: Literal["dondoc-backup"] = "dondoc-backup"
    version: Literal[1] = 1
    revision: str
    created_at: AwareDatetime
    database: Literal["sqlite", "postgresql"]
    mode: Literal["bot", "sandbox"] | None
    tables: dict[str, TableMember]
    attachments: dict[Sha256, Size]
    missing: list[Sha256]
    delivered: list[Delivered] = []


def table_member(table: str) -> str:
    return f"tables/{table}.jsonl"


def attachment_member(sha256: str) -> str:
    return f"attachments/{sha256}"


def list_kept_tables() -> list[str]:
    """The tables of this program's schema that go into an archive, parents before children."""
    return [table.name for table in SQLModel.metadata.sorted_tables if table.name not in NOT_KEPT]
