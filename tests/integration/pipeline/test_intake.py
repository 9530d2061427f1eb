"""From files to the line of versions: what counts, what is refused, what waits for a person."""

from __future__ import annotations

from monitor.pipeline.intake.holding import find_held, reject, release
from tests.integration.pipeline.world import World

SIX = {f"post{number}": "Adam" for number in range(6)}


def line(world: World) -> list[tuple[str, int]]:
    """The line of versions: as_of and revision."""
    history = world.program.store.versions.history("posts")
    return [(version.ref.as_of, version.ref.revision) for version in history]


def operator_mail(world: World) -> list[str]:
    return [mail.text for mail in world.mail("operator")]


def test_a_bad_file_is_told_to_the_operator_once_and_once_when_it_is_over(world: World) -> None:
    world.writes("2026-03-02.yaml", "kind: posts.kind.yaml\nsituation: posts\nposts: [\n")
    world.passes()
    (told,) = operator_mail(world)
    world.passes(minutes=10)
    assert operator_mail(world) == []

    world.says("2026-03-02", president="Carl")
    world.passes()
    (over,) = operator_mail(world)

    assert "2026-03-02.yaml:" in told
    assert "OVER" in over.upper()
    assert line(world) == [("2026-03-01", 1), ("2026-03-02", 1)]


def test_a_bad_file_that_is_deleted_troubles_nobody_any_more(world: World) -> None:
    world.writes("2026-03-02.yaml", "nothing: of use\n")
    world.passes()
    world.removes("2026-03-02.yaml")

    assert world.passes().trouble == 0


def test_a_bad_file_leaves_the_last_good_version(world: World) -> None:
    world.says("2026-03-02", president="Carl")
    world.passes()
    world.writes("2026-03-02.yaml", "posts: 1\n")

    world.passes()

    assert line(world)[-1] == ("2026-03-02", 1)


def test_deleting_or_renaming_a_file_changes_nothing(world: World) -> None:
    world.says("2026-03-02", president="Carl")
    world.passes()
    world.mail()
    world.removes("2026-03-02.yaml")
    world.passes()
    world.says("2026-03-02", file="renamed.yaml", president="Carl")

    assert world.hears() == []
    assert line(world) == [("2026-03-01", 1), ("2026-03-02", 1)]


def test_two_files_for_one_day_are_an_error_that_names_both(world: World) -> None:
    world.says("2026-03-01", file="again.yaml", president="Carl")

    world.passes()

    (told,) = operator_mail(world)
    assert "again.yaml" in told
    assert "2026-03-01.yaml" in told


def test_every_refusal_names_its_file_in_the_same_way(world: World) -> None:
    (world.folder / "snapshots" / "link.yaml").symlink_to("/etc/passwd")
    world.says("2026-02-01", file="partial.yaml", coverage="partial", president="Adam")
    world.writes("broken.yaml", "posts: [")

    world.passes()

    files = world.program.store.sources.files("posts")
    refused = {path: file.refused for path, file in files.items() if file.refused}
    standing = world.program.store.notices.standing()
    unread = {one.condition.partition("@")[0]: one.text for one in standing}
    refused["link.yaml"] = unread["fault:look:posts/link.yaml"]
    assert refused.keys() == {"link.yaml", "partial.yaml", "broken.yaml"}
    assert all(reason.startswith(f"snapshots/{path}:") for path, reason in refused.items())


