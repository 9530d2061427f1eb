"""Frozen values with named fields, as dataclasses are, whose classes cost nothing to make.

A frozen dataclass writes its methods as text and compiles them when its module is loaded: 0.6 ms
for each, together a fifth of the time of `monitor diff`. Here the methods are shared. The type
checker sees the same (PEP 681). Dataclasses stay where a value changes, has a field of its own
making, or is made by position.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

NONE: Mapping[Any, Any] = {}
"""Of a field whose default is an empty mapping; it is never written to."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """Fields are the annotations of a class and its bases, given by name; a default stands in the
    class. Equal when of one class with equal fields. Raises TypeError for a field that is missing
    or unknown, AttributeError when somebody would change one."""

    _fields: ClassVar[tuple[str, ...]] = ()
    """Of the fields, in their order."""

    _known: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        own = [name for name, kind in _annotations(cls).items() if not kind.startswith("ClassVar")]
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        cls._known = frozenset(cls._fields)
        given = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        cls._defaults = {**cls._defaults, **given}

    def __init__(self, **given: Any) -> None:
        values = {**self._defaults, **given}
        if values.keys() != self._known:
            raise TypeError(_misfit(type(self), values))
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be removed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        held = self.__dict__
        return hash((type(self), *(held[name] for name in self._fields)))

    def __repr__(self) -> str:
        held = self.__dict__
        told = ", ".join(f"{name}={held[name]!r}" for name in self._fields)
        return f"{type(self).__name__}({told})"


V = TypeVar("V")


def replace(value: V, **changes: Any) -> V:
    """A record, or dataclass, with other values for some fields."""
    if isinstance(value, Record):
        return type(value)(**{**value.__dict__, **changes})
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]


def _annotations(cls: type) -> dict[str, str]:
    """As text: every module here postpones them."""
    found: dict[str, str] = vars(cls).get("__annotations__", {})
    return found


def _misfit(cls: type[Record], values: Mapping[str, Any]) -> str:
    missing = ", ".join(name for name in cls._fields if name not in values)
    unknown = ", ".join(name for name in values if name not in cls._fields)
    told = [f"lacks {missing}"] if missing else []
    told += [f"has no {unknown}"] if unknown else []
    return f"{cls.__name__} {' and '.join(told)}"
