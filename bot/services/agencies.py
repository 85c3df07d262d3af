"""Finding an agency by what people type: a name, an alias, without diacritics, in part."""

from sqlmodel import col, select

from bot.documents.values import plain
from bot.services.context import Work
from db.models import Agency

MOST_FOUND = 8
LONGEST = 200


def list_agencies(work: Work) -> list[Agency]:
    """Agencies that still exist, in the order they were named."""
    query = select(Agency).where(col(Agency.ended_on).is_(None)).order_by(col(Agency.id))
    return list(work.session.exec(query))


def search_agencies(work: Work, words: str) -> list[Agency]:
    """The agencies the words most likely mean: those so called, else those whose names hold all the words."""
    wanted = plain(words[:LONGEST])
    if not wanted:
        return []
    named = [
        (each, [plain(name) for name in (each.key, each.name, *each.aliases)]) for each in list_agencies(work)
    ]
    exact = [each for each, names in named if wanted in names]
    if exact:
        return exact[:MOST_FOUND]
    parts = wanted.split()
    found = [each for each, names in named if any(all(part in name for part in parts) for name in names)]
    return found[:MOST_FOUND]
