"""What the secretariat has set for the whole office: one row, and its defaults where there is none."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from db.models import OfficeSettings

DAYS = 5  # Monday to Friday
_WEEKLY = ("weekly_on", "weekly_at")


def get_office_settings(work: Work) -> OfficeSettings:
    """The row, or the defaults as an object that is not in the session."""
    return work.session.exec(select(OfficeSettings)).first() or OfficeSettings()


def lock_office_settings(work: Work) -> OfficeSettings:
    """The row, locked for change; inserted where it is absent."""
    query = select(OfficeSettings).with_for_update()
    row = work.session.exec(query).first()
    if row is not None:
        return row
    try:
        with work.session.begin_nested():
            row = OfficeSettings()
            work.session.add(row)
            work.session.flush()
    except IntegrityError:  # another transaction was first
        return work.session.exec(query).one()
    return row


def change_office_settings(work: Work, actor: Actor, **values: Any) -> OfficeSettings:
    """Sets columns by name and records what changed. Raises UserError for another role, or a wrong day or time.

    Another day or time of the weekly digest empties `next_weekly_at`: it is computed again at the next tick.
    """
    require(work, actor, Action.EDIT_SETTINGS)
    _check_weekly(work, actor, values)
    row = lock_office_settings(work)
    before = {name: getattr(row, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    for name in changed:
        setattr(row, name, values[name])
    if any(name in _WEEKLY for name in changed):
        row.next_weekly_at = None
    if changed:
        work.record(
            "settings_changed",
            actor=actor,
            before={name: _as_json(before[name]) for name in changed},
            after={name: _as_json(values[name]) for name in changed},
        )
    work.session.flush()
    return row


def _check_weekly(work: Work, actor: Actor, values: dict[str, Any]) -> None:
    if values.get("weekly_on", 0) not in range(DAYS):
        raise work.refuse("weekly_on", actor.language)
    at = values.get("weekly_at", "00:00")
    try:
        is_right = f"{datetime.strptime(at, '%H:%M'):%H:%M}" == at  # noqa: DTZ007 a wall-clock time
    except (TypeError, ValueError):
        is_right = False
    if not is_right:
        raise work.refuse("weekly_at", actor.language, text=str(at)[:40])


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def is_paused(work: Work) -> bool:
    """Whether nothing leaves but receipts."""
    return get_office_settings(work).paused_at is not None
