"""From the document of a mapping to its Spec: shapes only, nothing of a kind or of data yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from monitor.kinds.faults import Fault, Path
from monitor.mapping.conditions import read_condition
from monitor.mapping.days import day_format
from monitor.mapping.spec import Condition, Lookup, Mapped, Rows, Spec, Taken
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import NONE
from monitor.reading.form import FORMATS, Form

_TOP: Final = ("kind", "document", "collections", "lookups", "ignore", "jq")
_COLLECTION: Final = ("rows", "parent", "where", "fields", "rest")
"""What says of a collection something else than a field; a field of such a name goes in `fields`"""
_FORM: Final = ("format", "sheet", "header", "separator", "encoding")
_ROWS: Final = ("file", "at", "jq", *_FORM)
_LOOKUP: Final = ("rows", "key", "by")
_TAKEN: Final = ("from", "text", "constant", "values", "otherwise", "date", "split", "optional")
SLOT: Final = re.compile(r"\{([^{}]+)\}")

T = TypeVar("T")


def read_spec(document: Any, faults: list[Fault]) -> Spec:
    """What is wrong goes into `faults`; what is right is read all the same."""
    reader = _Reader(faults)
    if not isinstance(document, Mapping):
        reader.fault((), "a mapping is an object with collections")
        return Spec(kind=None, collections={})
    reader.only(document, _TOP, ())
    root = document.get("document")
    found = {"": reader.collection("", root, ("document",))} if root is not None else {}
    written = reader.object(document, "collections", ())
    if not written and not found:
        reader.fault((), "collections is missing: say which rows each list is made of")
    for path in sorted(written, key=lambda name: name.count(".")):
        found[path] = reader.collection(path, written[path], ("collections", path))
    lookups = reader.object(document, "lookups", ())
    return Spec(
        kind=reader.text(document, "kind", ()),
        collections=found,
        lookups={name: reader.lookup(name, part) for name, part in lookups.items()},
        ignore=reader.texts(document, "ignore", ()),
        jq=reader.text(document, "jq", ()),
    )


def slots(text: str) -> tuple[str, ...]:
    """The columns in a text such as `{first} {last}`."""
    return tuple(SLOT.findall(text))


class _Reader:
    def __init__(self, faults: list[Fault]) -> None:
        self._faults = faults

    def fault(self, path: Path, text: str) -> None:
        self._faults.append(Fault(path, text))

    def only(self, written: Mapping[str, Any], known: Iterable[str], path: Path) -> None:
        for name in written:
            if name not in known:
                near = suggestion_or_all(name, known)
                self.fault((*path, name), f"{name} means nothing here{near}")

    def object(self, within: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
        value = within.get(name)
        if value is None:
            return NONE
        if not isinstance(value, Mapping):
            self.fault((*path, name), f"{name} is an object, with a name for each part")
            return NONE
        return value

    def text(self, within: Mapping[str, Any], name: str, path: Path) -> str | None:
        found: str | None = self._one(
            within, name, path, "write text", lambda v: isinstance(v, str) and v != ""
        )
        return found

    def texts(self, within: Mapping[str, Any], name: str, path: Path) -> tuple[str, ...]:
        value = within.get(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self.fault((*path, name), f"{name} is a list of texts")
            return ()
        return tuple(value)

    def flag(self, within: Mapping[str, Any], name: str, path: Path) -> bool:
        found: bool | None = self._one(
            within, name, path, "write true or leave it out", lambda v: isinstance(v, bool)
        )
        return found is True

    def collection(self, path: str, written: Any, at: Path) -> Mapped:
        if not isinstance(written, Mapping):
            self.fault(at, f"{path or 'document'} is an object: rows, and a column for each field")
            return Mapped(path=path, rows=Rows(), fields={}, place=at)
        plain = {name: part for name, part in written.items() if name not in _COLLECTION}
        fields = self.object(written, "fields", at)
        taken = {name: self.taken(part, (*at, name)) for name, part in plain.items()}
        taken |= {name: self.taken(part, (*at, "fields", name)) for name, part in fields.items()}
        return Mapped(
            path=path,
            rows=self.rows(written.get("rows"), (*at, "rows")),
            fields={name: part for name, part in taken.items() if part is not None},
            parent=self.parent(written, path, at),
            where=self.where(written, at),
            rest=self.flag(written, "rest", at),
            place=at,
        )

    def rows(self, written: Any, at: Path) -> Rows:
        if written is None:
            return Rows(place=at[:-1])
        if isinstance(written, str):
            return Rows(file=written, place=at)
        if not isinstance(written, Mapping):
            self.fault(at, "write the name of a file, or {file: ..., at: ...}")
            return Rows(place=at)
        self.only(written, _ROWS, at)
        return Rows(
            file=self.text(written, "file", at),
            at=self.text(written, "at", at) or "",
            jq=self.text(written, "jq", at),
            form=self.form(written, at),
            place=at,
        )

    def form(self, written: Mapping[str, Any], at: Path) -> Form:
        header = self._one(
            written, "header", at, "write the number of a line", lambda v: type(v) is int and v >= 0
        )
        known = f"write one of {', '.join(FORMATS)}"
        return Form(
            format=self._one(written, "format", at, known, lambda v: v in FORMATS),
            sheet=self.text(written, "sheet", at),
            header=header,
            separator=self.text(written, "separator", at),
            encoding=self.text(written, "encoding", at),
        )

    def parent(self, written: Mapping[str, Any], path: str, at: Path) -> Mapping[str, str] | None:
        value = written.get("parent")
        if value is None:
            return None
        if "." not in path:
            text = f"{path} stands in no other collection: nest it, as in boards.members"
            self.fault((*at, "parent"), text)
        fits = (
            isinstance(value, Mapping) and value and all(isinstance(v, str) for v in value.values())
        )
        if not fits:
            text = (
                "write {COLUMN: COLUMN}: which column of these rows holds which of the rows above"
            )
            self.fault((*at, "parent"), text)
            return None
        return dict(value)

    def where(self, written: Mapping[str, Any], at: Path) -> tuple[Condition, ...]:
        found: list[Condition] = []
        for column, said in self.object(written, "where", at).items():
            place = (*at, "where", column)
            found += read_condition(column, said, place, self._faults)
        return tuple(found)

    def lookup(self, name: str, written: Any) -> Lookup:
        at: Path = ("lookups", name)
        if not isinstance(written, Mapping) or not {"rows", "key"} <= written.keys():
            self.fault(at, f"the lookup {name} is an object with rows and key")
            return Lookup(name=name, rows=Rows(), key="", place=at)
        self.only(written, _LOOKUP, at)
        if "." in name:
            self.fault(
                at, "the name of a lookup has no point: it stands before one, as in post.name"
            )
        return Lookup(
            name=name,
            rows=self.rows(written["rows"], (*at, "rows")),
            key=self.text(written, "key", at) or "",
            by=self.text(written, "by", at),
            place=at,
        )

    def taken(self, written: Any, at: Path) -> Taken | None:
        """`column`, or an object that says how a value is made of one or several."""
        if isinstance(written, str) and written:
            return Taken(column=written, place=at)
        if not isinstance(written, Mapping):
            self.fault(
                at, "write the name of a column, or {from: ...}, {text: ...}, {constant: ...}"
            )
            return None
        self.only(written, _TAKEN, at)
        if len({"from", "text", "constant"} & written.keys()) != 1:
            self.fault(at, "say one of from (a column), text (with {columns} in it), constant")
            return None
        text = self.text(written, "text", at)
        if text is not None and not slots(text):
            self.fault((*at, "text"), "write columns in braces, or use constant")
        return Taken(
            column=self.text(written, "from", at),
            text=text,
            constant=written.get("constant"),
            values={str(name): part for name, part in self.object(written, "values", at).items()},
            otherwise=written.get("otherwise"),
            closed="otherwise" in written,
            date=self.date(written, at),
            split=self.text(written, "split", at),
            optional=self.flag(written, "optional", at),
            place=at,
        )

    def date(self, written: Mapping[str, Any], at: Path) -> str | None:
        said = self.text(written, "date", at)
        if said is not None and day_format(said) is None:
            self.fault((*at, "date"), "write DD, MM and YYYY as they stand, such as DD.MM.YYYY")
        return said

    def _one(
        self,
        within: Mapping[str, Any],
        name: str,
        path: Path,
        expected: str,
        fits: Callable[[Any], bool],
    ) -> Any:
        value = within.get(name)
        if value is not None and not fits(value):
            self.fault((*path, name), f"{name}: {expected}")
            return None
        return value
