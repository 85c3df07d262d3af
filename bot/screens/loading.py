"""What a load is about to tell agencies: how many, to whom, the exact words, and the way to take it back."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.screens.base import Button, Keyboard, Screen
from bot.texts import Html, Texts, clip, join

_TAG = re.compile(r"</?[a-z]+>")
_EXAMPLES = 2_700  # of the 4,096 that a message holds


@dataclass(frozen=True)
class Example:
    """The exact words one agency gets, as HTML."""

    agency: str
    text: str


@dataclass(frozen=True)
class Telling:
    """How many chats of which agencies are told and what; `unreached`: agencies that nobody receives for yet.

    `batch` names what is held and can be taken back, None where nothing is.
    """

    chats: int = 0
    agencies: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    batch: str | None = None

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Telling":
        examples = tuple(Example(**each) for each in kept["examples"])
        return cls(kept["chats"], tuple(kept["agencies"]), tuple(kept["unreached"]), examples, kept["batch"])


def whom(t: Texts, telling: Telling) -> Html:
    """How many, and to whom."""
    names = t.names(telling.agencies, 12)
    waiting = t.names(telling.unreached, 6)
    return join(
        t("load.whom", people=telling.chats, n=len(telling.agencies), names=names) if telling.chats else "",
        t("load.unreached", n=len(telling.unreached), names=waiting) if telling.unreached else "",
    )


def held(t: Texts, document: str, telling: Telling, at: datetime, *, waits: bool) -> Screen:
    """Told to the secretariat when a load is about to tell several agencies; `waits`: it can still be taken back."""
    text = join(
        t("load.about_to_send" if waits else "load.sent", document=clip(document, 300)),
        whom(t, telling),
        *(_example(t, each, _EXAMPLES // len(telling.examples)) for each in telling.examples),
        t("load.minute", at=at) if waits else "",
        by="\n\n",
    )
    return Screen(text, _take_back_rows(t, telling) if waits else [])


def _example(t: Texts, example: Example, longest: int) -> Html:
    shown = Html(example.text)
    # Cut as plain words: half a tag is no markup.
    words = shown if len(shown) <= longest else t("plain", text=clip(plain_words(shown), longest))
    return join(t("load.example", agency=clip(example.agency, 80)), t("press.example", text=words))


def plain_words(text: str) -> str:
    """What people see of HTML: for a terminal, and to be cut."""
    return html.unescape(_TAG.sub("", text))


def _take_back_rows(t: Texts, telling: Telling) -> Keyboard:
    return [[Button(t.plain("button.take_back"), f"ltb:{telling.batch}")]]


def taken_back(t: Texts, document: str, batch: str, stopped: int, gone: int) -> Screen:
    """Nobody is told; what was loaded stays, and can be told after all."""
    key = "load.taken_back_some" if gone else "load.taken_back"
    text = t(key, document=clip(document, 300), n=stopped, gone=gone)
    return Screen(text, [[Button(t.plain("button.load_send"), f"lsd:{batch}")]])


def sent_again(t: Texts, document: str, telling: Telling, at: datetime) -> Screen:
    """Told after all, after another minute where it goes to several."""
    if telling.batch:
        return held(t, document, telling, at, waits=True)
    return Screen(join(t("load.sent", document=clip(document, 300)), whom(t, telling), by="\n\n"))
