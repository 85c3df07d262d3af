"""The settings of contract §1, read once from the environment and `.env`, checked all at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.errors import SettingsError

TELEGRAM = "https://api.telegram.org"
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})")
# The path of a heartbeat address is what lets one speak for the bot there.
_HIDDEN = ("BOT_TOKEN", "WEBHOOK_SECRET", "HEARTBEAT_URL")


@dataclass(frozen=True)
class Settings:
    """Checked settings. `token` is empty in the sandbox; it is kept out of `repr` and so out of logs."""

    token: str
    api_url: str
    proxy: str
    database_url: str
    clock_url: str
    data_dir: Path
    timezone: ZoneInfo
    office_name: str
    web_host: str
    web_port: int
    webhook_url: str
    webhook_secret: str
    webhook_address: str
    heartbeat_url: str
    keep_messages_days: int
    keep_updates_days: int
    language: str
    log_format: str
    log_level: str

    @property
    def is_sandbox(self) -> bool:
        return not self.token

    @property
    def mode(self) -> str:
        return "sandbox" if self.is_sandbox else "bot"

    @property
    def sandbox_dir(self) -> Path:
        """Where a sandbox keeps what people write on its page, and its time."""
        return self.data_dir / "sandbox"

    @property
    def bot_id(self) -> int:
        """A token begins with its bot's id."""
        return int(self.token.partition(":")[0])

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a log must never show, beside the token, which is known by its shape."""
        heard = urlsplit(self.heartbeat_url)
        path = heard.path.strip("/")
        return tuple(each for each in (self.webhook_secret, path, heard.query) if each)

    def __repr__(self) -> str:
        return f"Settings(mode={self.mode!r}, data_dir={str(self.data_dir)!r})"


def load_settings(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Environment before `.env`. Raises SettingsError with one line for all that is wrong."""
    return parse_settings(_merge(environment, env_file))


def _merge(environment: Mapping[str, str] | None, env_file: Path | None) -> dict[str, str]:
    path = env_file or Path(".env")
    try:
        from_file = dotenv_values(path, encoding="utf-8-sig") if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: cannot be read ({type(error).__name__}); it must be UTF-8 text"
        ) from error
    merged = {name: value for name, value in from_file.items() if value is not None}
    merged.update(os.environ if environment is None else environment)
    return merged


def parse_settings(values: Mapping[str, str]) -> Settings:
    """Checks every value; raises SettingsError naming each wrong setting, what is wrong, what would be right."""
    check = _Checker(values)
    token = check.matching("BOT_TOKEN", "", _TOKEN, "a token as BotFather gives it, like 123456789:AA…")
    data_dir = Path(check.text("DATA_DIR", "data"))
    default_name = "dondoc.db" if token else "sandbox.db"
    host, port = check.address("WEB_ADDRESS", "127.0.0.1:8080")
    settings = Settings(
        token=token,
        api_url=check.url("TELEGRAM_API_URL", TELEGRAM, ("http", "https")).rstrip("/"),
        proxy=check.url("TELEGRAM_PROXY", "", ("http", "https", "socks5", "socks5h")),
        database_url=check.database("DATABASE_URL", f"sqlite:///{data_dir.as_posix()}/{default_name}"),
        clock_url=check.url("CLOCK_URL", "", ("http", "https")),
        data_dir=data_dir,
        timezone=check.timezone("TIMEZONE", "Asia/Ho_Chi_Minh"),
        office_name=check.text("OFFICE_NAME", "Văn phòng Tỉnh ủy", longest=200),
        web_host=host,
        web_port=port,
        webhook_url=check.url("WEBHOOK_URL", "", ("https", "http")),
        webhook_secret=check.matching("WEBHOOK_SECRET", "", _SECRET, "1–256 of A-Z a-z 0-9 _ -"),
        webhook_address=check.matching("WEBHOOK_ADDRESS", "", _ADDRESS, "host:port, like 127.0.0.1:8081"),
        heartbeat_url=check.url("HEARTBEAT_URL", "", ("https", "http")),
        keep_messages_days=check.days("KEEP_MESSAGES_DAYS", 400, least=30),
        keep_updates_days=check.days("KEEP_UPDATES_DAYS", 30, least=7),
        language=check.choice("LANGUAGE", "vi", ("vi", "en")),
        log_format=check.choice("LOG_FORMAT", "text", ("text", "json")),
        log_level=check.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
    )
    if settings.is_sandbox and not is_loopback(host):
        check.wrong(
            "WEB_ADDRESS", f"{host}:{port}", "the sandbox answers on loopback only: use 127.0.0.1:PORT"
        )
    if settings.webhook_url:
        _check_webhook(check, settings)
    check.finish()
    return settings


