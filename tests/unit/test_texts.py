"""The catalogues: complete, used, well written, and safe with whatever people type."""

import ast
import html
import re
import string
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Role
from bot.domain.harmless import calm
from bot.domain.typed_policy import ITEMS
from bot.handlers.report_fields import COMPLETION, ENTERED, PROGRESS
from bot.handlers.router import ALIASES, COMMANDS, LATER
from bot.sandbox.formatting import utf16_length
from bot.screens.agencies import KINDS
from bot.screens.history import SHOWN as EVENT_FIELDS
from bot.texts import CATALOGS, Html, Texts, clip, join
from bot.texts.en import ENGLISH
from bot.texts.vi import VIETNAMESE
from tests.conftest import ZONE

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
KEYS = sorted(VIETNAMESE)
HOSTILE = "<b>&\"{}</b> {office} &amp; <script>'"
PARTS = [
    (language, part) for language in CATALOGS for part in sorted({key.partition(".")[0] for key in KEYS})
]
TOAST_MOST = 200  # Bot API, answerCallbackQuery

REPORT_FIELDS = tuple(dict.fromkeys((*PROGRESS, *COMPLETION, *ENTERED)))
# The f-strings that name a sentence, and what can stand in the gap.
CHOICES = ("now", "all", "silent")
FAMILIES: dict[str, tuple[str, ...]] = {
    "assignment_role.{}": ("lead", "coordinating"),
    "button.past_{}": CHOICES,
    "changes.{}": ("changed", "withdrawn"),
    "command.{}": (*COMMANDS, *LATER),
    "days.fault.{}": (
        *("big", "columns", "day", "empty", "encoding", "header", "kind", "many", "month"),
        *("name", "no_day", "table", "twice", "year"),
    ),
    "days.field.{}": ("day", "file", "header", "kind", "name", "row"),
    "days.is_{}": ("off", "work"),
    "days.remark.{}": ("already_off", "already_work", "corrected", "unchanged"),
    "digest.reminder_{}": ("before", "after"),
    "forecast.held.{}": ("held", "silent", "paused", "document_paused"),
    "forecast.why.{}": ("acknowledge", "before", "after", "weekly", "status", "waiting", "snooze"),
    "button.settings_{}": ("quiet", "contacts", "days", "weekly", "ladder", "monitors", "decide", "pause"),
    "ladder.item.{}": ITEMS,
    "ladder.line.{}": ITEMS,
    "ladder.right.{}": ITEMS,
    "language.{}": ("vi", "en"),
    "file.json_{}": (
        *("value", "name", "comma", "colon", "quote", "control", "trailing", "extra", "syntax"),
    ),
    "plan.{}": ("created", "updated", "withdrawn", "restored", "dropped"),
    "plan.kind_{}": ("document", "agency", "group", "target", "task"),
    "plan.role_{}": ("lead", "coordinating"),
    "plan.move_{}": ("add", "reactivate", "withdraw"),
    "month.{}": tuple(map(str, range(1, 13))),
    "quarter.{}": tuple("1234"),
    "wording.month_{}": ("early", "middle"),
    "wording.year_{}": ("early", "middle"),
    "wording.every_{}": ("day", "week", "month", "year", "period"),
    "wording.each_{}s": ("day", "week", "month", "year", "period"),
    "wording.quarters_{}": ("first", "second", "third"),
    "wording.part_{}": ("first", "second", "third"),
    "weekday.short.{}": tuple("01234"),
    "propose.done_{}": ("accept", "return"),
    "past.choice.{}": CHOICES,
    "past.done_{}": CHOICES,
    "refuse.{}": (),  # by name in `refuse("…")`
    "review.done_{}": ("accepted", "returned"),
    "reminder.please_{}": ("before", "after"),
    "reminder.{}": ("before", "after"),
    "report.kind.{}": ("progress", "completion", "contribution"),
    "report.ask_{}": (*REPORT_FIELDS,),
    "report.unsaid.{}": PROGRESS,
    "report.lacks.{}": ("number", "date", "signatory", "file"),
    "doubt.{}": ("type", "form", "day"),
    "report.state.{}": ("pending", "accepted", "returned"),
    "report.field.{}": (*REPORT_FIELDS,),
    "event.field.{}": EVENT_FIELDS,
    "event.by_{}_{}": (),
    "weekly.{}": ("newly_overdue", "due_next_week", "waiting", "unacknowledged"),
    "role.{}": tuple(role.value for role in Role),
    "succession.{}": KINDS,
    "agency.ask_{}": ("words", "name", "into", "split", "more", "withdraw", "day"),
    "button.discreet_{}": ("on", "off"),
    "button.agency_{}": ("find", "add", *KINDS),
    "status.awaiting_{}": ("on_time", "late"),
    "status.completed_{}": ("on_time", "late"),
    "button.{}": ("suspend", "resume", "reassign", "withdraw", "reopen", "undo"),
    "steer.{}": ("suspend", "resume", "reassign", "withdraw", "reopen", "undo"),
    "steered.{}": ("suspend", "resume", "reassign", "withdraw", "reopen", "undo", "unextend"),
    "status.{}": ("not_started", "in_progress", "suspended", "withdrawn"),
    "task.{}": ("product", "person"),
    "assign.ask_{}": ("product", "person"),
    "task.lacks_{}": ("product", "person", "due"),
    "timeliness.{}": ("on_time", "due_soon", "overdue", "no_deadline"),
    "unreachable.{}": ("blocked", "not_started", "muted", "gone"),
    "weekday.{}": tuple(map(str, range(7))),
    "welcome.{}": ("agency", "head", "secretariat", "viewer"),
}
# Sentences called by a notice's kind, or by a name worked out elsewhere in the code.
ELSEWHERE = (
    *("accepted", "returned", "extension.requested", "extension.agreed", "extension.refused"),
    *("help.secretariat", "help.viewer", "moment", "names", "names.more"),
    *(key for key in VIETNAMESE if re.fullmatch(r"event\.[a-z_]+", key)),
    *(f"changed.field.{name}" for name in ("title", "text", "due", "deadline_text", "product", "person")),
)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def make_texts(language: str, office: str = "Văn phòng Tỉnh ủy") -> Texts:
    return Texts(language, ZONE, office)


