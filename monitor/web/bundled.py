"""Files that travel with the program: style, keys, htmx. Nothing is asked of another server.

The address holds the content's hash, so that a browser may keep it for ever. htmx is by its authors
under the Zero-Clause BSD licence (https://htmx.org).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.responses import Response

from monitor.model.tuples import NamedTuple

FOLDER: Final = Path(__file__).with_name("static")

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class File(NamedTuple):
    data: bytes
    sort: str
    digest: str


@lru_cache(maxsize=1)
def files() -> dict[str, File]:
    """By name."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in TYPES:
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()[:16]
            found[path.name] = File(data, TYPES[path.suffix], digest)
    return found


def address(name: str) -> str:
    return f"/static/{files()[name].digest}/{name}"


def answer(digest: str, name: str) -> Response | None:
    """None for what there is not, an earlier content included."""
    file = files().get(name)
    if file is None or file.digest != digest:
        return None
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(file.data, headers=headers, media_type=file.sort)
