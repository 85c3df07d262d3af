"""A task given in chat, as it is drafted: where it comes from, whom it is for, and how its message will read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.secrecy import find_marking
from bot.documents.state import CHAT
from bot.documents.values import as_slug, normalise, one_line
from bot.domain.assignment import AssignmentView
from bot.domain.document_numbers import TYPES, Doubt, cut_citation, find_citation
from bot.services.context import Actor, Work
from bot.services.documents.document_writing import first_assignment
from bot.services.notice.reach import Reach
from bot.services.notice.said import Said
from bot.services.standing.views import is_in_use, to_view
from bot.services.typed_deadlines import Choice
from bot.texts import Texts, clip
from db.models import Agency, Assignment, Document, Task

LONGEST_TITLE = 300
LONGEST_NAME = 200
_SHORT_NAME = 40
CHAT_KEY = "chat-"  # begins the key of a document that only the chat knows


@dataclass(frozen=True)
class Source:
    """The document that gives the tasks: a stored one, or what is known of another."""

    document_id: int | None = None
    title: str = ""
    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class NewTask:
    """A task to be given. `deadline_text`: its deadline as it was typed."""

    words: str
    lead: tuple[int, ...]
    coordinating: tuple[int, ...]
    choice: Choice
    deadline_text: str | None = None
    product: str = ""
    person: str = ""


@dataclass(frozen=True)
class Draft:
    """What giving the tasks would do: the assignments of each task, as people will see them.

    `unreachable`: agencies that nobody serves yet.
    """

    views: tuple[tuple[AssignmentView, ...], ...]
    unreachable: tuple[str, ...]

    @property
    def all_views(self) -> tuple[AssignmentView, ...]:
        return tuple(view for views in self.views for view in views)

    @property
    def is_to_many(self) -> bool:
        return len({view.answering_id for view in self.all_views}) > 1


def read_source(work: Work, actor: Actor, text: str) -> tuple[Source, Doubt | None]:
    """A document as people cite it, and what looks wrong in that; a stored one where number and date are its.

    Raises UserError for a document marked secret, and for no words at all.
    """
    words = one_line(normalise(text))
    if not words:
        raise work.refuse("assign_no_source", actor.language)
    if len(words) > LONGEST_NAME:
        raise work.refuse("too_long", actor.language, length=len(words), longest=LONGEST_NAME)
    if (marking := find_marking(words)) is not None:
        raise work.refuse("secret", actor.language, word=marking)
    cited = find_citation(words)
    if cited is None:
        return Source(title=words), None
    query = select(Document.id).where(
        col(Document.number) == cited.number, col(Document.issued_on) == cited.on
    )
    if cited.on is not None and (known := work.session.exec(query).first()) is not None:
        return Source(known), cited.doubt
    title = cut_citation(words) or _name_type(cited.number)
    return Source(title=title, number=cited.number, issued_on=cited.on), cited.doubt


def _name_type(number: str) -> str:
    """“Thông báo” for 45-TB/TU."""
    kinds = [TYPES[part] for part in number.replace("/", "-").split("-") if part in TYPES]
    return kinds[0].capitalize() if kinds else "Văn bản"


def get_document(work: Work, actor: Actor, source: Source) -> Document:
    """The document, stored or yet to be. Raises UserError where its sending is paused or it is not there."""
    if source.document_id is None:
        title = source.title or work.texts().plain("assign.own_title", day=work.today)
        return Document(
            key="", title=title, number=source.number, issued_on=source.issued_on, created_at=work.now
        )
    document = work.session.get(Document, source.document_id)
    if document is None:
        raise work.refuse("bad_button", actor.language)
    if document.paused_at is not None:
        raise work.refuse("document_paused", actor.language, document=document.title[:200])
    return document


def list_documents(work: Work, most: int) -> list[Document]:
    """Those that may be meant, the newest first."""
    query = select(Document).where(is_in_use()).order_by(col(Document.id).desc())
    return list(work.session.exec(query.limit(most)))


def find_free_key(work: Work, document: Document) -> str:
    """A key for a document of the chat."""
    day = document.issued_on or work.today
    base = f"{CHAT_KEY}{as_slug(document.number or '')}-{day}".replace("--", "-")
    n, key = 1, base
    while work.session.exec(select(Document.id).where(col(Document.key) == key)).first() is not None:
        n += 1
        key = f"{base}-{n}"
    return key


def count_chat_tasks(work: Work, document: Document) -> int:
    """How many tasks of a document were given in chat."""
    if document.id is None:
        return 0
    mine = select(func.count(col(Task.id))).where(
        col(Task.document_id) == document.id, col(Task.clause).startswith(CHAT)
    )
    return int(work.session.exec(mine).one())


def count_standing(work: Work, document: Document) -> int:
    """Those of them that were not taken back: people number what stands."""
    if document.id is None:
        return 0
    mine = select(func.count(col(Task.id))).where(
        col(Task.document_id) == document.id,
        col(Task.clause).startswith(CHAT),
        col(Task.withdrawn_at).is_(None),
    )
    return int(work.session.exec(mine).one())


def build_task(document: Document, new: NewTask, n: int, shown: int, t: Texts) -> Task:
    """The row of the n-th task given in chat about a document, `shown` among those that stand; not stored."""
    title, text = split_words(new.words)
    choice = new.choice
    return Task(
        document_id=document.id,
        clause=f"{CHAT}{n}",
        clause_label=make_label(document, shown, t),
        title=title,
        text=text,
        deadline_text=new.deadline_text,
        product=new.product or None,
        person=new.person or None,
        deadline_kind=choice.kind,
        due=choice.due,
        recurrence=choice.recurrence,
        precision=choice.precision,
    )


def split_words(words: str) -> tuple[str, str]:
    """The task in a line, and all its words where that is not all of them."""
    whole, first = one_line(words), one_line(words.split("\n", 1)[0])
    if len(whole) <= LONGEST_TITLE:
        return whole, ""
    return clip(first, LONGEST_TITLE), words


def make_label(document: Document, n: int, t: Texts) -> str:
    """By the document's number or title; of several tasks also which."""
    number = document.number
    is_short = len(document.title) <= _SHORT_NAME
    if number:
        name = t.plain("assign.label_number", title=document.title if is_short else "", number=number).strip()
    else:
        name = clip(document.title, _SHORT_NAME)
    name = name[:1].upper() + name[1:]
    return name if n == 1 else t.plain("assign.label_more", name=name, n=n)


