"""What a transaction has read stays true for it until it writes: asked twenty times in one, it is read once."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlmodel import Session

T = TypeVar("T")
_KEPT, _WRITES = "remembered", "writes"


@dataclass(frozen=True)
class _Kept:
    """Of one transaction, and as of its so many writes."""

    transaction: object
    connection: dict[str, Any]
    writes: int
    values: dict[Hashable, Any] = field(default_factory=dict)


def count_writes(engine: Engine) -> None:
    """Lets the engine's connections know that they have written; without it nothing is remembered."""

    @event.listens_for(engine, "connect")
    def _connect(_raw: Any, record: Any) -> None:
        record.info[_WRITES] = 0

    @event.listens_for(engine, "before_cursor_execute")
    def _execute(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        # Whatever is not plainly a query may change something.
        if not statement.startswith("SELECT"):
            info = connection.info
            info[_WRITES] = info.get(_WRITES, 0) + 1


def remember(session: Session, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives: plain values, no rows that change. It may be asked again at any time."""
    values = _values_of(session)
    if key not in values:
        values[key] = read()
    found: T = values[key]
    return found


def keep(session: Session, values: Mapping[Hashable, Any]) -> None:
    """Many of them, read in one statement."""
    _values_of(session).update(values)


def _values_of(session: Session) -> dict[Hashable, Any]:
    session.flush()
    kept, transaction = session.info.get(_KEPT), session.get_transaction()
    if isinstance(kept, _Kept) and kept.transaction is transaction is not None:
        if kept.connection.get(_WRITES) == kept.writes:
            return kept.values
        info = kept.connection
    else:
        info = session.connection().info
        transaction = session.get_transaction()
    if (writes := info.get(_WRITES)) is None:
        return {}
    session.info[_KEPT] = kept = _Kept(transaction, info, writes)
    return kept.values
