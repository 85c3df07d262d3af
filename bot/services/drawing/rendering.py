"""Draws a message from its notices as things stand now; nothing where it has become pointless."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.domain.assignment import OPEN
from bot.domain.deadlines import word_values
from bot.screens import messages
from bot.screens.base import Button, Screen
from bot.screens.tasks import agency_buttons
from bot.services.context import Work
from bot.services.drawing.agencies import draw_left, draw_succession, draw_succession_failed
from bot.services.drawing.contributions import draw_contributed
from bot.services.drawing.decisions import draw_extension, draw_open_deadlines, draw_steered, draw_transfer
from bot.services.drawing.discreet import draw_discreet
from bot.services.drawing.handing import draw_cover, draw_handed
from bot.services.drawing.loads import draw_load_held
from bot.services.drawing.proposals import (
    draw_corrected_first,
    draw_proposal_decided,
    draw_proposed,
    draw_submitted_first,
    draw_waiting_first,
)
from bot.services.drawing.reports import common_values, draw_decided, draw_entered, draw_receipt, member_name
from bot.services.drawing.sending import draw_bot_changed, draw_undelivered
from bot.services.drawing.weekly import draw_digest, draw_summary
from bot.services.notice.discretion import Discretion
from bot.services.notice.expiry import is_outdated
from bot.services.notice.numbering import list_next_numbers, needs_number
from bot.services.notice.reach import Chat
from bot.services.notice.said import BUNDLED, DIGESTIBLE, Said
from bot.services.standing import overview
from bot.services.standing.partners import list_leads
from bot.services.standing.view_cache import ViewCache, agency_of, shared_values, task_of
from bot.services.standing.views import find_view, list_told_lately, name_document
from bot.texts import Html, Texts, clip, join
from db.models import Agency, Document

MOST_CHANGES = 12
MOST_TASKS = 6
_READ_BY_EACH = ("submitted", "waiting", "corrected")
_OPEN = frozenset(status.value for status in OPEN)


class Wanted(NamedTuple):
    """A message to draw: what it speaks of, and for whom (None: nobody can receive it yet)."""

    notices: Sequence[Said]
    chat: Chat | None


def draw(
    work: Work, notices: Sequence[Said], chat: Chat | None, views: ViewCache | None = None
) -> Screen | None:
    """The words and buttons for one chat; None where nothing of it is worth saying any more."""
    return Drawer(work, views).draw_all([Wanted(notices, chat)])[0]


def list_pointless(work: Work, notices: Sequence[Said], views: ViewCache | None = None) -> list[Said]:
    """Those of a digest that are not worth saying any more."""
    views = views or ViewCache(work)
    about = [each for each in notices if each.kind in DIGESTIBLE]
    views.read(each.assignment_id for each in about if each.assignment_id)
    asked = [each.assignment_id for each in about if each.kind == "status" and each.assignment_id]
    told = list_told_lately(work, asked)
    return [
        each for each in about if _is_pointless(each, views.find_row(each.assignment_id or 0), told, views)
    ]


def _is_pointless(notice: Said, row: Any, told: Collection[int], views: ViewCache) -> bool:
    if row is None or row.status not in _OPEN or is_outdated(notice, row):
        return True
    if views.documents[views.tasks[row.task_id].document_id].paused_at is not None:
        return True
    if notice.kind == "acknowledge":
        return row.acknowledged_at is not None
    return notice.kind == "status" and (row.due is not None or row.id in told)


def _as_read(wanted: Wanted) -> tuple[Sequence[Said], int | None]:
    """Of a report, each of the secretariat reads what is one's own to press; and who that is."""
    first, reader = wanted.notices[0], wanted.chat.member_id if wanted.chat else None
    if first.kind not in _READ_BY_EACH or first.audience != "secretariat" or reader is None:
        return wanted.notices, None
    return [first._replace(audience="member", member_id=reader)], reader


