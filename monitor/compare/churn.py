"""Fields that change by themselves: when an entry was written, counted or looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.compare.naming import is_name
from monitor.kinds.values import token
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.patterns import regex

# Of the entries that stand in both versions, most are half of them.
MOST: Final = 0.5
# Values are a machine's when this share of them is.
_MACHINE: Final = 0.9
# Where there are fewer different changes than this share, each of them may mean something.
_DIFFERENT: Final = 0.25

_BOOKKEEPING: Final = regex(
    r"updated?|modified|changed|accessed|touched|edited|created|generated|fetched|retrieved|"
    r"crawled|scraped|checked|synced|seen|visited|timestamp|time|ts|mtime|etag|version|revision|"
    r"rev|hash|checksum|sha\d*|md5|digest|signature|serial|sequence|seq|counter|hits|views|token|"
    r"nonce|uptime|cursor"
)
_WORDS: Final = regex(r"[A-Z]?[a-z]+\d*|[A-Z]+(?![a-z])")


def churns(field: str, changes: Sequence[Change], size: int, *, many: int) -> bool:
    """Whether changes of one field are one piece of news, whatever its values.

    `size` is how many entries there are. Where there are `many` changes, a field that keeps books
    (`updated`, `etag`) does if its values are a machine's; any other if most entries have it
    changed, each in its own way. Where there are few, both has to be true.
    """
    most = len(changes) >= MOST * size
    if len(changes) < many and not (most and is_bookkeeping(field)):
        return False
    pairs = {(_token(change.before), _token(change.after)) for change in changes}
    if len(pairs) < 2:
        return False
    by_machine = is_of_machines(changes)
    if by_machine and is_bookkeeping(field):
        return True
    return most and (by_machine or len(pairs) > _DIFFERENT * len(changes))


def is_of_machines(changes: Sequence[Change]) -> bool:
    """Whether values are numbers, times, codes: what they change from and to says little."""
    return _share_of_machines(changes) >= _MACHINE


def is_bookkeeping(field: str) -> bool:
    """By the words of its name: `last_updated`, `fetchedAt`."""
    words = _WORDS.findall(field.rpartition(".")[2])
    return any(_BOOKKEEPING.fullmatch(word.lower()) for word in words)


def _share_of_machines(changes: Sequence[Change]) -> float:
    values = [side for change in changes for side in (change.before, change.after)]
    return sum(map(_is_of_a_machine, values)) / len(values) if values else 0.0


def _is_of_a_machine(value: Json | Missing) -> bool:
    """A number, or a text that is no name: a time, a code, a hash."""
    if isinstance(value, str):
        return not is_name(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _token(value: Json | Missing) -> object:
    return None if value is MISSING else token(value)
