"""What the writer of a version says of the weight of its changes reaches readers, and goes with
the snapshot."""

from __future__ import annotations

from typing import Any

import yaml

from monitor.model.comparison import Finding, Significance
from monitor.pipeline.intake.withdrawals import withdraw
from tests.integration.pipeline.world import World


def _says(world: World, as_of: str, note: str, *weigh: dict[str, str], **more: Any) -> None:
    document = {
        "kind": "posts.kind.yaml",
        "situation": "posts",
        "as_of": as_of,
        "coverage": "partial",
        "posts": [{"id": "speaker", "note": note}],
        "weigh": list(weigh),
    }
    world.writes(f"{as_of}.yaml", yaml.safe_dump(document | more))


def _finding(world: World, old: str, new: str) -> Finding:
    versions = {one.ref.as_of: one for one in world.program.store.versions.history("posts")}
    (finding,) = world.program.comparing.between(versions[old], versions[new]).findings
    return finding


def _weight(level: str, because: str = "") -> dict[str, str]:
    found = {"path": "posts[speaker]", "significance": level}
    return found | ({"because": because} if because else {})


def test_a_trifle_of_the_kind_becomes_an_alert_with_its_reason(each_world: World) -> None:
    _says(each_world, "2026-03-02", "is ill", _weight("critical", "there is no deputy"))
    told = {mail.to: mail for mail in each_world.hears()}
    assert "Weighed as critical: there is no deputy." in told["ben@example.org"].text


def test_another_weight_of_the_same_content_makes_no_version_and_holds(each_world: World) -> None:
    _says(each_world, "2026-03-02", "is ill", _weight("major", "a hunch"))
    each_world.passes()
    assert _finding(each_world, "2026-03-01", "2026-03-02").because == ("a hunch",)
    _says(each_world, "2026-03-02", "is ill", _weight("critical", "now certain"))
    assert each_world.passes(minutes=1).snapshots == 1
    found = _finding(each_world, "2026-03-01", "2026-03-02")
    assert (found.significance, found.because) == (Significance.CRITICAL, ("now certain",))
    _says(each_world, "2026-03-02", "is ill")
    each_world.passes(minutes=1)
    assert _finding(each_world, "2026-03-01", "2026-03-02").significance is Significance.MINOR
    assert len(each_world.program.store.versions.every("posts")) == 2


def test_it_goes_with_its_snapshot(world: World) -> None:
    _says(world, "2026-03-02", "is ill", _weight("critical"))
    world.passes()
    _says(world, "2026-03-03", "is well again")
    world.passes(minutes=1)
    withdraw(world.program, "posts@2026-03-02", "wrong", world.now)
    assert _finding(world, "2026-03-01", "2026-03-03").significance is Significance.MINOR


def test_over_several_versions_each_has_its_word(world: World) -> None:
    _says(world, "2026-03-02", "is ill", _weight("critical"))
    world.passes()
    _says(world, "2026-03-03", "is very ill", _weight("noise"))
    world.passes(minutes=1)
    assert _finding(world, "2026-03-02", "2026-03-03").significance is Significance.NOISE
    assert _finding(world, "2026-03-01", "2026-03-03").significance is Significance.CRITICAL


def test_a_late_version_before_it_changes_nothing_of_it(world: World) -> None:
    _says(world, "2026-03-04", "is ill", _weight("critical"))
    world.passes()
    world.says("2026-03-02", coverage="partial", president="Carl")
    world.passes(minutes=1)
    assert _finding(world, "2026-03-02", "2026-03-04").significance is Significance.CRITICAL


def test_a_correction_is_told_as_one_and_so_is_a_file_written_again(each_world: World) -> None:
    mark = {"path": "posts", "correction": True}
    _says(each_world, "2026-03-02", "is ill", weigh=[mark])
    each_world.passes()
    assert _finding(each_world, "2026-03-01", "2026-03-02").beside.correction
    _says(each_world, "2026-03-02", "is away")
    each_world.passes(minutes=1)
    old, new = each_world.program.store.versions.every("posts")[-2:]
    (finding,) = each_world.program.comparing.between(old, new).findings
    assert finding.beside.correction
    assert not _finding(each_world, "2026-03-01", "2026-03-02").beside.correction
