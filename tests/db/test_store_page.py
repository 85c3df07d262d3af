"""`docs/store.md` says what the code does; its list of tables is made from the models."""

import importlib
from pathlib import Path

from sqlmodel import SQLModel

from db.engine import BUSY_MS
from tests.db.rows import MODELS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "store.md"
SUBJECTS = ("documents", "people", "work", "messages", "system")


def make_list() -> str:
    """A table a subject: what its rows are, in the words of its model."""
    return "\n".join(_make_subject(name) for name in SUBJECTS)


def _make_subject(name: str) -> str:
    module = importlib.import_module(f"db.models.{name}")
    about = str(module.__doc__).splitlines()[0]
    rows = [
        f"| `{table}` | {_describe(model)} |\n"
        for table, model in MODELS.items()
        if model.__module__ == module.__name__
    ]
    return f"### `db/models/{name}.py`\n\n{about}\n\n| table | a row is |\n|---|---|\n" + "".join(
        sorted(rows)
    )


def _describe(model: type[SQLModel]) -> str:
    words = str(model.__dict__["__doc__"]).splitlines()[0]
    return words.replace("|", "\\|")


def test_the_page_lists_every_table_in_the_words_of_its_model() -> None:
    wanted = make_list()
    assert wanted.count("\n| `") == len(SQLModel.metadata.tables) > 25
    assert wanted in PAGE.read_text(encoding="utf-8"), f"put this into {PAGE.name}:\n{wanted}"


def test_the_page_names_the_figures_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"waits up to {BUSY_MS // 1000} seconds" in page
    assert "`synchronous=FULL`" in page
    assert "before-VERSION-TIME.zip" in page
