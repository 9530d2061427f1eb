"""What a reader found of each telling. A judgement stands until its sentence changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

from monitor.collect.reader import read_document
from monitor.model.record import Record
from tests.judging.developments import HERE
from tests.judging.verdicts import Counted, Match

Verdict: TypeAlias = Literal["well", "poorly", "missed", "wrongly", "unread"]
VERDICTS: Final[tuple[Verdict, ...]] = ("well", "poorly", "missed", "wrongly", "unread")
HEAD: Final = """\
# What a reader who did not write the rules found: well, poorly, missed or wrongly, and why. `said`
# is what was judged; where the program says something else since, the judgement is void.
"""


class Judgement(Record):
    """`said` is what was judged, empty where nothing was; `because` only where it is not well."""

    told: str
    verdict: Verdict
    said: str
    because: str = ""


class Judgements:
    """Those of one situation, by the newer version of the step and the development."""

    def __init__(self, name: str) -> None:
        self._path = HERE / "judgements" / f"{name}.yaml"
        self._known = {
            (new, each["told"]): Judgement(**each)
            for new, given in self._document().items()
            for each in given
        }

    def of(self, new: str, match: Match) -> Judgement:
        """What a person said of it, or `unread`; what the count misses nobody has to read."""
        known = self._known.get((new, match.development.told))
        if known and known.said == match.said:
            return known
        because = f"{known.verdict} before: {known.because}" if known else ""
        return Judgement(
            told=match.development.told,
            verdict="missed" if match.missed else "unread",
            said=match.said,
            because="" if match.missed else because.rstrip(": "),
        )

    def write(self, counts: Sequence[Counted]) -> None:
        """Every development with what is said of it now: `unread` is for a person to replace."""
        self._path.parent.mkdir(exist_ok=True)
        self._path.write_text(HEAD + "".join(self._lines(counts)), encoding="utf-8")

    def _lines(self, counts: Sequence[Counted]) -> Iterator[str]:
        for step in counts:
            yield f"{step.step.new}:\n"
            for match in step.matches:
                judged = self.of(step.step.new, match)
                yield f"  - told: {_quoted(judged.told)}\n    verdict: {judged.verdict}\n"
                if judged.because:
                    yield f"    because: {_quoted(judged.because)}\n"
                yield f"    said: {_quoted(judged.said)}\n"

    def _document(self) -> Mapping[str, Any]:
        if not self._path.exists():
            return {}
        found: Any = read_document(self._path.read_bytes(), name=self._path.name).document
        return found  # type: ignore[no-any-return]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
