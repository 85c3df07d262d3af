"""Who can be written to, and whether somebody guesses invite links. No names."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, func, select

from bot.services.context import Work
from bot.services.office.guessing import count_wrong
from bot.services.office.sending_state import NEW_BOT
from bot.services.upkeep.health.finding import Finding
from db.models import Address, Installation, Membership

GUESSED = 20


def examine_people(work: Work) -> Iterator[Finding]:
    serving = select(Membership.member_id).where(col(Membership.until_at).is_(None))
    reached = (
        select(func.count(col(Address.id)))
        .where(col(Address.reachable))
        .where(col(Address.member_id).in_(serving.where(col(Membership.role) == "secretariat")))
    )
    if not work.session.exec(reached).one():
        yield Finding(
            "secretariat", "warn", "nobody of it can be reached: `dondoc invite --secretariat` makes a link"
        )
    else:
        yield Finding("secretariat", "ok", "can be reached")
    lost = (
        select(Address.unreachable_reason, func.count(col(Address.id)))
        .where(col(Address.reachable).is_(False))
        .where(col(Address.member_id).is_(None) | col(Address.member_id).in_(serving))
        .group_by(col(Address.unreachable_reason))
        .order_by(col(Address.unreachable_reason))
    )
    counts = {reason or "for no known reason": count for reason, count in work.session.exec(lost)}
    waiting = counts.pop(NEW_BOT, 0)
    reasons = [f"{count} {reason}" for reason, count in counts.items()]
    if waiting:
        name = work.session.get_one(Installation, 1).bot_username
        told = f"the bot has been replaced: {waiting} chats have not started @{name} yet"
        yield Finding("people", "warn", f"{told}: send people https://t.me/{name}, add it to the groups")
    if reasons:
        told = f"chats that can no longer be written to: {', '.join(reasons)}"
        yield Finding(
            "people", "warn", f"{told}; call them: Start is pressed again, or somebody else is invited"
        )
    elif not waiting:
        yield Finding("people", "ok", "every chat can be written to")


def examine_invites(work: Work) -> Iterator[Finding]:
    wrong, people = count_wrong(work, work.now - timedelta(days=1))
    if wrong >= GUESSED:
        yield Finding(
            "invites",
            "warn",
            f"{wrong} wrong invite links were opened by {people} Telegram accounts within a day: somebody may be "
            "guessing. Each has few tries an hour, and a link is one of 2^192",
        )
    else:
        yield Finding("invites", "ok", "nobody is guessing links")
