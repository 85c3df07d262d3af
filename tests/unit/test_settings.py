"""The settings of contract §1: defaults, good and wrong values, and what a wrong one may show."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings, parse_settings

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
WITH_TOKEN = {"BOT_TOKEN": TOKEN}


@dataclass(frozen=True)
class Case:
    """A setting: the field it fills, its default, a good value as read, wrong values, and words of what is right."""

    name: str
    field: str
    default: object
    good: str
    read: object
    wrong: tuple[str, ...]
    right: str


CASES = (
    Case(
        "BOT_TOKEN",
        "token",
        "",
        TOKEN,
        TOKEN,
        ("abc", "123456789", f"{TOKEN} x", "123456789:kurz"),
        "BotFather",
    ),
    Case(
        "TELEGRAM_API_URL",
        "api_url",
        "https://api.telegram.org",
        "http://10.0.0.5:8081/tg/",
        "http://10.0.0.5:8081/tg",
        ("api.telegram.org", "ftp://x", "https://", "http://host:http", "http://host:70000", "https:// host"),
        "http://host:port",
    ),
    Case(
        "TELEGRAM_PROXY",
        "proxy",
        "",
        "socks5://u:p@127.0.0.1:1080",
        "socks5://u:p@127.0.0.1:1080",
        ("127.0.0.1:1080", "socks4://127.0.0.1:1080", "socks5://127.0.0.1:port"),
        "http://host:port",
    ),
    Case(
        "DATABASE_URL",
        "database_url",
        "sqlite:///data/sandbox.db",
        "postgresql://u:p@localhost:5432/dondoc",
        "postgresql://u:p@localhost:5432/dondoc",
        (
            "data/x.db",
            "mysql://h/d",
            "sqlite://",
            "sqlite:///:memory:",
            "postgresql://h:port/d",
            "postgresql://",
        ),
        "postgresql://user:password@host/name",
    ),
    Case(
        "CLOCK_URL",
        "clock_url",
        "",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080",
        ("127.0.0.1:8080", "clock", "http://"),
        "http://host:port",
    ),
    Case(
        "DATA_DIR",
        "data_dir",
        Path("data"),
        "/srv/đôn đốc",
        Path("/srv/đôn đốc"),
        ("a\x00b", "x" * 1001),
        "one line",
    ),
    Case(
        "TIMEZONE",
        "timezone",
        ZoneInfo("Asia/Ho_Chi_Minh"),
        "Asia/Bangkok",
        ZoneInfo("Asia/Bangkok"),
        ("Hanoi", "+07:00", "../etc/passwd", "Asia"),
        "Asia/Ho_Chi_Minh",
    ),
    Case(
        "OFFICE_NAME",
        "office_name",
        "Văn phòng Tỉnh ủy",
        "Văn phòng Huyện ủy",
        "Văn phòng Huyện ủy",
        ("Văn\nphòng", "x" * 201),
        "one line of at most 200 characters",
    ),
    Case(
        "WEB_ADDRESS",
        "web_port",
        8080,
        "127.0.0.1:9000",
        9000,
        (
            "8080",
            "localhost",
            "localhost:http",
            "127.0.0.1:65536",
            "127.0.0.1:-1",
            "http://127.0.0.1:80",
            "0.0.0.0:80",
        ),
        "127.0.0.1:",
    ),
    Case(
        "WEBHOOK_ADDRESS",
        "webhook_address",
        "",
        "0.0.0.0:8443",
        "0.0.0.0:8443",
        ("8443", "host"),
        "host:port",
    ),
    Case(
        "WEBHOOK_SECRET",
        "webhook_secret",
        "",
        "A-z_09",
        "A-z_09",
        ("có dấu", "a b", "x" * 257),
        "A-Z a-z 0-9 _ -",
    ),
    Case(
        "HEARTBEAT_URL",
        "heartbeat_url",
        "",
        "https://alarm.example/ping/5f2c-11?x=1",
        "https://alarm.example/ping/5f2c-11?x=1",
        ("alarm.example/ping", "ftp://alarm.example", "https://"),
        "https://host:port",
    ),
    Case(
        "KEEP_MESSAGES_DAYS",
        "keep_messages_days",
        400,
        "30",
        30,
        ("29", "-1", "1.5", "một năm"),
        "30 or more",
    ),
    Case("KEEP_UPDATES_DAYS", "keep_updates_days", 30, "7", 7, ("6", "0", "٣٠"), "7 or more"),
    Case("LANGUAGE", "language", "vi", "EN", "en", ("fr", "vi_VN", "tiếng Việt"), "vi, en"),
    Case("LOG_FORMAT", "log_format", "text", "JSON", "json", ("xml",), "text, json"),
    Case("LOG_LEVEL", "log_level", "info", "debug", "debug", ("loud", "0"), "debug, info, warning, error"),
)
NAMES = {case.name for case in CASES} | {"WEBHOOK_URL"}


def refusal(values: Mapping[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_settings(values)
    return str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_empty_setting_has_the_contracts_default(case: Case) -> None:
    for values in ({}, {case.name: ""}, {case.name: "  "}):
        assert getattr(parse_settings(values), case.field) == case.default


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_good_value_is_taken(case: Case) -> None:
    assert getattr(parse_settings({case.name: f" {case.good} "}), case.field) == case.read


@pytest.mark.parametrize(
    ("case", "value"),
    [(case, value) for case in CASES for value in case.wrong],
    ids=lambda each: str(each)[:40],
)
def test_a_wrong_value_is_named_in_one_line_with_what_would_be_right(case: Case, value: str) -> None:
    line = refusal({case.name: value})
    assert "\n" not in line
    assert line.startswith(f"{case.name}=")
    assert case.right in line
    assert len(line) < 300


def test_every_field_of_the_settings_is_tried() -> None:
    fields = set(Settings.__dataclass_fields__) - {"web_host", "webhook_url"}
    assert fields == {case.field for case in CASES}


def test_a_webhook_needs_its_secret_its_address_and_https() -> None:
    needed = refusal({**WITH_TOKEN, "WEBHOOK_URL": "https://dondoc.example/hook"})
    assert needed.startswith("WEBHOOK_SECRET is empty")
    assert "WEBHOOK_ADDRESS is empty: needed beside WEBHOOK_URL" in needed
    beside = {"WEBHOOK_SECRET": "geheim", "WEBHOOK_ADDRESS": "127.0.0.1:8081"}
    for alone in ({}, WITH_TOKEN, {**WITH_TOKEN, **beside}):
        assert "https is needed" in refusal({**alone, "WEBHOOK_URL": "http://dondoc.example"})
    own = {**WITH_TOKEN, **beside, "TELEGRAM_API_URL": "http://10.0.0.5:8081"}
    assert parse_settings({**own, "WEBHOOK_URL": "http://10.0.0.6/hook"}).webhook_url
    assert parse_settings({**beside, "WEBHOOK_URL": "http://127.0.0.1:8082/hook"}).webhook_url
    assert "another than WEB_ADDRESS" in refusal(
        {**WITH_TOKEN, **beside, "WEBHOOK_URL": "https://dondoc.example", "WEB_ADDRESS": "127.0.0.1:8081"}
    )
    given = parse_settings({"WEBHOOK_URL": "https://dondoc.example/hook", **beside})
    assert given.webhook_url == "https://dondoc.example/hook"
    assert refusal({"WEBHOOK_URL": "dondoc.example"}).startswith("WEBHOOK_URL=")


def test_several_wrong_settings_are_all_named_at_once() -> None:
    line = refusal(
        {"LANGUAGE": "fr", "LOG_LEVEL": "loud", "TIMEZONE": "Mars", "WEB_ADDRESS": "x", "BOT_TOKEN": "y"}
    )
    assert "\n" not in line
    assert re.findall(r"[A-Z_]{5,}(?==)", line) == [
        "BOT_TOKEN",
        "WEB_ADDRESS",
        "TIMEZONE",
        "LANGUAGE",
        "LOG_LEVEL",
    ]


def test_a_wrong_web_address_is_complained_of_once() -> None:
    assert refusal({"WEB_ADDRESS": "x"}).count("WEB_ADDRESS") == 1


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("BOT_TOKEN", f"{TOKEN}\u200b", "AAHdqTcv"),
        ("BOT_TOKEN", f"bot{TOKEN}", "AAHdqTcv"),
        ("BOT_TOKEN", TOKEN * 40, "AAHdqTcv"),
        ("WEBHOOK_SECRET", "geheim wort", "geheim"),
        ("WEBHOOK_SECRET", "geheim\twort", "geheim"),
        ("DATABASE_URL", "mysql://u:geheim@h/d", "geheim"),
        ("DATABASE_URL", "mysql://u:geheim/wort@h/d", "geheim"),
        ("DATABASE_URL", "mysql://u:a@geheim@h/d", "geheim"),
        ("DATABASE_URL", "u:geheim@h/d", "geheim"),
        ("DATABASE_URL", "postgresql://u:geheim\u200b@h/d", "geheim"),
        ("DATABASE_URL", "mysql://h/d?password=geheim", "geheim"),
        ("TELEGRAM_PROXY", "socks4://u:geheim@h:1", "geheim"),
        ("TELEGRAM_PROXY", "u:geheim@h:1", "geheim"),
        ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN}", "AAHdqTcv"),
        ("WEB_ADDRESS", TOKEN, "AAHdqTcv"),
        ("HEARTBEAT_URL", "alarm.example/geheim", "geheim"),
    ],
)
def test_a_refusal_never_shows_a_token_or_a_password(name: str, value: str, hidden: str) -> None:
    line = refusal({name: value})
    assert name in line
    assert hidden not in line


def test_settings_do_not_show_their_secrets_when_printed() -> None:
    settings = parse_settings(
        {**WITH_TOKEN, "DATABASE_URL": "postgresql://u:geheim@h/d", "WEBHOOK_SECRET": "geheim"}
    )
    assert "geheim" not in f"{settings!r} {settings}"
    assert TOKEN not in f"{settings!r} {settings}"


def test_a_token_makes_a_bot_and_none_the_sandbox() -> None:
    bot, sandbox = parse_settings(WITH_TOKEN), parse_settings({})
    assert (bot.mode, bot.is_sandbox, bot.bot_id) == ("bot", False, 123456789)
    assert bot.database_url == "sqlite:///data/dondoc.db"
    assert (sandbox.mode, sandbox.is_sandbox) == ("sandbox", True)
    assert parse_settings({**WITH_TOKEN, "DATA_DIR": "/srv/x"}).database_url == "sqlite:////srv/x/dondoc.db"


@pytest.mark.parametrize(
    "address", ["0.0.0.0:8080", "192.168.1.5:80", "example.org:80", "127.0.0.1.evil.org:80"]
)
def test_the_sandbox_answers_on_loopback_only_and_a_bot_where_it_is_told(address: str) -> None:
    assert "loopback" in refusal({"WEB_ADDRESS": address})
    assert parse_settings({**WITH_TOKEN, "WEB_ADDRESS": address}).web_host == address.rpartition(":")[0]


@pytest.mark.parametrize("address", ["127.0.0.1:0", "localhost:80", "[::1]:8080", "127.1.2.3:65535"])
def test_every_loopback_address_will_do_for_the_sandbox(address: str) -> None:
    assert parse_settings({"WEB_ADDRESS": address}).web_host == address.rpartition(":")[0]


# --- .env


def read_env(tmp_path: Path, content: bytes, environment: Mapping[str, str] | None = None) -> Settings:
    path = tmp_path / ".env"
    path.write_bytes(content)
    return load_settings(environment or {}, path)


def test_a_dotenv_file_may_have_a_bom_crlf_quotes_comments_and_exports(tmp_path: Path) -> None:
    lines = (
        f"BOT_TOKEN={TOKEN}",
        'OFFICE_NAME="Văn phòng # Huyện ủy"  # tên gọi',
        "LANGUAGE='en'",
        "export LOG_LEVEL=debug",
        "",
        "# LOG_FORMAT=json",
        "DATA_DIR = dữ liệu",
    )
    settings = read_env(tmp_path, "\ufeff".encode() + "\r\n".join(lines).encode())
    assert settings.token == TOKEN
    assert settings.office_name == "Văn phòng # Huyện ủy"
    assert (settings.language, settings.log_level, settings.log_format) == ("en", "debug", "text")
    assert settings.data_dir == Path("dữ liệu")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    content = f"BOT_TOKEN={TOKEN}\nLANGUAGE=en\nLOG_LEVEL=debug\n".encode()
    settings = read_env(tmp_path, content, {"LANGUAGE": "vi", "BOT_TOKEN": ""})
    assert (settings.language, settings.log_level, settings.token) == ("vi", "debug", "")


def test_a_missing_file_is_no_error_and_one_that_is_not_utf8_is(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / "none").is_sandbox
    with pytest.raises(SettingsError, match=r"\.env: cannot be read .* UTF-8"):
        read_env(tmp_path, "OFFICE_NAME=Văn phòng".encode("utf-16"))


def test_the_example_lists_every_setting_once_with_a_comment_of_its_own() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    at = {line.partition("=")[0]: n for n, line in enumerate(lines) if re.match(r"[A-Z_]+=", line)}
    assert at.keys() == NAMES
    for name, n in at.items():
        assert lines[n - 1].startswith("# "), name
        assert len(lines[n - 1]) > 15, name


def test_the_example_as_it_stands_means_the_defaults() -> None:
    assert load_settings({}, ROOT / ".env.example") == parse_settings({})


# --- as people meet it


def dondoc_run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_wrong_setting_stops_the_start_with_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN=x{TOKEN}\nLANGUAGE=en\n", encoding="utf-8")
    done = dondoc_run(tmp_path, LANGUAGE="fr")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "BOT_TOKEN=(hidden)" in done.stderr
    assert "LANGUAGE='fr': one of vi, en" in done.stderr
    assert TOKEN not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env"]


def test_a_data_folder_that_cannot_be_made_stops_the_start_with_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = dondoc_run(tmp_path, DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.returncode == 2
    assert done.stderr.startswith("dondoc: DATA_DIR")
    assert len(done.stderr.splitlines()) == 1
