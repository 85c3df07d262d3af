"""What is wrong with a file, and what loading it would do, is said in the office's language."""

import json
from typing import Any

import pytest

from bot.documents.checking import check_file
from bot.documents.describe import describe, list_conflict_sentences
from bot.documents.plan import plan_load
from bot.documents.problems import FileRefused
from bot.documents.reading import DeadlineReader
from bot.documents.resolve import read_file
from bot.documents.state import LoadedState
from tests.saying import ENGLISH, VIETNAMESE, is_english


def refusal_of(data: bytes, reader: DeadlineReader) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        check_file(data, reader)
    return refused.value


def test_every_fault_of_a_file_is_said_in_english(sample: dict[str, Any], reader: DeadlineReader) -> None:
    sample["document"] |= {
        "secrecy": "hush",
        "issued_on": "2023-06-01",
        "title": "",
        "zzz": 1,
        "reminders": {"at": 8},
    }
    sample["agencies"].append(dict(sample["agencies"][0]))
    sample["groups"][0]["members"].append("huyen-uy")
    changes: list[dict[str, Any]] = [
        {"lead": ["nobody-at-all", "hu-muong-te", "hu-muong-te"], "coordinating": ["hu-muong-te"]},
        {"deadline": "trước ngày 31/4/2023"},
        {"deadline": "vào lúc thích hợp", "title": None},
        {"due": "2023-05-01", "recurrence": "FREQ=HOURLY"},
        {"clause": sample["tasks"][0]["clause"], "deadline": "hoàn thành trong tháng 5/2023"},
    ]
    for task, change in zip(sample["tasks"], changes, strict=False):
        task.update(change)
    refusal = refusal_of(json.dumps(sample).encode(), reader)
    said = list(refusal.in_words(ENGLISH))
    assert len(said) == len(refusal.problems) > 14
    assert [each for each in said if not is_english(each.partition("Nearest: ")[0])] == []
    assert list(refusal.in_words(VIETNAMESE)) == list(refusal.sentences)


@pytest.mark.parametrize(
    "data",
    [b"{", b"\xff", b'{"a": 1, "a": 2}', b'"' + b"x" * 5_000_001, b'{"a": "\\u0007"}', b"[" * 20 + b"]" * 20],
)
def test_what_is_no_file_of_tasks_is_said_in_both_languages(data: bytes, reader: DeadlineReader) -> None:
    refusal = refusal_of(data, reader)
    in_english, in_vietnamese = (" ".join(refusal.in_words(t)) for t in (ENGLISH, VIETNAMESE))
    assert is_english(in_english)
    assert not is_english(in_vietnamese)


def test_a_plan_is_described_in_english(sample: dict[str, Any], reader: DeadlineReader) -> None:
    plan = plan_load(LoadedState(), read_file(json.dumps(sample).encode(), reader))
    lines = describe(plan, ENGLISH)
    assert "add task IV.2.b" in lines
    assert "  give to hu-muong-te (leads)" in lines
    assert list_conflict_sentences(plan, ENGLISH) == ()
