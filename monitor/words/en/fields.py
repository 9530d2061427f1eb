"""One field before and after, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Json
from monitor.model.excerpt import around
from monitor.model.sentences import Edit, edited, is_sentence
from monitor.model.series import Differing, is_point, told_by
from monitor.model.text import cut
from monitor.words.en.grammar import changes, gained_and_lost, is_, is_in, is_plural, small
from monitor.words.en.values import both, quoted, words

SHOWN: Final = 240
"""Characters of one value in a sentence; details show the rest."""


def field(title: str, before: Json, after: Json, *, within: bool = True) -> str:
    """`within` a sentence its title begins small; one of no title is what the sentence is about."""
    name = small(title) if within else capital(title)
    if isinstance(before, list) and isinstance(after, list):
        return _list(name, before, after)
    if before is None or (before == "" and isinstance(after, str)):
        return _first(name, after)
    if after is None:
        return f"{is_(name)} no longer stated; before: {cut(words(before), SHOWN)}".lstrip()
    if told := edited_text(title, before, after, within=within):
        return told
    if is_sentence(before) and is_sentence(after):
        old, new = around(words(before), words(after), SHOWN)
        return f"{changes(name)} from {_quoted(old)} to {_quoted(new)}"
    old, new = (cut(text, SHOWN) for text in around(*both(before, after), SHOWN))
    return f"{changes(name)} from {old} to {new}"


def _first(name: str, after: Json) -> str:
    """What is measured is not always still so, such as how long a day lasted."""
    if isinstance(after, dict) and after.get("unit"):
        return f"{name} {words(after)}".lstrip()
    return f"{is_(name)} now {cut(words(after), SHOWN)}".lstrip()


def capital(title: str) -> str:
    """A title at the beginning of a sentence; one that is no word stays as it is written."""
    word = title.partition(" ")[0]
    return f"{title[:1].upper()}{title[1:]}" if word.isalpha() and word.islower() else title


def edited_text(title: str, before: Json, after: Json, *, within: bool) -> str:
    """What a text of several sentences says beside what stays; nothing for any other change."""
    found = edited(before, after)
    if not found or sum(len(lost) + len(gained) for lost, gained in found) > SHOWN:
        return ""
    name = small(title) if within else capital(title)
    says = "say" if is_plural(title) else "says"
    told = " and ".join(_edit(edit, says) for edit in sorted(found, key=_order))
    return f"{name} {told}"


def _order(edit: Edit) -> tuple[bool, bool]:
    """What stands in another's place, what came, what went."""
    return not (edit.lost and edit.gained), not edit.gained


def _edit(edit: Edit, says: str) -> str:
    if not edit.lost:
        return f"now also {says} {quoted(edit.gained)}"
    if not edit.gained:
        return f"no longer {says} {quoted(edit.lost)}"
    return f"now {says} {quoted(edit.gained)} in place of {quoted(edit.lost)}"


def _list(name: str, before: list[Json], after: list[Json]) -> str:
    """A point has other numbers now; of any other list members come and go."""
    if is_point(before, after):
        old, new = (", ".join(map(words, side)) for side in (before, after))
        return f"{changes(name)} from ({old}) to ({new})".lstrip()
    found = told_by(before, after)
    if isinstance(found, Differing):
        number, size, place, old_one, new_one = found
        one, other = both(old_one, new_one)
        verb = "values changes" if number == 1 else "values change"
        at = f"at {_place(place)} from {one} to {other}"
        return f"{name}: {number} of {size} {verb}, {at}"
    if found is not None:
        return f"{changes(name)} from {found.before} to {found.after} values"
    return _members(name, before, after)


def _place(place: Sequence[int]) -> str:
    """`place 4`, `row 3, column 17`."""
    if len(place) == 2:
        return f"row {place[0]}, column {place[1]}"
    return f"place {', '.join(map(str, place))}"


def _members(name: str, before: list[Json], after: list[Json]) -> str:
    """Those who came and went, of a list whose places mean nothing."""
    told = gained_and_lost(before, after)
    gained, lost = (
        [m for m in a if not is_in(m, b)] for a, b in ((after, before), (before, after))
    )
    if not (gained or lost):
        return f"{name}: {told}" if name else f"is {told}"
    if not _read_apart(gained, lost):
        return f"{name}: {told}" if name else f"({told})"
    if is_plural(name):
        return _among(name[:1].lower() + name[1:], gained, lost)
    parts = [f"gains {words(gained)}"] if gained else []
    if lost:
        parts.append(f"loses {words(lost)}")
    return f"{name} {' and '.join(parts)}".lstrip()


def _among(name: str, gained: list[Json], lost: list[Json]) -> str:
    """`Sand is now among the ports, Holm no longer`."""
    verb = "is" if len(gained or lost) == 1 else "are"
    if not gained:
        return f"{words(lost)} {verb} no longer among the {name}"
    rest = f", {words(lost)} no longer" if lost else ""
    return f"{words(gained)} {verb} now among the {name}{rest}"


def _read_apart(gained: list[Json], lost: list[Json]) -> bool:
    """Whether what came does not read like what went, as 1 and "1" do."""
    came, went = ({words([each]) for each in side} for side in (gained, lost))
    return came.isdisjoint(went)


def _quoted(value: Json) -> str:
    return quoted(cut(words(value), SHOWN))
