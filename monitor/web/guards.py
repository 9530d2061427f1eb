"""Who may ask what. Every route has a guard; a test walks them all."""

from __future__ import annotations

from enum import Enum
from typing import Final

from monitor.store.records import Person, Role


class Guard(Enum):
    """`LINK`: the path holds a token that says what it allows. `MACHINE`: a program's token in the
    header, or a person who is logged in and only reads."""

    PUBLIC = "public"
    LINK = "link"
    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"
    MACHINE = "machine"


_RANKS: Final[dict[Role, int]] = {"reader": 1, "editor": 2, "admin": 3}
_NEEDED: Final = {Guard.READER: 1, Guard.EDITOR: 2, Guard.ADMIN: 3, Guard.MACHINE: 1}


def needs_person(guard: Guard) -> bool:
    return guard in (Guard.READER, Guard.EDITOR, Guard.ADMIN)


def lets(guard: Guard, person: Person | None) -> bool:
    needed = _NEEDED.get(guard, 0)
    return needed == 0 or (person is not None and _RANKS[person.role] >= needed)
