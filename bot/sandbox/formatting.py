"""Text as Telegram keeps it: HTML read into entities, links and commands found. Offsets are UTF-16 units."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.sandbox.answers import Refused

Entity = dict[str, Any]

_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = ("&lt;", "&gt;", "&amp;", "&quot;")
_CHARACTER = re.compile(r"&(?:#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7})|[a-z]+);?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]|\bt\.me/[\w?=/+-]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/#])(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Formatted:
    text: str
    entities: list[Entity] = field(default_factory=list)


def format_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """What the bot sent, as a reader gets it. Raises Refused for a parse mode or a tag that is not known."""
    if not parse_mode:
        shaped = Formatted(text, [dict(each) for each in entities or ()])
    elif parse_mode.lower() == "html":
        shaped = _HtmlReader(text).read()
    else:
        raise Refused(400, "unsupported parse_mode")
    return with_found_entities(_trimmed(shaped))


def with_found_entities(shaped: Formatted) -> Formatted:
    """Adds what Telegram finds itself (commands, addresses, mentions, hashtags) where nothing is marked yet."""
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in shaped.entities
        if each["type"] in ("code", "pre", "text_link")
    ]
    found = list(shaped.entities)
    for match in _FOUND.finditer(shaped.text):
        start = utf16_length(shaped.text[: match.start()])
        length = utf16_length(match.group())
        if match.lastgroup and not any(start < end and begin < start + length for begin, end in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return Formatted(shaped.text, sorted(found, key=lambda each: (each["offset"], -each["length"])))


def _trimmed(shaped: Formatted) -> Formatted:
    text = shaped.text.replace("\r\n", "\n").replace("\r", "\n") if not shaped.entities else shaped.text
    stripped = text.strip()
    left = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept = []
    for each in shaped.entities:
        start = max(each["offset"] - left, 0)
        stop = min(each["offset"] + each["length"] - left, end)
        if stop > start:
            kept.append({**each, "offset": start, "length": stop - start})
    return Formatted(stripped, kept)


@dataclass
class _Open:
    tag: str
    kind: str
    offset: int
    extra: dict[str, str]


class _HtmlReader:
    """One pass over the text; says what is wrong in Telegram's words, with the place in bytes."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            character = self._source[self._at]
            if character == "<":
                self._read_tag()
            elif character == "&":
                self._read_character()
            else:
                stop = _next_mark(self._source, self._at)
                self._add(self._source[self._at : stop])
                self._at = stop
        if self._open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        entities = sorted(self._entities, key=lambda each: (each["offset"], -each["length"]))
        return Formatted("".join(self._parts), entities)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += utf16_length(text)

    def _read_character(self) -> None:
        match = _CHARACTER.match(self._source, self._at)
        word = match.group() if match else "&"
        known = word in _NAMED or word.startswith("&#")
        self._add(unescape(word) if known else word)
        self._at += len(word)

    def _read_tag(self) -> None:
        start = self._at
        place = len(self._source[:start].encode())
        is_end = self._source.startswith("</", start)
        end = self._source.find(">", start)
        if end < 0:
            raise _cannot_parse(f"Unclosed {'end' if is_end else 'start'} tag at byte offset {place}")
        inside = self._source[start + (2 if is_end else 1) : end]
        self._at = end + 1
        if is_end:
            self._close_tag(inside.strip().lower(), place)
        else:
            self._open_tag(inside, place)

    def _open_tag(self, inside: str, place: int) -> None:
        match = re.match(r"[^\s/>]*", inside)
        tag = match.group().lower() if match else ""
        kind = _STYLES.get(tag)
        if kind is None:
            raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {place}')
        attributes = _read_attributes(inside[len(tag) :])
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        if kind == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        self._open.append(_Open(tag, kind, self._length, attributes))

    def _close_tag(self, tag: str, place: int) -> None:
        if not self._open:
            raise _cannot_parse(f"Unexpected end tag at byte offset {place}")
        opened = self._open.pop()
        if tag and tag != opened.tag:
            sentence = (
                f'Unmatched end tag at byte offset {place}, expected "</{opened.tag}>", found "</{tag}>"'
            )
            raise _cannot_parse(sentence)
        entity = self._entity(opened)
        if entity and self._length > opened.offset:
            self._entities.append(entity)

    def _entity(self, opened: _Open) -> Entity | None:
        entity: Entity = {
            "type": opened.kind,
            "offset": opened.offset,
            "length": self._length - opened.offset,
        }
        if opened.kind == "text_link":
            shown = _utf16_slice("".join(self._parts), opened.offset)
            address = opened.extra.get("href") or shown
            if not re.match(r"(https?|tg|tel|mailto):|[\w-]+\.\w", address):
                return None
            entity["url"] = address
        if opened.kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.extra.get("emoji-id", "")
        language = opened.extra.get("class", "")
        if opened.kind == "code" and language.startswith("language-") and self._open[-1:]:
            self._open[-1].extra["language"] = language.removeprefix("language-")
            return None
        if opened.kind == "pre" and "language" in opened.extra:
            entity["language"] = opened.extra["language"]
        return entity


def _next_mark(text: str, start: int) -> int:
    found = [place for place in (text.find("<", start), text.find("&", start)) if place >= 0]
    return min(found, default=len(text))


def _read_attributes(text: str) -> dict[str, str]:
    found = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((each for each in match.groups()[1:] if each is not None), "")
        found[match.group(1).lower()] = unescape(value)
    return found


def _utf16_slice(text: str, start: int) -> str:
    return text.encode("utf-16-le")[start * 2 :].decode("utf-16-le")


def _cannot_parse(what: str) -> Refused:
    return Refused(400, f"can't parse entities: {what}")
