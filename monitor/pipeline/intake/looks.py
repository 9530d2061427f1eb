"""The sources, asked what is new, each when its interval is over; `items` takes it in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from monitor.collect.source import Look, Source, SourceMemory, in_words
from monitor.errors import SourceUnavailable
from monitor.pipeline.intake.absences import forget_gone
from monitor.pipeline.intake.documents import wanted_again
from monitor.pipeline.intake.holding import LOOK, let_in
from monitor.pipeline.intake.items import take
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.intake.refused import end_refused, refused_here
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.intake.turns import GRACE, is_ours
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.settings.sources import SourceSettings

PER_PASS: Final = 100
"""Items that one look takes from a source; the next pass takes more. Alerts and digests are told in
between, so thousands of files keep nobody waiting for more than some seconds."""


def take_in(program: Program, looks: Looks, now: datetime) -> Iterator[Passed]:
    """Look at every source whose interval is over, file by file.

    What was held until its day counts first: it stood in the order before what is new.
    """
    looks.keep(program.settings.sources)
    looks.listen(program.settings.folders)
    yield from let_in(program, now)
    for name, source in program.settings.sources.items():
        is_quiet = looks.is_waited_for(name) or looks.is_still(name, now)
        if is_quiet or not _is_due(looks, name, source, now):
            program.blame.skip(LOOK, name)
            continue
        if not is_ours(program, name, source, now):
            looks.checked[name], looks.again[name] = now, now + min(source.interval, GRACE)
            if any(row.name == name and row.trouble for row in program.store.sources.all()):
                # Who asks says when it is over.
                program.blame.skip(LOOK, name)
            continue
        found = program.blame.attempt(
            LOOK,
            name,
            f"source {name} cannot be looked at",
            partial(_look, program, looks, name, source, now),
            otherwise=None,
        )
        yield Passed()
        if found is not None:
            yield from take(program, looks, name, found, now)
    looks.busy_since = (looks.busy_since or now) if looks.rest else None


def _is_due(looks: Looks, name: str, source: SourceSettings, now: datetime) -> bool:
    """A clock that was put back must not keep a source from being asked."""
    checked = looks.checked.get(name)
    return (
        checked is None
        or name in looks.waiting
        or name in looks.rest
        or now < checked
        or now >= looks.again.get(name, now + source.interval)
        or now - checked >= source.interval
    )


def _look(
    program: Program, looks: Looks, name: str, source: SourceSettings, now: datetime
) -> Look | None:
    """One question. A source that cannot be asked is trouble, and what it gave before stays."""
    store = program.store
    before = looks.checked.pop(name, None)
    # A file that is written while the folder is looked at may be missed, and stirs it again.
    looks.still.discard(name)
    seen = store.sources.files(name)
    again = wanted_again(program, looks.shapes, name, seen)
    owed = looks.owed.get(name, set()) | again
    resting = {item for item in owed if program.patience.sleeps(f"{name}/{item}", now)}
    known = SourceMemory(
        items={path: file.digest for path, file in seen.items() if path not in again},
        memory=(memory := store.sources.memory(name)),
        owed=owed - resting,
    )
    asked = partial(_opened(program, looks, name, source).look, known, now=now, most=PER_PASS)
    try:
        look = looks.ask(name, asked) if source.is_remote else asked()
    except SourceUnavailable as error:
        looks.checked[name] = now
        looks.rest.pop(name, None)
        _note_trouble(program, name, str(error), now)
        return None
    if memory is None and not seen:
        looks.histories.add(name)
    if look is None:
        if before is not None:
            looks.checked[name] = before
        program.blame.skip(LOOK, name)
        return None
    looks.checked[name] = now
    if looks.stirring is not None and name in program.settings.folders:
        looks.still.add(name)
    looks.waiting.discard(name)
    looks.rest.pop(name, None)
    looks.again.pop(name, None)
    if look.again is not None:
        looks.again[name] = now + look.again
    if look.waiting:
        looks.waiting.add(name)
    if look.left:
        looks.rest[name], looks.rest_in[name] = look.left, look.left_in
    # What is given is owed until it has been handled.
    given = {item.name for item in look.items}
    resting = {item for item in resting - given if look.has(item)}
    looks.owed[name] = given | resting
    for item in resting:
        program.patience.stands(f"{name}/{item}")
    _note_unread(program, name, looks.opened[name], look)
    _note_refused_here(program, looks, name, refused_here(look, seen))
    end_refused(program, name, look, seen, now)
    _note_ignored(program, looks, name, look)
    looks.gone[name] = forget_gone(program, look, seen, looks.gone.get(name, frozenset()), now)
    return look


def _opened(program: Program, looks: Looks, name: str, source: SourceSettings) -> Source:
    if looks.opened_as.get(name) != source:
        settings = program.settings
        if looks.errands is not None:
            looks.errands.drop(name)
        looks.opened_as[name] = source
        looks.opened[name] = source.open(settings.base, bounds(settings.limits))
    return looks.opened[name]


def _note_ignored(program: Program, looks: Looks, source: str, look: Look) -> None:
    """What holds data by its name and is not read: no trouble, but never passed over in silence."""
    line = in_words(look.ignored)
    if looks.ignored.get(source) == line:
        return
    looks.ignored[source] = line
    program.store.sources.note_ignored(source, line)
    if line:
        warn("files-not-read", f"source {source}: {line}", source=source)


def _note_trouble(program: Program, source: str, text: str, now: datetime) -> None:
    """For readers it is the source's, for the operator this machine's: another may see it well."""
    program.store.sources.checked(source, now=now, trouble=text)
    program.blame.note(LOOK, source, f"source {source}: {text}")


def _note_unread(program: Program, source: str, opened: Source, look: Look) -> None:
    """Items that this machine cannot read. What they gave before stays known: the same bytes, once
    they can be read again, are no event."""
    for item in look.unread:
        reason = f"{opened.shown(item.name)}: {item.reason}"
        program.blame.note(LOOK, f"{source}/{item.name}", reason)


def _note_refused_here(program: Program, looks: Looks, source: str, names: frozenset[str]) -> None:
    """Where one node serves alone, nobody else's items have to be told from its own."""
    if not program.store.is_sqlite and looks.refused_here.get(source) != names:
        program.store.sources.note_refused_at(source, socket.gethostname(), names)
        looks.refused_here[source] = names
