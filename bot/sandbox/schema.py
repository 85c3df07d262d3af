"""What the Bot API takes and gives, read from `botapi.json`: parameters are checked, answers can be checked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.sandbox.answers import Refused

DATA = Path(__file__).with_name("botapi.json")
_SENTENCES = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "user_id": "user_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
}
_ARRAY = "Array of "


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True)
class Shape:
    """Fields of a method or a type: name → types joined by `|`."""

    required: Mapping[str, str]
    optional: Mapping[str, str]
    one_of: tuple[str, ...] = ()
    returns: str = ""

    def find(self, field: str) -> str | None:
        return self.required.get(field) or self.optional.get(field)


class Schema:
    """The methods and types the sandbox knows."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.methods = {name: _shape(row) for name, row in data["methods"].items()}
        self.types = {name: _shape(row) for name, row in data["types"].items()}
        self._by_lower = {name.lower(): name for name in self.methods}

    def find_method(self, name: str) -> str | None:
        """Method names are read without regard to case, as Telegram does."""
        return self._by_lower.get(name.lower())

    def read(self, method: str, raw: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Parameters in their types, and the names Telegram would ignore. Raises Refused (400)."""
        shape = self.methods[method]
        params: dict[str, Any] = {}
        for name, value in raw.items():
            wanted = shape.find(name)
            if wanted is not None and value is not None and value != "":
                params[name] = _read_value(self, name, wanted, value)
        for name in shape.required:
            if name not in params:
                raise Refused(400, _SENTENCES.get(name, f'parameter "{name}" is required'))
        return params, tuple(name for name in raw if shape.find(name) is None)

    def problems(self, wanted: str, value: Any, where: str = "") -> list[str]:
        """What is not well-formed in a value of a type: wrong types, missing and unknown fields."""
        found = [self._problems_of(each, value, where) for each in wanted.split("|")]
        return min(found, key=len)

    def _problems_of(self, wanted: str, value: Any, where: str) -> list[str]:
        if wanted.startswith(_ARRAY):
            if not isinstance(value, list):
                return [f"{where}: {wanted} expected, not {value!r}"]
            inner = wanted.removeprefix(_ARRAY)
            return [p for n, each in enumerate(value) for p in self.problems(inner, each, f"{where}[{n}]")]
        if wanted in _CHECKS:
            return [] if _CHECKS[wanted](value) else [f"{where}: {wanted} expected, not {value!r}"]
        shape = self.types[wanted]
        if shape.one_of:
            return min((self._problems_of(each, value, where) for each in shape.one_of), key=len)
        return self._problems_in_object(shape, wanted, value, where)

    def _problems_in_object(self, shape: Shape, name: str, value: Any, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: {name} expected, not {value!r}"]
        found = [f"{where}: {name}.{field} is missing" for field in shape.required if field not in value]
        for field, each in value.items():
            wanted = shape.find(field)
            if wanted is None:
                found.append(f"{where}: {name} has no field {field}")
            else:
                found += self.problems(wanted, each, f"{where}.{field}")
        return found


@lru_cache(maxsize=1)
def load_schema() -> Schema:
    return Schema(json.loads(DATA.read_text(encoding="utf-8")))


def _shape(row: Mapping[str, Any]) -> Shape:
    return Shape(
        row.get("required", {}), row.get("optional", {}), tuple(row.get("one_of", ())), row.get("returns", "")
    )


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "Integer": _is_integer,
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "Float": lambda value: _is_integer(value) or isinstance(value, float),
    "InputFile": lambda value: isinstance(value, Upload),
}
_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")


def _read_value(schema: Schema, name: str, wanted: str, value: Any) -> Any:
    types = wanted.split("|")
    if isinstance(value, Upload):
        if "InputFile" in types:
            return value
        raise Refused(400, f"wrong type of the parameter {name}: a file was sent")
    for type_name in types:
        read = _READERS.get(type_name)
        if read is not None and (plain := read(value)) is not None:
            return plain
    structured = [each for each in types if each not in _CHECKS]
    if not structured:
        raise Refused(400, f"wrong type of the parameter {name}: {' or '.join(types)} expected")
    return _read_structure(schema, name, structured, value)


def _read_structure(schema: Schema, name: str, types: list[str], value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise Refused(400, f"can't parse {_spoken(name)} JSON object") from error
    if value is None:
        return None
    # Telegram ignores fields it does not know, here as at the top.
    found = [
        [each for each in schema.problems(type_name, value, name) if " has no field " not in each]
        for type_name in types
    ]
    best = min(found, key=len)
    if best:
        raise Refused(400, f"can't parse {_spoken(name)} JSON object: {best[0]}")
    return value


def _spoken(name: str) -> str:
    return "reply keyboard markup" if name == "reply_markup" else name


def _read_integer(value: Any) -> int | None:
    if _is_integer(value):
        return int(value)
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else None


def _read_boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    lowered = str(value).lower()
    return True if lowered in _TRUE else False if lowered in _FALSE else None


def _read_float(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


_READERS: dict[str, Callable[[Any], Any]] = {
    "Integer": _read_integer,
    "Boolean": _read_boolean,
    "Float": _read_float,
    "String": lambda value: value if isinstance(value, str) else None,
}
