"""`/healthz` and `/metrics`: for the office's monitoring, not for people. Nothing personal, no token."""

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.vitals import Vitals
from bot.watching.report import Reports
from bot.web.metrics import Metrics, find_version


class Status:
    """What the running parts tell (`vitals`), what watching found (`reports`), and the two pages that show it."""

    def __init__(self) -> None:
        self._metrics = Metrics()
        self.vitals = Vitals(self._metrics)
        self.reports = Reports(self.vitals)
        self._metrics.show(self.vitals, self.reports)

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._show_health, methods=["GET"]),
            Route("/metrics", self._show_metrics, methods=["GET"]),
        ]

    def make_app(self) -> Starlette:
        return Starlette(routes=self.routes())

    # Plain functions: Starlette calls them in a thread.
    def _show_health(self, request: Request) -> Response:
        report = self.reports.judge()
        body = {
            "status": report.status,
            "reasons": report.reasons,
            "seconds_since_success": report.ages,
            "version": find_version(),
        }
        headers = {"cache-control": "no-store"}
        return JSONResponse(body, status_code=200 if report.is_ok else 503, headers=headers)

    def _show_metrics(self, request: Request) -> Response:
        headers = {"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"}
        return Response(generate_latest(self._metrics.registry), headers=headers)
