"""The two sides of `monitor diff`: files, standard input, or versions from the store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.collect.given import read_given, read_standard_input
from monitor.collect.kindfile import load_kind
from monitor.collect.merging import merge
from monitor.collect.reader import Limits
from monitor.collect.refusal import refusal
from monitor.collect.snapshot import ENVELOPE, Snapshot, check_snapshot
from monitor.compare.comparison import Context, compare
from monitor.compare.diff import diff
from monitor.compare.ignoring import Ignoring
from monitor.compare.match import MatchError
from monitor.compare.paths import path_of
from monitor.compare.said_in import said_in
from monitor.compare.significance import RuleSettings
from monitor.errors import NotFound, SnapshotRefused
from monitor.kinds.canonical import canonical, state_hash
from monitor.kinds.kind import Kind
from monitor.kinds.loose import is_provisional
from monitor.kinds.validation import validate
from monitor.model.comparison import (
    MISSING,
    Change,
    Comparison,
    Document,
    Json,
    Missing,
    State,
    VersionRef,
)
from monitor.model.patterns import regex
from monitor.model.record import Record, replace
from monitor.model.tuples import NamedTuple
from monitor.reading.form import UNDECLARED, Form, Reading
from monitor.reading.read import read_form
from monitor.words import language as language_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from monitor.cli.places import Held
    from monitor.cli.versions import VersionNames
    from monitor.compare.shapes import Form as Shape

_PLACE: Final = regex(
    r"://|@(?!\d{4}-\d{2}-\d{2})[^@:]+:"
)  # a version of a day has colons in its time
_LARGE: Final = 200_000  # bytes of both sides
_ENVELOPED: Final = frozenset(("kind", "situation"))


class Side(Record):
    """One argument, read: a snapshot, a plain document, or a version from the store."""

    name: str
    document: Json
    hash: str
    parsed: Reading | None = None
    snapshot: Snapshot | None = None
    kind: Kind | None = None
    state: State | None = None
    context: Context | None = None


class Sides(NamedTuple):
    """Two states of one kind. `old_name` and `new_name` are what the person called them.

    `parsed` are both documents as parsed, of which a JSON Patch addresses the first; `form` says
    how the compared ones hold them. `target` is what the patch has to give to the letter, MISSING
    where the newer one is partial and stands in no file as a whole. `read` is what a MatchError is
    located with.
    """

    old: State
    new: State
    kind: Kind
    old_name: str
    new_name: str
    parsed: tuple[Json, Json]
    notes: tuple[str, ...] = ()
    form: Shape | None = None
    context: Context = Context()
    read: tuple[Side, Side] | None = None
    target: Json | Missing = MISSING


def load_sides(
    old: str,
    new: str,
    *,
    kind: str | None,
    keys: Mapping[str, str],
    config: str | None,
    form: Form = UNDECLARED,
    whole: bool = True,
    exact: bool = False,
) -> Sides:
    """Read both arguments; `form` says how tables among them are read.

    Unless the documents have to be `whole`, rows of two tables that are equal may be left out.
    Unless they have to be `exact`, what is no table has its numbers as text beside one.
    Raises SnapshotRefused, KindError, NotFound, Ambiguous or MatchError.
    """
    if old == new == "-":
        raise NotFound("only one side can be read from standard input")
    given = load_kind(kind) if kind else None
    held = _alike([held_at(name) for name in (old, new)])
    if given is None and not whole and (found := _paired((old, new), held, keys, form)):
        return found
    before, after = (
        _read(name, each, given, config, form) for name, each in zip((old, new), held, strict=True)
    )
    _refuse_untaken(form, before, after)
    described = given or after.kind or before.kind
    if described is None:
        return _undescribed(before, after, keys, exact=exact)
    return _described(before, after, described, config)


def sides_of(
    names: tuple[str, str], held: tuple[bytes, bytes], *, keys: Mapping[str, str], form: Form
) -> Sides:
    """Two documents without a kind, as they were read."""
    before, after = (
        _read(name, data, None, None, form) for name, data in zip(names, held, strict=True)
    )
    return _undescribed(before, after, keys)


def compare_sides(
    sides: Sides,
    language: str = "en",
    *,
    tolerance: float | None = None,
    ignore: Sequence[str] = (),
) -> Comparison:
    """Compare them, with the kind's words in `language`; `ignore` are patterns (see ignoring.py).

    An entry without a key of its own raises SnapshotRefused with its place; a pattern that fits
    nothing raises NotFound.
    """
    context = sides.context
    if ignore:
        documents = sides.old.document, sides.new.document
        for pattern, wrong in Ignoring(ignore, sides.kind).misfits(*documents):
            raise NotFound(f"--ignore {pattern}: {wrong}")
        asked = RuleSettings(ignore=tuple(ignore))
        context = replace(context, rules=asked.over(context.rules))
    try:
        kind = said_in(sides.kind, language, language_of(language))
        kind = replace(kind, tolerance=tolerance)
        return compare(sides.old, sides.new, kind, context=context)
    except MatchError as error:
        if sides.read is None:
            raise
        raise _located(error, sides.read[error.side == "new"]) from error


def all_changes(sides: Sides) -> tuple[Change, ...]:
    """Every change, whatever is ignored of them: a patch needs them all."""
    situation = sides.new.ref.situation
    return diff(sides.old.document, sides.new.document, sides.kind, situation=situation)


def stored_sides(situation: str, *, since: str | None, config: str | None) -> Sides:
    """Baseline and latest of a situation, or the version of a day and the latest."""
    with _versions(config) as versions:
        old, new = versions.baseline_and_latest(situation)
        if since:
            old = versions.since(situation, since)
        return Sides(
            old=old.state,
            new=new.state,
            kind=new.kind,
            old_name=f"{situation}@{old.state.ref.as_of}",
            new_name=f"{situation}@{new.state.ref.as_of}",
            parsed=(old.state.document, new.state.document),
            target=new.state.document,
            context=versions.context(new, old=old),
        )


def held_at(name: str) -> bytes | Held | None:
    """What a side holds that is named by where it is; None for a version of the store."""
    if name == "-":
        return read_standard_input()
    if os.path.lexists(name) and not os.path.isdir(name):  # noqa: PTH112 - no path is made of it
        return read_given(Path(name))
    if not _PLACE.search(name) and not os.path.lexists(name):
        return None
    # An address, a commit or a folder: files, which are compared most often, start without these.
    from monitor.cli.places import hold

    return hold(name)


def _alike(held: list[bytes | Held | None]) -> list[bytes | Held | None]:
    """Two folders are read by one rule, whatever each holds."""
    if all(isinstance(each, bytes) or each is None for each in held):
        return held
    from monitor.cli.places import alike

    return alike(held)


def _paired(
    names: tuple[str, str],
    held: Sequence[bytes | Held | None],
    keys: Mapping[str, str],
    form: Form,
) -> Sides | None:
    """Two large tables, without the rows that are equal; small ones are read as quickly whole."""
    old, new = held
    if form.sheet is not None:  # tables have none, which is said when they are read as a whole
        return None
    if not isinstance(old, bytes) or not isinstance(new, bytes) or len(old) + len(new) < _LARGE:
        return None
    from monitor.cli.pairs import pair_sides

    return pair_sides(names, (old, new), keys, form)


def _read(
    name: str, held: bytes | Held | None, given: Kind | None, config: str | None, form: Form
) -> Side:
    if held is None:
        return _stored(name, config)
    if not isinstance(held, bytes):
        return _elsewhere(name, held, given, config, form)
    data = held
    parsed = read_form(data, name=name, form=form, limits=Limits.large())
    snapshot = _snapshot(parsed, name, given)
    return Side(
        name=name,
        document=parsed.document,
        hash=hashlib.sha256(data).hexdigest(),
        parsed=parsed,
        snapshot=snapshot,
        kind=snapshot.kind if snapshot else None,
    )


def _elsewhere(name: str, held: Held, given: Kind | None, config: str | None, form: Form) -> Side:
    if not held.is_bundle:
        return _read(held.name, held.data, given, config, form)
    from monitor.cli.places import document_of

    digest = hashlib.sha256(held.data).hexdigest()
    return Side(name=name, document=document_of(held, form), hash=digest)


def _refuse_untaken(form: Form, *sides: Side) -> None:
    """What was declared has to be of use for one of them."""
    if form == UNDECLARED:
        return
    from monitor.reading.untaken import untaken

    read = [side for side in sides if side.parsed is not None]
    line = untaken(form, {side.parsed.format for side in read if side.parsed is not None})
    if line is not None:
        raise SnapshotRefused(line, where=" and ".join(side.name for side in read))


def _snapshot(parsed: Reading, name: str, given: Kind | None) -> Snapshot | None:
    """What has the envelope of one; a plain document is none."""
    if not isinstance(parsed.document, dict) or not parsed.document.keys() >= _ENVELOPED:
        return None
    folder = Path() if name == "-" else Path(name).parent
    return check_snapshot(
        parsed,
        name=name,
        kind_of=lambda written: given or load_kind(written, relative_to=folder),
    )


def _stored(name: str, config: str | None) -> Side:
    if "@" not in name:
        raise NotFound(f"no file {name}; a stored version is written SITUATION@VERSION")
    with _versions(config) as versions:
        found = versions.resolve(name)
        context = versions.context(found)
    state = found.state
    return Side(
        name=name,
        document=state.document,
        hash=state.ref.content_hash,
        kind=found.kind,
        state=state,
        context=context,
    )


def _versions(config: str | None) -> AbstractContextManager[VersionNames]:
    """The store, which files never need: loaded when a situation is named."""
    from monitor.cli.versions import open_versions

    return open_versions(config)


def _described(before: Side, after: Side, kind: Kind, config: str | None) -> Sides:
    old = _state(before, kind, None)
    new = _titled(_state(after, kind, old.document), after, old)
    context = after.context or _context(config, new.ref.situation)
    if before.kind is not None and kind is after.kind and not is_provisional(before.kind):
        context = replace(context, old_kind=before.kind.hash)
    return Sides(
        old=old,
        new=new,
        kind=kind,
        old_name=before.name,
        new_name=after.name,
        parsed=(before.document, after.document),
        context=context,
        read=(before, after),
        target=_target(before, after),
    )


def _target(before: Side, after: Side) -> Json | Missing:
    """A version from the store has no envelope, and a patch leaves that of the other side alone."""
    if after.snapshot is not None and after.snapshot.coverage != "full":
        return MISSING
    if (before.state is None) == (after.state is None):
        return after.document
    content = {name: v for name, v in after.document.items() if name not in ENVELOPE}
    return {name: v for name, v in before.document.items() if name in ENVELOPE} | content


def _state(side: Side, kind: Kind, base: Document | None) -> State:
    """The full state of a side; a partial snapshot is laid over `base`."""
    if side.state is not None:
        return side.state
    if side.snapshot is not None:
        document = merge(base, side.snapshot, kind)
        ref = VersionRef(
            situation=side.snapshot.situation,
            as_of=side.snapshot.as_of,
            content_hash=state_hash(document),
            title=side.snapshot.title,
        )
        return State(ref=ref, document=document, weigh=side.snapshot.weigh)
    document = _content(side, kind, lenient=base is None)
    return State(ref=_file_ref(side), document=canonical(document, kind))


def _titled(state: State, side: Side, old: State) -> State:
    """A partial that says no title keeps the one of what it is laid over."""
    if side.snapshot is None or side.snapshot.is_full or state.ref.title is not None:
        return state
    return replace(state, ref=replace(state.ref, title=old.ref.title))


def _content(side: Side, kind: Kind, *, lenient: bool) -> Document:
    """A plain document under a kind that was named; the older one may lack what is required."""
    assert side.parsed is not None
    if kind.inferred or not isinstance(side.document, dict):
        from monitor.mapping.own import held

        content = held(side.document, kind, lambda _: side.name)
        if not validate(content, kind):
            return content
    if not isinstance(side.document, dict):
        raise SnapshotRefused("a document of a kind is an object with named lists", where=side.name)
    content = {name: value for name, value in side.document.items() if name not in ENVELOPE}
    faults = validate(content, kind, partial=lenient)
    if faults:
        raise refusal(faults, side.parsed, name=side.name, kind=kind)
    return content


def _undescribed(
    before: Side, after: Side, keys: Mapping[str, str], *, exact: bool = False
) -> Sides:
    # Two documents of a kind, which are compared most often, start without this.
    from monitor.cli.tables import alike, root_title, told
    from monitor.compare.infer import infer_kind

    notes: list[str] = []
    if not exact:
        before, after, notes = alike(before, after)
    title = root_title(before.name, after.name)
    inferred = infer_kind(before.document, after.document, keys=keys, title=title)
    return Sides(
        old=State(ref=_file_ref(before), document=inferred.old),
        new=State(ref=_file_ref(after), document=inferred.new),
        kind=inferred.kind,
        old_name=before.name,
        new_name=after.name,
        parsed=(before.document, after.document),
        notes=(*told(before, after), *notes, *inferred.notes),
        form=inferred.form,
        read=(before, after),
        target=after.document,
    )


def _file_ref(side: Side) -> VersionRef:
    """A file that is no snapshot has no situation and no date; its hash is that of its bytes."""
    return VersionRef(situation="", as_of="", content_hash=side.hash)


def _located(error: MatchError, side: Side) -> SnapshotRefused:
    """The same error with the file and line of the entry."""
    where = side.name
    path = path_of(side.document, error.entries)
    place = (
        side.parsed.locate((*path, error.position)) if side.parsed and path is not None else None
    )
    if place:
        where = side.parsed.place(side.name, place) if side.parsed else side.name
    return SnapshotRefused(error.message, where=where)


def _context(config: str | None, situation: str) -> Context:
    """The rules of a configuration that was named; without one the kind and the rules decide."""
    if config is None:
        return Context()
    from monitor.pipeline.comparison.kinds import rules_of
    from monitor.settings import load

    return Context(rules=rules_of(load(config), situation))
