"""Agencies over time: added, renamed, merged, split, ended, from a day that is past, today or to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.secrecy import find_marking
from bot.documents.values import as_slug, is_slug, plain
from bot.domain.access import Action
from bot.services.agencies import handovers as over
from bot.services.agencies import surroundings
from bot.services.context import Actor, Work, require
from bot.services.duty import Due, Found, Queries
from bot.services.notice.said import Said
from bot.services.people.leaving import end_seat
from bot.services.saying.notices import dispatch, say
from bot.services.standing.agency_names import find_heir
from bot.services.standing.agency_search import list_agencies
from db.models import Agency, Succession, Task

LONGEST_NAME = 200
LONGEST_KEY = 64
LONGEST_REASON = 2000


@dataclass(frozen=True)
class Change:
    """What becomes of an agency: `kind` as in Succession; `into`: the agencies that follow it."""

    kind: str
    agency: Agency
    effective_on: date
    name: str = ""
    into: tuple[Agency, ...] = ()
    reason: str = ""


def add(work: Work, actor: Actor | None, name: str, key: str = "") -> Agency:
    """A new agency; the key is made of the name where none is given. Raises UserError for what is taken."""
    _require(work, actor)
    name = check_name(work, actor, name, None)
    key = key or _free_key(work, name)
    if not is_slug(key) or len(key) > LONGEST_KEY:
        raise work.refuse(
            "agency_key", _language(actor), text=key[:60], nearest=as_slug(key)[:60] or "co-quan"
        )
    if work.session.exec(select(Agency.id).where(col(Agency.key) == key)).first() is not None:
        raise work.refuse("agency_key_taken", _language(actor), text=key)
    agency = Agency(key=key, name=name)
    work.session.add(agency)
    work.session.flush()
    work.record("agency_added", actor=actor, agency_id=agency.id, after={"key": key, "name": name})
    return agency


def _free_key(work: Work, name: str) -> str:
    stem = as_slug(name)[: LONGEST_KEY - 4].strip("-") or "co-quan"
    taken = set(work.session.exec(select(Agency.key).where(col(Agency.key).startswith(stem))))
    return next(
        key for n in range(1, len(taken) + 3) if (key := stem if n == 1 else f"{stem}-{n}") not in taken
    )


def check_name(work: Work, actor: Actor | None, name: str, agency: Agency | None) -> str:
    """The name, tidied. Raises UserError for an empty, overlong or taken one."""
    name, language = " ".join(name.split()), _language(actor)
    if not name or len(name) > LONGEST_NAME:
        raise work.refuse("agency_name", language, longest=LONGEST_NAME)
    _check_words(work, actor, name)
    if agency is not None and name == agency.name:
        raise work.refuse("agency_same_name", language, agency=agency.name)
    for other in list_agencies(work):
        if (agency is None or other.id != agency.id) and plain(name) == plain(other.name):
            raise work.refuse("agency_name_taken", language, agency=other.name)
    return name


def _check_words(work: Work, actor: Actor | None, text: str) -> None:
    if len(text) > LONGEST_REASON:
        raise work.refuse("too_long", _language(actor), length=len(text), longest=LONGEST_REASON)
    if (word := find_marking(text)) is not None:
        raise work.refuse("secret", _language(actor), word=word)


def check(work: Work, actor: Actor | None, change: Change) -> Change:
    """The change as it can be made. Raises UserError that says what to do instead."""
    _require(work, actor)
    agency, language = change.agency, _language(actor)
    if agency.ended_on is not None:
        raise work.refuse("agency_ended", language, agency=agency.name, day=agency.ended_on)
    planned = find_planned(work, agency.id)
    if planned and (change.kind != "renamed" or planned[0].kind == "renamed"):
        raise work.refuse("agency_planned", language, agency=agency.name, day=planned[0].effective_on)
    if change.kind == "renamed":
        check_name(work, actor, change.name, agency)
    if change.kind in ("merged", "split"):
        _check_successors(work, actor, change)
    if change.kind == "ended":
        _check_end(work, actor, change)
    return change


def _check_successors(work: Work, actor: Actor | None, change: Change) -> None:
    language, ids = _language(actor), [each.id for each in change.into]
    if change.agency.id in ids:
        raise work.refuse("agency_itself", language, agency=change.agency.name)
    least = 1 if change.kind == "merged" else 2
    if len(set(ids)) < least or len(set(ids)) != len(ids):
        raise work.refuse("agency_too_few", language, agency=change.agency.name)
    for each in change.into:
        if each.ended_on is not None:
            raise work.refuse("agency_ended", language, agency=each.name, day=each.ended_on)


def _check_end(work: Work, actor: Actor | None, change: Change) -> None:
    _check_words(work, actor, change.reason)
    if change.reason or change.effective_on > work.today:
        return
    left = count_left(work, change.agency.id)
    if left:
        raise work.refuse("agency_has_tasks", _language(actor), agency=change.agency.name, n=left)


def count_left(work: Work, agency_id: int) -> int:
    """How much the agency still has to do, or to advise on."""
    return len(over.list_unfinished(work, agency_id)) + len(over.list_advised(work, agency_id))


def make(work: Work, actor: Actor | None, change: Change) -> list[Succession]:
    """Carries the change out, or plans it where its day is to come. Raises UserError."""
    _lock(work, [change.agency.id, *(each.id for each in change.into)])
    check(work, actor, change)
    rows = [
        Succession(
            from_agency_id=change.agency.id,
            to_agency_id=to.id if to else None,
            kind=change.kind,
            old_name=change.agency.name,
            new_name=change.name or None,
            effective_on=change.effective_on,
            note=change.reason or None,
        )
        for to in (change.into or (None,))
    ]
    _check_unmade(work, actor, rows)
    work.session.add_all(rows)
    work.session.flush()
    if change.effective_on > work.today:
        work.record(
            "succession_planned",
            actor=actor,
            agency_id=change.agency.id,
            after={"kind": change.kind, "day": change.effective_on.isoformat(), "name": change.name or None},
        )
        return rows
    apply(work, actor, rows)
    return rows


def _lock(work: Work, ids: Sequence[int]) -> None:
    """Of two who change the same agency at once, the second sees what the first has done."""
    rows = select(Agency).where(col(Agency.id).in_(ids)).order_by(col(Agency.id)).with_for_update()
    work.session.exec(rows.execution_options(populate_existing=True)).all()


def _check_unmade(work: Work, actor: Actor | None, rows: Sequence[Succession]) -> None:
    """The same pair of agencies on the same day is one row."""
    for row in rows:
        same = select(Succession.id).where(
            col(Succession.from_agency_id) == row.from_agency_id,
            col(Succession.to_agency_id) == row.to_agency_id,
            col(Succession.effective_on) == row.effective_on,
        )
        if row.to_agency_id is not None and work.session.exec(same).first() is not None:
            raise work.refuse("agency_planned", _language(actor), agency=row.old_name, day=row.effective_on)


def find_planned(work: Work, agency_id: int) -> Sequence[Succession]:
    """What is to become of the agency on a day to come."""
    query = select(Succession).where(
        col(Succession.from_agency_id) == agency_id, col(Succession.applied_at).is_(None)
    )
    return work.session.exec(query.order_by(col(Succession.id))).all()


def cancel(work: Work, actor: Actor | None, agency: Agency) -> None:
    """What was planned for a day to come is not done. Raises UserError where nothing is planned."""
    _require(work, actor)
    rows = find_planned(work, agency.id)
    if not rows:
        raise work.refuse("agency_not_planned", _language(actor), agency=agency.name)
    before = {"kind": rows[0].kind, "day": rows[0].effective_on.isoformat()}
    for row in rows:
        work.session.delete(row)
    work.record("succession_cancelled", actor=actor, agency_id=agency.id, before=before)
    work.session.flush()


# --- carrying out


def apply(work: Work, actor: Actor | None, rows: Sequence[Succession]) -> None:
    """All rows of one change of one agency."""
    agency = work.session.get_one(Agency, rows[0].from_agency_id)
    for row in rows:
        row.applied_at = work.now
    _APPLY[rows[0].kind](work, actor, agency, rows)
    work.session.flush()


def _rename(work: Work, actor: Actor | None, agency: Agency, rows: Sequence[Succession]) -> None:
    row = rows[0]
    row.old_name, agency.name = agency.name, row.new_name or agency.name
    if row.old_name not in agency.aliases:
        agency.aliases = [*agency.aliases, row.old_name]
    work.record(
        "agency_renamed",
        actor=actor,
        agency_id=agency.id,
        before={"name": row.old_name},
        after={"name": agency.name, "day": row.effective_on.isoformat()},
    )
    _tell(work, rows, [agency.id], {})


def _merge(work: Work, actor: Actor | None, agency: Agency, rows: Sequence[Succession]) -> None:
    heir = work.session.get_one(Agency, rows[0].to_agency_id)
    reason = work.texts().plain("succession.reason_merged", old=agency.name, new=heir.name)
    for seat in over.list_open_seats(work, agency.id, lock=True):
        over.move_person(work, actor, seat, heir)
    given = [
        over.give_over(work, actor, each, heir, reason) for each in over.list_live(work, agency.id, lock=True)
    ]
    surroundings.move_surroundings(work, agency.id, heir.id)
    surroundings.replace_in_groups(work, agency.id, [heir.id])
    _end(work, actor, agency, rows, {"into": [heir.key], "moved": sum(given), "doubled": given.count(False)})
    surroundings.readdress(work, agency.id, heir.id)
    _tell(work, rows, [heir.id], {"moved": sum(given), "doubled": given.count(False)})


def _split(work: Work, actor: Actor | None, agency: Agency, rows: Sequence[Succession]) -> None:
    heirs = [work.session.get_one(Agency, row.to_agency_id) for row in rows]
    waiting = len(over.list_live(work, agency.id))
    surroundings.point_elsewhere(work, agency.id, heirs[0].id)
    surroundings.unbind_groups(work, agency.id)
    surroundings.replace_in_groups(work, agency.id, [each.id for each in heirs])
    _end(work, actor, agency, rows, {"into": [each.key for each in heirs], "waiting": waiting})
    # To its people by themselves: they may be elsewhere before it is sent.
    members = [seat.member_id for seat in over.list_open_seats(work, agency.id)]
    _tell(work, rows, [each.id for each in heirs], {"waiting": waiting}, members)


def _finish(work: Work, actor: Actor | None, agency: Agency, rows: Sequence[Succession]) -> None:
    row = rows[0]
    if not row.note and (left := count_left(work, agency.id)):
        row.applied_at = None
        work.session.delete(row)
        work.record("succession_failed", actor=actor, agency_id=agency.id, after={"left": left})
        _say_failed(work, row, left)
        return
    unfinished = len(over.list_unfinished(work, agency.id))
    for each in over.list_live(work, agency.id, lock=True):
        over.relieve(work, actor, each, work.session.get_one(Task, each.task_id), row.note or "")
    seats = over.list_open_seats(work, agency.id, lock=True)
    _tell(work, rows, [], {"withdrawn": unfinished}, [seat.member_id for seat in seats])
    for seat in seats:
        end_seat(work, actor, seat, is_told=False)
    surroundings.point_elsewhere(work, agency.id, None)
    surroundings.unbind_groups(work, agency.id)
    surroundings.replace_in_groups(work, agency.id, [])
    surroundings.expire_unreceived(work, agency.id)
    _end(work, actor, agency, rows, {"withdrawn": unfinished, "reason": row.note})


_APPLY = {"renamed": _rename, "merged": _merge, "split": _split, "ended": _finish}


def _end(
    work: Work, actor: Actor | None, agency: Agency, rows: Sequence[Succession], after: dict[str, object]
) -> None:
    agency.ended_on = rows[0].effective_on
    work.session.flush()
    day = rows[0].effective_on.isoformat()
    work.record(f"agency_{rows[0].kind}", actor=actor, agency_id=agency.id, after={"day": day, **after})


def _tell(
    work: Work,
    rows: Sequence[Succession],
    agencies: Sequence[int],
    data: dict[str, int],
    members: Sequence[int] = (),
) -> None:
    """The agencies concerned and the secretariat, each once."""
    key, told = f"succession:{rows[0].id}", {**data, "successions": [row.id for row in rows]}
    said: list[Said | None] = [
        say(work, "succession", f"{key}:secretariat", audience="secretariat", data=told)
    ]
    for agency_id in dict.fromkeys(agencies):
        said.append(
            say(
                work,
                "succession",
                f"{key}:{agency_id}",
                audience="agency",
                agency_id=agency_id,
                data={**told, "contact": True},
            )
        )
    for member_id in dict.fromkeys(members):
        said.append(
            say(work, "succession", f"{key}:m{member_id}", audience="member", member_id=member_id, data=told)
        )
    dispatch(work, said)


def _say_failed(work: Work, row: Succession, left: int) -> None:
    data = {"agency": row.from_agency_id, "day": row.effective_on.isoformat(), "left": left}
    key = f"succession_failed:{row.from_agency_id}:{row.effective_on}:{row.id}"
    dispatch(work, [say(work, "succession_failed", key, audience="secretariat", data=data)])


# --- a day to come


def ask_next() -> Queries:
    """The earliest day of a change that is to come."""
    return [select(func.min(col(Succession.effective_on))).where(col(Succession.applied_at).is_(None))]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """The local midnight that begins that day."""
    (on,) = found
    return None if on is None else datetime.combine(on, time(), work.office.zone).astimezone(UTC)


def fire(work: Work) -> Due:
    """Carries out what is due, one agency a transaction."""
    due = select(Succession).where(
        col(Succession.applied_at).is_(None), col(Succession.effective_on) <= work.today
    )
    order = (col(Succession.effective_on), col(Succession.id))
    first = work.session.exec(due.order_by(*order).limit(1).with_for_update(skip_locked=True)).first()
    if first is None:
        return Due(0, False)
    of_same = due.where(
        col(Succession.from_agency_id) == first.from_agency_id,
        col(Succession.effective_on) == first.effective_on,
    )
    rows = work.session.exec(of_same.order_by(*order).with_for_update()).all()
    _lock(work, [first.from_agency_id, *(each.to_agency_id for each in rows if each.to_agency_id)])
    if not _follow_heirs(work, rows):
        _give_up(work, rows)
    else:
        apply(work, None, rows)
    return Due(0, True)


def _follow_heirs(work: Work, rows: Sequence[Succession]) -> bool:
    """A successor that has itself been merged meanwhile is followed; False where one is no more."""
    for row in rows:
        if row.to_agency_id is None:
            continue
        if work.session.get_one(Agency, row.to_agency_id).ended_on is None:
            continue
        heir = find_heir(work, row.to_agency_id)
        if heir is None or heir in {row.from_agency_id, *(each.to_agency_id for each in rows)}:
            return False
        row.to_agency_id = heir
    return work.session.get_one(Agency, rows[0].from_agency_id).ended_on is None


def _give_up(work: Work, rows: Sequence[Succession]) -> None:
    for row in rows:
        work.session.delete(row)
    work.record("succession_failed", agency_id=rows[0].from_agency_id, after={"left": 0})
    _say_failed(work, rows[0], 0)
    work.session.flush()


def _require(work: Work, actor: Actor | None) -> None:
    if actor is not None:
        require(work, actor, Action.MANAGE_AGENCIES)


def _language(actor: Actor | None) -> str | None:
    return actor.language if actor else None
