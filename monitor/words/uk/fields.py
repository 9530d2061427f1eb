"""Одне поле до і після, словами."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Json
from monitor.model.excerpt import around
from monitor.model.sentences import Edit, edited, is_sentence
from monitor.model.series import Differing, is_point, told_by
from monitor.model.text import cut
from monitor.words.uk.grammar import gained_and_lost, small
from monitor.words.uk.values import both, quoted, words

SHOWN: Final = 240


def field(title: str, before: Json, after: Json, *, within: bool = True) -> str:
    name = small(title) if within else capital(title)
    if isinstance(before, list) and isinstance(after, list):
        return _list(name, before, after)
    if before is None or (before == "" and isinstance(after, str)):
        return _first(name, after)
    if after is None:
        return f"{name} — більше не вказано, раніше {cut(words(before), SHOWN)}".lstrip(" —")
    if told := edited_text(title, before, after, within=within):
        return told
    if is_sentence(before) and is_sentence(after):
        old, new = around(words(before), words(after), SHOWN)
        return f"{name}: {_quoted(old)} → {_quoted(new)}"
    old, new = (cut(text, SHOWN) for text in around(*both(before, after), SHOWN))
    return f"{name}: {old} → {new}"


def _first(name: str, after: Json) -> str:
    """What is measured is not always still so, such as how long a day lasted."""
    if isinstance(after, dict) and after.get("unit"):
        return f"{name} {words(after)}".lstrip()
    return f"{name} — тепер {cut(words(after), SHOWN)}".lstrip(" —")


def capital(title: str) -> str:
    """A title at the beginning of a sentence; one that is no word stays as it is written."""
    word = title.partition(" ")[0]
    return f"{title[:1].upper()}{title[1:]}" if word.isalpha() and word.islower() else title


def edited_text(title: str, before: Json, after: Json, *, within: bool) -> str:
    found = edited(before, after)
    if not found or sum(len(lost) + len(gained) for lost, gained in found) > SHOWN:
        return ""
    name = small(title) if within else capital(title)
    told = "; ".join(_edit(edit) for edit in sorted(found, key=_order))
    return f"{name} — {told}"


def _order(edit: Edit) -> tuple[bool, bool]:
    """What stands in another's place, what came, what went."""
    return not (edit.lost and edit.gained), not edit.gained


def _edit(edit: Edit) -> str:
    if not edit.lost:
        return f"додано: {quoted(edit.gained)}"
    if not edit.gained:
        return f"більше немає: {quoted(edit.lost)}"
    return f"тепер {quoted(edit.gained)} замість {quoted(edit.lost)}"


def _list(name: str, before: list[Json], after: list[Json]) -> str:
    if is_point(before, after):
        old, new = ("; ".join(map(words, side)) for side in (before, after))
        return f"{name}: ({old}) → ({new})"
    found = told_by(before, after)
    if isinstance(found, Differing):
        number, size, place, old_one, new_one = found
        one, other = both(old_one, new_one)
        return f"{name}: змінено {number} з {size}, {_place(place)}: {one} → {other}"
    if found is not None:
        return f"{name}: значень {found.before} → {found.after}"
    told = gained_and_lost(before, after)
    return f"{name}: {told}" if name else told


def _place(place: Sequence[int]) -> str:
    if len(place) == 2:
        return f"у рядку {place[0]}, стовпці {place[1]}"
    return f"на місці {', '.join(map(str, place))}"


def _quoted(value: Json) -> str:
    return quoted(cut(words(value), SHOWN))
