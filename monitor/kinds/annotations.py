"""The shapes of the `x-` annotations: from what a kind says to the values of `kind.py`.

Each reader returns a value, or adds a fault that says what was expected and returns an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypeVar

from monitor.kinds.faults import Fault, Path
from monitor.kinds.kind import Field, Membership, Period, Position, ProvenanceFields, QuantityFields
from monitor.kinds.kind import SourceFields as SourceNames
from monitor.kinds.vocabulary import ALL, BY_CONTENT, FIELD, ITEM, LIST, ROOT
from monitor.model.comparison import Op, Significance
from monitor.model.nearest import suggestion
from monitor.model.patterns import regex

_OPS: Final[tuple[Op, ...]] = ("added", "removed", "changed")
_NOT_FIELDS: Final = ("single", "size")
"""What `x-membership` may have beside fields of the entries."""
_STATES: Final = ("running", "waiting")
_LISTS: Final = (*_STATES, "place")
"""What `x-period` may have beside single fields."""
_LABEL_FIELD: Final = regex(r"\{([^{}]*)\}")

Value = TypeVar("Value")


class Annotations:
    """The annotations of one schema; `faults` is shared by all that read the same kind.

    `elsewhere` holds the paths of annotations that stand in another schema than the one at `path`.
    """

    def __init__(
        self,
        schema: Mapping[str, Any],
        path: Path,
        faults: list[Fault],
        elsewhere: Mapping[str, Path] | None = None,
    ) -> None:
        self._schema = schema
        self._path = path
        self._faults = faults
        self._elsewhere = elsewhere or {}

    def fault(self, name: str, message: str) -> None:
        path = self._elsewhere.get(name, self._path)
        self._faults.append(Fault((*path, name), f"{name}: {message}"))

    def only(self, allowed: frozenset[str], where: str) -> None:
        """Refuse unknown annotations, and known ones that stand in the wrong place."""
        for name in self._schema:
            if not name.startswith("x-") or name in allowed:
                continue
            if name in ALL:
                self.fault(name, f"does not belong on {where}; it goes on {_home(name)}")
            else:
                self.fault(name, f"no such annotation{suggestion(name, ALL)}")

    def keys(
        self, fields: Collection[str], *, may_lack: bool = False
    ) -> tuple[tuple[str, ...], ...]:
        """`may_lack`: nothing has to identify the entries."""
        value: Any = self._schema.get("x-key")
        if value == BY_CONTENT and may_lack:
            return ()
        nested = isinstance(value, list) and value and all(isinstance(part, list) for part in value)
        alternatives: list[Any] = value if nested else [value]
        keys = tuple(tuple(part) if _texts(part) else () for part in alternatives)
        if not all(keys):
            self.fault("x-key", "write a list of field names, [party, issue], or a list of such")
            return ()
        for name in dict.fromkeys(name for key in keys for name in key):
            self._known("x-key", name, fields)
        return keys

    def names(
        self,
        annotation: str,
        make: Callable[..., Value],
        needed: tuple[str, ...],
        optional: tuple[str, ...],
        fields: Collection[str],
        *,
        besides: tuple[str, ...] = (),
    ) -> Value | None:
        """An object whose values are names of fields: `{start: starts, end: ends}`.

        `besides` are names that it may have too and that are read elsewhere.
        """
        if annotation not in self._schema:
            return None
        value = self._schema[annotation]
        if not isinstance(value, Mapping) or not set(needed) <= value.keys():
            shape = ", ".join((*needed, *(f"{name} (optional)" for name in (*optional, *besides))))
            self.fault(annotation, f"write an object with {shape}")
            return None
        for name, field in value.items():
            if name not in (*needed, *optional):
                known = ", ".join((*needed, *optional, *besides))
                self.fault(annotation, f"{name} is not one of {known}")
                return None
            self._known(annotation, field, fields)
        return make(**value)

    def membership(self, fields: Collection[str], above: Collection[str]) -> Membership | None:
        """`above` are the fields of what the members belong to: one may say how many they are."""
        value = self._schema.get("x-membership")
        written = value if isinstance(value, Mapping) else {}
        single, size = written.get("single", []), written.get("size")
        if single and not _texts(single):
            self.fault("x-membership", "single is a list of roles, such as [head]")
            return None
        if size is not None and size not in above:
            hint = suggestion(str(size), above) or f"; it has {', '.join(above)}"
            self.fault("x-membership", f"size: what they belong to has no field {size}{hint}")
            return None
        others = {name: field for name, field in written.items() if name not in _NOT_FIELDS}
        rest = others if isinstance(value, Mapping) else value
        plain = Annotations(
            {} if value is None else {"x-membership": rest}, self._path, self._faults
        )
        made = plain.names(
            "x-membership", Membership, ("entity",), ("role",), fields, besides=_NOT_FIELDS
        )
        if made is None:
            return None
        return Membership(entity=made.entity, role=made.role, single=tuple(single), size=size)

    def position(self, fields: Collection[str]) -> Position | None:
        return self.names("x-position", Position, ("party", "issue"), ("value", "quantity"), fields)

    def period(self, fields: Collection[str]) -> Period | None:
        value = self._schema.get("x-period")
        written = value if isinstance(value, Mapping) else {}
        words = {name: written.get(name, []) for name in _LISTS}
        for name, listed in words.items():
            if listed and not _texts(listed):
                like = "states, such as [postponed]" if name in _STATES else "fields: [city]"
                self.fault("x-period", f"{name} is a list of {like}")
                return None
        for name in words["place"]:
            self._known("x-period", name, fields)
        plain = {name: field for name, field in written.items() if name not in _LISTS}
        rest = plain if isinstance(value, Mapping) else value
        part = Annotations({} if value is None else {"x-period": rest}, self._path, self._faults)
        optional = ("end", "state", "since")
        made = part.names("x-period", Period, ("start",), optional, fields, besides=_LISTS)
        if made is None:
            return None
        running, waiting, place = (tuple(words[name]) for name in _LISTS)
        return made._replace(running=running, waiting=waiting, place=place)

    def states(self, period: Period | None, fields: Mapping[str, Field]) -> None:
        """Refuse states of `x-period` that its field cannot have."""
        field = fields.get(period.state or "") if period is not None else None
        known = field.choices if field is not None else ()
        if period is None or (field is not None and not known):
            return
        for name in (*period.running, *period.waiting):
            if name not in known:
                hint = suggestion(name, known) or "; name the field of the states as state"
                self.fault("x-period", f"the state is never {name}{hint}")

    def provenance(self, fields: Collection[str]) -> ProvenanceFields | None:
        parts = ("sources", "said_by", "firmness", "day")
        return self.names("x-provenance", ProvenanceFields, (), parts, fields)

    def source(self, fields: Collection[str]) -> SourceNames | None:
        parts = ("publisher", "title", "url", "published")
        return self.names("x-source", SourceNames, (), parts, fields)

    def quantity(self, fields: Collection[str]) -> QuantityFields | None:
        return self.names("x-quantity", QuantityFields, ("low", "high"), ("unit",), fields)

    def label(self, fields: Collection[str]) -> str | None:
        value = self._schema.get("x-label")
        if value is None:
            return None
        names = _LABEL_FIELD.findall(value) if isinstance(value, str) else []
        if not names:
            self.fault("x-label", 'write text with names of fields, such as "{person}, {party}"')
            return None
        for name in names:
            self._known("x-label", name, fields)
        return str(value)

    def articles(self) -> tuple[str, ...]:
        value = self._schema.get("x-article", [])
        if value and not _texts(value):
            self.fault("x-article", "write a list of names, such as [Gambia]")
            return ()
        return tuple(value)

    def field_name(self, annotation: str, fields: Collection[str]) -> str | None:
        """The name of one field, for `x-aliases` and `x-disputed`."""
        value = self._schema.get(annotation)
        if value is None:
            return None
        self._known(annotation, value, fields)
        return str(value)

    def texts(self, annotation: str) -> tuple[str, ...]:
        """An ordered list of different texts, for `x-scale` and `x-ladder`."""
        value = self._schema.get(annotation, [])
        if annotation in self._schema and (not _texts(value) or len(set(value)) < len(value)):
            self.fault(
                annotation, "write a list of different words, from the lowest to the highest"
            )
            return ()
        missing = [word for word in value if word not in self._schema.get("enum", value)]
        if missing:
            self.fault(annotation, f"{', '.join(missing)} is not among the values of enum")
        return tuple(value)

    def flag(self, annotation: str) -> bool:
        value = self._schema.get(annotation, False)
        if not isinstance(value, bool):
            self.fault(annotation, "write true or leave it out")
        return value is True

    def tolerance(self, *, fits: bool) -> float | None:
        """How far two numbers may be apart that say the same; `fits` where the field has any."""
        value = self._schema.get("x-tolerance")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            self.fault("x-tolerance", "write a number greater than 0, such as 0.001")
            return None
        if not fits:
            self.fault("x-tolerance", "it goes on numbers, on lists of them and on quantities")
        return value

    def placeholders(self) -> tuple[Any, ...]:
        value = self._schema.get("x-placeholder", [])
        if not isinstance(value, list):
            self.fault("x-placeholder", 'write a list of values, such as [TODO, "?"]')
            return ()
        return tuple(value)

    def significance(self) -> dict[Op, Significance]:
        """A level for every op, or one per op."""
        value = self._schema.get("x-significance", {})
        per_op = value if isinstance(value, Mapping) else dict.fromkeys(_OPS, value)
        result: dict[Op, Significance] = {}
        for op, word in per_op.items():
            if op not in _OPS:
                self.fault("x-significance", f"{op} is not one of {', '.join(_OPS)}")
                continue
            try:
                result[op] = Significance.parse(str(word))
            except ValueError as error:
                self.fault("x-significance", str(error))
                break
        return result

    def wording(self) -> dict[Op, str]:
        value = self._schema.get("x-wording", {})
        fits = isinstance(value, Mapping) and all(
            op in _OPS and isinstance(text, str) for op, text in value.items()
        )
        if not fits:
            self.fault(
                "x-wording", f"write a sentence for each of {', '.join(_OPS)} that needs one"
            )
            return {}
        return dict(value)

    def _known(self, annotation: str, name: Any, fields: Collection[str]) -> None:
        if name not in fields:
            hint = suggestion(str(name), fields) or f"; they have {', '.join(fields)}"
            self.fault(annotation, f"the entries have no field {name}{hint}")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)


def _home(name: str) -> str:
    homes = [
        words
        for group, words in (
            (LIST, "the list"),
            (ITEM, "a list or its items"),
            (FIELD, "a field"),
            (ROOT, "the document"),
        )
        if name in group and (group is not ROOT or name not in LIST)
    ]
    return " or ".join(homes)
