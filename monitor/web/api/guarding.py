"""Who may ask the interface: a guard, a scope and a rate for every route, before anything is read
of what was sent."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.face import Face
from monitor.web.guards import Guard
from monitor.web.rates import Rates
from monitor.web.routes import let_in
from monitor.web.visit import Visit, refuse

READ: Final = "read"
PUSH: Final = "push"

OFTEN: Final = "1200/minute"
"""Questions of one program or person."""

WRONG: Final = "30/minute"
"""Questions of one network without a token that is good."""

PUSHES: Final = "60/minute"


class Gate:
    """Lets in, for each interface that is served on its own."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._often = {READ: Rates(OFTEN), PUSH: Rates(PUSHES)}
        self._wrong = Rates(WRONG)

    async def visit(self, request: Request, scope: str) -> Visit:
        """Raises HTTPException: 401, 403 or 429."""
        visit = await let_in(self._face, request, Guard.MACHINE)
        assert isinstance(visit, Visit)
        if visit.machine is not None:
            if scope not in visit.machine.scopes:
                raise refuse(403)
            name = f"program {visit.machine.name}"
        elif scope == READ:
            name = f"person {visit.who.name}"
        else:
            raise refuse(403, "a program's token is expected; people hand nothing in here")
        if not self._often[scope].allow(name):
            raise refuse(429)
        return visit

    def may_fail(self, request: Request) -> bool:
        """Counts a question without a good token; False where there were too many."""
        return self._wrong.allow(request.client.host if request.client else "")


def guarded(gate: Gate) -> type[APIRoute]:
    """The routes of an interface: closed unless they say what a token has to be for."""

    class Route(APIRoute):
        guard = Guard.MACHINE

        @property
        def token_scope(self) -> str:
            return str((self.openapi_extra or {}).get("x-scope", READ))

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()
            known = frozenset(one.alias for one in self.dependant.query_params)

            async def handle(request: Request) -> Response:
                request.state.visit = await _let_in(gate, request, self.token_scope)
                unknown = sorted(set(request.query_params) - known)
                if unknown:
                    raise refuse(422, f"there is no parameter {unknown[0][:80]!r} here")
                return await answer(request)

            return handle

    return Route


async def _let_in(gate: Gate, request: Request, scope: str) -> Visit:
    try:
        return await gate.visit(request, scope)
    except Exception as error:
        if getattr(error, "status_code", 0) == 401 and not gate.may_fail(request):
            raise refuse(429) from error
        raise
