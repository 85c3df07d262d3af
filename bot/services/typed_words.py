"""What people write into the record, and the names of files beside it: refused where too long or marked secret."""

from collections.abc import Sequence

from bot.documents.secrecy import find_marking, find_marking_in_name, find_marking_in_words
from bot.services.context import Actor, Work

LONGEST_TEXT = 20_000


MOST_FILES = 10


def check_content(work: Work, actor: Actor, text: str, names: Sequence[str]) -> None:
    """Raises UserError for what may not be sent: too long, or marked secret."""
    if len(text) > LONGEST_TEXT:
        raise work.refuse("too_long", actor.language, length=len(text), longest=LONGEST_TEXT)
    if len(names) > MOST_FILES:
        raise work.refuse("many_files", actor.language, longest=MOST_FILES)
    found = (find_marking_in_words(text), *map(find_marking, names), *map(find_marking_in_name, names))
    if (word := next(filter(None, found), None)) is not None:
        raise work.refuse("secret", actor.language, word=word)
