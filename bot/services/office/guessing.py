"""Who opens links that never were invites: after a few, the next are not looked at for a while.

A link is one of 2^192, so guessing is hopeless; this keeps it from being work for the bot, and lets the office see it.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func
from sqlmodel import col, select

from bot.services.context import Work
from db.models import WrongInvite

WITHIN = timedelta(hours=1)
MOST = 5  # of one person; whoever copied a link badly has some tries
MOST_OVERALL = 100  # beyond it, many accounts are guessing together …
MOST_THEN = 1  # … and each person has one try: a real link still opens the door at once
KEPT = timedelta(days=7)


def check_may_try(work: Work, user_id: int, language: str | None) -> None:
    """Raises UserError, with the time from which on links are looked at again."""
    until = find_wait(work, user_id)
    if until is not None:
        raise work.refuse("invite_wait", language, at=until)


def find_wait(work: Work, user_id: int) -> datetime | None:
    """Until when this person's links are not looked at; None where they are."""
    recent = _is_recent(work)
    overall = work.session.exec(select(func.count(col(WrongInvite.id))).where(recent)).one()
    most = MOST if overall < MOST_OVERALL else MOST_THEN
    own = select(WrongInvite.at).where(recent, col(WrongInvite.address) == str(user_id))
    newest = work.session.exec(own.order_by(col(WrongInvite.at).desc()).limit(most)).all()
    return newest[-1] + WITHIN if len(newest) == most else None


def note_wrong(work: Work, user_id: int) -> None:
    """Counts one, and forgets old ones. The fifth of a person within an hour goes into the record."""
    old = delete(WrongInvite).where(col(WrongInvite.at) < work.now - KEPT)
    work.session.execute(old)
    work.session.add(WrongInvite(address=str(user_id), at=work.now))
    work.session.flush()
    own = select(func.count(col(WrongInvite.id))).where(
        col(WrongInvite.address) == str(user_id), _is_recent(work)
    )
    if work.session.exec(own).one() == MOST:
        work.record("invite_guessed", after={"tries": MOST})


def _is_recent(work: Work) -> ColumnElement[bool]:
    # Not those of the future either: a clock that was set back would keep a person out.
    return and_(col(WrongInvite.at) > work.now - WITHIN, col(WrongInvite.at) <= work.now)


def count_wrong(work: Work, since: datetime) -> tuple[int, int]:
    """How many wrong links were opened since then, and by how many people."""
    query = select(func.count(col(WrongInvite.id)), func.count(func.distinct(col(WrongInvite.address))))
    wrong, people = work.session.exec(query.where(col(WrongInvite.at) >= since)).one()
    return wrong, people
