"""Names that English does not say without an article: `the United States' delegation`."""

from __future__ import annotations

from typing import Final

from monitor.model.patterns import regex

_NAMES: Final = (
    "African Union",
    "Bahamas",
    "Central African Republic",
    "Czech Republic",
    "Democratic Republic of the Congo",
    "Dominican Republic",
    "European Commission",
    "European Council",
    "European Parliament",
    "European Union",
    "Gambia",
    "Holy See",
    "Maldives",
    "Marshall Islands",
    "Netherlands",
    "Philippines",
    "Republic of the Congo",
    "Russian Federation",
    "Solomon Islands",
    "United Arab Emirates",
    "United Kingdom",
    "United Nations",
    "United States",
)
_BEFORE: Final = r"(?=$|['’,]| \(| (?:and|as|at|in|of|on)\b)"
"""What may come behind such a name: `United States Steel` is another one."""
_AT_START: Final = regex(rf"(?:{'|'.join(_NAMES)}){_BEFORE}")


def named(name: str) -> str:
    """A name or label as it stands within a sentence."""
    return f"the {name}" if _AT_START.match(name) else name
