"""The figures of `/metrics`, in a registry of their own. No names, no ids, nothing that people wrote."""

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.services.upkeep.queues import Queue
from bot.vitals import PARTS, Vitals
from bot.watching.report import Report, Reports

DELAYS_S = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 14400, 86400)
TICKS_S = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

# what: (help, label)
COUNTERS: dict[str, tuple[str, str]] = {
    "updates": ("Updates received and stored, by type.", "type"),
    "handled": ("Updates handled: applied, refused (the person was told why) or parked (a bug).", "result"),
    "intake_failures": ("Requests for updates that failed, by error.", "error"),
    "sent": ("Messages sent from the outbox, by kind.", "kind"),
    "not_sent": ("Attempts to send that failed, by reason.", "reason"),
    "ticks": ("Ticks: looks at what is due.", ""),
    "tick_failures": ("Ticks that failed, by error.", "error"),
    "notices": ("Notices planned by ticks.", ""),
    "heartbeats": ("Calls of the heartbeat address: heard, refused or failed.", "result"),
}
HISTOGRAMS: dict[str, tuple[str, str, tuple[float, ...]]] = {
    "delivery_delay": ("From when a message was made until it was sent.", "kind", DELAYS_S),
    "tick_duration": ("How long a tick took.", "", TICKS_S),
}


class Metrics:
    """Takes what the running parts count (a `Recorder`), and shows it with what the last look at them found."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._counters = {
            what: Counter(f"dondoc_{what}", told, [label] if label else [], registry=self.registry)
            for what, (told, label) in COUNTERS.items()
        }
        self._histograms = {
            what: Histogram(
                f"dondoc_{what}_seconds",
                told,
                [label] if label else [],
                buckets=buckets,
                registry=self.registry,
            )
            for what, (told, label, buckets) in HISTOGRAMS.items()
        }
        info = Gauge("dondoc_info", "1, with the program's version.", ["version"], registry=self.registry)
        info.labels(find_version()).set(1)

    def count(self, what: str, label: str, n: int) -> None:
        counter = self._counters[what]
        (counter.labels(label) if COUNTERS[what][1] else counter).inc(n)

    def observe(self, what: str, label: str, seconds: float) -> None:
        histogram = self._histograms[what]
        (histogram.labels(label) if HISTOGRAMS[what][1] else histogram).observe(seconds)

    def show(self, vitals: Vitals, reports: Reports) -> None:
        """What is asked for at the moment of looking: ages, queues, health."""
        self.registry.register(_Ages(vitals, reports))


class _Ages(Collector):
    def __init__(self, vitals: Vitals, reports: Reports) -> None:
        self._vitals = vitals
        self._reports = reports

    def collect(self) -> Iterator[GaugeMetricFamily]:
        report = self._reports.judge()
        healthy = GaugeMetricFamily("dondoc_healthy", "1 where /healthz answers 200, else 0.")
        healthy.add_metric([], float(report.is_ok))
        yield healthy
        ages = GaugeMetricFamily(
            "dondoc_since_success_seconds", "Since a part last did its work.", labels=["part"]
        )
        for part in PARTS:
            ages.add_metric([part], self._vitals.since_done(part))
        yield ages
        yield from _show_queues(report)


def _show_queues(report: Report) -> Iterator[GaugeMetricFamily]:
    queues = report.queues
    if queues is None:
        return
    for name, label, found in (("outbox", "kind", queues.outbox), ("inbox", "state", queues.inbox)):
        yield _gauge(f"dondoc_{name}_waiting", f"How many wait in the {name}.", label, found, "waiting")
        told = f"Age of the oldest that waits in the {name}."
        yield _gauge(f"dondoc_{name}_oldest_seconds", told, label, found, "oldest_s")
    for name, told, value in (
        ("outbox_unreceived", "Messages that nobody can receive yet.", queues.unreceived),
        ("outbox_stuck", "Messages to known chats that are more than 15 minutes late.", queues.stuck),
    ):
        gauge = GaugeMetricFamily(f"dondoc_{name}", told)
        gauge.add_metric([], value)
        yield gauge


def _gauge(name: str, told: str, label: str, found: Mapping[str, Queue], field: str) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, told, labels=[label])
    for key, queue in sorted(found.items()):
        gauge.add_metric([key], getattr(queue, field))
    return gauge


def find_version() -> str:
    try:
        return version("dondoc")
    except PackageNotFoundError:
        return "unknown"
