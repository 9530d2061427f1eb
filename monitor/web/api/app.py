"""The interface for programs: its routes, and its OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.errors import MonitorError
from monitor.kinds.published import ENVELOPE
from monitor.pipeline.intake.pushed import Handed, TakenIn, hand_in
from monitor.web.api import reading
from monitor.web.api.described import describe
from monitor.web.api.guarding import PUSH, Gate, guarded
from monitor.web.api.problems import MEDIA, answer_problem
from monitor.web.api.reading import Leaf, Pair
from monitor.web.api.shapes import (
    Level,
    Listed,
    PositionsShape,
    Problem,
    SituationShape,
    SubscriptionShape,
    TakenShape,
    ValueShape,
    VersionShape,
)
from monitor.web.conditional import conditional
from monitor.web.face import Face
from monitor.web.guards import Guard, lets
from monitor.web.visit import Visit, refuse

ROOT: Final = "/api/v1"
JSON: Final = "application/json"

YAMLS: Final = ("application/yaml", "application/x-yaml", "text/yaml")

_NAME = r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"
Name = Annotated[str, Path(pattern=_NAME, description="Of a situation.")]
_VERSION = "An as_of, the start of a content hash, latest, previous or baseline."
Named = Annotated[str, Path(max_length=80, description=_VERSION)]
Asked = Annotated[str, Query(min_length=1, max_length=80, description=_VERSION)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]
Size = Annotated[int, Query(ge=1, le=200)]
Only = Annotated[list[str], Query(max_length=20, description="Paths, as findings write them.")]
FactPath = Annotated[str, Query(min_length=1, max_length=500)]
Code = Literal["en", "uk"]

_PROBLEM: Final = {"model": Problem, "content": {MEDIA: {}}}
_ALWAYS: Final = (401, 403, 422, 429, 500, 503)
_WRONG: Final[Mapping[int | str, dict[str, Any]]] = dict.fromkeys(_ALWAYS, _PROBLEM)
_UNCHANGED: Final = {"description": "The one who asks has it (If-None-Match).", "model": None}
_READ: Final[Mapping[int | str, dict[str, Any]]] = {**_WRONG, 304: _UNCHANGED}
_OF_ONE: Final[Mapping[int | str, dict[str, Any]]] = {**_READ, 404: _PROBLEM, 409: _PROBLEM}
_DIFF: Final = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/diff"}}}}


def make_api(face: Face) -> FastAPI:
    """Each served interface has rates of its own."""
    app = FastAPI(
        title="monitor",
        version="1",
        summary="What changed in a situation, whether it matters, and who says so.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.face = face
    app.add_middleware(HeadAsGet)
    app.router.route_class = guarded(Gate(face))
    for path, options, answer in ROUTES:
        app.add_api_route(path, answer, **options)
    for kind in (HTTPException, RequestValidationError, MonitorError, Exception):
        app.add_exception_handler(kind, answer_problem)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


class HeadAsGet:
    """Whatever may be got may be asked for without its body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_head)


async def list_situations(request: Request, page: Page = 1, size: Size = 50) -> Response:
    """Everything that is watched."""
    return await _read(request, reading.situations, Leaf(page=page, size=size))


async def show_situation(request: Request, situation: Name) -> Response:
    return await _read(request, reading.situation, situation)


async def list_versions(
    request: Request, situation: Name, page: Page = 1, size: Size = 50
) -> Response:
    """All revisions, the newest first, those that are held or rejected too."""
    return await _read(request, reading.versions, situation, Leaf(page=page, size=size))


async def show_version(request: Request, situation: Name, version: Named) -> Response:
    return await _read(request, reading.version, situation, version)


async def show_document(request: Request, situation: Name, version: Named) -> Response:
    """What a version says, as it is stored."""
    return await _read(request, reading.document, situation, version)


async def compare(
    request: Request,
    situation: Name,
    *,
    old: Asked = "baseline",
    new: Asked = "latest",
    least: Level = "minor",
    only: Only = [],  # noqa: B006 - read and never written
    language: Code = "en",
) -> Response:
    """What `monitor diff --format json` prints of the two versions."""
    asked = Pair(
        situation=situation, old=old, new=new, least=least, only=tuple(only), language=language
    )
    return await _read(request, reading.diff, asked)


async def list_findings(
    request: Request,
    situation: Name,
    *,
    old: Asked = "baseline",
    new: Asked = "latest",
    least: Level = "minor",
    only: Only = [],  # noqa: B006 - read and never written
    language: Code = "en",
    page: Page = 1,
    size: Size = 50,
) -> Response:
    """What changed means, without the changes themselves."""
    asked = Pair(
        situation=situation, old=old, new=new, least=least, only=tuple(only), language=language
    )
    return await _read(request, reading.findings, asked, Leaf(page=page, size=size))


async def show_history(
    request: Request, situation: Name, path: FactPath, language: Code = "en"
) -> Response:
    """Every value that the fact at a path has had."""
    return await _read(request, reading.history, situation, path, language)


