"""Agencies whose messages say only that something is due: their people see what it is when they open it."""

import functools
from collections.abc import Iterable

from sqlmodel import col, select

from bot.domain.access import Action
from bot.services.context import Actor, Work, require
from bot.services.notice.said import Said
from db.models import Agency, Membership


class Discretion:
    """Which messages may not say what they are about; read once for many."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def covers(self, notices: Iterable[Said]) -> bool:
        """Whether one of them is for a discreet agency, or for somebody who serves in one."""
        return bool(self._agencies) and any(self._is_for_one(each) for each in notices)

    def _is_for_one(self, notice: Said) -> bool:
        if notice.audience == "agency":
            return notice.agency_id in self._agencies
        if notice.audience != "member" or notice.member_id not in self._members:
            return False
        return notice.agency_id is None or notice.agency_id in self._agencies

    @functools.cached_property
    def _agencies(self) -> frozenset[int]:
        return frozenset(self._work.session.exec(select(Agency.id).where(col(Agency.is_discreet))))

    @functools.cached_property
    def _members(self) -> frozenset[int]:
        serving = select(Membership.member_id).where(
            col(Membership.agency_id).in_(self._agencies), col(Membership.until_at).is_(None)
        )
        return frozenset(self._work.session.exec(serving))


def set_discreet(work: Work, actor: Actor | None, agency: Agency, wanted: bool) -> None:
    """“Chế độ kín”, on or off; what waits to be sent follows at once. `actor`: None for a command."""
    if actor is not None:
        require(work, actor, Action.MANAGE_AGENCIES)
    if agency.is_discreet == wanted:
        return
    agency.is_discreet = wanted
    work.session.add(agency)
    work.session.flush()
    before, after = {"discreet": not wanted}, {"discreet": wanted}
    work.record("agency_discreet", actor=actor, agency_id=agency.id, before=before, after=after)
