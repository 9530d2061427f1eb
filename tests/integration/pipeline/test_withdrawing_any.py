"""What a situation stands on is taken out and put back: no nonsense is told, nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from monitor.errors import Ambiguous, Conflict, MonitorError
from monitor.pipeline.intake.holding import find_held, release
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.intake.withdrawals import Changed, put_back, withdraw
from monitor.pipeline.telling.digests import prepare
from monitor.pipeline.telling.rendering import Prepared, Press, write
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.trouble.conditions import find_trouble
from tests.integration.pipeline.world import Mail, World


def latest(world: World) -> dict[str, str] | None:
    found = world.program.store.versions.latest("posts")
    if found is None:
        return None
    document = world.program.store.versions.state(found.id).document
    return {post["id"]: post["holder"] for post in document["posts"]}


def out(world: World, as_of: str, reason: str = "of another year") -> Changed:
    return withdraw(world.program, f"posts@{as_of}", reason, world.now)


def back(world: World, as_of: str) -> Changed:
    return put_back(world.program, f"posts@{as_of}", world.now)


def ben(mails: list[Mail]) -> str:
    return "\n".join(" ".join(mail.text.split()) for mail in mails if mail.to.startswith("ben"))


def needs(world: World, sort: str) -> list[str]:
    found = find_trouble(world.program, world.now)
    return [text for name, text in found.items() if name.startswith(sort)]


def test_without_a_state_one_line_is_told_and_then_all_goes_on(each_world: World) -> None:
    each_world.says("2026-03-02", coverage="partial", speaker="Dora")
    each_world.hears()
    done = out(each_world, "2026-03-01")

    assert done.latest is None
    assert [one.as_of for one in done.anew.stranded] == ["2026-03-02"]
    (line,) = needs(each_world, "stateless")
    assert "posts has no state: its snapshot of 2026-03-01 was withdrawn on 2026-03-02" in line
    told = ben(each_world.hears(minutes=1))
    assert "The snapshot of 1 Mar 2026 was withdrawn: of another year. Nothing is known" in told
    assert "no longer" not in told.replace("no longer holds", "")
    assert "Adam" not in told
    assert "Dora" not in told
    assert ben(each_world.hears(hours=30)) == ""

    each_world.says("2026-03-04", president="Adam", speaker="Emil")
    told = ben(each_world.hears(minutes=1))
    assert "Emil" in told
    assert "Dora" in told  # what was told before is what it is compared with
    assert "Adam" not in told
    assert needs(each_world, "stateless") == []


def test_a_full_one_from_before_carries_the_partials_again(each_world: World) -> None:
    each_world.says("2026-03-02", coverage="partial", speaker="Dora")
    each_world.hears()
    out(each_world, "2026-03-01")
    each_world.hears(minutes=1)
    each_world.says("2026-02-27", president="Fred", speaker="Berta")
    told = ben(each_world.hears(minutes=1))
    assert latest(each_world) == {"president": "Fred", "speaker": "Dora"}
    assert "Fred" in told
    assert "Dora" not in told


def test_partials_are_laid_over_the_full_one_before(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-03", coverage="partial", speaker="Dora")
    world.passes()
    out(world, "2026-03-02")
    assert latest(world) == {"president": "Adam", "speaker": "Dora"}
    back(world, "2026-03-02")
    assert latest(world) == {"president": "Carl", "speaker": "Dora"}


def test_putting_back_is_news_like_any_other(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    each_world.hears()
    out(each_world, "2026-03-02")
    assert "Adam" in ben(each_world.hears(minutes=1))
    back(each_world, "2026-03-02")
    told = ben(each_world.hears(minutes=1))
    assert "Carl replaces Adam" in told or "from Adam to Carl" in told
    assert "The snapshot of 2 Mar 2026, which was withdrawn, counts again. What is so" in told
    assert ben(each_world.hears(hours=25)) == ""
    reader = each_world.program.store.subscriptions.find("ben@example.org", "digest")
    assert reader is not None
    (moved,) = each_world.program.store.subscriptions.moves(reader.id)
    assert moved.cause == "message"
    # and again: it is told again, as it was told of it again
    out(each_world, "2026-03-02", "wrong after all")
    assert "withdrawn: wrong after all." in ben(each_world.hears(minutes=1))


def test_who_heard_that_nothing_is_known_hears_that_it_is(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    each_world.hears()
    out(each_world, "2026-03-02")
    out(each_world, "2026-03-01")
    assert ben(each_world.hears(minutes=1)).count("was withdrawn: of another year") == 2
    back(each_world, "2026-03-02")
    told = ben(each_world.hears(minutes=1))
    assert "The snapshot of 2 Mar 2026, which was withdrawn, counts again. Nothing else" in told
    each_world.restarts()
    assert ben(each_world.hears(minutes=1)) == ""
    out(each_world, "2026-03-02", "after all")
    assert "was withdrawn: after all." in ben(each_world.hears(minutes=1))


def test_out_and_back_between_two_digests_is_no_news(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears(hours=24)
    before = world.program.store.versions.latest("posts")
    out(world, "2026-03-02")
    back(world, "2026-03-02")
    assert world.program.store.versions.latest("posts") == before
    assert world.hears(hours=24) == []


def test_back_without_anything_that_was_withdrawn_is_refused(world: World) -> None:
    with pytest.raises(Conflict, match=r"^nothing of posts was withdrawn$"):
        back(world, "2026-03-01")
    for day in ("2026-03-02", "2026-03-03"):
        world.says(day, president=f"P{day[-1]}", speaker="Berta")
    world.passes()
    out(world, "2026-03-02")
    with pytest.raises(
        Conflict, match="2026-03-03 was not withdrawn; withdrawn are: posts@2026-03-02"
    ):
        back(world, "2026-03-03")
    out(world, "latest")
    with pytest.raises(Ambiguous, match="name one: posts@2026-03-02, posts@2026-03-03"):
        put_back(world.program, "posts", world.now)
    back(world, "2026-03-03")
    assert put_back(world.program, "posts", world.now).snapshot.as_of == "2026-03-02"


def test_what_was_held_is_held_again(world: World) -> None:
    world.says("2026-03-02", president="Carl", note="x")
    world.says("2026-09-02", president="Fred", speaker="Berta")
    world.passes()
    (held,) = [one for one in world.program.store.versions.held() if one.hold == "early"]
    out(world, "2026-09-02")
    assert held.id not in {one.id for one in world.program.store.versions.held()}
    back(world, "2026-09-02")
    assert held in world.program.store.versions.held()
    release(world.program, find_held(world.program, "posts@2026-09-02"), world.now)
    assert latest(world) == {"president": "Fred", "speaker": "Berta"}


def test_evidence_that_said_nothing_new(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta")
    world.passes()
    assert out(world, "2026-03-02").anew.versions == ()
    with pytest.raises(Conflict, match="already withdrawn"):
        out(world, "2026-03-02")
    assert world.program.store.snapshots.seen_again("posts") == ()
    back(world, "2026-03-02")
    assert [as_of for _, as_of in world.program.store.snapshots.seen_again("posts")] == [
        "2026-03-02"
    ]


@pytest.mark.parametrize(
    ("parts", "stands"),
    [
        ([("partial", {"speaker": "Dora"})], {"president": "Adam", "speaker": "Dora"}),
        (
            [("partial", {"speaker": "Dora"}), ("partial", {"clerk": "Emil"})],
            {"clerk": "Emil", "president": "Adam", "speaker": "Dora"},
        ),
        ([("partial", {"speaker": "Dora"}), ("full", {"speaker": "Fred"})], {"speaker": "Fred"}),
    ],
)
def test_what_is_added_for_the_day_of_a_full_one_is_laid_over_it(
    each_world: World, parts: list[tuple[str, dict[str, str]]], stands: dict[str, str]
) -> None:
    for coverage, posts in parts:
        each_world.adds("2026-03-01", coverage=coverage, **posts)
    assert latest(each_world) == stands
    each_world.adds("2026-02-20", president="Zoe", clerk="Zed")
    assert latest(each_world) == stands
    out(each_world, "2026-03-01")  # what was said last for the day
    out(each_world, each_world.program.store.versions.history("posts")[-1].ref.as_of)
    back(each_world, "2026-03-01")


def test_a_file_that_corrects_a_partial_takes_its_place(world: World) -> None:
    world.says("2026-03-02", coverage="partial", speaker="Dora", clerk="Emil")
    world.passes()
    world.says("2026-03-02", coverage="partial", speaker="Dora")
    world.passes()
    assert latest(world) == {"president": "Adam", "speaker": "Dora"}


def test_a_partial_that_fits_nothing_waits_and_is_named(world: World) -> None:
    world.writes("club.kind.yaml", CLUB)
    world.writes("c1.yaml", club("2026-03-01", "people: [{id: a}, {id: b}]"))
    world.writes("c2.yaml", club("2026-03-02", "people: [{id: a}, {id: b}, {id: c}]"))
    world.passes()
    world.writes("c3.yaml", club("2026-03-03", "heads: [{person: c}]", coverage="partial"))
    world.passes()
    world.writes("c4.yaml", club("2026-03-04", "people: [{id: d}]", coverage="partial"))
    world.passes()
    done = withdraw(world.program, "club@2026-03-02", "wrong", world.now)
    assert [one.as_of for one in done.anew.stranded] == ["2026-03-03"]
    (line,) = needs(world, "stranded")
    assert "club of 2026-03-03 counts no more: laid over the state before it" in line
    found = world.program.store.versions.latest("club")
    assert found is not None
    assert world.program.store.versions.state(found.id).document == {
        "people": [{"id": "a"}, {"id": "b"}, {"id": "d"}]
    }
    world.writes("c5.yaml", club("2026-03-05", "people: [{id: e}]", coverage="partial"))
    world.passes()
    assert needs(world, "refused") == []
    done = put_back(world.program, "club@2026-03-02", world.now)
    assert done.anew.afloat == ("2026-03-03",)
    assert needs(world, "stranded") == []
    world.restarts()


CLUB = """
title: Club
type: object
additionalProperties: false
properties:
  people:
    type: array
    x-key: [id]
    items:
      type: object
      additionalProperties: false
      required: [id]
      properties: {id: {type: string}}
  heads:
    type: array
    x-key: [person]
    items:
      type: object
      additionalProperties: false
      required: [person]
      properties: {person: {type: string, x-ref: people}}
