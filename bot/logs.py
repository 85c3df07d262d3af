"""Logs: an event name and ids; never a token, never what people wrote."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")


def set_up_logs(log_format: str, level: str) -> None:
    """Everything to standard error, as lines for people or as JSON."""
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.processors.format_exc_info,
            _hide_tokens,
            _renderer(log_format),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(_hide_in_record)
    # httpx logs each request with its address, which holds the token.
    for noisy in ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def _renderer(log_format: str) -> Any:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _hide_tokens(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: hide(value) if isinstance(value, str) else value for key, value in event.items()}


def hide(text: str) -> str:
    return _TOKEN.sub("(token)", text)


def _hide_in_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = hide(record.getMessage()), None
    return True
