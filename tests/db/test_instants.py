"""Instants are aware, and come back equal and in UTC from both databases."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import Session, col, select

from db.engine import Database
from db.models import Member
from tests.conftest import ZONE

# Until 1906 the zone of Vietnam was off by minutes and seconds: also those instants come back.
INSTANTS = st.datetimes(
    min_value=datetime(1850, 1, 1),  # noqa: DTZ001
    max_value=datetime(9998, 12, 30),  # noqa: DTZ001
    timezones=st.one_of(
        st.just(UTC),
        st.just(ZONE),
        st.timezones(),
        st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    ),
    allow_imaginary=False,
)
ONE_DATABASE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Nowhere(tzinfo):
    """A zone that does not say its offset."""

    def utcoffset(self, _when: datetime | None) -> None:
        return None

    def dst(self, _when: datetime | None) -> None:
        return None

    def tzname(self, _when: datetime | None) -> None:
        return None


def keep(session: Session, at: datetime) -> datetime:
    """What the database gives back for an instant."""
    member = Member(name="Bình", created_at=at)
    session.add(member)
    session.flush()
    session.expire(member)
    return member.created_at


@ONE_DATABASE
@given(INSTANTS)
def test_an_instant_comes_back_equal_and_in_utc(database: Database, at: datetime) -> None:
    with database.write() as session:
        found = keep(session, at)
    assert found == at.astimezone(UTC)
    assert found.tzinfo is UTC


def test_the_time_zone_of_a_postgresql_server_changes_nothing(database: Database) -> None:
    at = datetime(2023, 5, 31, 8, 0, tzinfo=ZONE)
    with database.write() as session:
        if not database.is_sqlite:
            session.execute(text("SET LOCAL TIME ZONE 'America/New_York'"))
        found = keep(session, at)
    assert (found, found.tzinfo) == (datetime(2023, 5, 31, 1, 0, tzinfo=UTC), UTC)


@pytest.mark.parametrize("zone", [None, Nowhere()])
def test_an_instant_without_an_offset_is_refused(database: Database, zone: tzinfo | None) -> None:
    with pytest.raises(StatementError, match="naive datetime"), database.write() as session:
        keep(session, datetime(2023, 5, 31, 8, 0, tzinfo=zone))


def test_a_naive_instant_is_refused_in_a_question_too(database: Database) -> None:
    naive = datetime(2023, 5, 31, 8, 0)  # noqa: DTZ001
    with pytest.raises(StatementError, match="naive datetime"), database.read() as session:
        session.exec(select(Member).where(col(Member.created_at) < naive)).all()


@ONE_DATABASE
@given(st.lists(INSTANTS, min_size=2, max_size=6))
def test_instants_are_ordered_and_compared_as_instants(database: Database, instants: list[datetime]) -> None:
    """Also on SQLite, where they are text."""
    first, *_ = instants
    with database.write() as session:
        session.execute(text("DELETE FROM member"))
        for at in instants:
            keep(session, at)
        ordered = session.exec(select(Member.created_at).order_by(col(Member.created_at))).all()
        due = session.exec(select(Member.created_at).where(col(Member.created_at) <= first)).all()
    assert list(ordered) == sorted(at.astimezone(UTC) for at in instants)
    assert len(due) == sum(at <= first for at in instants)