"""


def club(as_of: str, text: str, coverage: str = "full") -> str:
    return f"kind: club.kind.yaml\nsituation: club\nas_of: {as_of}\ncoverage: {coverage}\n{text}\n"


def pinned(world: World, version: str) -> None:
    found = world.program.store.versions.resolve("posts", version)
    world.program.store.situations.set_baseline("posts", "pinned", found.id)


def pin(world: World) -> tuple[str, str | None, str | None]:
    found = world.program.store.versions.pin("posts")
    return (
        found.how,
        found.version.ref.as_of if found.version else None,
        found.fallen.ref.as_of if found.fallen else None,
    )


def test_a_pin_falls_to_the_version_before_and_comes_back(each_world: World) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        each_world.says(day, president=f"P{day[-1]}", speaker="Berta")
        each_world.hears(minutes=1)
    pinned(each_world, "2026-03-02")
    out(each_world, "baseline")
    assert pin(each_world) == ("pinned", "2026-03-01", "2026-03-02")
    assert "AGAINST THE BASELINE OF 1 MAR 2026" in ben(each_world.hears(minutes=1)).upper()
    back(each_world, "baseline")
    assert pin(each_world) == ("pinned", "2026-03-02", None)


def test_a_pin_falls_to_what_was_said_before_for_the_day(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-02", president="Carla", speaker="Berta")
    world.passes()
    pinned(world, "2026-03-02")
    done = out(world, "2026-03-02")
    assert done.stands is not None
    assert done.stands.ref.revision == 1
    assert done.after.version == done.stands
    assert pin(world) == ("pinned", "2026-03-02", "2026-03-02")


def test_a_pin_at_the_first_is_none_any_more(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.says("2026-03-03", president="Emil", speaker="Berta")
    world.passes()
    pinned(world, "2026-03-01")
    out(world, "2026-03-01")
    assert pin(world) == ("previous", "2026-03-02", "2026-03-01")
    pinned(world, "2026-03-03")
    back(world, "2026-03-01")
    assert pin(world) == ("pinned", "2026-03-03", None)


def test_a_pin_goes_with_what_is_derived_anew_at_its_day(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-03", coverage="partial", speaker="Dora")
    world.passes()
    pinned(world, "2026-03-03")
    done = out(world, "2026-03-02")
    assert done.after.version in done.anew.versions
    assert pin(world) == ("pinned", "2026-03-03", None)
    done = back(world, "2026-03-02")
    assert done.after.version in done.anew.versions


def told(world: World, address: str = "ben@example.org") -> tuple[int, str | None]:
    """Where the reader's pointer stands, and why."""
    reader = world.program.store.subscriptions.find(address, "digest")
    assert reader is not None
    (pointer,) = reader.pointers
    (moved,) = world.program.store.subscriptions.moves(reader.id)
    return pointer.told, moved.cause