def _check_webhook(check: "_Checker", settings: Settings) -> None:
    url = urlsplit(settings.webhook_url)
    # A sandbox delivers on this machine; a Bot API server of one's own, in its own network.
    is_near = settings.api_url != TELEGRAM or (settings.is_sandbox and is_loopback(url.hostname or ""))
    if url.scheme != "https" and not is_near:
        check.wrong(
            "WEBHOOK_URL",
            settings.webhook_url,
            "https is needed: Telegram delivers to https addresses only, like https://bot.example.vn/dondoc",
        )
    if not settings.webhook_secret:
        check.wrong("WEBHOOK_SECRET", "", "needed beside WEBHOOK_URL: 1–256 of A-Z a-z 0-9 _ -")
    if not settings.webhook_address:
        check.wrong("WEBHOOK_ADDRESS", "", "needed beside WEBHOOK_URL: host:port, like 127.0.0.1:8081")
    if settings.webhook_address and split_address(settings.webhook_address) == (
        settings.web_host,
        settings.web_port,
    ):
        check.wrong("WEBHOOK_ADDRESS", settings.webhook_address, "must be another than WEB_ADDRESS")


def split_address(address: str) -> tuple[str, int]:
    """Host and port of a checked `host:port`."""
    host, _, port = address.rpartition(":")
    return host, int(port)


def is_loopback(host: str) -> bool:
    return host in ("localhost", "[::1]", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


class _Checker:
    """Reads values and gathers what is wrong, so that all of it is said at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._problems: list[str] = []

    def wrong(self, name: str, value: str, right: str) -> None:
        shown = f"{name}={_show(name, value)}" if value else f"{name} is empty"
        self._problems.append(f"{shown}: {right}")

    def finish(self) -> None:
        if self._problems:
            raise SettingsError("; ".join(self._problems))

    def text(self, name: str, default: str, *, longest: int = 1000) -> str:
        value = self._values.get(name, "").strip() or default
        if len(value) > longest or not value.isprintable():
            self.wrong(name, value, f"one line of at most {longest} characters")
            return default
        return value

    def matching(self, name: str, default: str, pattern: re.Pattern[str], right: str) -> str:
        value = self.text(name, default)
        if value and not pattern.fullmatch(value):
            self.wrong(name, value, right)
        return value

    def days(self, name: str, default: int, *, least: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) < least:
            self.wrong(name, value, f"a number of days, {least} or more")
            return default
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default).lower()
        if value not in allowed:
            self.wrong(name, value, f"one of {', '.join(allowed)}")
            return default
        return value

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value and not (re.fullmatch(rf"({'|'.join(schemes)})://\S+", value) and _has_host(value)):
            self.wrong(name, value, f"an address like {schemes[0]}://host:port")
        return value

    def database(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not _is_database(value):
            self.wrong(name, value, "sqlite:///data/dondoc.db or postgresql://user:password@host/name")
        return value

    def address(self, name: str, default: str) -> tuple[str, int]:
        value = self.text(name, default)
        found = _ADDRESS.fullmatch(value)
        if not found or not 0 <= int(found[2]) <= 65535:
            self.wrong(name, value, "host:port, like 127.0.0.1:8080")
            return "127.0.0.1", 8080
        return found[1], int(found[2])

    def timezone(self, name: str, default: str) -> ZoneInfo:
        value = self.text(name, default)
        try:
            return ZoneInfo(value)
        except (ValueError, OSError, LookupError):
            self.wrong(name, value, "a zone of the IANA list, like Asia/Ho_Chi_Minh")
            return ZoneInfo(default)


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_database(url: str) -> bool:
    if re.match(r"sqlite:///.+", url):
        # Several connections are opened, and each would have a memory of its own.
        return ":memory:" not in url and "mode=memory" not in url
    return re.match(r"postgres(ql)?(\+psycopg)?://.+", url) is not None and _can_open(url)


def _can_open(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(url)
    except (ArgumentError, ValueError):
        return False
    return True


def _show(name: str, value: str) -> str:
    """A value as it may be read on a screen: no token, no password, not too long."""
    if name in _HIDDEN:
        return "(hidden)"
    shown = re.sub(r"(//|^).*@", r"\1***@", _TOKEN.sub("(token)", value), flags=re.DOTALL)
    shown = re.sub(r"\?.*", "?…", shown, flags=re.DOTALL)
    return repr(shown if len(shown) <= 60 else shown[:57] + "…")
