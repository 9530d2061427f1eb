"""The worked examples tell what their README says."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.collect.kindfile import load_kind
from monitor.collect.snapshot import read_snapshot
from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical, content_hash
from monitor.model.comparison import Comparison, Finding, State, VersionRef
from monitor.words.wording import aside, sentence

EXAMPLES = Path(__file__).parents[2] / "examples"


def _state(example: str, as_of: str) -> State:
    folder = EXAMPLES / example
    path = folder / f"{as_of}.yaml"
    read = read_snapshot(
        path.read_bytes(), name=path.name, kind_of=lambda name: load_kind(name, relative_to=folder)
    )
    document = canonical(read.content, read.kind)
    ref = VersionRef(
        situation=read.situation, as_of=as_of, content_hash=content_hash(document, read.kind)
    )
    return State(ref=ref, document=document)


def _compared(example: str, old: str, new: str) -> Comparison:
    kind = load_kind("kind.yaml", relative_to=EXAMPLES / example)
    return compare(_state(example, old), _state(example, new), kind)


def _told(comparison: Comparison) -> dict[str, Finding]:
    return {sentence(finding): finding for finding in comparison.findings}


@pytest.mark.parametrize("example", ["cabinet", "committees"])
def test_a_kind_of_the_examples_is_short(example: str) -> None:
    lines = (EXAMPLES / example / "kind.yaml").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 30


def test_a_minister_who_changes_ministries_has_moved() -> None:
    told = _told(_compared("cabinet", "2031-03-01", "2031-06-15"))
    moved = "Cira Vale moves from Finance to Health as a deputy minister."
    assert told[moved].rule == "moved"
    assert len(told[moved].changes) == 2
    assert {finding.rule for finding in told.values()} == {"moved", "changed"}


def test_a_new_minister_replaces_the_old_one() -> None:
    told = _told(_compared("cabinet", "2031-06-15", "2031-09-30"))
    replaced = told["Cira Vale replaces Dov Halloran as minister of Health."]
    assert replaced.rule == "replaced"
    assert "Dov Halloran is no longer listed" in aside(replaced)


def test_a_minister_with_a_new_name_and_id_is_renamed_and_replaces_nobody() -> None:
    comparison = _compared("cabinet", "2031-06-15", "2031-09-30")
    (renamed,) = [finding for finding in comparison.findings if finding.rule == "renamed"]
    assert "Ada Nordvik" in sentence(renamed)
    assert "Ada Nordvik-Lund" in sentence(renamed)
    assert [finding.rule for finding in comparison.findings].count("replaced") == 1


def test_a_member_who_leaves_takes_the_cascade_of_ranks_along() -> None:
    (left,) = _compared("committees", "2031-01-10", "2031-02-20").findings
    assert left.rule == "left"
    assert sentence(left).startswith(
        "Quill Dorsey is no longer listed in the Committee on the Budget"
    )
    assert len(left.changes) == 4


def test_a_member_who_joins_in_the_middle_pushes_ranks_down_the_same_way() -> None:
    (joined,) = _compared("committees", "2031-02-20", "2031-01-10").findings
    assert joined.rule == "joined"
    assert len(joined.changes) == 4


def test_a_new_chair_replaces_the_old_one_who_stays() -> None:
    told = _told(_compared("committees", "2031-02-20", "2031-04-02"))
    replaced = told["Rhea Ellwood replaces Orla Brandt as chair of the Committee on the Budget."]
    assert "Orla Brandt stays" in aside(replaced)
    assert (
        "Ulf Harrow moves from the Committee on Fisheries to the Committee on the Budget." in told
    )


def test_another_order_of_the_file_is_no_change() -> None:
    comparison = _compared("committees", "2031-02-20", "2031-04-02")
    assert all(change.field in ("role", "rank", None) for change in comparison.changes)