class Drawer:
    """Draws messages of one moment; chats of one language that are told the same get the same words.

    `views`: what was read of them already.
    """

    def __init__(self, work: Work, views: ViewCache | None = None) -> None:
        self._work = work
        self._views = views or ViewCache(work)
        self._discretion = Discretion(work)
        self._pointless: Collection[str] = ()
        self._numbers: Mapping[int, int] = {}
        self._drawn: dict[tuple[str, tuple[str, ...], int | None], Screen | None] = {}
        self._lines: dict[tuple[Any, ...], Html] = {}
        self._leads: dict[tuple[int, str], Sequence[str]] = {}

    def draw_all(self, wanted: Sequence[Wanted]) -> list[Screen | None]:
        """Draws each; what they speak of is read once for all of them."""
        notices = [each for one in wanted for each in one.notices]
        # What is not stored yet was found to be worth saying just now.
        stored = [each for each in notices if each.id]
        self._pointless = {each.dedupe_key for each in list_pointless(self._work, stored, self._views)}
        fresh = {each.assignment_id for each in notices if not each.id and each.kind in DIGESTIBLE}
        self._views.read(each for each in fresh if each)
        current = [self._list_current(one.notices) for one in wanted]
        self._read_numbers(current)
        return [self._draw_once(*each) for each in zip(wanted, current, strict=True)]

    def _read_numbers(self, current: Iterable[Sequence[Said]]) -> None:
        """Only of what is shown: a digest names the first of many."""
        shown = [each for notices in current for each in notices[: messages.DIGEST_ROWS]]
        asked = {each.assignment_id for each in shown if needs_number(each) and each.assignment_id}
        self._numbers = list_next_numbers(self._work, asked)

    def _draw_once(self, wanted: Wanted, current: Sequence[Said]) -> Screen | None:
        t = self._work.texts(wanted.chat.language if wanted.chat else None)
        notices, reader = _as_read(wanted)
        key = t.language, tuple([each.dedupe_key for each in notices]), reader
        if key not in self._drawn:
            work = self._work.in_language(t.language)
            self._drawn[key] = self._draw(work, t, notices, current)
        if self._drawn[key] is not None and self._discretion.covers(wanted.notices):
            work = self._work.in_language(t.language)
            items = [self._item(work, each) for each in current]
            return draw_discreet(work, t, wanted.notices, items, wanted.chat)
        return self._drawn[key]

    def _draw(self, work: Work, t: Texts, notices: Sequence[Said], current: Sequence[Said]) -> Screen | None:
        if notices[0].kind in BUNDLED and len(notices) > 1:
            return _changes(work, t, notices)
        if notices[0].kind not in DIGESTIBLE:
            return _DRAW[notices[0].kind](work, t, notices[0])
        if not current:
            return None
        if len(current) == 1:
            return messages.about_assignment(self._item(work, current[0]), t, work.today)
        whole = self._whole(t, current)
        shown = enumerate(current[: messages.DIGEST_ROWS], 1)
        return messages.digest([self._line(work, n, each, whole) for n, each in shown], whole, t)

    def _list_current(self, notices: Sequence[Said]) -> list[Said]:
        """What is worth saying about assignments, oldest deadline first."""
        rows, pointless = self._views.assignments, self._pointless
        about = [
            (rows[each.assignment_id].due or date.max, each.assignment_id, n, each)
            for n, each in enumerate(notices)
            if each.kind in DIGESTIBLE and each.assignment_id and each.dedupe_key not in pointless
        ]
        return [each[-1] for each in sorted(about)]

    def _item(self, work: Work, notice: Said) -> messages.Item:
        assert notice.assignment_id is not None
        number = notice.number or self._numbers.get(notice.assignment_id, 1)
        view = self._views.get(work, notice.assignment_id)
        leads = () if view.is_lead else self._list_leads(view.task_id, view.period)
        return messages.Item(notice.kind, view, number, leads)

    def _list_leads(self, task_id: int, period: str) -> Sequence[str]:
        if (task_id, period) not in self._leads:
            self._leads[task_id, period] = list_leads(self._work, task_id, period)
        return self._leads[task_id, period]

    def _line(self, work: Work, n: int, notice: Said, whole: messages.Whole) -> messages.Line:
        """One task given to many agencies is drawn once for all of them."""
        row = self._views.assignments[notice.assignment_id or 0]
        item_of = n, notice.kind, notice.number or self._numbers.get(row.id, 1)
        beside = None if whole.agency else row.agency_id, len(whole.documents) > 1
        key = work.office.language, item_of, beside, shared_values(row)
        if key not in self._lines:
            item = self._item(work, notice)
            self._lines[key] = messages.digest_line(n, item, whole, work.texts(), work.today)
        is_lead = row.role == "lead"
        return messages.Line(self._lines[key], row.id, notice.kind, row.acknowledged_at is None, is_lead)

    def _whole(self, t: Texts, notices: Sequence[Said]) -> messages.Whole:
        rows = [self._views.assignments[each.assignment_id or 0] for each in notices]
        tasks, agencies = dict.fromkeys(map(task_of, rows)), set(map(agency_of, rows))
        documents = dict.fromkeys(self._views.tasks[each].document_id for each in tasks)
        names = [name_document(self._views.documents[each], t) for each in documents]
        return messages.Whole(
            count=len(rows),
            only_new=all(each.kind == "assignment" for each in notices),
            agency=self._views.agencies[rows[0].agency_id].name if len(agencies) == 1 else "",
            documents=list(dict.fromkeys(names)),
        )


def _changes(work: Work, t: Texts, notices: Sequence[Said]) -> Screen:
    """What a load changed for one chat, in one message."""
    lines = []
    for notice in notices[:MOST_CHANGES]:
        view = find_view(work, notice.assignment_id or 0)
        if view is not None:
            common = common_values(t, view)
            lines.append(t(f"changes.{notice.kind}", label=common["label"], task=clip(view.task, 120)))
    more = len(notices) - MOST_CHANGES
    if more > 0:
        lines.append(t("digest.more", count=more))
    screen = join(t("changes.title", count=len(notices)), *lines)
    return Screen(screen, [[Button(t.plain("button.my_tasks"), "tasks:0:0")]])


