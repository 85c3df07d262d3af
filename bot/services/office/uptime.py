"""When the bot was running: spans in which a process was well, and the gaps between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.services.context import Work
from db.engine import count_changed
from db.models import RunningSpan

# A restart, an upgrade: nobody has waited for anything.
SHORT = timedelta(minutes=5)
KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Gap:
    """A time in which no process was well."""

    start: datetime
    end: datetime


def begin(work: Work) -> int:
    """A process is well from now on; the number of its span. What is long past is forgotten."""
    old = delete(RunningSpan).where(col(RunningSpan.seen_at) < work.now - KEPT)
    work.session.execute(old)
    span = RunningSpan(started_at=work.now, seen_at=work.now)
    work.session.add(span)
    work.session.flush()
    return span.id


def keep(work: Work, span_id: int) -> bool:
    """It is still well. False where the span cannot go on: the clock was set back, or the span is gone."""
    span = update(RunningSpan).where(col(RunningSpan.id) == span_id, col(RunningSpan.seen_at) <= work.now)
    return count_changed(work.session.execute(span.values(seen_at=work.now))) == 1


def list_gaps(work: Work, since: datetime, until: datetime) -> list[Gap]:
    """The interruptions to tell of this time, oldest first; of several processes one is enough.

    Those that began in it, and one that hid the whole of it: told week by week, each is told once.
    """
    gaps = find_gaps(_list_spans(work, since))
    return [
        each for each in gaps if since < each.start <= until or (each.start <= since and each.end > until)
    ]


def find_gaps(spans: Sequence[tuple[datetime, datetime]]) -> list[Gap]:
    """Longer times that no span covers; `spans`: (started, last seen), by when they started."""
    gaps: list[Gap] = []
    end: datetime | None = None
    for started_at, seen_at in spans:
        if end is not None and started_at - end > SHORT:
            gaps.append(Gap(end, started_at))
        end = seen_at if end is None else max(end, seen_at)
    return gaps


def _list_spans(work: Work, since: datetime) -> Sequence[tuple[datetime, datetime]]:
    seen_at = col(RunningSpan.seen_at)
    # With the last one before: what lies between is a gap, too.
    before = work.session.exec(select(func.max(seen_at)).where(seen_at <= since)).one()
    query = (
        select(RunningSpan.started_at, RunningSpan.seen_at)
        .where(seen_at >= (before or since))
        .order_by(col(RunningSpan.started_at), col(RunningSpan.id))
    )
    return work.session.exec(query).all()


def find_first(work: Work) -> datetime | None:
    """Since when it is recorded; None where it never was."""
    return work.session.exec(select(func.min(col(RunningSpan.started_at)))).one()


@dataclass(frozen=True)
class Running:
    """How a time went; `since`: where the record begins only in it."""

    gaps: Sequence[Gap]
    since: datetime | None = None


def describe(work: Work, since: datetime, until: datetime) -> Running | None:
    """None where nothing is recorded of that time: then nobody can say that the bot ran."""
    first = find_first(work)
    if first is None or first >= until:
        return None
    return Running(list_gaps(work, since, until), first if first > since else None)
