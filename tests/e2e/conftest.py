"""What the tests with many processes share."""

from collections.abc import Iterator

import pytest

from tests.e2e.forker import Forker, forking


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """Bots start from it in a tenth of a second."""
    with forking() as handle:
        yield handle