def _withdrawn(work: Work, t: Texts, notice: Said) -> Screen | None:
    view = find_view(work, notice.assignment_id or 0)
    return Screen(t("withdrawn", **common_values(t, view))) if view else None


def _changed(work: Work, t: Texts, notice: Said) -> Screen | None:
    view = find_view(work, notice.assignment_id or 0)
    if view is None:
        return None
    changes: dict[str, list[Any]] = notice.data.get("changes", {})
    lines = join(*(_change_line(t, field, *pair) for field, pair in changes.items()))
    return Screen(t("changed", changes=lines, **common_values(t, view)), agency_buttons(view, t, work.today))


def _change_line(t: Texts, field: str, before: Any, after: Any) -> Html:
    key = f"changed.field.{field}"
    known = field in ("title", "text", "due", "deadline_text", "product", "person")
    shown = [_shown(t, value) for value in (before, after)]
    return t(
        "changed.field", field=t(key if known else "changed.field.other"), before=shown[0], after=shown[1]
    )


def _shown(t: Texts, value: Any) -> Html:
    if value in (None, ""):
        return t("changed.empty")
    if isinstance(value, dict):
        return t("plain", text=word_values(value["kind"], None, value["recurrence"]))
    try:
        return Html(t.day(date.fromisoformat(str(value))))
    except ValueError:
        return t("plain", text=clip(str(value), 300))


def _past(work: Work, t: Texts, notice: Said) -> Screen | None:
    document = work.session.get_one(Document, notice.data["document_id"])
    if document.past != "held":
        return None
    text = join(
        t("past.title"),
        t(
            "past.body",
            document=clip(document.title, 500),
            count=notice.data["count"],
            day=date.fromisoformat(notice.data["first"]),
        ),
    )
    choices = [
        [Button(t.plain(f"button.past_{each}"), f"past:{document.id}:{each}")]
        for each in ("now", "all", "silent")
    ]
    return Screen(text, choices)


def _unreachable(work: Work, t: Texts, notice: Said) -> Screen | None:
    if notice.member_id or "reason" in notice.data:
        person = t(
            "unreachable.person",
            name=member_name(work, notice.data.get("member_id")),
            agency=notice.data.get("agency", ""),
            at=notice.due_at,
            reason=t(f"unreachable.{notice.data['reason']}"),
        )
        return Screen(join(t("unreachable.title"), person))
    names = overview.list_unreachable_agencies(work)
    if not names:
        return None
    listed = t("unreachable.agencies", n=len(names), names=t.names(names, 12))
    return Screen(join(t("unreachable.title"), listed))


def _group_lost(work: Work, t: Texts, notice: Said) -> Screen | None:
    agency = work.session.get(Agency, notice.agency_id)
    return Screen(t("group.lost", agency=agency.name, at=notice.due_at)) if agency else None


def _unacknowledged(work: Work, t: Texts, notice: Said) -> Screen | None:
    rows = overview.list_unacknowledged(work, notice.due_at, MOST_TASKS)
    if not rows:
        return None
    lines = [
        t("unacknowledged.row", task=clip(label, 120), names=t.names([clip(each, 60) for each in names], 8))
        for label, names in rows
    ]
    button = Button(t.plain("button.unacknowledged", n=overview.count_unacknowledged_late(work)), "unak:0")
    return Screen(join(t("unacknowledged.title"), *lines), [[button]])


_DRAW: Mapping[str, Callable[[Work, Texts, Said], Screen | None]] = {
    "receipt": draw_receipt,
    "submitted": draw_submitted_first,
    "proposed": draw_proposed,
    "waiting": draw_waiting_first,
    "proposal_decided": draw_proposal_decided,
    "entered": draw_entered,
    "corrected": draw_corrected_first,
    "accepted": draw_decided,
    "returned": draw_decided,
    "withdrawn": _withdrawn,
    "changed": _changed,
    "past": _past,
    "unreachable": _unreachable,
    "group_lost": _group_lost,
    "undelivered": draw_undelivered,
    "bot_changed": draw_bot_changed,
    "contributed": draw_contributed,
    "unacknowledged": _unacknowledged,
    "extension_requested": draw_extension,
    "extension_agreed": draw_extension,
    "extension_refused": draw_extension,
    "open_deadlines": draw_open_deadlines,
    "load_held": draw_load_held,
    "handed": draw_handed,
    "cover": draw_cover,
    "left": draw_left,
    "succession": draw_succession,
    "succession_failed": draw_succession_failed,
    "weekly": draw_digest,
    "summary": draw_summary,
    "steered": draw_steered,
    "transfer_requested": draw_transfer,
    "transfer_refused": draw_transfer,
}
