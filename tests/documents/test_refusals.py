"""A file with faults: each one named by path, value, reason and what would be right, all at once."""

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.checking import check_file
from bot.documents.decode import MAX_BYTES
from bot.documents.problems import FileRefused, Problem
from bot.documents.reading import DeadlineReader
from bot.documents.resolve import read_file
from tests.documents.conftest import Told

Refuse = Callable[[Any], dict[str, Told]]


def test_all_faults_come_at_once(sample: dict[str, Any], problems: Refuse) -> None:
    sample["document"]["issued_on"] = "2023-02-30"
    sample["agencies"][1]["key"] = "Văn phòng"
    sample["groups"][0]["members"] = []
    sample["tasks"][2] |= {"lead": ["huyen-ui"], "deadline": "khi thuận lợi", "produkt": "Kế hoạch"}
    sample["tasks"][6]["clause"] = "IV.4"
    assert {
        "$.document.issued_on",
        "$.agencies[1].key",
        "$.groups[0].members",
        "$.tasks[2].lead[0]",
        "$.tasks[2].deadline",
        "$.tasks[2].produkt",
        "$.tasks[6].clause",
    } <= set(problems(sample))


def test_a_sentence_names_path_value_reason_and_nearest(sample: dict[str, Any], problems: Refuse) -> None:
    sample["tasks"][2]["lead"] = ["huyen-ui"]
    assert problems(sample)["$.tasks[2].lead[0]"].sentence == (
        '$.tasks[2].lead[0]: "huyen-ui" – không có cơ quan hoặc nhóm nào mang khóa này trong tệp.'
        " Gần đúng nhất: huyen-uy"
    )


