"""A database's schema and rows as plain values, taken from its own catalogue, to be compared."""

import re
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from db.migrate import HEAD, OURS, Versions

_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
_POSTGRESQL = """
SELECT 'column', c.relname || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""

Schema = dict[tuple[str, str], Any]


def read_schema(engine: Engine) -> Schema:
    """(kind, name) → definition, of everything but Alembic's own table."""
    with engine.connect() as connection:
        query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
        rows = connection.execute(text(query)).all()
    return {(kind, name): _definition(kind, sql) for kind, name, sql in rows if "alembic" not in name}


def _definition(kind: str, sql: str) -> Any:
    if kind != "table":
        return " ".join(sql.split())
    # Columns and constraints of one table: their order says nothing.
    inside = " ".join(sql[sql.index("(") + 1 : sql.rindex(")")].split())
    return sorted(_INLINE_LINK.sub(r"\1\nFOREIGN KEY(\2) REFERENCES", _split(inside)).split("\n"))


# A column added later names its parent beside it, one of the first version below the columns.
_INLINE_LINK = re.compile(r"^((\w+) \w+(?: NOT NULL)?) REFERENCES", re.MULTILINE)


def _split(listed: str) -> str:
    """The items of a list, a line each: split at the commas that stand in no bracket."""
    depth, items = 0, [""]
    for sign in listed:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            items.append("")
        else:
            items[-1] += sign
    return "\n".join(item.strip() for item in items)


def read_rows(connection: Connection) -> dict[str, list[Any]]:
    """Every table's rows, Alembic's too."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if connection.dialect.name != "sqlite":
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    tables = connection.execute(text(query)).scalars().all()
    return {
        table: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table}")).all())) for table in tables
    }


def read_all(engine: Engine) -> tuple[Schema, dict[str, list[Any]]]:
    with engine.connect() as connection:
        rows = read_rows(connection)
    return read_schema(engine), rows


_HEAD = f'''"""A later version."""

import sqlalchemy as sa
from alembic import op

revision = "0999"
down_revision = "{HEAD}"


def upgrade() -> None:
'''


def make_next_version(folder: Path, *statements: str) -> Versions:
    """This program's versions and a later one that does these statements."""
    target = folder / "migrations"
    shutil.copytree(OURS.folder, target, ignore=shutil.ignore_patterns("__pycache__"))
    body = "".join(f"    {line}\n" for statement in statements for line in statement.splitlines())
    (target / "versions" / "0999_next.py").write_text(_HEAD + body, encoding="utf-8")
    return Versions(known=(*OURS.known, "0999"), folder=target)
