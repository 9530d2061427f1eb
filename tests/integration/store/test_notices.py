"""What the operator is told, sources, judgements, digests."""

from __future__ import annotations

from monitor.model.digest import Digest
from monitor.store import Store
from tests.integration.store.world import DAY, NOW, SECOND, TALKS


def test_a_condition_is_told_once_and_once_more_when_it_is_over(store: Store) -> None:
    assert store.notices.open("source talks", "cannot be read", now=NOW)
    assert not store.notices.open("source talks", "cannot be read", now=NOW + SECOND)
    (new,), over = store.notices.take_owed(now=NOW)
    assert (new.condition, over) == ("source talks", ())
    assert store.notices.take_owed(now=NOW) == ((), ())
    assert store.notices.close("source talks", now=NOW + DAY)
    assert not store.notices.close("source talks", now=NOW + DAY)
    new_ones, (ended,) = store.notices.take_owed(now=NOW + DAY)
    assert (new_ones, ended.over_at) == ((), NOW + DAY)
    assert store.notices.take_owed(now=NOW + DAY) == ((), ())


def test_a_condition_that_comes_again_is_told_again(store: Store) -> None:
    for _ in range(2):
        assert store.notices.open("outbox", "2 dead messages", now=NOW)
        new, _ = store.notices.take_owed(now=NOW)
        store.notices.close("outbox", now=NOW)
        _, over = store.notices.take_owed(now=NOW)
        assert (len(new), len(over)) == (1, 1)


def test_a_condition_that_was_over_before_it_was_told_is_never_told(store: Store) -> None:
    store.notices.open("source talks", "cannot be read", now=NOW)
    store.notices.close("source talks", now=NOW)
    assert store.notices.take_owed(now=NOW) == ((), ())
    assert store.notices.standing() == ()


def test_two_conditions_stand_apart(store: Store) -> None:
    store.notices.open("a", "x", now=NOW)
    store.notices.open("b", "y", now=NOW)
    store.notices.close("a", now=NOW)
    assert [one.condition for one in store.notices.standing()] == ["b"]


def test_a_source_remembers_when_it_was_looked_at_and_what_troubles_it(store: Store) -> None:
    store.sources.checked("folder", now=NOW, newest="2026-02-17")
    store.sources.checked("folder", now=NOW + DAY, trouble="no such folder")
    (source,) = store.sources.all()
    assert source.checked_at == NOW + DAY
    assert (source.newest, source.trouble) == ("2026-02-17", "no such folder")
    store.sources.checked("folder", now=NOW + 2 * DAY)
    assert store.sources.all()[0].trouble is None


def test_a_source_remembers_what_it_gave_under_each_path(store: Store) -> None:
    store.sources.saw("folder", "a.yaml", "h1", refused="a.yaml:3:1: no as_of")
    store.sources.saw("folder", "b.yaml", "h2")
    store.sources.saw("folder", "a.yaml", "h3")
    seen = store.sources.files("folder")
    assert {path: one.digest for path, one in seen.items()} == {"a.yaml": "h3", "b.yaml": "h2"}
    assert seen["a.yaml"].refused is None
    assert store.sources.files("other") == {}


def test_a_judgement_stands_until_it_is_revoked(store: Store) -> None:
    judged = store.judgements.add(
        situation=TALKS,
        collection="people",
        verdict="same-as",
        left=[{"id": "a"}],
        right=[{"id": "b"}],
        reason="married",
        by="ana",
        now=NOW,
    )
    assert store.judgements.of(TALKS) == (judged,)
    store.judgements.revoke(judged.id, now=NOW + DAY)
    assert store.judgements.of(TALKS) == ()
    assert [one.revoked_at for one in store.judgements.of(TALKS, revoked=True)] == [NOW + DAY]


def test_a_digest_is_stored_once_for_all_who_share_its_input(store: Store) -> None:
    digest = Digest(
        input_hash="abc",
        subject="X replaces Y",
        text="text \0",
        html="<p>\ud800</p>",
        shown=("f1",),
        left_out=2,
        sentences=("X replaces Y.",),
    )
    first = store.digests.add(digest, {"reason": "digest"}, b"\r\nbody", now=NOW)
    again = store.digests.add(digest, {"reason": "digest"}, b"\r\nother", now=NOW + DAY)
    assert again == first == store.digests.by_hash("abc") == store.digests.get(first.id)
    assert store.digests.body(first.body) == b"\r\nbody"
    assert store.digests.input(first.id) == {"reason": "digest"}
    assert (first.text, first.html) == (
        "text \N{REPLACEMENT CHARACTER}",
        "<p>\N{REPLACEMENT CHARACTER}</p>",
    )
    assert store.digests.by_hash("def") is None
