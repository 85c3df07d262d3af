"""When to try again: growing, jittered waits, as a pure decision."""

from datetime import datetime, timedelta

FIRST_S = 1.0
LONGEST_S = 300.0
# What all wait for, the line itself, is tried again so soon: whoever asks after an outage is answered within a minute.
LONGEST_LINE_S = 30.0
# No wait is meant to be longer: what is put off beyond it was put off before the machine's clock was set back.
HORIZON = timedelta(days=1)


def wait_seconds(attempts: int, jitter: float, longest_s: float = LONGEST_S) -> float:
    """Seconds to wait after so many failed attempts (1 or more); `jitter` in 0..1 takes off up to a quarter."""
    grown = min(longest_s, FIRST_S * 2.0 ** min(attempts - 1, 20))
    return grown * (1 - 0.25 * jitter)


def retry_at(now: datetime, attempts: int, jitter: float) -> datetime:
    return now + timedelta(seconds=wait_seconds(attempts, jitter))
