"""A sandbox that answers over HTTP, and the real client library against it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.sandbox import DEFAULT_PERSONAS, Persona, RunningSandbox, Sandbox, serve
from bot.sandbox.schema import load_schema

CHI = Persona("chi", 720000001, "Chi", title="Người ngoài", subtitle="Chi")
BINH, AN = "hu-muong-te", "van-phong-tinh-uy"


class Client:
    """Raw calls of the bot, each answer and update checked against the reference."""

    def __init__(self, running: RunningSandbox) -> None:
        self.http = httpx.Client(base_url=running.url, trust_env=False, timeout=20)
        self.token = running.token
        self._schema = load_schema()

    def call(self, method: str, files: Any = None, **params: Any) -> dict[str, Any]:
        path = f"/bot{self.token}/{method}"
        sent = {"data": params, "files": files} if files else {"json": params}
        response = self.http.post(path, **sent)
        body: dict[str, Any] = response.json()
        assert body["ok"] == (response.status_code == 200)
        if body["ok"]:
            wanted = self._schema.methods[self._schema.find_method(method) or ""].returns
            assert self._schema.problems(wanted, body["result"], method) == []
        else:
            assert body["error_code"] == response.status_code
        return body

    def result(self, method: str, files: Any = None, **params: Any) -> Any:
        body = self.call(method, files, **params)
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, files: Any = None, **params: Any) -> tuple[int, str]:
        body = self.call(method, files, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]


@pytest.fixture
def running() -> Iterator[RunningSandbox]:
    with serve(Sandbox(personas=(*DEFAULT_PERSONAS, CHI))) as handle:
        yield handle


@pytest.fixture
def sandbox(running: RunningSandbox) -> Sandbox:
    """Bình and An have started the bot; Chi has not."""
    running.sandbox.start(BINH)
    running.sandbox.start(AN)
    return running.sandbox


@pytest.fixture
def client(running: RunningSandbox, sandbox: Sandbox) -> Iterator[Client]:
    bot = Client(running)
    bot.result("getUpdates", offset=-1)
    updates = bot.result("getUpdates")
    bot.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    yield bot
    bot.http.close()
