"""A draft from its opening to the mail that tells of it, and what is lost on the way: nothing."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict, MonitorError, NotFound, SnapshotRefused
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import draft_of, open_draft
from monitor.pipeline.drafting.previewing import Ahead
from monitor.pipeline.drafting.publishing import publish
from monitor.store.records import Draft
from tests.integration.pipeline.world import World

EVA_LEADS = "posts:\n  - {id: president, holder: Eva}\n"


def opened(world: World, as_of: str = "2026-03-02") -> Draft:
    return open_draft(world.program, "posts", as_of=as_of, by="ina", now=world.now)


def written(world: World, body: str, as_of: str = "2026-03-02") -> Draft:
    draft = opened(world, as_of)
    return world.program.store.drafts.save(draft, draft.text + body, by="ina", now=world.now)


def test_an_empty_draft_fits_and_says_nothing(each_world: World) -> None:
    draft = opened(each_world)
    assert draft.text.count("\nas_of: '2026-03-02'\n") == 1
    assert not check_draft(each_world.program, draft).says_something
    with pytest.raises(Conflict, match="nothing new"):
        publish(each_world.program, draft, by="ina", now=each_world.now)


def test_a_draft_of_today_follows_a_version_of_a_moment_of_today(world: World) -> None:
    today = f"{world.now:%Y-%m-%d}"
    world.adds(f"{today}T00:00:01Z", president="Adam")
    world.now = world.now.replace(hour=20)
    draft = open_draft(world.program, "posts", as_of=None, by="ina", now=world.now)
    assert f"as_of: '{today}T20:" in draft.text


def test_a_line_that_was_not_placed_is_a_fault_of_its_own(world: World) -> None:
    draft = written(world, "posts[president]: {holder: [Eva}\nposts[mayor]: 5\n")
    with pytest.raises(SnapshotRefused) as refused:
        check_draft(world.program, draft)
    lines = [str(refused.value), *refused.value.others]
    assert [line.partition(": ")[0].rpartition(":")[2] for line in lines] == ["11", "12"]


def test_nobody_is_told_of_a_draft(each_world: World) -> None:
    written(each_world, EVA_LEADS)
    each_world.passes()
    assert each_world.mail() == []


def test_what_is_published_is_told_once_though_a_file_follows(each_world: World) -> None:
    done = publish(each_world.program, written(each_world, EVA_LEADS), by="ina", now=each_world.now)
    assert [one.ref.as_of for one in done.versions] == ["2026-03-02"]
    assert done.file is not None
    assert "holder: Eva" in done.file.read_text()
    for _ in range(3):
        each_world.passes()
    told = sorted(mail.to for mail in each_world.mail())
    assert told == ["ana@example.org", "ben@example.org"]
    assert len(each_world.program.store.versions.every("posts")) == 2


def test_a_file_that_is_there_is_left_as_it_is(world: World) -> None:
    place = world.folder / "snapshots" / "2026-03-02.yaml"
    place.write_text("# something else\n")
    done = publish(world.program, written(world, EVA_LEADS), by="ina", now=world.now)
    assert (done.file, len(done.versions)) == (None, 1)
    assert place.read_text() == "# something else\n"


def test_a_preview_is_what_readers_then_get(world: World) -> None:
    draft = written(world, EVA_LEADS)
    ahead = Ahead(world.program, check_draft(world.program, draft), world.now)
    foreseen = {one.reader.spec.address: one.digest for one in ahead.all(ahead.readers())}
    assert sorted(foreseen) == ["ana@example.org", "ben@example.org"]
    assert world.program.store.versions.latest("posts") is not None
    assert len(world.program.store.versions.every("posts")) == 1
    publish(world.program, draft, by="ina", now=world.now)
    world.passes()
    (mail,) = (mail for mail in world.mail() if mail.to == "ben@example.org")
    digest = foreseen["ben@example.org"]
    assert digest is not None
    assert mail.subject == digest.subject


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("posts:\n  - {id: president, holdr: Eva}\n", "holdr"),
        ("posts:\n  - {holder: Eva}\n", "id"),
        ("posts:\n  - {id: porter, x-removed: true}\n", "porter"),
        ("posts: [\n", "draft of posts"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(world: World, body: str, said: str) -> None:
    draft = written(world, body)
    with pytest.raises(SnapshotRefused) as refused:
        publish(world.program, draft, by="ina", now=world.now)
    assert said in str(refused.value)
    assert draft_of(world.program, "posts").text == draft.text
    assert len(world.program.store.versions.every("posts")) == 1


def test_a_situation_has_one_draft(each_world: World) -> None:
    opened(each_world)
    with pytest.raises(Conflict, match="a draft already, opened by ina"):
        opened(each_world)


def test_of_two_who_save_none_loses_what_she_wrote(each_world: World) -> None:
    draft = opened(each_world)
    drafts = each_world.program.store.drafts
    drafts.save(draft, "first", by="ina", now=each_world.now)
    with pytest.raises(Conflict, match="saved by ina meanwhile"):
        drafts.save(draft, "second", by="olga", now=each_world.now)
    assert draft_of(each_world.program, "posts").text == "first"


def test_of_two_who_publish_one_does(each_world: World) -> None:
    draft = written(each_world, EVA_LEADS)
    publish(each_world.program, draft, by="ina", now=each_world.now)
    with pytest.raises(Conflict, match=r"nothing new|was published meanwhile"):
        publish(each_world.program, draft, by="olga", now=each_world.now)
    with pytest.raises(NotFound, match="has no draft"):
        draft_of(each_world.program, "posts")


def test_what_was_discarded_can_be_read_again(world: World) -> None:
    draft = written(world, EVA_LEADS)
    world.program.store.drafts.end(draft, "discarded", by="ina", now=world.now)
    last = world.program.store.drafts.last("posts")
    assert last is not None
    assert (last.ending, last.ended_by, last.text) == ("discarded", "ina", draft.text)
    assert world.program.store.drafts.all() == ()


@pytest.mark.parametrize(
    ("situation", "as_of", "said"),
    [
        ("posst", None, "did you mean posts?"),
        ("posts", "2026-02-28", "later than 2026-02-28"),
        ("posts", "soon", "--as-of"),
    ],
)
def test_what_cannot_be_opened_says_why(
    world: World, situation: str, as_of: str | None, said: str
) -> None:
    with pytest.raises(MonitorError, match=said):
        open_draft(world.program, situation, as_of=as_of, by="ina", now=world.now)


def test_a_draft_of_the_latest_day_is_a_correction(world: World) -> None:
    draft = written(world, EVA_LEADS, "2026-03-01")
    [version] = publish(world.program, draft, by="ina", now=world.now).versions
    assert (version.ref.as_of, version.ref.revision) == ("2026-03-01", 2)


def test_a_draft_that_others_have_overtaken_is_not_published_unseen(world: World) -> None:
    draft = written(world, EVA_LEADS)
    world.adds("2026-03-09", president="Carl")

    with pytest.raises(Conflict, match="is of 2026-03-09 by now, later than this draft"):
        publish(world.program, draft, by="ina", now=world.now)

    assert world.program.store.drafts.of("posts") == draft
