"""Why a value does not fit its field, in words: pydantic's findings as `Problem`s."""

import difflib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.documents.problems import MISSING, Problem, json_path, shown
from bot.documents.tasks_file import Agency, Document, Group, Received, Target, Task, TasksFile
from bot.documents.values import as_slug
from bot.domain.saying import Saying, saying

_PARTS: dict[str, type[BaseModel]] = {
    "document": Document,
    "agencies": Agency,
    "groups": Group,
    "targets": Target,
    "tasks": Task,
}
_REASONS = {
    "missing": saying("file.no_value"),
    "tuple_type": saying("file.list"),
    "model_type": saying("file.object"),
    "bool_type": saying("file.bool"),
    "string_pattern_mismatch": saying("file.key"),
    "no_such_date": saying("file.date"),
    "no_number": saying("file.number"),
    "unsafe_path": saying("file.path"),
}


def list_field_faults(raw: Any) -> Iterator[Problem]:
    """Everything pydantic finds wrong with the fields' types, lengths and names."""
    try:
        TasksFile.model_validate(raw)
    except ValidationError as error:
        yield from _translate(error.errors(include_url=False))


def find_nearest_word(word: str, words: list[str]) -> str | None:
    """The one of `words` that `word` most likely was meant to be, or None where none is near."""
    near = difflib.get_close_matches(word[:100], words, n=1, cutoff=0.55)
    return near[0] if near else None


def _translate(errors: list[ErrorDetails]) -> Iterator[Problem]:
    for error in errors:
        if not _is_told_elsewhere(error) and not _is_echo(error):
            value = MISSING if error["type"] == "missing" else shown(_value(error))
            yield Problem(json_path(error["loc"]), value, _reason(error), _nearest(error))


def _is_told_elsewhere(error: ErrorDetails) -> bool:
    if error["type"] == "reminders":
        return True
    # A key that is pointed at is looked up by name elsewhere; its spelling needs no second complaint.
    place = error["loc"]
    is_pointer = place[:1] == ("tasks",) or "members" in place
    return is_pointer and error["type"] == "string_pattern_mismatch"


def _is_echo(error: ErrorDetails) -> bool:
    # pydantic counts only the sound items, so a list with faults inside is also called too short.
    return error["type"] == "too_short" and bool(error["input"])


def _value(error: ErrorDetails) -> Any:
    return error["loc"][-1] if error["type"] == "extra_forbidden" else error["input"]


def _reason(error: ErrorDetails) -> Saying:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(error)
    if kind == "string_type":
        return saying("file.string_not_null" if error["input"] is None else "file.string")
    if kind == "string_too_short":
        return saying("file.empty" if _is_required(error) else "file.empty_null")
    if kind == "string_too_long":
        return saying("file.long", n=limits.get("max_length", 0))
    if kind == "too_short":
        return saying("file.empty_list")
    if kind == "too_long":
        return saying("file.long_list", n=limits.get("max_length", 0))
    return _REASONS.get(kind, saying("file.wrong"))


def _nearest(error: ErrorDetails) -> str | None:
    value, kind = error["input"], error["type"]
    if kind == "extra_forbidden":
        return _near_field(error)
    if kind == "no_such_date":
        near: str | None = error.get("ctx", {}).get("nearest")
        return near
    if kind == "string_pattern_mismatch":
        return as_slug(value)[:64].strip("-") or None
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return f'"{value}"'
    if kind == "tuple_type" and isinstance(value, str):
        return f"[{shown(value)}]"
    if kind == "bool_type":
        return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(str(value).lower())
    return None


def _unknown_field(error: ErrorDetails) -> Saying:
    if _near_field(error) is not None:
        return saying("file.no_field")
    return saying("file.no_field_but", names=", ".join(_fields(error["loc"][:-1])))


def _near_field(error: ErrorDetails) -> str | None:
    word = as_slug(str(error["loc"][-1])).replace("-", "_")
    return find_nearest_word(word, _fields(error["loc"][:-1]))


def _is_required(error: ErrorDetails) -> bool:
    field = _model(error["loc"][:-1]).model_fields.get(str(error["loc"][-1]))
    return field is None or field.is_required()


def _fields(place: tuple[str | int, ...]) -> list[str]:
    return [field.alias or name for name, field in _model(place).model_fields.items()]


def _model(place: tuple[str | int, ...]) -> type[BaseModel]:
    if not place:
        return TasksFile
    return Received if "received" in place else _PARTS.get(str(place[0]), TasksFile)
