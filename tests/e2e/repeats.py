"""Which kill made the bot say something again: each may cost a chat one repeat, and all chats eight."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bot.outbox.inflight import AT_ONCE

# Between a process's last call and its arrival at a busy server.
LATE_S = 0.5


def find_faults(arrivals: Sequence[tuple[float, str, str]], killed_at: Sequence[float]) -> list[str]:
    """What is wrong with these arrivals (instant, chat, words), where the process was dead at those instants.

    A repeat is laid at the first kill after the one that it repeats: what was recorded before is not said again.
    """
    seen: dict[tuple[str, str], list[float]] = defaultdict(list)
    for at, chat, words in sorted(arrivals):
        seen[chat, words].append(at)
    faults: list[str] = []
    a_chat: Counter[tuple[float, str]] = Counter()
    for (chat, words), times in seen.items():
        for earlier, later in pairwise(times):
            kill = next((at for at in sorted(killed_at) if earlier - LATE_S < at < later), None)
            if kill is None:
                faults.append(
                    f"{chat}: said again after {later - earlier:.1f} s without a kill: {words[:60]}"
                )
            else:
                a_chat[kill, chat] += 1
    in_all: Counter[float] = Counter()
    for (kill, _), count in a_chat.items():
        in_all[kill] += count
    faults += [f"{chat}: {count} repeats by one kill" for (_, chat), count in a_chat.items() if count > 1]
    faults += [f"{count} repeats in all by one kill" for count in in_all.values() if count > AT_ONCE]
    return faults
