"""Named tuples whose classes cost little to make.

`typing.NamedTuple` compiles every annotation, and a `__new__` for every class, when its module is
loaded: 0.15 ms for each of a hundred, a tenth of the time of `monitor diff`. Here `__new__` is
made when a class turns out to make many values; from then on it is as quick as the other. To the
type checker it is `typing.NamedTuple`.
"""

from __future__ import annotations

from collections import namedtuple
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    # No class of ours has so many fields. The getters belong to a place and not to a name.
    _WIDEST = namedtuple("_WIDEST", [f"field_{place}" for place in range(40)])
    _GETTERS = [vars(_WIDEST)[name] for name in _WIDEST._fields]

    # A class that makes so many values will make more.
    _FEW = 200
    _MADE = {}

    def _whole(cls, values, named):
        """The values of all fields, from those given by place and by name, and the defaults."""
        fields = cls._fields
        given = dict(zip(fields, values, strict=False))
        found = {**cls._field_defaults, **given, **named}
        if len(values) > len(fields) or given.keys() & named or len(found) != len(fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(fields)}")
        try:
            return [found[field] for field in fields]
        except KeyError as error:
            raise TypeError(f"{cls.__name__} lacks {error.args[0]}") from None

    class _Row(tuple):
        """What all have in common."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, *values, **named):
            """For the first values of a class: then a quicker one, made for it, takes its place."""
            made = _MADE[cls] = _MADE.get(cls, 0) + 1
            if made > _FEW:
                owner = next(each for each in cls.__mro__ if "_fields" in vars(each))
                defaults = owner._field_defaults.values()
                like = namedtuple(owner.__name__, owner._fields, defaults=defaults)
                owner.__new__ = vars(like)["__new__"]
                return owner.__new__(cls, *values, **named)
            if named or len(values) != len(cls._fields):
                values = _whole(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            told = ", ".join(
                f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)
            )
            return f"{type(self).__name__}({told})"

        def __getnewargs__(self):
            return tuple(self)

    class _Maker(type):
        """Turns the annotations of a class into the fields of a tuple."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", {}))
            if len(fields) > len(_GETTERS):
                raise TypeError(f"{name}: more than {len(_GETTERS)} fields; a Record takes them")
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has it")
            body |= {
                **dict(zip(fields, _GETTERS, strict=False)),
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type.__new__(type, name, (_Row,), body)

    class NamedTuple(metaclass=_Maker):
        pass
