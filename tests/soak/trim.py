"""Writes `updates.json`: every type an update can hold, from the public Bot API reference, in a layout of its own.

`python -m tests.soak.trim REFERENCE` reads a reference of the shape `{"version", "types": {name: {"fields":
{field: [[types], required]}, "subtypes": [...]}}}`; writes `{"version", "types": {name: {field: "A|B" or "A|B!"}
or [subtypes]}}`, where “!” marks what is required.
"""

import json
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("updates.json")
_PLAIN = ("Integer", "String", "Boolean", "True", "Float", "Float number")


def trim(reference: dict[str, Any]) -> dict[str, Any]:
    """What can be reached from `Update`; a name the reference does not explain stands for a string."""
    kept: dict[str, Any] = {}
    waiting = ["Update"]
    while waiting:
        name = waiting.pop()
        row = reference["types"].get(name)
        if name in kept or row is None:
            continue
        kept[name] = row["subtypes"] if "subtypes" in row else _fields(row["fields"])
        found = row.get("subtypes") or [each for types, _ in row["fields"].values() for each in types]
        waiting += [core_of(each) for each in found if core_of(each) not in _PLAIN]
    return {"version": reference["version"], "types": dict(sorted(kept.items()))}


def core_of(name: str) -> str:
    """`Array of Array of X` is about `X`."""
    while name.startswith("Array of "):
        name = name.removeprefix("Array of ")
    return name


def _fields(fields: dict[str, Any]) -> dict[str, str]:
    return {
        name: "|".join(types) + ("!" if is_required else "") for name, (types, is_required) in fields.items()
    }


def main() -> None:
    reference = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = trim(reference)
    lines = [
        f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}" for name, row in rows["types"].items()
    ]
    text = f'{{"version":{json.dumps(rows["version"])},"types":{{\n' + ",\n".join(lines) + "\n}}\n"
    DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
