"""The office's own days off and days worked: listed beside the published ones, added, removed, loaded from a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import col, select

from bot.domain.access import Action
from bot.domain.office_days import DayFault, DayRow, OfficeDay
from bot.errors import UserError
from bot.holidays_vn import OFF, WORK, list_published, vietnam_calendar
from bot.services.context import Actor, Work, require
from bot.services.office.office_settings import lock_office_settings
from db.models import Holiday

Remark = Literal["already_off", "already_work", "unchanged", "corrected", ""]


def list_days(work: Work, year: int, language: str | None = None) -> list[OfficeDay]:
    """The days of a year that are not as the week alone would have them, in order."""
    t = work.texts(language)
    found = {
        day: OfficeDay(day, kind, name or t.plain(_swapped(kind)), is_own=False)
        for day, kind, name in list_published(year, t.language)
    }
    query = select(Holiday).where(col(Holiday.day).between(date(year, 1, 1), date(year, 12, 31)))
    for row in work.session.exec(query):
        found[row.day] = OfficeDay(row.day, row.kind, row.name or "", is_own=True)
    return [found[day] for day in sorted(found)]


def _swapped(kind: str) -> str:
    return "days.swapped_off" if kind == OFF else "days.swapped_work"


@dataclass(frozen=True)
class Added:
    """What became of a typed day; `remark`: what is worth saying about it."""

    row: DayRow
    remark: Remark


def add_days(work: Work, actor: Actor, rows: Sequence[DayRow]) -> list[Added]:
    """Writes typed days, all or none. Raises UserError where the table says the opposite of one."""
    require(work, actor, Action.EDIT_SETTINGS)
    stored = _lock_table(work)
    against = [row for row in rows if row.day in stored and stored[row.day].kind != row.kind]
    if against:
        raise UserError(*(_contradiction(work, actor, row) for row in against))
    # Judged before anything is written: the remark is about the calendar as it stood.
    added = [Added(row, _remark_on(row, stored)) for row in rows]
    for row in rows:
        _write(work, actor, row, stored.get(row.day))
    work.session.flush()
    return added


def _contradiction(work: Work, actor: Actor, row: DayRow) -> str:
    t = work.texts(actor.language)
    stored = WORK if row.kind == OFF else OFF
    return t.plain("days.contradiction", day=row.day, stored=t.plain(f"days.is_{stored}"))


def _remark_on(row: DayRow, stored: Mapping[date, Holiday]) -> Remark:
    own = stored.get(row.day)
    if own is not None:
        return "unchanged" if own.name == row.name else "corrected"
    is_working = vietnam_calendar([row.day.year]).is_working_day(row.day)
    if row.kind == OFF and not is_working:
        return "already_off"
    return "already_work" if row.kind == WORK and is_working else ""


def remove_day(work: Work, actor: Actor, day: date) -> None:
    """Takes a row of the office's table away. Raises UserError where there is none."""
    require(work, actor, Action.EDIT_SETTINGS)
    row = _lock_table(work).get(day)
    if row is None:
        raise work.refuse("no_own_day", actor.language, day=day)
    _remove(work, actor, row)
    work.session.flush()


@dataclass(frozen=True)
class TablePlan:
    """What loading a table does to the office's own."""

    added: Sequence[DayRow]
    changed: Sequence[DayRow]
    removed: Sequence[date]
    unchanged: int


def plan_table(work: Work, rows: Iterable[DayRow], *, replace: bool) -> TablePlan:
    """What `load_table` would do; only reads."""
    return _plan(_read_table(work), list(rows), replace)


def load_table(work: Work, actor: Actor | None, rows: Iterable[DayRow], *, replace: bool) -> TablePlan:
    """Writes the rows of a table; own rows it has not stay, unless `replace`. `actor` None: from the command line."""
    if actor is not None:
        require(work, actor, Action.EDIT_SETTINGS)
    stored = _lock_table(work)
    plan = _plan(stored, list(rows), replace)
    for row in (*plan.added, *plan.changed):
        _write(work, actor, row, stored.get(row.day))
    for day in plan.removed:
        _remove(work, actor, stored[day])
    work.session.flush()
    return plan


def _plan(stored: Mapping[date, Holiday], rows: Sequence[DayRow], replace: bool) -> TablePlan:
    changed = [row for row in rows if row.day in stored and _is_other(stored[row.day], row)]
    days = {row.day for row in rows}
    return TablePlan(
        added=[row for row in rows if row.day not in stored],
        changed=changed,
        removed=[day for day in stored if day not in days] if replace else [],
        unchanged=len(days & set(stored)) - len(changed),
    )


def _is_other(stored: Holiday, row: DayRow) -> bool:
    return (stored.kind, stored.name) != (row.kind, row.name)


def refuse_faults(
    work: Work, faults: Sequence[DayFault], language: str | None = None, *, most: int | None = None
) -> UserError:
    """The faults of typed days or of a table, a sentence each: line, field, value, what would be right."""
    t = work.texts(language)
    left = len(faults[most:]) if most is not None else 0
    return UserError(
        *(
            t.plain(
                "days.fault",
                line=each.line,
                field=t.plain(f"days.field.{each.field}"),
                fault=t.plain(f"days.fault.{each.problem}", value=each.value, right=each.right),
            )
            for each in faults[:most]
        ),
        *([t.plain("days.faults_more", count=left)] if left else []),
    )


def _read_table(work: Work) -> dict[date, Holiday]:
    return {row.day: row for row in work.session.exec(select(Holiday).order_by(col(Holiday.day)))}


def _lock_table(work: Work) -> dict[date, Holiday]:
    lock_office_settings(work)  # one at a time: a row that is not there yet cannot be locked itself
    return _read_table(work)


def _write(work: Work, actor: Actor | None, row: DayRow, stored: Holiday | None) -> None:
    if stored is None:
        stored = Holiday(day=row.day, kind=row.kind, name=row.name)
        work.session.add(stored)
        work.record("holiday_added", actor=actor, after=_as_json(stored))
    elif _is_other(stored, row):
        before = _as_json(stored)
        stored.kind, stored.name = row.kind, row.name
        work.record("holiday_changed", actor=actor, before=before, after=_as_json(stored))


def _remove(work: Work, actor: Actor | None, stored: Holiday) -> None:
    work.record("holiday_removed", actor=actor, before=_as_json(stored))
    work.session.delete(stored)


def _as_json(row: Holiday) -> dict[str, str | None]:
    return {"day": row.day.isoformat(), "kind": row.kind, "name": row.name}
