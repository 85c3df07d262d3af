"""A migrated database with rows in every table."""

import pytest

from db.engine import Database
from tests.db.rows import fill


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as session:
        fill(session)
    return database
