"""Two documents without a kind, compared as `monitor diff` does, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from monitor.compare.comparison import Context, compare
from monitor.compare.infer import infer_kind
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.words import language
from monitor.words.wording import sentence

Keys: TypeAlias = Mapping[str, str] | None


def compared(
    old: Any, new: Any, *, context: Context | None = None, keys: Keys = None
) -> Comparison:
    """Two documents of any form; `keys` as for `--key`."""
    inferred = infer_kind(old, new, keys=keys)
    states = [
        State(ref=VersionRef(situation="", as_of="", content_hash=name), document=document)
        for name, document in (("old", inferred.old), ("new", inferred.new))
    ]
    return compare(states[0], states[1], inferred.kind, context=context or Context())


def sentences(old: Any, new: Any, spoken: str = "en", *, keys: Keys = None) -> list[str]:
    """What is said in their order; every change is in exactly one finding, in both directions."""
    for one, other in ((old, new), (new, old)):
        told = compared(one, other, keys=keys)
        owned = [identity for finding in told.findings for identity in finding.changes]
        assert sorted(owned) == sorted(change.id for change in told.changes)
        assert told.faults == ()
    found = compared(old, new, keys=keys)
    shown = [finding for finding in found.findings if finding.significance]
    return [sentence(finding, language(spoken)) for finding in shown]


def rules(old: Any, new: Any) -> list[tuple[str, str]]:
    """The rule and significance of each finding that matters."""
    found = compared(old, new).findings
    return [(each.rule, each.significance.word) for each in found if each.significance]


__all__ = ["compared", "rules", "sentences"]
