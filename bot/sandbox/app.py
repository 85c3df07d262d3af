"""The sandbox as a Starlette application: Bot API, clock, page."""

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.guard import Guard
from bot.sandbox.sandbox import Sandbox

STATIC = Path(__file__).with_name("static")


def make_app(sandbox: Sandbox, beside: Sequence[BaseRoute] = ()) -> Starlette:
    """Everything under `/bot…`, `/file/bot…`, `/sandbox/…`, the page at `/`; `beside`: what others show here."""
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", sandbox.bot_api.handle, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", sandbox.bot_api.handle_file, methods=["GET"]),
            *sandbox.page_api.routes(),
            Mount("/sandbox/static", StaticFiles(directory=STATIC)),
            Route("/sandbox", _page, methods=["GET"]),
            Route("/sandbox/", _page, methods=["GET"]),
            Route("/", _page, methods=["GET"]),
            *beside,
        ],
        middleware=[Middleware(Guard)],
        lifespan=sandbox.lifespan,
    )


async def _page(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers={"cache-control": "no-cache"})
