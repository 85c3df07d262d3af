"""Every sentence people read, by language. Values are escaped for HTML as they are put in."""

import functools
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.domain.harmless import calm
from bot.domain.saying import Saying
from bot.texts.en import ENGLISH
from bot.texts.vi import VIETNAMESE

CATALOGS = {"vi": VIETNAMESE, "en": ENGLISH}


class Html(str):
    """Text that is already HTML and must not be escaped again."""

    __slots__ = ()


@dataclass(frozen=True)
class Texts:
    """The catalogue of one language. Raises KeyError for a sentence or a value that is missing."""

    language: str
    zone: ZoneInfo
    office: str

    def __call__(self, key: str, **values: object) -> Html:
        """The sentence, with its values put in. Dates and instants are written as offices write them."""
        if not values:
            return _say_alone(self.language, key, self.office)
        show = self._show
        shown = {name: show(value) for name, value in values.items()}
        return Html(CATALOGS[self.language][key].format(office=_show_office(self.office), **shown))

    def plain(self, key: str, **values: object) -> str:
        """The sentence without markup: button labels and callback answers."""
        return html.unescape(self(key, **values))

    def say(self, what: Saying) -> str:
        """What the rules have to say, without markup."""
        return html.unescape(self._say(what))

    def _say(self, what: Saying) -> Html:
        said = self(what.key, **dict(what.values))
        return said if what.is_ended else Html(said.removesuffix("."))

    def day(self, day: date) -> str:
        return f"{day.day}/{day.month}/{day.year}"

    def moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return str(self("moment", time=f"{local:%H:%M}", day=self.day(local.date())))

    def names(self, names: Sequence[str], most: int = 6) -> Html:
        """The first names, and how many more there are: nobody reads a wall of them."""
        shown = self("names", names=", ".join(names[:most]))
        return shown if len(names) <= most else self("names.more", names=shown, n=len(names) - most)

    def _show(self, value: object) -> str | int:
        kind = type(value)
        if kind is Html:
            return cast(Html, value)
        if kind is int:
            return cast(int, value)
        if kind is str:
            return html.escape(calm(cast(str, value)), quote=False)
        if kind is Saying:
            return self._say(cast(Saying, value))
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        return html.escape(calm(str(value)), quote=False)


@functools.lru_cache(maxsize=4096)
def _say_alone(language: str, key: str, office: str) -> Html:
    # Most of a screen is said without any value: always the same.
    return Html(CATALOGS[language][key].format(office=_show_office(office)))


@functools.lru_cache(maxsize=16)
def _show_office(office: str) -> str:
    return html.escape(calm(office), quote=False)


def clip(text: str, longest: int) -> str:
    """At most `longest` characters as Telegram counts them (UTF-16), ended by “…” where something was cut."""
    if 2 * len(text) <= longest or (len(text) <= longest and max(text) <= "\uffff"):
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * longest - 2].decode("utf-16-le", "ignore").rstrip() + "…"


def join(*parts: str, by: str = "\n") -> Html:
    """Joins ready HTML, leaving out what is empty."""
    return Html(by.join(part for part in parts if part))
