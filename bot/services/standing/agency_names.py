"""What an agency was called at an instant, and which agency carries on what a merged one had."""

from collections import defaultdict
from datetime import date, datetime

from sqlmodel import col, select

from bot.services.context import Work
from db.models import Agency, Succession


def name_at(work: Work, agency: Agency, at: datetime) -> str:
    """The agency's name at an instant: by the renamings carried out since."""
    return Names(work).name_at(agency.id, agency.name, at)


class Names:
    """All renamings, read once."""

    def __init__(self, work: Work) -> None:
        self._zone = work.office.zone
        query = (
            select(Succession)
            .where(col(Succession.kind) == "renamed", col(Succession.applied_at).is_not(None))
            .order_by(col(Succession.effective_on), col(Succession.id))
        )
        self._renamed: dict[int, list[tuple[date, str]]] = defaultdict(list)
        for each in work.session.exec(query):
            self._renamed[each.from_agency_id].append((each.effective_on, each.old_name or ""))

    def name_at(self, agency_id: int, name: str, at: datetime) -> str:
        """`name`: what it is called now."""
        on = at.astimezone(self._zone).date()
        later = [old for effective_on, old in self._renamed.get(agency_id, ()) if effective_on > on]
        return later[0] if later else name


def find_heir(work: Work, agency_id: int) -> int | None:
    """The living agency into which this one, and perhaps that one again, was merged; None where there is none."""
    seen: set[int] = set()
    current = agency_id
    while current not in seen:
        seen.add(current)
        query = select(Succession.to_agency_id).where(
            col(Succession.from_agency_id) == current,
            col(Succession.kind) == "merged",
            col(Succession.applied_at).is_not(None),
        )
        heir = work.session.exec(query.order_by(col(Succession.id).desc())).first()
        if heir is None:
            return None
        if work.session.get_one(Agency, heir).ended_on is None:
            return heir
        current = heir
    return None