# --- the two catalogues


def test_both_catalogues_have_the_same_sentences_with_the_same_values() -> None:
    assert set(ENGLISH) == set(VIETNAMESE)
    differing = [key for key in KEYS if placeholders(ENGLISH[key]) != placeholders(VIETNAMESE[key])]
    assert differing == []


@pytest.mark.parametrize("language", CATALOGS)
def test_sentences_are_well_written(language: str) -> None:
    for key, sentence in CATALOGS[language].items():
        assert unicodedata.is_normalized("NFC", sentence), key
        assert not re.search("[\"']", sentence), key
        assert "  " not in sentence, key
        assert sentence, key
        if key != "welcome.of":
            assert sentence == sentence.strip(), key
        assert all(line == line.strip() for line in sentence.split("\n")) or key == "welcome.of", key


@pytest.mark.parametrize("language", CATALOGS)
def test_commands_named_in_sentences_exist(language: str) -> None:
    known = {*COMMANDS, *LATER, *ALIASES}
    for key, sentence in CATALOGS[language].items():
        named = re.findall(r"(?<![\w<{}])/([a-z]+)", sentence)
        assert set(named) <= known, key


# --- what the code asks for


@cache
def parsed() -> dict[Path, ast.Module]:
    """Every module of the program."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(BOT.rglob("*.py"))}


def functions_asking() -> Iterator[tuple[Path, ast.expr, bool]]:
    """Every first argument that names a sentence, and whether it is a refusal's name."""
    for path, module in parsed().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args and (how := _asks(node.func)) is not None:
                yield path, node.args[0], how


def _asks(function: ast.expr) -> bool | None:
    """True for `….refuse(`, False for `t(`, `saying(`, `….t(`, `….plain(`, `….texts()(`; None for anything else."""
    if isinstance(function, ast.Name):
        return False if function.id in ("t", "saying") else None
    if isinstance(function, ast.Call):
        is_texts = isinstance(function.func, ast.Attribute) and function.func.attr == "texts"
        return False if is_texts else None
    if isinstance(function, ast.Attribute) and function.attr in ("t", "plain", "refuse"):
        return function.attr == "refuse"
    return None


