"""`docs/architecture.md` draws the house as it stands: every room on its floor, and imports only downwards."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
IMPORT = re.compile(r"^\s*(?:from|import) (bot|db)(?:\.(\w+))?(?:\.(\w+))?", re.MULTILINE)


def read_floors() -> dict[str, int]:
    """Each room of the picture, by the number of its floor from the top."""
    picture = PAGE.partition("## Who stands on whom")[2].split("```")[1]
    floors = picture.strip().splitlines()
    return {room.rstrip("/"): number for number, floor in enumerate(floors) for room in floor.split()}


def name_room(path: Path) -> str:
    """`bot/inbox/parse.py` is a room of its own, since what reads an update is needed below."""
    inside = path.relative_to(ROOT / "bot")
    return "inbox/parse.py" if inside.as_posix() == "inbox/parse.py" else inside.parts[0]


def list_imports() -> Iterator[tuple[str, str]]:
    """(room, room that it imports)."""
    for path in (ROOT / "bot").rglob("*.py"):
        room = name_room(path)
        for package, first, second in IMPORT.findall(path.read_text(encoding="utf-8")):
            if package == "db":
                yield room, "db"
            elif (ROOT / "bot" / first).is_dir():
                yield room, "inbox/parse.py" if (first, second) == ("inbox", "parse") else first
            else:
                yield room, f"{first}.py"


def test_every_room_is_in_the_picture_and_no_other() -> None:
    rooms = {
        path.name
        for path in (ROOT / "bot").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert read_floors().keys() == (rooms - {"__init__.py"}) | {"db", "inbox/parse.py"}


def test_every_room_imports_only_from_floors_below_it() -> None:
    floors = read_floors()
    found = {(room, other) for room, other in list_imports() if room != other}
    assert len(found) > 80
    assert {pair for pair in found if floors[pair[0]] >= floors[pair[1]]} == set()
