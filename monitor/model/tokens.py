"""What belongs to one recipient stands in a rendering as a token, to be replaced later.

A token is a name between two record separators (U+001E). Text from a snapshot cannot hold one: it
has been through `text.visible`, which shows control characters instead of passing them on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Part: TypeAlias = Literal["text", "html"]
"""Of a mail: each has its own escaping."""

NAMES: Final = ("address", "unsubscribe", "page", "confirm")
TOKEN: Final = re.compile("\x1e([a-z_]+)\x1e")

READER: Final[Mapping[str, str]] = {name: f"\x1e{name}\x1e" for name in NAMES}
"""What templates see as `reader`."""


def fill(rendering: str, splice: Mapping[str, str], part: Part) -> str:
    """A rendering as its recipient sees it, for previews and for showing what was sent."""
    return TOKEN.sub(lambda match: value(match[1], splice, part), rendering)


def value(name: str, splice: Mapping[str, str], part: Part) -> str:
    """A token's value as it stands in the part; empty when the recipient has none."""
    text = splice.get(name, "")
    return html.escape(text) if part == "html" else text
