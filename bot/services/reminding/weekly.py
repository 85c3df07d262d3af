"""The secretariat's weekly digest: the figures of an instant, told the same whenever they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, StaleError, Work, require
from bot.services.drawing.rendering import Drawer
from bot.services.duty import Due, Found, Queries
from bot.services.notice.holding import make_hold
from bot.services.notice.reach import Reach
from bot.services.notice.said import Said, list_unsaid, store
from bot.services.office.office_settings import get_office_settings, lock_office_settings
from bot.services.saying.notices import dispatch, say, sort_out
from bot.services.saying.posting import Packed, pack, put
from bot.services.standing.weekly_figures import WEEK
from db.models import Address, Member, Membership, Notice, OfficeSettings

# --- when


def time_of(work: Work, on: date) -> datetime:
    """The instant of the digest of the week in which `on` lies; on a day off the working day before it."""
    row = get_office_settings(work)
    day = on + timedelta(days=row.weekly_on - on.weekday())
    at = time.fromisoformat(row.weekly_at)
    return datetime.combine(work.calendar.previous_working_day(day), at, work.office.zone).astimezone(UTC)


def time_on(work: Work, on: date) -> datetime:
    """The instant of a day that a digest is about: as it was said on that day, or would be."""
    start = datetime.combine(on, time(), work.office.zone)
    said = select(Notice.data).where(
        col(Notice.kind) == "weekly", col(Notice.due_at) >= start, col(Notice.due_at) < start + 2 * WEEK
    )
    for data in work.session.exec(said.order_by(col(Notice.id))):
        about = datetime.fromisoformat(data["at"])
        if about.astimezone(work.office.zone).date() == on:
            return about
    at = time.fromisoformat(get_office_settings(work).weekly_at)
    return datetime.combine(on, at, work.office.zone).astimezone(UTC)


def find_next_after(work: Work, after: datetime) -> datetime:
    """The first digest strictly after an instant."""
    on = after.astimezone(work.office.zone).date()
    candidates = (time_of(work, on + WEEK * n) for n in range(-1, 3))
    return min(at for at in candidates if at > after)


def find_last(work: Work) -> datetime:
    """The latest digest that has come."""
    on = work.today
    return max(at for at in (time_of(work, on - WEEK * n) for n in range(3)) if at <= work.now)


def ask_next() -> Queries:
    """When the next digest is due."""
    return [select_columns(col(OfficeSettings.next_weekly_at))]


def find_next_at(work: Work, found: Found) -> datetime | None:
    """When the tick has something to do; at once where the next digest is not computed yet."""
    (at,) = found
    return at or work.now


@dataclass(frozen=True)
class Draft:
    """The digest that has come due, drawn; nothing is said where only the time of the next one was wanting.

    `due_at`, `next_at`: when it was due, and the next one is. `reached`: what `reach` was drawn from.
    """

    due_at: datetime | None
    next_at: datetime
    said: Sequence[Said]
    packed: Packed
    reach: Reach
    reached: Sequence[Any]

    def write(self, work: Work) -> Due:
        """Raises StaleError, or IntegrityError, where something has changed."""
        row = lock_office_settings(work)
        if row.next_weekly_at != self.due_at or self.reach.read_state(work) != self.reached:
            raise StaleError
        row.next_weekly_at = self.next_at
        work.session.flush()
        put(work, self.packed, store(work, self.said))
        return Due(len(self.said), more=False)


def prepare(work: Work, _most: Callable[[], int], *, lock: bool = False) -> Iterator[Draft]:
    """Draws the digest that has come due, after an outage only the last one: it reads all that is stored."""
    due_at = get_office_settings(work).next_weekly_at
    said: list[Said] = []
    if due_at is not None and due_at <= work.now:
        last = max(find_last(work), due_at)
        key, data = f"weekly:{last:%Y%m%dT%H%M}", {"at": last.isoformat()}
        said = list_unsaid(work, [Said(key, "weekly", "secretariat", work.now, data=data)])
    reach = Reach(work, said)
    packed = pack(work, sort_out(said, reach), Drawer(work), lock=lock)
    yield Draft(due_at, find_next_after(work, work.now), said, packed, reach, reach.read_state(work))


def fire(work: Work) -> Due:
    """Says the digest in one transaction."""
    return next(prepare(work, lambda: 1, lock=True)).write(work)


# --- to the leadership


@dataclass(frozen=True)
class ToLeadership:
    """What pressing **Gửi** would send, or has sent: to how many viewers, about which instant."""

    at: datetime
    viewers: int
    batch: str | None = None


def preview_leadership(work: Work, actor: Actor, at: datetime) -> ToLeadership:
    """Nothing is sent yet. Raises UserError where nobody of the leadership has joined."""
    require(work, actor, Action.REPORT_UPWARD)
    query = (
        select(func.count(func.distinct(col(Member.id))))
        .join(Membership, col(Membership.member_id) == col(Member.id))
        .join(Address, col(Address.member_id) == col(Member.id))
        .where(col(Membership.role) == "viewer", col(Membership.until_at).is_(None), col(Address.reachable))
    )
    viewers = int(work.session.exec(query).one())
    if not viewers:
        raise work.refuse("no_viewers", actor.language)
    return ToLeadership(at, viewers)


def send_leadership(work: Work, actor: Actor, at: datetime, asked: int = 0) -> ToLeadership:
    """Sends the summary to the leadership, after a minute in which it can be taken back.

    `asked`: the number of the preview it answers. Raises UserError where that has been answered.
    """
    found = preview_leadership(work, actor, at)
    hold = make_hold(work)
    told = say(
        work,
        "summary",
        f"summary:{at:%Y%m%dT%H%M}:{asked or work.update_id or work.now.isoformat()}",
        audience="viewer",
        data={"at": at.isoformat()},
    )
    if told is None:
        raise work.refuse("sent_already", actor.language)
    dispatch(work, [told], hold)
    work.record("reported_upward", actor=actor, after={"at": at.isoformat(), "viewers": found.viewers})
    return ToLeadership(at, found.viewers, hold.batch)
