"""The guide to the file stays true: every field the models know is explained in it."""

from pathlib import Path

import pytest

from bot.documents.tasks_file import Agency, Document, Entry, Group, Received, Reminders, Target, Task

GUIDE = (Path(__file__).parents[2] / "docs" / "tasks-json.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [Document, Received, Reminders, Agency, Group, Target, Task])
def test_every_field_is_in_the_guide(model: type[Entry]) -> None:
    assert model.model_fields
    assert [name for name in model.model_fields if f"`{name}`" not in GUIDE] == []
