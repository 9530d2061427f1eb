"""A draft taken back from an editor: lines whose `#` was deleted, and those that a person typed
under a quotation, are put into its text; what cannot be put in stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from re import Match
from typing import Any, Final

from monitor.collect.merging import merged
from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_flow
from monitor.errors import Ambiguous, MonitorError, SnapshotRefused
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document
from monitor.model.nearest import suggestion
from monitor.model.patterns import regex
from monitor.model.record import Record, replace
from monitor.model.tuples import NamedTuple
from monitor.writing.facts import facts
from monitor.writing.lines import LINE, PATH, Lines, Mark
from monitor.writing.marks import Named
from monitor.writing.option import UNWRITTEN
from monitor.writing.placing import Placement
from monitor.writing.proposed import is_proposed
from monitor.writing.put import put
from monitor.writing.references import entities, levels, references
from monitor.writing.several import paths_of
from monitor.writing.shown import END

_MARK: Final = regex(
    r"# \[(?P<source>[^\[\]\s]+):(?P<number>\d+)(?: (?!by |on )(?P<rung>[^\[\]]+?))?"
    r"(?: by (?P<speaker>[^\[\]\s]+))?(?: on (?P<day>[\d-]+))?\]"
    r"\s*(?P<sort>\w+)?(?:: “(?P<words>.*))?"
)
_GOES_ON: Final = "#     "
_OFFERED: Final = regex(rf"#(?P<path>{PATH}): \{{.*")
_PLACED: Final = "#   placed: "
_KEPT: Final = "#\ufdd0"
"""Stands for a line that could not be placed while others are put in: a letter of no text."""


class Taken(Record):
    """One line that was put in; `mark` is the sentence under which it stood, None without one,
    `proposed` whether a model had proposed it."""

    placement: Placement
    mark: Mark | None
    proposed: bool = False


class Fault(NamedTuple):
    """Why a line stays as it is; `line` is its number in the text that was made, from 1, `lines`
    how many it has."""

    line: int
    text: str
    lines: int = 1


class Taking(Record):
    """`text` is the draft with everything put in that could be."""

    text: str
    taken: tuple[Taken, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> str:
        """The text with the lines that have faults as comments: what else is wrong with it?"""
        rows = self.text.split("\n")
        for fault in self.faults:
            for at in range(fault.line - 1, fault.line - 1 + fault.lines):
                rows[at] = f"#{rows[at]}"
        return "\n".join(rows)


class _Chunk(NamedTuple):
    """Lines that say one placement: the first and the ones behind it that are indented."""

    start: int
    end: int
    text: str
    mark: Mark | None


def take_back(text: str, kind: Kind, state: Mapping[str, Any]) -> Taking:
    """`state` is what the draft lies over. A text that cannot be read stays as it is."""
    ends = "\r\n" if "\r\n" in text else "\n"
    rows = text.split(ends)
    chunks = list(_chunks(rows))
    if not chunks:
        return Taking(text=text)
    return _Taker(rows, chunks, kind, state).take(ends) or Taking(text=text)


def left_to_place(text: str) -> int:
    """How many sentences say something that we do not have, and offer a line that stands unused."""
    left, is_open, is_placed, offers = 0, False, False, False
    for row in [*text.splitlines(), f"# {END}"]:
        mark = _MARK.match(row)
        if mark is not None or row.startswith(f"# {END}"):
            left += is_open and offers and not is_placed
            is_open = mark is not None and mark["sort"] in ("differs", "new")
            is_placed = offers = False
        is_placed = is_placed or row.startswith(_PLACED)
        offers = offers or _OFFERED.fullmatch(row) is not None
    return left


def _chunks(rows: Sequence[str]) -> Iterator[_Chunk]:
    mark: Mark | None = None
    at = 0
    while at < len(rows):
        row = rows[at]
        start, at = at, at + 1
        if found := _MARK.match(row):
            mark = _mark(found, rows[at:])
        elif row.startswith(f"# {END}"):
            mark = None
        elif LINE.fullmatch(row.removeprefix(" ")):
            while at < len(rows) and rows[at][:1] in (" ", "\t") and rows[at].strip():
                at += 1
            yield _Chunk(start, at, "\n".join([row.removeprefix(" "), *rows[start + 1 : at]]), mark)
        elif row.strip() and row[0] not in "# ":
            mark = None


def _mark(found: Match[str], below: Sequence[str]) -> Mark:
    """With the words of the sentence, which go on in the rows below."""
    words = [found["words"] or ""]
    for row in below:
        if words[-1].endswith("”") or not row.startswith(_GOES_ON):
            break
        words.append(row.removeprefix(_GOES_ON))
    return Mark(
        source=found["source"],
        number=int(found["number"]),
        rung=found["rung"],
        day=found["day"],
        speaker=found["speaker"],
        words=" ".join(words).removesuffix("”"),
    )


class _Taker:
    def __init__(
        self, rows: list[str], chunks: list[_Chunk], kind: Kind, state: Mapping[str, Any]
    ) -> None:
        self._rows = rows
        self._chunks = chunks
        self._kind = kind
        self._state = state
        self._lines = Lines(kind, {})
        self._ids: set[Named] = set()
        self._taken: list[Taken] = []
        self._told_by: dict[tuple[str, str], Any] = {}
        self._faults: dict[int, str] = {}

    def take(self, ends: str) -> Taking | None:
        """None for a text that cannot be read without these lines either."""
        text = "\n".join(self._bare())
        try:
            document = read_document(text.encode(), name="draft").document
        except SnapshotRefused:
            return None
        if not isinstance(document, dict):
            return None
        state = self._with(document)
        self._lines = Lines(self._kind, {one.path: one for one in facts(self._kind, state)})
        self._lines.cited.update(_cited(self._kind, document))
        self._ids = {*entities(self._kind, state), *self._made()}
        for number in range(len(self._chunks)):
            text = self._placed(text, number)
        return Taking(
            text=self._restored(text).replace("\n", ends),
            taken=tuple(self._taken),
            faults=tuple(self._told(text)),
        )

    def _with(self, document: Document) -> Mapping[str, Any]:
        """What we have and what the draft says already."""
        try:
            return merged(dict(self._state), document, self._kind, frozenset())
        except (Ambiguous, AttributeError, TypeError):
            return self._state

    def _bare(self) -> Iterator[str]:
        """The rows with a comment in the place of each chunk."""
        at = 0
        for number, chunk in enumerate(self._chunks):
            yield from self._rows[at : chunk.start]
            yield f"{_KEPT}{number}\ufdd1"
            at = chunk.end
        yield from self._rows[at:]

    def _made(self) -> Iterator[Named]:
        """Whom other lines of the same text bring."""
        for chunk in self._chunks:
            for path in _path(chunk.text).split("|"):
                yield from _entity(path)

    def _placed(self, text: str, number: int) -> str:
        """All that a line says, or nothing of it."""
        chunk, token = self._chunks[number], f"{_KEPT}{number}\ufdd1"
        made, taken, path = text, len(self._taken), _path(chunk.text)
        try:
            for one in paths_of(path):
                made = self._put(made, f"{one}{chunk.text[len(path) :]}", chunk.mark)
        except (ValueError, MonitorError) as error:
            self._faults[number] = error.message if isinstance(error, MonitorError) else str(error)
            del self._taken[taken:]
            return text
        if is_proposed(self._rows, chunk.start):
            self._taken[taken:] = [replace(one, proposed=True) for one in self._taken[taken:]]
        return made.replace(token, f"{_PLACED}{path}")

    def _put(self, text: str, row: str, mark: Mark | None) -> str:
        self._check_key(text, _path(row))
        placement = self._lines.read(row, mark)
        self._check_told(placement)
        made = put(self._with_newcomers(text, placement), placement, self._kind)
        self._taken.append(Taken(placement=placement, mark=mark))
        self._told_by |= {(placement.path, name): each for name, each in placement.values.items()}
        if placement.sources:
            self._lines.cited.add(placement.path)
        return made

    def _check_told(self, placement: Placement) -> None:
        """Raises ValueError for another value than a line above has: neither may win unseen."""
        for name, value in placement.values.items():
            other = self._told_by.get((placement.path, name), value)
            if other != value:
                raise ValueError(f"{placement.path}.{name}: a line above says {write_flow(other)}")

    def _with_newcomers(self, text: str, placement: Placement) -> str:
        """Whom it refers to and nobody has comes with it, where a line offers him."""
        for one in self._references(placement):
            offered = None if self._is_there(text, one) else self._offer(text, one)
            if offered is not None:
                row, mark = offered
                entity = self._lines.read(row.removeprefix("#"), mark)
                text = put(text, entity, self._kind)
                text = text.replace(f"\n{row}\n", f"\n{_PLACED}{entity.path}\n", 1)
                self._taken.append(Taken(placement=entity, mark=mark))
            elif not self._is_there(text, one):
                raise ValueError(f"{placement.path}: {self._nobody(one)}")
        return text

    def _check_key(self, text: str, path: str) -> None:
        """Raises ValueError for a path that refers to nobody, before its values are judged."""
        for one in self._references(Placement(path=path)):
            written = self._is_there(text, one) or UNWRITTEN in one.key
            if not written and not self._offer(text, one):
                raise ValueError(f"{path}: {self._nobody(one)}")

    def _references(self, placement: Placement) -> Iterator[Named]:
        return references(placement, levels(placement.path, self._kind, {}))

    def _is_there(self, text: str, one: Named) -> bool:
        if one in self._ids or one.collection not in self._kind.collections:
            return True
        return any(
            each == one
            for row in text.split("\n")
            if row.startswith(_PLACED)
            for each in _entity(row.removeprefix(_PLACED))
        )

    def _nobody(self, one: Named) -> str:
        known = [each.key for each in self._ids if each.collection == one.collection]
        return f"no {one.key!r} in {one.collection}{suggestion(one.key, known)}"

    def _offer(self, text: str, entity: Named) -> tuple[str, Mark | None] | None:
        mark: Mark | None = None
        for row in text.split("\n"):
            if found := _MARK.match(row):
                mark = _mark(found, ())
            offered = _OFFERED.fullmatch(row)
            if offered is not None and entity in _entity(offered["path"]):
                return row, mark
        return None

    def _restored(self, text: str) -> str:
        for number in self._faults:
            text = text.replace(f"{_KEPT}{number}\ufdd1", self._typed(number))
        return text

    def _typed(self, number: int) -> str:
        chunk = self._chunks[number]
        return "\n".join(self._rows[chunk.start : chunk.end])

    def _told(self, text: str) -> Iterator[Fault]:
        before = 0
        for at, row in enumerate(text.split("\n"), 1):
            if row.startswith(_KEPT):
                number = int(row.removeprefix(_KEPT).removesuffix("\ufdd1"))
                more = self._typed(number).count("\n")
                yield Fault(at + before, self._faults[number], more + 1)
                before += more


def _cited(kind: Kind, document: Mapping[str, Any]) -> Iterator[str]:
    """The entries of which a draft says itself who says so."""
    for one in facts(kind, document):
        fields = one.collection.provenance
        if fields is not None and fields.sources and one.entry.get(fields.sources):
            yield one.path


def _path(text: str) -> str:
    found = LINE.fullmatch(text.partition("\n")[0])
    return found["path"] if found is not None else ""


def _entity(path: str) -> Iterator[Named]:
    """The entry of a list at the top that a path names, and nothing below it."""
    collection, bracket, key = path.partition("[")
    if bracket and key.endswith("]") and "[" not in key:
        yield Named(collection, key.removesuffix("]").strip('"'))