def build_assignments(work: Work, task: Task, new: NewTask) -> Iterator[Assignment]:
    """Its rows; not stored."""
    for agency_id in new.lead:
        yield first_assignment(work, task, agency_id, "lead")
    for agency_id in new.coordinating:
        yield first_assignment(work, task, agency_id, "coordinating")


def preview(work: Work, actor: Actor, source: Source, tasks: Sequence[NewTask]) -> Draft:
    """What will be given and said; nothing is stored."""
    document = get_document(work, actor, source)
    agencies = {each.id: each for each in work.session.exec(select(Agency))}
    given, standing = count_chat_tasks(work, document), count_standing(work, document)
    views = []
    for n, new in enumerate(tasks, given + 1):
        task = build_task(document, new, n, n - given + standing, work.texts())
        task.advising_id = find_advising(work, new)
        task.settled_at = work.now  # as it will be: who gives it has said what its deadline is
        rows = list(build_assignments(work, task, new))
        views.append(tuple(to_view(work, (row, task, document, agencies[row.agency_id])) for row in rows))
    return Draft(tuple(views), _list_unreachable(work, [view for each in views for view in each]))


def find_advising(work: Work, new: NewTask) -> int | None:
    """Who gets the messages for a lead that nobody may press, as other tasks of that lead say it."""
    if len(new.lead) != 1:
        return None
    return next(iter(list_advising(work, new.lead).values()), None)


def list_advising(work: Work, agency_ids: Sequence[int]) -> dict[int, int]:
    """Of these agencies those that nobody may press, each with the agency that works for it."""
    query = (
        select(Assignment.agency_id, Task.advising_id)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(
            col(Assignment.agency_id).in_(agency_ids),
            col(Assignment.role) == "lead",
            col(Task.advising_id).is_not(None),
        )
        .order_by(col(Assignment.id))
    )
    return {agency: advising for agency, advising in work.session.exec(query) if advising is not None}


def _list_unreachable(work: Work, views: Sequence[AssignmentView]) -> tuple[str, ...]:
    said = [
        Said("", "assignment", "agency", work.now, agency_id=view.answering_id, assignment_id=view.id)
        for view in views
    ]
    reach = Reach(work, said)
    names = {
        view.agency_name: None for view, each in zip(views, said, strict=True) if not reach.list_chats(each)
    }
    return tuple(names)