async def show_positions(request: Request, situation: Name, language: Code = "en") -> Response:
    """Who stands where on each issue, version by version, and how far apart they are."""
    return await _read(request, reading.positions, situation, language)


async def list_subscriptions(request: Request, page: Page = 1, size: Size = 50) -> Response:
    """Who follows what: a reader sees her own."""
    visit: Visit = request.state.visit
    address = None
    if visit.machine is None and not lets(Guard.EDITOR, visit.person):
        address = visit.who.address
        if address is None:
            raise refuse(403, "who has no address follows nothing by mail")
    return await _read(request, reading.subscriptions, address, Leaf(page=page, size=size))


async def push(request: Request) -> Response:
    """Hand a snapshot in. With an Idempotency-Key it may be sent again, and counts once; without
    one its bytes are the key."""
    visit: Visit = request.state.visit
    assert visit.machine is not None
    key = request.headers.get("idempotency-key", "")
    if len(key) > 128 or not key.isascii() or not key.isprintable():
        raise refuse(422, "an Idempotency-Key has at most 128 printable ASCII characters")
    handed = Handed(
        program=visit.machine.name,
        key=key,
        name=_file_name(request),
        data=await _body(request, visit.face.reader.settings.limits.bytes),
    )
    taken = await visit.write(hand_in, handed, visit.face.clock())
    status = 201 if taken.versions and not taken.again else 200
    return Response(reading.dumped(_taken(taken).model_dump()), status, media_type=JSON)


async def show_openapi(request: Request) -> Response:
    """This description."""
    return conditional(request, reading.dumped(request.app.openapi()), JSON)


async def _read(request: Request, call: Callable[..., bytes], *given: Any) -> Response:
    visit: Visit = request.state.visit
    return conditional(request, await visit.read(call, *given), JSON)


def _file_name(request: Request) -> str:
    """Begins lines about it, and says how it is to be read."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == JSON:
        return "snapshot.json"
    if media in YAMLS:
        return "snapshot.yaml"
    raise refuse(415, f"a snapshot is {JSON} or {YAMLS[0]}, not {media[:80]!r}")


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise refuse(413, f"a snapshot has at most {most:,} bytes")
    return bytes(body)


def _taken(taken: TakenIn) -> TakenShape:
    return TakenShape(
        situation=taken.situation,
        as_of=taken.as_of,
        again=taken.again,
        withdrawn=taken.withdrawn,
        versions=[reading.version_shape(one) for one in taken.versions],
    )


_SNAPSHOT: Final = {
    "type": "object",
    "required": ["kind", "situation", "as_of"],
    "properties": dict(ENVELOPE),
    "description": "The envelope, and what the kind says; see `monitor schema snapshot KIND`.",
}
_PUSHED: Final = {
    "x-scope": PUSH,
    "requestBody": {
        "required": True,
        "content": {media: {"schema": _SNAPSHOT} for media in (JSON, YAMLS[0])},
    },
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "maxLength": 128, "pattern": "^[ -~]*$"},
        }
    ],
}

_ONE = "/situations/{situation}"

ROUTES: Final[tuple[tuple[str, dict[str, Any], Callable[..., Any]], ...]] = (
    (
        "/situations",
        {"response_model": Listed[SituationShape], "responses": _READ},
        list_situations,
    ),
    (_ONE, {"response_model": SituationShape, "responses": _OF_ONE}, show_situation),
    (
        f"{_ONE}/versions",
        {"response_model": Listed[VersionShape], "responses": _OF_ONE},
        list_versions,
    ),
    (
        f"{_ONE}/versions/{{version}}",
        {"response_model": VersionShape, "responses": _OF_ONE},
        show_version,
    ),
    (
        f"{_ONE}/versions/{{version}}/document",
        {"response_model": dict[str, Any], "responses": _OF_ONE},
        show_document,
    ),
    (f"{_ONE}/diff", {"responses": {**_OF_ONE, 200: _DIFF}}, compare),
    (
        f"{_ONE}/findings",
        {"response_model": Listed[dict[str, Any]], "responses": _OF_ONE},
        list_findings,
    ),
    (f"{_ONE}/history", {"response_model": list[ValueShape], "responses": _OF_ONE}, show_history),
    (f"{_ONE}/positions", {"response_model": PositionsShape, "responses": _OF_ONE}, show_positions),
    (
        "/subscriptions",
        {"response_model": Listed[SubscriptionShape], "responses": _READ},
        list_subscriptions,
    ),
    (
        "/snapshots",
        {
            "methods": ["POST"],
            "response_model": TakenShape,
            "responses": {
                **_WRONG,
                201: {"model": TakenShape, "description": "Versions followed from it."},
                **dict.fromkeys((409, 413, 415), _PROBLEM),
            },
            "openapi_extra": _PUSHED,
        },
        push,
    ),
    ("/openapi.json", {"response_model": dict[str, Any], "responses": _READ}, show_openapi),
)