@pytest.mark.parametrize(
    ("path", "field", "value", "where", "nearest"),
    [
        ("document", "issued_on", "30/4/2023", "", "2023-04-30"),
        ("document", "issued_on", "2023-02-30", "", "2023-02-28"),
        ("document", "issued_on", "0001-01-01", "", None),
        ("document", "number", 2966, "", '"2966"'),
        ("document", "title", "", "", None),
        ("document", "title", None, "", None),
        ("document", "key", "Lai Châu 20-NQ/TW", "", "lai-chau-20-nq-tw"),
        ("document", "titel", "x", "", "title"),
        ("document", "file", "../bi-mat.pdf", "", None),
        ("document", "received", "2966", "", None),
        ("tasks", "lead", [], "", None),
        ("tasks", "lead", "ban-dang", "", '["ban-dang"]'),
        ("tasks", "lead", ["Huyện uỷ Mường Tè"], "[0]", "hu-muong-te"),
        ("tasks", "lead", ["HU Sìn Hồ"], "[0]", "hu-sin-ho"),
        ("tasks", "lead", ["ban-dang", "ban-dang"], "[1]", None),
        ("tasks", "coordinating", ["ban-thuong-vu-tinh-uy"], "[0]", None),
        ("tasks", "advising", "ban-dang", "", "ban-dan-van"),
        ("tasks", "advising", "van-phong-tinh-ui", "", "van-phong-tinh-uy"),
        ("tasks", "deadline_confirmed", "false", "", "false"),
        ("tasks", "deadline", "trước ngày 31/4/2023", "", None),
        ("tasks", "deadline", "thường xuên", "", "thường xuyên"),
        ("tasks", "deadline", "khi thuận lợi", "", "hoàn thành trong tháng 5/2023"),
        ("tasks", "due", "31/5/2023", "", "2023-05-31"),
        ("tasks", "recurrence", "FREQ=HOURLY", "", None),
        ("tasks", "recurrence", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", None),
        ("tasks", "recurrence", "FREQ=MONTHLY;INTERVAL=0", "", None),
        ("tasks", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=25 + hằng năm", "", None),
        ("tasks", "title", "x" * 301, "", None),
        ("tasks", "title", "Kế hoạch\u0000", "", None),
        ("tasks", "title", "Kế hoạch \u202egnụt", "", None),
        ("tasks", "title", "Kế hoạch \ud800", "", None),
        ("tasks", "title", {"vi": "Kế hoạch"}, "", None),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(
    sample: dict[str, Any],
    problems: Refuse,
    path: str,
    field: str,
    value: Any,
    where: str,
    nearest: str | None,
) -> None:
    row = sample[path][0] if path == "tasks" else sample[path]
    row[field] = value
    found = problems(sample)
    place = "$.tasks[0]" if path == "tasks" else f"$.{path}"
    assert list(found) == [f"{place}.{field}{where}"]
    assert found[f"{place}.{field}{where}"].nearest == nearest


def test_a_missing_field_is_named(sample: dict[str, Any], problems: Refuse) -> None:
    del sample["tasks"][3]["title"]
    assert list(problems(sample)) == ["$.tasks[3].title"]


def test_two_agencies_cannot_share_a_key(sample: dict[str, Any], problems: Refuse) -> None:
    sample["agencies"].append({"key": "ban-dan-van", "name": "Ban Dân vận khác"})
    place = f"$.agencies[{len(sample['agencies']) - 1}].key"
    assert "$.agencies[5].key" in problems(sample)[place].reason


def test_a_group_cannot_have_the_key_of_an_agency(sample: dict[str, Any], problems: Refuse) -> None:
    sample["groups"].append({"key": "ban-dan-van", "name": "nhóm", "members": ["ban-to-chuc"]})
    assert list(problems(sample)) == ["$.groups[8].key"]


def test_a_group_holds_agencies_only(sample: dict[str, Any], problems: Refuse) -> None:
    sample["groups"][0]["members"].append("huyen-uy")
    assert "nhóm" in problems(sample)["$.groups[0].members[6]"].reason


def test_a_deadline_before_the_document_is_refused(sample: dict[str, Any], problems: Refuse) -> None:
    sample["document"]["issued_on"] = "2023-06-01"
    sample["tasks"][5]["due"] = "2023-05-01"
    assert set(problems(sample)) == {"$.tasks[1].deadline", "$.tasks[2].deadline", "$.tasks[5].due"}


def test_a_due_date_and_a_rhythm_exclude_each_other(sample: dict[str, Any], problems: Refuse) -> None:
    sample["tasks"][4] |= {"due": "2023-12-31", "recurrence": "FREQ=YEARLY"}
    assert list(problems(sample)) == ["$.tasks[4].recurrence"]


@pytest.mark.parametrize(
    "level", ["Mật", "TỐI MẬT", "tuyệt mật", "mat", "Toi Mat", "Độ mật: Mật", "C", "hạn chế"]
)
def test_a_secret_document_is_refused(sample: dict[str, Any], problems: Refuse, level: str) -> None:
    sample["document"]["secrecy"] = level
    assert problems(sample)["$.document.secrecy"].nearest == "null"


def test_decomposed_letters_do_not_hide_a_secret(sample: dict[str, Any], problems: Refuse) -> None:
    sample["document"]["secrecy"] = unicodedata.normalize("NFD", "Tuyệt mật")
    assert list(problems(sample)) == ["$.document.secrecy"]


@pytest.mark.parametrize(
    "title", ["Kế hoạch (Mật)", "Kế hoạch [TỐI MẬT]", "Độ mật: Tuyệt mật. Kế hoạch", "MẬT – Kế hoạch"]
)
def test_a_marking_of_secrecy_in_the_title_is_refused(
    sample: dict[str, Any], problems: Refuse, title: str
) -> None:
    sample["document"]["title"] = title
    assert list(problems(sample)) == ["$.document.title"]


@pytest.mark.parametrize(
    "title",
    ["Kế hoạch bảo vệ bí mật nhà nước", "Mật độ xây dựng", "Luật An ninh, bảo mật thông tin", "Mật ong"],
)
def test_everyday_words_are_no_marking(sample: dict[str, Any], reader: DeadlineReader, title: str) -> None:
    sample["document"] |= {"title": title, "secrecy": "Thường"}
    assert read_file(json.dumps(sample).encode(), reader).title == title


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{\n“key”}".encode(), ["dòng 2, cột 1"]),
        (b'{\n"a": \xff}', ["dòng 2, cột 6", "UTF-8"]),
        ("{}".encode("utf-16"), ["UTF-8"]),
        (b"", ["JSON"]),
        (b'{"a": 1} {"b": 2}', ["còn thừa"]),
        (b"[" * 200_000, ["quá sâu"]),
        (b"[" * 40 + b"]" * 40, ["quá sâu"]),
        (b" " * (MAX_BYTES + 1), ["quá lớn", "5 MB"]),
        (b"null", ["đối tượng"]),
        (b'{"document": NaN}', ["$.document"]),
        (b'{"\\ud800": 1}', ["U+D800"]),
        (b'{" tasks ": []}', ['$[" tasks "]', "Gần đúng nhất: tasks"]),
        (b'{"tasks": [' + b"1," * 200_000 + b"1]}", ["quá nhiều giá trị"]),
        (b'{"document": ' + b"9" * 5000 + b"}", ["$.document"]),
    ],
)
def test_what_is_no_readable_file_is_refused(reader: DeadlineReader, data: bytes, words: list[str]) -> None:
    with pytest.raises(FileRefused) as refusal:
        check_file(data, reader)
    text = "\n".join(refusal.value.sentences)
    assert [word for word in words if word not in text] == []


def test_a_field_written_twice_is_refused(sample: dict[str, Any], problems: Refuse) -> None:
    text = json.dumps(sample).replace('"clause": "IV.5"', '"clause": "IV.5", "clause": "IV.6"')
    assert list(problems(text.encode())) == ["$.tasks[6].clause"]


def test_a_fan_out_without_bound_is_refused(sample: dict[str, Any], problems: Refuse) -> None:
    sample["tasks"] += [sample["tasks"][1] | {"clause": f"V.{n}"} for n in range(1_900)]
    assert list(problems(sample)) == ["$.tasks"]


def test_a_file_of_nothing_but_faults_is_refused_in_a_readable_length(problems: Refuse) -> None:
    found = problems({"tasks": [{f"field{n}": 1} for n in range(2_000)]})
    assert len(found) == 1_001
    assert "1000 lỗi đầu tiên" in found["$"].reason


def test_a_byte_order_mark_is_forgiven(sample: dict[str, Any], reader: DeadlineReader) -> None:
    assert read_file(b"\xef\xbb\xbf" + json.dumps(sample).encode(), reader).key == "lai-chau-20-nq-tw"


def test_strings_are_composed_and_trimmed(sample: dict[str, Any], reader: DeadlineReader) -> None:
    sample["tasks"][0]["title"] = unicodedata.normalize("NFD", "  Kiểm tra,\n giám sát ")
    assert read_file(json.dumps(sample).encode(), reader).tasks[0].title == "Kiểm tra, giám sát"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_value_anywhere_brings_the_check_down(
    sample: dict[str, Any], reader: DeadlineReader, data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(["document", "agencies", "groups", "tasks"]))
    values = json.loads(json.dumps(sample))
    row = values[part] if part == "document" else data.draw(st.sampled_from(values[part]))
    row[data.draw(st.sampled_from([*row, "due", "recurrence", "advising", "coordinating"]))] = data.draw(
        json_values
    )
    assert all(
        p.path.startswith("$") and p.reason for p in list_problems(json.dumps(values).encode(), reader)
    )


def list_problems(data: bytes, reader: DeadlineReader) -> tuple[Problem, ...]:
    try:
        check_file(data, reader)
    except FileRefused as refusal:
        return refusal.problems
    return ()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_bring_the_check_down(reader: DeadlineReader, data: bytes) -> None:
    with pytest.raises(FileRefused):
        check_file(data, reader)
