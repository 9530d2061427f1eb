"""Names of fields inside objects: `size.min`, and `extra."a.b"` where a step has a point itself."""

from __future__ import annotations

import json
from functools import lru_cache

from monitor.model.patterns import regex

QUOTED = r'"(?:[^"\\]|\\.)*"'
_STEP = regex(rf"{QUOTED}|[^.\[\]\"]+")
# `@position` bare is where an entry stands (compare.walk); a name that a document has is quoted.
_SPECIAL = regex(r'[.,=\[\]"]|^\s|\s$|^$|^@position$')


@lru_cache(maxsize=4096)
def split_field(name: str) -> tuple[str, ...]:
    """The steps of a dotted field name: `extra."a.b".c` is `("extra", "a.b", "c")`."""
    if '"' not in name:
        return tuple(name.split("."))
    return tuple(unquoted(match.group()) for match in _STEP.finditer(name))


@lru_cache(maxsize=4096)
def join_field(steps: tuple[str, ...]) -> str:
    """The dotted name of a field; the reverse of `split_field`."""
    return ".".join(quoted(step) if is_special(step) else step for step in steps)


def is_special(text: str) -> bool:
    """Whether a step or key has to be quoted in a path."""
    return _SPECIAL.search(text) is not None


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def unquoted(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text
