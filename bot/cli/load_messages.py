"""What `dondoc load` says of the messages to agencies: how many, to whom, the exact words; and taking them back."""

import json
from collections.abc import Iterator

from bot.cli.common import writing
from bot.opening import make_office
from bot.screens import loading as screens
from bot.services.loading import load_messages
from bot.settings import Settings
from bot.texts import Texts


def describe_telling(t: Texts, telling: screens.Telling, *, is_tried: bool = False) -> Iterator[str]:
    """How many are told, to whom, and the exact words; `is_tried`: nothing was loaded."""
    if not telling.chats and not telling.unreached:
        yield t.plain("load.tells_nobody")
        return
    yield screens.plain_words(screens.whom(t, telling))
    for each in telling.examples:
        yield t.plain("load.example", agency=each.agency)
        yield "\n".join(f"  | {line}".rstrip() for line in screens.plain_words(each.text).splitlines())
    if telling.batch:
        yield t.plain("load.would_hold" if is_tried else "load.by_command")


def take_back(settings: Settings, *, as_json: bool) -> int:
    """Stops what the latest load holds. Raises UserError where that has gone."""
    with writing(settings) as work:
        done = load_messages.take_back(work, None)
        t = make_office(settings).texts()
        screen = screens.taken_back(t, done.document.title, "", done.stopped, done.gone)
    row = {"document": done.document.key, "stopped": done.stopped, "gone": done.gone}
    print(json.dumps(row) if as_json else screens.plain_words(screen.text))
    return 0
