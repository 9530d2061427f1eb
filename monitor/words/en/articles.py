"""Names that English does not say without an article: `the United States' delegation`.

Known by their nouns, not by themselves: a name that ends in what others are called too (a union, a
kingdom, isles) has the article; one that does not show it has it from its kind (`x-article`).
"""

from __future__ import annotations

import re
from typing import Final

from monitor.model.patterns import regex

_SINGLE: Final = frozenset(
    (
        *("administration", "agency", "alliance", "army", "assembly", "association", "authority"),
        *("bloc", "coalition", "commission", "committee", "commonwealth", "confederation"),
        *("council", "department", "emirate", "empire", "federation", "front", "government"),
        *("kingdom", "league", "ministry", "movement", "navy", "organisation", "organization"),
        *("parliament", "party", "republic", "secretariat", "see", "senate", "union"),
    )
)
_SEVERAL: Final = frozenset(
    ("emirates", "islands", "isles", "nations", "provinces", "states", "territories")
)
"""These have it alone as well: `the Isles`."""

_DETERMINED: Final = regex(
    r"(?:The|A|An|All|Any|Each|Every|No|Some|This|That|Our|Their|His|Her|Its) "
)
_LANDS: Final = regex(r"(?:border|high|home|low|mid|nether|up)lands")
_WORDS: Final = r"[A-Z][\w-]*(?: [A-Z][\w-]*)*"
_AT_START: Final = regex(
    rf"(?P<name>{_WORDS})(?P<of> of (?:the )?{_WORDS})?"
    r"(?=$|['’,:]| \(| (?:and|as|at|by|for|from|in|of|on|to|with)\b)"
)
"""What may come behind such a name: `United States envoy` is something else."""


def named(name: str) -> str:
    """A name or label as it stands within a sentence; `The Isles' offer` with a small article."""
    if _DETERMINED.match(name):
        bare = name.removeprefix("The ")
        return named(bare) if bare != name and named(bare) != bare else name
    found = _AT_START.match(name)
    return f"the {name}" if found and _takes(found["name"], of=_goes_on(name, found)) else name


def _goes_on(name: str, found: re.Match[str]) -> bool:
    return found["of"] is not None or name[found.end() :].startswith(" of ")


def _takes(name: str, *, of: bool) -> bool:
    words = name.split()
    noun = words[-1].lower()
    if noun in _SEVERAL or _LANDS.fullmatch(noun):
        return True
    return noun in _SINGLE and (len(words) > 1 or of)
