"""Due readers who are alike: what is due to them is written for all of them at once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.errors import StoreUnavailable
from monitor.mail.addresses import is_plain
from monitor.model.tuples import NamedTuple
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.telling.editions import MadeElsewhere
from monitor.pipeline.telling.verdicts import DIGEST, Verdict, Verdicts
from monitor.store.records import Alike, AlikeTelling, Reader


class Left(NamedTuple):
    """What became of a page: how many messages, who is looked at alone, and whose digest another
    node is just making."""

    digests: int
    alone: Sequence[int]
    later: Sequence[int]


@dataclass(slots=True)
class _Sorted:
    tellings: list[AlikeTelling] = field(default_factory=list)
    whose: list[tuple[Alike, Verdict]] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Together:
    """Of one pass."""

    verdicts: Verdicts

    def tell(self, page: Sequence[int]) -> Left:
        """Writes all that is due to those of a page who can be written to together."""
        found = self._sorted(page)
        program, now = self.verdicts.standing.program, self.verdicts.standing.now
        try:
            counts = program.store.due.tell(
                found.tellings, by=now, now=now, copied=program.copied_at
            )
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - met again, and blamed, when each is looked at alone
            alone = [number for one in found.tellings for number in one.numbers]
            return Left(0, sorted(found.alone + alone), found.later)
        told = 0
        for (alike, verdict), count in zip(found.whose, counts, strict=True):
            told += count if verdict.circular is not None else 0
            _log(alike, verdict, count)
        return Left(told, sorted(found.alone), found.later)

    def _sorted(self, page: Sequence[int]) -> _Sorted:
        verdicts, standing = self.verdicts, self.verdicts.standing
        program, found = standing.program, _Sorted()
        due, copied = program.store.due, program.copied_at
        for alike in due.alike(page, standing.now, copied=copied, known=verdicts.known):
            try:
                verdict = verdicts.of(alike)
            except MadeElsewhere:
                found.later += [one.id for one in alike.readers]
                continue
            apart = [one.id for one in alike.readers if _is_apart(program, one, verdict)]
            found.alone += apart
            if verdict is not None:
                found.tellings.append(verdict.telling(alike, without=frozenset(apart)))
                found.whose.append((alike, verdict))
        return found


def _is_apart(program: Program, reader: Reader, verdict: Verdict | None) -> bool:
    """One that fails alone, or cannot be written to as it is, must not hinder the others."""
    if verdict is None or program.patience.knows(f"{DIGEST} {reader.who}"):
        return True
    return verdict.circular is not None and not is_plain(reader.address)


def _log(alike: Alike, verdict: Verdict, count: int) -> None:
    who = alike.readers[0].who if len(alike.readers) == 1 else f"{count} readers"
    circular = verdict.circular
    if circular is None:
        if count and verdict.slot is not None:
            say("nothing-to-tell", f"nothing to tell {who}", level=logging.DEBUG, readers=count)
        return
    if count:
        held = f" (held: {circular.held})" if circular.held else ""
        said = f"{circular.reason} for {who}: {verdict.subject}{held}"
        say(f"{circular.reason}-written", said, readers=count, findings=verdict.findings)
