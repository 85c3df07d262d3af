"""What a load tells agencies: counted and shown, held a minute where many hear of it, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.domain.access import Action
from bot.screens.loading import Example, Telling
from bot.services.context import Actor, Work, require
from bot.services.drawing.rendering import draw
from bot.services.notice.expiry import TAKEN_BACK
from bot.services.notice.holding import Hold, make_hold
from bot.services.notice.reach import Reach
from bot.services.notice.said import Said
from bot.services.saying import taking_back
from bot.services.saying.notices import dispatch, say, sort_out
from bot.services.saying.posting import Parcel, post
from db.bulk import is_among
from db.models import Agency, Assignment, Document, Event, Notice, OutboxCover, OutboxMessage, Task

TOLD_AGAIN = "load_told_again"
_NEWS = ("assignment", "changed", "withdrawn")
_SHOWN = 3
FEW = 5  # so many people can be rung up; the rest of a wrong file's readers cannot


@dataclass(frozen=True)
class TakenBack:
    """How many messages were stopped, how many had gone, and of which document."""

    document: Document
    stopped: int
    gone: int


def tell(work: Work, document: Document, news: Sequence[Said], *, at_once: bool = False) -> Telling:
    """Makes the messages of a load, and of an earlier one what was taken back and still stands.

    More than a few people of several agencies: held a minute, and the secretariat is told what is about to go.
    """
    said = [*_list_again(work, document.id, news), *news] if news else []
    return _send(work, document, said, at_once=at_once)


def _send(work: Work, document: Document, said: Sequence[Said], *, at_once: bool) -> Telling:
    reach = Reach(work, said)
    hold = make_hold(work, _name_batch(work, document.id)) if not at_once and _is_many(said, reach) else None
    parcels = sort_out(said, reach, hold)
    # Whoever joins is to hear at once; taking it back stops that too.
    parcels = [each if each.chat else replace(each, hold=_without_wait(each)) for each in parcels]
    telling = _tell_of(work, parcels, hold.batch if hold else None)
    post(work, parcels)
    if hold is not None:
        dispatch(work, [_say_held(work, document, telling)])
    return telling


def _is_many(said: Sequence[Said], reach: Reach) -> bool:
    heard = {(each.agency_id, chat.id) for each in said for chat in reach.list_chats(each)}
    return len({chat for _, chat in heard}) > FEW and len({agency for agency, _ in heard}) > 1


def _without_wait(parcel: Parcel) -> Hold | None:
    return Hold(parcel.hold.batch) if parcel.hold else None


def _name_batch(work: Work, document_id: int) -> str:
    """By the record, which forgets nothing: no two are called the same, also where the clock stands still."""
    told = select(func.count()).where(
        col(Event.document_id) == document_id, col(Event.action).in_(("loaded", TOLD_AGAIN))
    )
    return f"load-{document_id}-{work.session.exec(told).one()}"


def _list_batches(work: Work, document_id: int) -> Sequence[str | None]:
    """Those of the document whose messages are still kept."""
    held = col(OutboxMessage.batch)
    query = select(held).where(held.is_not(None), held.startswith(f"load-{document_id}-")).distinct()
    return work.session.exec(query).all()


def _tell_of(work: Work, parcels: Sequence[Parcel], batch: str | None) -> Telling:
    reached = {notice.agency_id for each in parcels if each.chat for notice in each.notices}
    waiting = {notice.agency_id for each in parcels if not each.chat for notice in each.notices} - reached
    names = dict(
        work.session.execute(
            select(Agency.id)
            .add_columns(col(Agency.name))
            .where(is_among(work.session, col(Agency.id), [each for each in reached | waiting if each]))
            .order_by(col(Agency.name))
        ).all()
    )
    return Telling(
        chats=len({each.chat.id for each in parcels if each.chat}),
        agencies=tuple(name for key, name in names.items() if key in reached),
        unreached=tuple(name for key, name in names.items() if key in waiting),
        examples=tuple(_draw_examples(work, parcels, names)),
        batch=batch,
    )


def _draw_examples(work: Work, parcels: Sequence[Parcel], names: dict[int, str]) -> Iterable[Example]:
    """Of each kind of message the first."""
    first = {each.kind: each for each in reversed(parcels) if each.chat}
    for each in [parcel for parcel in parcels if parcel is first.get(parcel.kind)][:_SHOWN]:
        screen = draw(work, each.notices, each.chat)
        if screen is not None:
            yield Example(names.get(each.notices[0].agency_id or 0, ""), str(screen.text))


def _say_held(work: Work, document: Document, telling: Telling) -> Said | None:
    """None where nobody of the secretariat can hear it now: after the minute it is no news."""
    key = f"load_held:{telling.batch}"
    about = Said(key, "load_held", "secretariat", work.now)
    if not Reach(work, [about]).list_chats(about):
        return None
    data = {"document_id": document.id, **asdict(telling)}
    return say(work, about.kind, key, audience=about.audience, data=data)


def take_back(work: Work, actor: Actor | None, batch: str | None = None) -> TakenBack:
    """Within the minute: nobody is told, what was loaded stays. `batch`: None for the latest load.

    Raises UserError where nothing is held any more.
    """
    if actor is not None:
        require(work, actor, Action.PRESS)
    language = actor.language if actor else None
    batch = batch or _find_latest(work)
    document = _find_document(work, batch)
    if batch is None or document is None:
        raise work.refuse("load_nothing_held", language)
    if _list_stopped(work, [batch]):
        raise work.refuse("load_taken_back", language)
    stopped, gone = taking_back.take_back(work, actor, batch, document.id)
    return TakenBack(document, stopped, gone)


def send_again(work: Work, actor: Actor, batch: str) -> tuple[Document, Telling]:
    """What was taken back goes after all, as things stand now, after another minute.

    Raises UserError where it went, or was told by a later load.
    """
    require(work, actor, Action.PRESS)
    document = _find_document(work, batch)
    stopped = _list_stopped(work, [batch])
    if document is None or not stopped:
        raise work.refuse("old_button", actor.language)
    _reopen(work, stopped)
    work.record(TOLD_AGAIN, actor=actor, document_id=document.id)
    return document, _send(work, document, stopped, at_once=False)


def _find_latest(work: Work) -> str | None:
    """The latest load whose messages have not gone."""
    query = select(OutboxMessage.batch).where(
        col(OutboxMessage.batch).startswith("load-"), col(OutboxMessage.status) == "pending"
    )
    return work.session.exec(query.order_by(col(OutboxMessage.id).desc()).limit(1)).first()


def _find_document(work: Work, batch: str | None) -> Document | None:
    parts = (batch or "").split("-")
    if len(parts) != 3 or parts[0] != "load" or not parts[1].isdecimal():
        return None
    return work.session.get(Document, int(parts[1]))


def _list_again(work: Work, document_id: int, news: Sequence[Said]) -> list[Said]:
    """What a load of this document had to say and was taken back; not where it is said now, or stands no more."""
    stopped = _list_stopped(work, _list_batches(work, document_id))
    said = {each.assignment_id for each in news}
    again = [each for each in stopped if each.assignment_id not in said]
    _reopen(work, again)
    return again


def _list_stopped(work: Work, batches: Sequence[str | None]) -> list[Said]:
    """What they had to say and did not, as far as it still stands."""
    if not batches:
        return []
    query = (
        select(*(getattr(Notice, name) for name in Said._fields))
        .join(OutboxCover, col(OutboxCover.notice_id) == col(Notice.id))
        .join(OutboxMessage, col(OutboxMessage.id) == col(OutboxCover.message_id))
        .join(Assignment, col(Assignment.id) == col(Notice.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(
            col(OutboxMessage.batch).in_(batches),
            col(Notice.state) == "expired",
            col(Notice.reason) == TAKEN_BACK,
        )
        .where(col(Notice.kind).in_(_NEWS))
        .where((col(Notice.kind) == "withdrawn") == (col(Assignment.status) == "withdrawn"))
        .order_by(col(Notice.id))
    )
    return list({each.id: each for each in (Said(*row) for row in work.session.execute(query))}.values())


def _reopen(work: Work, said: Sequence[Said]) -> None:
    ids = [each.id for each in said]
    mine = is_among(work.session, col(Notice.id), ids)
    work.session.execute(update(Notice).where(mine).values(state="open", reason=None))
    # What was stopped speaks of them no more: a chat gets a notice once.
    theirs = is_among(work.session, col(OutboxCover.notice_id), ids)
    stopped = select(OutboxMessage.id).where(col(OutboxMessage.status) == "expired")
    work.session.execute(delete(OutboxCover).where(theirs, col(OutboxCover.message_id).in_(stopped)))