def test_content_that_is_seen_again_makes_no_version(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta")

    assert world.hears() == []
    assert line(world) == [("2026-03-01", 1)]
    assert [as_of for _, as_of in world.program.store.snapshots.seen_again("posts")] == [
        "2026-03-02"
    ]


def test_a_late_snapshot_enters_the_line_and_alerts_nobody(world: World) -> None:
    world.says("2026-03-03", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.says("2026-03-02", president="Dora", speaker="Berta")

    assert world.hears() == []
    assert [as_of for as_of, _ in line(world)] == ["2026-03-01", "2026-03-02", "2026-03-03"]


def test_a_late_snapshot_makes_new_revisions_of_the_partial_ones_after_it(world: World) -> None:
    world.says("2026-03-04", coverage="partial", president="Carl")
    world.passes()
    world.mail()
    world.says("2026-03-03", president="Adam", speaker="Dora")

    (ben,) = [mail for mail in world.hears() if mail.to == "ben@example.org"]

    assert line(world)[-1] == ("2026-03-04", 2)
    assert "Dora" in ben.text
    assert "Carl" not in ben.text.split("BASELINE")[0]


def test_a_corrected_snapshot_is_told_as_the_difference_it_makes(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.says("2026-03-02", president="Dora", speaker="Berta")

    (ben,) = [mail for mail in world.hears() if mail.to == "ben@example.org"]

    assert line(world)[-1] == ("2026-03-02", 2)
    assert "Carl" in ben.text
    assert "Dora" in ben.text


def test_an_emptied_version_is_held_and_the_operator_asked_once(world: World) -> None:
    world.says("2026-03-02", **SIX)
    world.passes()
    world.mail()
    world.says("2026-03-03", post0="Adam")

    heard = world.hears()
    world.passes(hours=1)

    assert [mail.to for mail in heard] == ["operator@example.org"]
    assert operator_mail(world) == []
    assert line(world)[-1] == ("2026-03-02", 1)


def test_a_released_version_is_told_and_a_newer_partial_stands_on_it(world: World) -> None:
    world.says("2026-03-02", **SIX)
    world.passes()
    world.says("2026-03-03", post0="Adam")
    world.says("2026-03-04", coverage="partial", post1="Carl")
    world.passes()
    world.mail()

    release(world.program, find_held(world.program, "posts@2026-03-03"), world.now)
    heard = world.hears()

    assert line(world)[-2:] == [("2026-03-03", 1), ("2026-03-04", 2)]
    assert {mail.to for mail in heard} >= {"ben@example.org", "operator@example.org"}


def test_a_rejected_version_stays_out_and_says_nothing(world: World) -> None:
    world.says("2026-03-02", **SIX)
    world.passes()
    world.says("2026-03-03", post0="Adam")
    world.passes()
    world.mail()

    reject(world.program, find_held(world.program, "posts@2026-03-03"), "a mistake", world.now)
    heard = world.hears()
    world.says("2026-03-04", **{**SIX, "post0": "Carl"})
    world.passes()

    assert [mail.to for mail in heard] == ["operator@example.org"]
    assert line(world) == [("2026-03-01", 1), ("2026-03-02", 1), ("2026-03-04", 1)]


def test_a_source_without_its_folder_is_trouble_until_it_is_back(world: World) -> None:
    folder = world.folder / "snapshots"
    folder.rename(world.folder / "elsewhere")
    assert world.passes().trouble == 1
    (world.folder / "elsewhere").rename(folder)

    assert world.passes().trouble == 0


def test_a_stale_source_is_told_once_and_in_the_digest(world: World) -> None:
    world.restarts(config=STALE)
    world.passes(hours=24 * 10)
    (told,) = operator_mail(world)
    world.says("2026-03-13", president="Carl")

    world.passes(hours=24)

    assert "stale" in told
    assert "OVER" in operator_mail(world)[0].upper()


STALE = """
[sources.posts]
folder = "snapshots"
interval = "1s"
stale_after = "3d"

[mail]
operator = "operator@example.org"
"""


def test_a_partial_that_says_nothing_corrects_nothing(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    nothing = "kind: posts.kind.yaml\nsituation: posts\nas_of: 2026-03-02\ncoverage: partial\n"
    world.writes("2026-03-02.yaml", nothing)
    assert world.hears(minutes=1) == []
    assert line(world)[-1] == ("2026-03-02", 1)
