"""Answers that are sent again only when they have changed (RFC 9110 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

AGAIN = "private, no-cache"
"""Kept by whoever asked, and asked for again each time."""


def conditional(
    request: Request,
    body: bytes,
    media: str,
    *,
    changed: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The body, or 304 where the one who asks has it. `changed` is when it last did."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    given = {"ETag": tag, "Cache-Control": AGAIN, **(headers or {})}
    if changed is not None:
        given["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=given)
    return Response(body, headers=given, media_type=media)


def _is_known(request: Request, tag: str, changed: datetime | None) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = [one.strip().removeprefix("W/") for one in tags.split(",")]
        return tag in known or "*" in known
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