def _strings(node: ast.AST) -> set[str]:
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def _named(node: ast.expr) -> tuple[set[str], set[str]]:
    """Literal keys and patterns of f-strings in an argument."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}, set()
    if isinstance(node, ast.IfExp):
        literals, patterns = _named(node.body)
        more, further = _named(node.orelse)
        return literals | more, patterns | further
    if isinstance(node, ast.JoinedStr):
        parts = [str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values]
        return set(), {"".join(parts)}
    return set(), set()


@cache
def asked() -> tuple[set[str], set[str]]:
    literals: set[str] = set()
    patterns: set[str] = set()
    for _, argument, is_refusal in functions_asking():
        found, shaped = _named(argument)
        literals |= {f"refuse.{name}" for name in found} if is_refusal else found
        patterns |= shaped
    return literals, patterns


def test_every_sentence_the_code_asks_for_exists() -> None:
    literals, patterns = asked()
    assert len(literals) > 150
    assert literals - set(KEYS) == set()
    assert patterns - set(FAMILIES) == set()
    for pattern, members in FAMILIES.items():
        assert {pattern.format(each) for each in members} <= set(KEYS), pattern


def test_no_sentence_is_unused() -> None:
    literals, patterns = asked()
    assert set(FAMILIES) == patterns
    used = literals | {pattern.format(each) for pattern, members in FAMILIES.items() for each in members}
    used |= set(ELSEWHERE)
    elsewhere = _literals_of_the_code()
    used |= {
        key for key in KEYS if key in elsewhere or key.removeprefix("refuse.") in elsewhere & _refusals()
    }
    assert set(KEYS) - used == set()


def _literals_of_the_code() -> set[str]:
    modules = [module for path, module in parsed().items() if path.parent.name != "texts"]
    assert len(modules) > 50
    return set().union(*map(_strings, modules))


def _refusals() -> set[str]:
    """Names that functions work out for `refuse`."""
    found: set[str] = set()
    for path in ("services/standing/single.py", "handlers/router.py"):
        for node in ast.walk(parsed()[BOT / path]):
            if isinstance(node, ast.FunctionDef) and node.name in ("refusal_of", "_words"):
                found |= _strings(node)
    assert found
    return found


# --- what Telegram makes of them

_TOKEN = re.compile(r"<(/?)(b|i|u|s|code|pre|blockquote)>|<|>|&(?!(?:lt|gt|amp|quot|#\d+);)")


def assert_is_telegram_html(text: str) -> None:
    """Only known tags, closed in order; every other < > & is escaped (Bot API, HTML style)."""
    open_tags: list[str] = []
    for found in _TOKEN.finditer(text):
        slash, tag = found.groups()
        assert tag, (found.group(), text)
        if slash:
            assert open_tags.pop() == tag, text
        else:
            open_tags.append(tag)
    assert open_tags == [], text


@pytest.mark.parametrize(("language", "part"), PARTS)
def test_sentences_with_hostile_values_are_still_valid_html_and_show_them(language: str, part: str) -> None:
    t = make_texts(language, office=HOSTILE)
    for key in (each for each in KEYS if each.partition(".")[0] == part):
        text = t(key, **dict.fromkeys(placeholders(CATALOGS[language][key]) - {"office"}, HOSTILE))
        assert_is_telegram_html(text)
        shown = html.unescape(re.sub(r"</?[a-z]+>", "", text))
        gaps = [
            name for _, name, _, _ in string.Formatter().parse(CATALOGS[language][key]) if name is not None
        ]
        assert shown.count(HOSTILE) == len(gaps), key


@given(st.text(max_size=200))
def test_any_words_of_a_person_stay_words(words: str) -> None:
    t = make_texts("vi")
    text = t("report.preview_text", text=words)
    assert_is_telegram_html(text)
    assert t.plain("plain", text=words) == calm(words)


@given(st.text(max_size=80), st.integers(1, 40))
def test_clipped_text_is_never_longer_and_says_that_it_was_cut(words: str, longest: int) -> None:
    cut = clip(words, longest)
    assert utf16_length(cut) <= longest
    assert cut == words or (cut.endswith("…") and utf16_length(words) > longest)


def test_html_that_is_ready_is_not_escaped_again_and_empty_parts_leave_no_gap() -> None:
    t = make_texts("vi")
    assert t("plain", text=Html("<b>x</b>")) == "<b>x</b>"
    assert join(t("task.no_due"), "", Html("x")) == f"{t('task.no_due')}\nx"


def test_dates_and_instants_are_written_as_the_office_writes_them() -> None:
    t = make_texts("vi")
    assert t.day(date(2023, 5, 1)) == "1/5/2023"
    assert t.moment(datetime(2023, 5, 16, 18, 5, tzinfo=UTC)) == "01:05 ngày 17/5/2023"
    assert t("receipt.late", day=date(2023, 5, 31), days=5).count("31/5/2023") == 1


def test_a_missing_sentence_or_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KeyError):
        make_texts("vi")("no.such.sentence")
    with pytest.raises(KeyError):
        make_texts("vi")("days.left")


# --- buttons and answers to buttons

LABELS = {
    "Đã nhận nhiệm vụ": "button.acknowledge",
    "Báo cáo tiến độ": "button.progress",
    "Báo cáo hoàn thành": "button.completion",
    "Đề nghị gia hạn": "button.extension",
    "Nhắc lại sau": "button.snooze",
    "Xem nhiệm vụ": "button.view",
    "Xác nhận hoàn thành": "button.accept",
    "Trả lại để bổ sung": "button.return",
    "Đồng ý gia hạn": "button.extension_agree",
    "Chưa đồng ý gia hạn": "button.extension_refuse",
    "Đôn đốc": "button.press",
    "Gửi báo cáo": "button.send_report",
    "Gửi đề nghị": "button.send_request",
    "Gửi": "button.send",
    "Hủy, không gửi": "button.cancel",
    "Quay lại": "button.back",
    "Ấn định thời hạn": "button.settle",
}


def test_the_contracts_words_are_inside_the_button_labels() -> None:
    for words, key in LABELS.items():
        assert words in VIETNAMESE[key], key


@pytest.mark.parametrize("language", CATALOGS)
def test_button_labels_carry_no_markup_and_fit_a_phone(language: str) -> None:
    buttons = {key: words for key, words in CATALOGS[language].items() if re.search(r"(^|\.)button[._]", key)}
    assert len(buttons) > 30
    for key, words in buttons.items():
        assert not re.search(r"[<>&\n]", words), key
        assert len(words) <= 45, key


REALISTIC: dict[str, object] = {
    "n": 120,
    "nearest": "huyen-uy-muong-te",
    "after": date(2023, 12, 29),
    "agency": "Ủy ban Kiểm tra Tỉnh ủy",
    "at": datetime(2023, 5, 31, 10, 30, tzinfo=UTC),
    "before": date(2023, 12, 27),
    "code": 123456,
    "command": "/mộtlệnhkhôngcótrongdanhsáchlệnhcủabot"[:40],
    "day": date(2023, 12, 31),
    "days": 30,
    "document": "Chương trình hành động của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW",
    "today": date(2023, 12, 31),
    "problem": "ngày 31/2/2023 không có trên lịch; tháng 2/2023 có 28 ngày",
    "move": "điều chỉnh cơ quan thực hiện",
    "status": "Chờ xác nhận (nộp đúng hạn)",
    "due": date(2023, 12, 31),
    "example": date(2024, 1, 15),
    "first": date(2023, 11, 27),
    "item": "Ngày nhắc hằng tuần",
    "label": "Mục IV, điểm 2 (ban hành Kế hoạch)",
    "last": date(2023, 12, 29),
    "right": "các số ngày khác nhau từ 0 đến 250, ví dụ: 10, 5, 2, 0; hoặc: không",
    "length": 25_000,
    "longest": 20_000,
    "link": "https://t.me/dondoc_tinh_uy_lai_chau_bot",
    "name": "Nguyễn Thị Phương Thảo",
    "number": 12_345,
    "on": date(2023, 12, 31),
    "size": 250,
    "text": "khoảng giữa tháng sau, khi có ý kiến",
    "unit": "liên hiệp hợp tác xã",
    "whole": "123456",
    "part": "123,4560",
    "what": "Đề nghị gia hạn",
    "word": "Tuyệt mật",
}


@pytest.mark.parametrize("language", CATALOGS)
def test_answers_to_buttons_are_short_enough_for_telegram(language: str) -> None:
    t = make_texts(language)
    keys = [key for key in KEYS if key.startswith(("refuse.", "toast.", "error."))]
    assert len(keys) > 35
    for key in keys:
        values = {name: REALISTIC[name] for name in placeholders(VIETNAMESE[key]) - {"office"}}
        answer = t.plain(key, **values)
        assert len(answer) <= TOAST_MOST, (key, len(answer))
        assert not re.search(r"</?[a-z]+>", answer), key
