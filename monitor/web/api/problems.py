"""What went wrong, as RFC 9457 has it; never what went wrong inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.errors import (
    Ambiguous,
    CannotCompare,
    Conflict,
    MonitorError,
    NotFound,
    SnapshotRefused,
    StoreUnavailable,
)
from monitor.web.api.shapes import Fault, Problem

MEDIA: Final = "application/problem+json"
STATUSES: Final[Sequence[tuple[type[MonitorError], int]]] = (
    (NotFound, 404),
    (SnapshotRefused, 422),
    (Ambiguous, 409),
    (CannotCompare, 409),
    (Conflict, 409),
    (StoreUnavailable, 503),
)
_SAID: Final[Mapping[int, str]] = {
    401: "a program's token is expected, as in Authorization: Bearer TOKEN",
    403: "the token was not made for this",
    404: "there is nothing at this address",
    500: "it could not be answered; whoever runs monitor is told",
}


def problem(status: int, detail: str, faults: Sequence[Fault] = ()) -> Response:
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=status, detail=detail, errors=list(faults))
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if status in (429, 503):
        headers["Retry-After"] = "60"
    return Response(told.model_dump_json(), status, headers, MEDIA)


async def answer_problem(_request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        # The words of the framework say less than ours; what we raise has its own.
        said = _SAID.get(error.status_code, HTTPStatus(error.status_code).phrase)
        own = error.detail != HTTPStatus(error.status_code).phrase
        answer = problem(error.status_code, str(error.detail) if own and error.detail else said)
        answer.headers.update(error.headers or {})
        return answer
    if isinstance(error, RequestValidationError):
        faults = [_fault(each) for each in error.errors()[:50]]
        return problem(422, "what was asked is not what this takes", faults)
    if isinstance(error, MonitorError):
        status = status_of(error)
        if status == 503:
            return problem(503, "the database does not answer")
        return problem(status, error.message, _faults(error))
    return problem(500, _SAID[500])


def status_of(error: MonitorError) -> int:
    """Of pages and of the interface alike."""
    return next((one for kind, one in STATUSES if isinstance(error, kind)), 400)


def _faults(error: MonitorError) -> list[Fault]:
    """The first one, and the others as lines that begin with their place."""
    if not isinstance(error, SnapshotRefused):
        return []
    first = Fault(where=error.where or "", text=error.message)
    rest = (line.partition(": ") for line in error.others)
    return [first, *(Fault(where=where, text=text) for where, _, text in rest)]


def _fault(told: Mapping[str, Any]) -> Fault:
    where = ".".join(str(part) for part in told.get("loc", ()))
    return Fault(where=where, text=str(told.get("msg", "")))
