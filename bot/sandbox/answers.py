"""What a call is answered with."""

from typing import Any

_KINDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Refused(Exception):
    """A call that Telegram would refuse: status, its sentence, and `parameters` where there are any."""

    def __init__(self, status: int, sentence: str = "", parameters: dict[str, int] | None = None) -> None:
        kind = _KINDS.get(status, "Error")
        self.status = status
        self.description = f"{kind}: {sentence}" if sentence else kind
        self.parameters = parameters
        super().__init__(self.description)


def too_many_requests(seconds: int) -> Refused:
    return Refused(429, f"retry after {seconds}", {"retry_after": seconds})


def success(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def failure(refused: Refused) -> dict[str, Any]:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return body
