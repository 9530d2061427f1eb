"""What the service costs, for Prometheus: who shows a program's token reads it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from monitor.web.guards import Guard
from monitor.web.routes import page
from monitor.web.visit import Visit

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SCOPE = "metrics"
"""What a program's token has to be for."""


async def _metrics(visit: Visit) -> Response:
    figures = visit.face.figures
    if visit.machine is not None and SCOPE not in visit.machine.scopes:
        raise HTTPException(403)
    if figures is None:
        # Pages alone: there is no service here to speak of.
        raise HTTPException(404)
    return Response(await visit.face.write(figures), media_type=CONTENT_TYPE)


PAGES = (page("/metrics", Guard.MACHINE, get=_metrics),)
