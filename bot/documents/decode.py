"""From bytes to plain values: encoding, JSON, size, depth, characters; before any field is looked at."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.documents.problems import FileRefused, Problem, json_path, shown
from bot.documents.values import find_bad_character, normalise
from bot.domain.saying import saying

MAX_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_VALUES = 150_000
_JSON_REASONS = {
    "Expecting value": "value",
    "Expecting property name enclosed in double quotes": "name",
    "Expecting ',' delimiter": "comma",
    "Expecting ':' delimiter": "colon",
    "Unterminated string starting at": "quote",
    "Invalid control character at": "control",
    "Illegal trailing comma before end of object": "trailing",
    "Illegal trailing comma before end of array": "trailing",
    "Extra data": "extra",
}
Path = tuple[str | int, ...]


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its names were written more than once."""

    repeated: tuple[str, ...] = ()


def decode(data: bytes) -> tuple[Any, list[Problem]]:
    """The file's values, strings NFC and trimmed, with the faults found; raises FileRefused where it is no JSON."""
    if len(data) > MAX_BYTES:
        size = f"{len(data):,} byte".replace(",", ".")
        raise FileRefused([Problem("$", size, saying("file.big"))])
    raw = _parse(_text(data))
    if _is_crowded(raw):
        reason = saying("file.crowded", n=MAX_VALUES)
        raise FileRefused([Problem("$", saying("file.over", n=MAX_VALUES), reason)])
    problems = list(_list_faults(raw, ()))
    return _normalised(raw), problems


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        where = saying("file.place", line=line, column=column)
        reason = saying("file.encoding")
        raise FileRefused([Problem("$", where, reason)]) from None


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        where = saying("file.place", line=error.lineno, column=error.colno)
        reason = saying("file.not_json", reason=saying(f"file.json_{_JSON_REASONS.get(error.msg, 'syntax')}"))
        raise FileRefused([Problem("$", where, reason)]) from None
    except RecursionError:
        raise FileRefused([_too_deep(())]) from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    result = _Object(pairs)
    if len(result) < len(pairs):
        times = Counter(name for name, _ in pairs)
        result.repeated = tuple(name for name, count in times.items() if count > 1)
    return result


def _integer(digits: str) -> int | float:
    # Python refuses to read thousands of digits; no field is a number, so any stand-in will be refused by name.
    return int(digits) if len(digits) < 20 else float(digits)


def _is_crowded(raw: Any) -> bool:
    # Counted before anything else: each value may become a fault, and each fault costs a thousand bytes.
    waiting, count = [raw], 0
    while waiting and count <= MAX_VALUES:
        value = waiting.pop()
        if isinstance(value, dict | list):
            count += len(value)
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return count > MAX_VALUES


def _list_faults(value: Any, path: Path) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _text_faults(value, path)
    elif len(path) >= MAX_DEPTH and isinstance(value, list | dict):
        raise FileRefused([_too_deep(path)])
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _list_faults(item, (*path, index))
    elif isinstance(value, _Object):
        for name in value.repeated:
            yield Problem(json_path((*path, name)), shown(name), saying("file.field_twice"))
        for name, item in value.items():
            yield from _text_faults(name, (*path, name))
            yield from _list_faults(item, (*path, name))


def _text_faults(text: str, path: Path) -> Iterator[Problem]:
    if (code := find_bad_character(text)) is not None:
        yield Problem(json_path(path), shown(text), saying("file.character", code=code))


def _too_deep(path: Path) -> Problem:
    return Problem(json_path(path), "…", saying("file.deep", n=MAX_DEPTH))


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {name: _normalised(item) for name, item in value.items()}
    return value