def prepared(world: World) -> Prepared:
    """What a node that is stopped for a while is about to write."""
    reader = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert reader is not None
    found = prepare(Standing(world.program, world.now), Press(world.program), reader)
    assert found is not None
    return found


def taken_in(world: World) -> None:
    """Another node has just taken in what lies there, and told nobody yet."""
    world.now += timedelta(seconds=5)
    for _ in take_in(world.program, world.memory.looks, world.now):
        pass


def test_what_another_node_was_about_to_tell_of_it_is_not_written(each_world: World) -> None:
    before = told(each_world)
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    taken_in(each_world)
    late = prepared(each_world)
    out(each_world, "2026-03-02")
    assert write(each_world.program, [late], each_world.now) == 0
    assert told(each_world) == before
    assert ben(each_world.hears(minutes=1)) == ""


def test_what_another_node_was_about_to_take_back_is_told_once(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    each_world.hears()
    out(each_world, "2026-03-02")
    late = prepared(each_world)
    assert "was withdrawn" in ben(each_world.hears(minutes=1))
    back(each_world, "2026-03-02")
    assert write(each_world.program, [late], each_world.now) == 0
    assert "counts again" in ben(each_world.hears(minutes=1))
    number, cause = told(each_world)
    assert (cause, each_world.program.store.versions.get(number).ref.as_of) == (
        "message",
        "2026-03-02",
    )


def test_a_line_without_a_state_moves_no_pointer(each_world: World) -> None:
    before = told(each_world)
    out(each_world, "2026-03-01")
    assert "Nothing is known" in ben(each_world.hears(minutes=1))
    assert told(each_world) == before
    each_world.says("2026-03-03", president="Carl", speaker="Berta")
    each_world.hears(minutes=1)
    assert told(each_world)[1] == "message"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_is_what_counts(each_world: World, seed: int) -> None:
    """As the model of the line says it, on a real database and by commands."""
    random = Random(seed)
    store = each_world.program.store
    for _ in range(14):
        each_world.now += timedelta(minutes=1)
        day = f"2026-02-2{random.randint(1, 4)}"
        posts = {post: f"N{random.randint(1, 3)}" for post in "xyz" if random.random() < 0.6}
        try:
            match random.choice(["full", "partial", "out", "back"]):
                case "out":
                    out(each_world, day)
                case "back":
                    back(each_world, day)
                case coverage:
                    each_world.adds(day, coverage=coverage, **posts)
        except MonitorError:
            continue
        for held in store.versions.held():
            with suppress(MonitorError):
                release(each_world.program, held, each_world.now)
        line, due = store.versions.history("posts"), from_scratch(each_world)
        assert all(latest_of(each_world, one.id) == due[one.ref.as_of] for one in line)
        assert latest(each_world) == (list(due.values())[-1] if due else None)


def latest_of(world: World, number: int) -> dict[str, str]:
    document = world.program.store.versions.state(number).document
    return {post["id"]: post["holder"] for post in document["posts"]}


def from_scratch(world: World) -> dict[str, dict[str, str]]:
    """The state of each day, of what counts and of nothing else."""
    held = {one.snapshot for one in world.program.store.versions.held()}
    state: dict[str, str] | None = None
    found: dict[str, dict[str, str]] = {}
    for row in world.program.store.snapshots.of("posts"):
        if row.id in held or row.aside not in (None, "stranded"):
            continue
        said = {
            post["id"]: post["holder"]
            for post in world.program.store.snapshots.content(row.id)["posts"]
        }
        if row.coverage == "full":
            state = said
        elif state is not None:
            state = state | said
        if state is not None:
            found[row.as_of] = dict(sorted(state.items()))
    return found


def test_a_partial_dropped_beside_the_full_one_of_its_day_says_what_to_do(world: World) -> None:
    world.says("2026-03-01", file="more.yaml", coverage="partial", speaker="Dora")
    world.passes()
    (line,) = needs(world, "refused")
    assert "2026-03-01.yaml already speaks for posts as of 2026-03-01; keep one of the two" in line
    assert "write its time of day into as_of, or lay it over that one by hand" in line
    assert latest(world) == {"president": "Adam", "speaker": "Berta"}
    world.adds("2026-03-01", coverage="partial", speaker="Dora")
    assert latest(world) == {"president": "Adam", "speaker": "Dora"}


def test_a_partial_of_another_file_is_laid_over_what_a_deleted_one_said(world: World) -> None:
    world.removes("2026-03-01.yaml")
    world.says("2026-03-01", file="more.yaml", coverage="partial", speaker="Dora")
    world.passes()
    assert latest(world) == {"president": "Adam", "speaker": "Dora"}
