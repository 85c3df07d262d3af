"""A sandbox with many people who have started the bot, an office, and the line between them."""

from collections.abc import Iterator

import pytest

from bot.sandbox import RunningSandbox, Sandbox, serve
from tests.conftest import Desk
from tests.unit.line import PEOPLE, Line
from tests.unit.scene import Scene


@pytest.fixture
def running() -> Iterator[RunningSandbox]:
    with serve(Sandbox(personas=PEOPLE)) as handle:
        for each in PEOPLE:
            handle.sandbox.start(each.user_id)
        yield handle


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


@pytest.fixture
def line(scene: Scene, running: RunningSandbox) -> Line:
    return Line(scene, running)
