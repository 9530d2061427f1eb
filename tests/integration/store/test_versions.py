"""Versions: their order, revisions, what is held, and how a person names one."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from monitor.errors import Ambiguous, Conflict, NotFound
from monitor.model.authorship import Authorship
from monitor.store import Store
from monitor.store.records import NewSnapshot
from tests.integration.store.world import DAY, NOW, TALKS, new_version, situation, version


def test_the_latest_is_last_by_as_of_and_not_by_arrival(store: Store) -> None:
    newest = version(store, "2026-02-17")
    version(store, "2026-02-05")
    assert store.versions.latest(TALKS) == newest


def test_a_date_sorts_first_in_its_day(store: Store) -> None:
    noon = version(store, "2026-02-17T12:00:00Z")
    version(store, "2026-02-17")
    assert store.versions.latest(TALKS) == noon


def test_a_correction_is_a_new_revision_and_the_old_one_stays(store: Store) -> None:
    first = version(store, "2026-02-05", "wrong")
    second = version(store, "2026-02-05", "right")
    assert (first.ref.revision, second.ref.revision) == (1, 2)
    assert store.versions.history(TALKS) == (second,)
    assert store.versions.state(first.id).document == {"says": "wrong"}


def test_a_held_version_does_not_count_until_it_is_released(store: Store) -> None:
    good = version(store, "2026-02-05")
    held = version(store, "2026-02-17", held="emptied")
    assert store.versions.latest(TALKS) == good
    assert store.versions.held() == (held,)
    store.versions.release(held.id)
    latest = store.versions.latest(TALKS)
    assert latest is not None
    assert latest.id == held.id


def test_a_rejected_version_never_counts_and_cannot_be_released(store: Store) -> None:
    good = version(store, "2026-02-05")
    held = version(store, "2026-02-17", held="emptied")
    assert store.versions.reject(held.id, "a broken export").state == "rejected"
    assert store.versions.latest(TALKS) == good
    with pytest.raises(Conflict):
        store.versions.release(held.id)
    with pytest.raises(NotFound):
        store.versions.resolve(TALKS, "2026-02-17")


def test_a_content_that_comes_back_is_stored_once_and_is_a_version_again(store: Store) -> None:
    first = version(store, "2026-02-05", "A")
    version(store, "2026-02-08", "B")
    back = version(store, "2026-02-15", "A")
    assert back.ref.content_hash == first.ref.content_hash
    assert [one.ref.as_of for one in store.versions.history(TALKS)] == [
        "2026-02-05",
        "2026-02-08",
        "2026-02-15",
    ]


def test_history_as_it_was_known_on_a_date_leaves_out_what_was_learned_later(store: Store) -> None:
    early = version(store, "2026-02-05", "early")
    version(store, "2026-02-05", "corrected", learned_at=NOW + DAY)
    assert store.versions.history(TALKS, learned_by=NOW) == (early,)
    assert store.versions.latest(TALKS, learned_by=NOW) == early
    assert store.versions.latest(TALKS, learned_by=NOW - DAY) is None


def test_a_situation_without_versions_has_no_latest_and_no_baseline(store: Store) -> None:
    situation(store)
    assert store.versions.latest(TALKS) is None
    assert store.situations.baseline(TALKS) is None


def test_the_baseline_is_the_previous_version_unless_one_is_pinned(store: Store) -> None:
    first, second, _ = (version(store, day) for day in ("2026-02-02", "2026-02-05", "2026-02-08"))
    assert store.situations.baseline(TALKS) == second
    store.situations.set_baseline(TALKS, "pinned", first.id)
    assert store.situations.baseline(TALKS) == first
    store.situations.set_baseline(TALKS, "previous", None)
    assert store.situations.baseline(TALKS) == second


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("latest", "2026-02-08"),
        ("previous", "2026-02-05"),
        ("baseline", "2026-02-05"),
        ("2026-02-02", "2026-02-02"),
    ],
)
def test_a_version_is_named_by_its_role_or_its_date(store: Store, name: str, as_of: str) -> None:
    for day in ("2026-02-02", "2026-02-05", "2026-02-08"):
        version(store, day)
    assert store.versions.resolve(TALKS, name).ref.as_of == as_of


def test_a_version_is_named_by_the_beginning_of_its_hash(store: Store) -> None:
    version(store, "2026-02-02", content_hash="ab12" + "0" * 60)
    other = version(store, "2026-02-05", content_hash="cd34" + "0" * 60)
    assert store.versions.resolve(TALKS, "cd34") == other


def test_a_hash_prefix_of_two_contents_lists_both(store: Store) -> None:
    version(store, "2026-02-02", content_hash="ab12" + "0" * 60)
    version(store, "2026-02-05", content_hash="ab12" + "1" * 60)
    with pytest.raises(
        Ambiguous, match=r"ab1200000000 \(2026-02-02\), ab1211111111 \(2026-02-05\)"
    ):
        store.versions.resolve(TALKS, "ab12")


@pytest.mark.parametrize("name", ["2026-01-01", "ab", "%", "latest;", "ffff"])
def test_a_name_that_fits_no_version_is_not_found(store: Store, name: str) -> None:
    version(store, "2026-02-02", content_hash="ab12" + "0" * 60)
    with pytest.raises(NotFound):
        store.versions.resolve(TALKS, name)


def test_a_version_of_an_unknown_situation_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no situation 'talks'"):
        store.versions.add(new_version("2026-02-02"))


def test_a_document_keeps_one_apart_from_true_and_any_text(store: Store) -> None:
    document = {"b": 1, "a": 1.0, "t": True, "x": "a\0b \ud800 Ж", "n": None, "big": 10**30}
    stored = version(store, "2026-02-02", document=document, title="nul \0 and \ud800")
    read = store.versions.state(stored.id).document
    assert read == document
    assert [type(read[name]) for name in "bat"] == [int, float, bool]
    assert list(read) == list(document)


def test_it_knows_which_versions_owe_their_comparison(store: Store) -> None:
    first, second = version(store, "2026-02-02"), version(store, "2026-02-05")
    assert store.versions.owed() == (first, second)
    store.versions.compared(first.id, now=NOW)
    assert store.versions.owed() == (second,)


def test_what_a_snapshot_said_is_kept_byte_for_byte(store: Store) -> None:
    situation(store)
    snapshot = NewSnapshot(
        situation=TALKS,
        as_of="2026-02-05",
        coverage=("delegations", "rounds"),
        kind_hash="k1",
        title=None,
        source="folder",
        path="talks/2026-02-05.yaml",
        data=b"as_of: 2026-02-05\r\n\xff",
        content={"rounds": []},
        learned_at=NOW + timedelta(microseconds=5),
        authorship=Authorship(where="talks.git@1a2b3c4", at=NOW, by="Ana Reyes", subject="Add"),
    )
    number = store.snapshots.add(snapshot).id
    assert store.snapshots.data(number) == snapshot.data
    assert store.snapshots.content(number) == snapshot.content
    (row,) = store.snapshots.of(TALKS)
    assert row == store.snapshots.get(number)
    assert (row.coverage, row.authorship) == (snapshot.coverage, snapshot.authorship)
    assert row.learned_at == snapshot.learned_at


def test_what_a_person_has_chosen_is_not_pinned_over(store: Store) -> None:
    first, second = version(store, "2026-02-05"), version(store, "2026-02-17")
    assert store.situations.pin_first(TALKS, first.id)
    assert not store.situations.pin_first(TALKS, second.id)
    assert store.situations.get(TALKS).baseline == first.id


def test_what_came_before_is_found_among_many_of_one_day_when_clocks_go_back(store: Store) -> None:
    summer = [f"2026-10-25T0{hour}:{minute}:00+03:00" for hour in (1, 2, 3) for minute in (10, 40)]
    winter = [f"2026-10-25T0{hour}:{minute}:00+02:00" for hour in (3, 4, 5) for minute in (20, 50)]
    line = ["2026-10-23", "2026-10-24", "2026-10-25", *summer, *winter, "2026-10-26"]
    made = [version(store, as_of) for as_of in [*line[::2], *line[1::2]]]
    by_day = {one.ref.as_of: one for one in made}
    assert [one.ref.as_of for one in store.versions.history(TALKS)] == line
    for before, after in pairwise(line):
        assert store.versions.previous(by_day[after].id) == by_day[before]
        assert store.versions.upto(TALKS, after) == by_day[after]
    assert store.versions.previous(by_day[line[0]].id) is None
    assert store.versions.upto(TALKS, "2026-10-22") is None
    assert store.versions.upto(TALKS, "2026-10-25T02:50:00+03:00") == by_day[summer[3]]
    assert store.versions.upto(TALKS, "2026-12-01") == by_day["2026-10-26"]
