"""What a page may load, and who may show it in a frame."""

from __future__ import annotations

from typing import Final

_OWN: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

POLICY: Final = _OWN
"""Of every page of ours."""

WITH_A_FRAME: Final = f"{_OWN}; frame-src 'self'"
"""Of one that shows a page of ours within itself."""

OF_A_MAIL: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Of a mail as it was sent, whose style stands in it: it runs nothing, loads nothing and belongs to
no host."""
