"""Numbers reported against a document's targets, kept as a series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from bot.documents.values import plain
from bot.domain.assignment import AssignmentView
from bot.domain.numbers import AmbiguousNumberError, split_number, store_number
from bot.services.context import Actor, Work
from db.models import Agency, Document, Indicator, Report, Target, Task

PERCENT = "%"
_REVIEWS = ("bao cao", "so ket", "tong ket")
_PERCENT_WORDS = ("%", "phan tram")

Numbers = Sequence[tuple[int, str]]  # a target's id, the number as it is kept


def list_targets(work: Work, document_id: int) -> list[Target]:
    """A document's, what is to be reached first before what is to be reached later, as the file lists them."""
    query = select(Target).where(col(Target.document_id) == document_id)
    ordered = query.order_by(col(Target.by_on).is_(None), col(Target.by_on), col(Target.id))
    return list(work.session.exec(ordered))


def list_of_review(work: Work, view: AssignmentView) -> list[Target]:
    """The targets that a report on this assignment may give numbers for; none where it is no review."""
    return list_targets(work, view.document_id) if view.is_lead and is_review(view) else []


def is_review(view: AssignmentView) -> bool:
    """Whether what is asked for is a report: the task recurs, or its product or name says so."""
    words = plain(f"{view.product or ''} {view.task}")
    return view.deadline_kind == "recurring" or bool(view.period) or any(each in words for each in _REVIEWS)


def read_value(work: Work, actor: Actor, target: Target, words: str) -> str:
    """The number as it is kept. Raises UserError for anything else, and for another unit than the target's."""
    try:
        value, unit = split_number(words)
    except AmbiguousNumberError:
        whole = words.replace(",", "").split()[0]
        part = words.split()[0].rstrip("0") if words.split()[0].endswith("0") else f"{words.split()[0]}0"
        raise work.refuse("number_two", actor.language, text=words[:40], whole=whole, part=part) from None
    except ValueError:
        raise work.refuse("number", actor.language, text=words[:40]) from None
    if unit and not _is_unit(unit, target.unit):
        raise work.refuse("number_unit", actor.language, text=unit[:40], unit=target.unit or "—")
    return store_number(value)


def _is_unit(typed: str, unit: str | None) -> bool:
    if unit == PERCENT:
        return plain(typed) in _PERCENT_WORDS
    return unit is None or plain(typed) == plain(unit)


def record(work: Work, actor: Actor, report: Report, task: Task, numbers: Numbers) -> Mapping[str, str]:
    """Keeps a report's numbers; by the targets' keys. Raises UserError for a target of another document."""
    targets = {each.id: each for each in list_targets(work, task.document_id)} if numbers else {}
    if any(key not in targets for key, _ in numbers):
        raise work.refuse("bad_button", actor.language)
    as_of = report.arrived_on or report.submitted_at.astimezone(work.office.zone).date()
    for key, value in dict(numbers).items():
        target = targets[key]
        row = Indicator(report_id=report.id, target_id=key, name=target.name, value=value, as_of=as_of)
        work.session.add(row)
    return {targets[key].key: value for key, value in numbers}


def list_numbers(work: Work, report_id: int) -> list[tuple[Target, str]]:
    """What a report says about targets."""
    query = (
        select(Target, Indicator.value)
        .join(Indicator, col(Indicator.target_id) == col(Target.id))
        .where(col(Indicator.report_id) == report_id)
        .order_by(col(Indicator.id))
    )
    return list(work.session.exec(query))


@dataclass(frozen=True)
class Figure:
    """A number of the series: `as_of` the day it was reported, or its document arrived."""

    target_id: int
    agency_id: int
    agency_key: str
    agency: str
    value: Decimal
    as_of: date
    report_id: int


def list_series(work: Work, target_ids: Iterable[int] | None = None) -> list[Figure]:
    """The numbers in the order of their days; those of a report that was returned do not count."""
    query = (
        select(Indicator, Agency)
        .join(Report, col(Report.id) == col(Indicator.report_id))
        .join(Agency, col(Agency.id) == col(Report.agency_id))
        .where(col(Report.review) != "returned", col(Indicator.target_id).is_not(None))
        .order_by(col(Indicator.as_of), col(Indicator.id))
    )
    if target_ids is not None:
        query = query.where(col(Indicator.target_id).in_(list(target_ids)))
    return [
        Figure(
            row.target_id or 0,
            agency.id,
            agency.key,
            agency.name,
            Decimal(row.value),
            row.as_of,
            row.report_id,
        )
        for row, agency in work.session.exec(query)
    ]


@dataclass(frozen=True)
class Standing:
    """A target with the latest number of each agency; `total` is None where adding them up says nothing."""

    target: Target
    latest: tuple[Figure, ...]
    total: Decimal | None


def stand(target: Target, series: Sequence[Figure]) -> Standing:
    """How a target stands by the numbers reported."""
    latest = {each.agency_id: each for each in series if each.target_id == target.id}
    adds_up = latest and target.unit != PERCENT
    total = sum((each.value for each in latest.values()), Decimal()) if adds_up else None
    return Standing(target, tuple(latest.values()), total)


def list_all(work: Work) -> list[tuple[Document, list[Standing]]]:
    """Every document that sets targets, with how they stand."""
    series = list_series(work)
    named = (
        select(Document).where(col(Document.id).in_(select(Target.document_id))).order_by(col(Document.id))
    )
    return [
        (each, [stand(target, series) for target in list_targets(work, each.id)])
        for each in work.session.exec(named)
    ]


def count_targets(work: Work) -> int:
    return int(work.session.exec(select(func.count(col(Target.id)))).one())
