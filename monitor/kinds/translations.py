"""What is wrong with the `x-translations` of a kind: shapes, and what belongs to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.faults import Fault, Path
from monitor.kinds.kind import Collection, Field
from monitor.kinds.schema import Schema
from monitor.kinds.translating import NAME, Translation
from monitor.model.nearest import suggestion
from monitor.model.patterns import regex

_SLOT: Final = regex(r"\{([^{}]+)\}")
_PLURALS: Final = ("zero", "one", "two", "few", "many", "other")


def check_translations(
    root: Schema, title: str, collections: Mapping[str, Collection], faults: list[Fault]
) -> None:
    """A wrong shape, and a translation of what the kind does not say, is a fault."""
    written = root.get(NAME, {})
    if not isinstance(written, Mapping):
        faults.append(Fault((NAME,), f"{NAME}: write an object of languages, such as uk"))
        return
    known = _Known(title, collections)
    for language, part in written.items():
        _Check(known, (NAME, str(language)), faults).part(part)


class _Known:
    """What a kind says, and can be translated."""

    def __init__(self, title: str, collections: Mapping[str, Collection]) -> None:
        self.texts = {title}
        self.words: dict[str, set[str] | None] = {}
        self.units: set[str] = set()
        for collection in collections.values():
            self.texts |= {collection.title, *collection.wording.values()}
            self.texts |= {collection.label} if collection.label else set()
            for field in collection.fields.values():
                self._field(collection.path, field)

    def _field(self, path: str, field: Field) -> None:
        self.texts |= {field.title, *field.wording.values()}
        if field.quantity is not None:
            self.units |= set(field.choices)
            return
        for name in (field.name, f"{path}.{field.name}"):
            known = self.words.setdefault(name, set())
            if known is not None and field.choices:
                known |= set(field.choices)
            elif not field.ref and not known:
                self.words[name] = None


class _Check:
    def __init__(self, known: _Known, at: Path, faults: list[Fault]) -> None:
        self._known = known
        self._at = at
        self._faults = faults

    def part(self, part: Any) -> None:
        if not isinstance(part, Mapping) or not set(part) <= set(Translation._fields):
            self._fault((), "write an object with texts, words and units (each optional)")
            return
        self._texts(part.get("texts", {}))
        self._words(part.get("words", {}))
        self._units(part.get("units", {}))

    def _texts(self, part: Any) -> None:
        for text, said in self._pairs(("texts",), part):
            if text not in self._known.texts:
                hint = suggestion(text, self._known.texts)
                self._fault(("texts", text), f"the kind has no title, label or wording so{hint}")
            elif not isinstance(said, str) or not said:
                self._fault(("texts", text), "write text")
            elif set(_SLOT.findall(text)) != set(_SLOT.findall(said)):
                self._fault(("texts", text), "write the same slots as the kind has")

    def _words(self, part: Any) -> None:
        for name, said in self._pairs(("words",), part):
            if name not in self._known.words:
                hint = suggestion(name, self._known.words)
                self._fault(("words", name), f"the kind has no field {name}{hint}")
                continue
            choices = self._known.words[name]
            for word, text in self._pairs(("words", name), said):
                if choices is not None and word not in choices:
                    hint = suggestion(word, choices)
                    self._fault(("words", name, word), f"{name} is never {word}{hint}")
                elif not isinstance(text, str) or not text:
                    self._fault(("words", name, word), "write text")

    def _units(self, part: Any) -> None:
        for unit, forms in self._pairs(("units",), part):
            if self._known.units and unit not in self._known.units:
                hint = suggestion(unit, self._known.units)
                self._fault(("units", unit), f"no quantity has the unit {unit}{hint}")
            elif not _are_forms(forms):
                known = ", ".join(_PLURALS)
                self._fault(("units", unit), f"write other and, where it has them, any of {known}")

    def _pairs(self, place: Path, part: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(part, Mapping):
            yield from ((str(name), value) for name, value in part.items())
        else:
            self._fault(place, "write an object")

    def _fault(self, path: Path, message: str) -> None:
        self._faults.append(Fault((*self._at, *path), message))


def _are_forms(forms: Any) -> bool:
    if not isinstance(forms, Mapping) or "other" not in forms:
        return False
    return set(forms) <= set(_PLURALS) and all(isinstance(form, str) for form in forms.values())
