"""Logs: an event name and ids; never a token, never what people wrote."""

import io
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any, TextIO, cast

import structlog

# In an address the colon may be written %3A.
_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_SHORTEST = 6  # a shorter word would be found where it is none
# httpx logs each request with its address, which holds the token; the others speak of every step.
_NOISY = ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn.error")


def set_up_logs(log_format: str, level: str, secrets: Sequence[str] = ()) -> None:
    """Everything to standard error, as lines for people or as JSON; also what libraries log, and a crash.

    `secrets`: words that are never shown, beside tokens, which are known by their shape.
    """
    stream = _Steady(sys.stderr)
    number = logging.getLevelName(level.upper())
    cover = _cover(secrets)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.processors.format_exc_info,
            _renderer(log_format),
            # After everything has become words: a token inside a list or an error's text is found there too.
            lambda _logger, _name, line: cover(str(line)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, stream)),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Formatter(cover, as_json=log_format == "json"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.ERROR)
    report = _crash_reporter(cover)
    sys.excepthook = report
    threading.excepthook = lambda args: report(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: report(args.exc_type, args.exc_value, args.exc_traceback)


class _Steady(io.TextIOBase):
    """A stream whose lines may be lost: it may be closed, or on the very disk that is full, and the bot goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def _renderer(log_format: str) -> Any:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def hide(text: str) -> str:
    return _TOKEN.sub("(token)", text)


def _cover(secrets: Sequence[str]) -> Callable[[str], str]:
    """Takes tokens and these words out of a text."""
    words = [re.escape(each) for each in sorted(secrets, key=len, reverse=True) if len(each) >= _SHORTEST]
    if not words:
        return hide
    secret = re.compile("|".join(words))
    return lambda text: secret.sub("(hidden)", hide(text))


class _Formatter(logging.Formatter):
    """A library's record as a line like ours, its traceback included."""

    def __init__(self, cover: Callable[[str], str], *, as_json: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._cover = cover
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        return self._cover(self._to_json(record) if self._as_json else super().format(record))

    def _to_json(self, record: logging.LogRecord) -> str:
        line = {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created).astimezone().isoformat(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _crash_reporter(cover: Callable[[str], str]) -> Any:
    def report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        sys.stderr.write(cover("".join(traceback.format_exception(kind, error, trace))))

    return report
