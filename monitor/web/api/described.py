"""The OpenAPI of the interface, with the published schema of comparisons in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from monitor.kinds.published import published_schema
from monitor.model.comparison import Json
from monitor.web.api.problems import MEDIA

_PLACE: Final = "#/components/schemas/"
_DIFF: Final = "diff"


def describe(app: FastAPI) -> dict[str, Any]:
    """Made once."""
    if app.openapi_schema is None:
        told = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes
        )
        told["servers"] = [{"url": "/api/v1"}]
        parts = told["components"]
        parts["schemas"] |= _comparison()
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{"token": []}]
        listed = parts["schemas"]["Listed_dict_str__Any__"]
        listed["properties"]["items"]["items"] = {"$ref": f"{_PLACE}{_DIFF}.finding"}
        for path in told["paths"].values():
            for operation in path.values():
                _only_problems(operation["responses"])
        app.openapi_schema = told
    return app.openapi_schema


def _only_problems(responses: dict[str, Any]) -> None:
    """What went wrong is a problem, and has no other media type."""
    for status, answer in responses.items():
        if status >= "400":
            answer["content"] = {MEDIA: {"schema": {"$ref": f"{_PLACE}Problem"}}}
        elif status == "304":
            answer.pop("content", None)


def _comparison() -> dict[str, Json]:
    """As `monitor schema diff` prints it; its parts stand beside it."""
    schema: Any = published_schema("diff")
    named = {f"{_DIFF}.{name}": part for name, part in schema["$defs"].items()}
    whole = {key: part for key, part in schema.items() if key not in ("$defs", "$id", "$schema")}
    return {name: _moved(part) for name, part in {_DIFF: whole, **named}.items()}


def _moved(part: Json) -> Json:
    if isinstance(part, list):
        return [_moved(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    moved = {name: _moved(one) for name, one in part.items()}
    place = part.get("$ref")
    if isinstance(place, str):
        moved["$ref"] = place.replace("#/$defs/", f"{_PLACE}{_DIFF}.")
    return moved
