"""A rate holds over any window, and nobody waits longer than it asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.model.rate import GRAINS, Limit, Rate, Rates, Taken

RATES = st.builds(
    lambda messages, seconds: Rate(messages=messages, seconds=seconds),
    st.integers(1, 12),
    st.sampled_from([1, 60, 3600, 86_400]),
)
STEPS = st.lists(st.tuples(st.floats(0, 1.5), st.integers(1, 8), st.floats(0, 1)), max_size=60)


@given(RATES, STEPS)
def test_no_window_holds_more_than_the_rate(
    rate: Rate, steps: list[tuple[float, int, float]]
) -> None:
    at, begun = 1_790_000_000.0, []
    taken: Taken = ()
    for wait, wanted, late in steps:
        at += wait * rate.seconds
        number = min(wanted, rate.left(taken, at))
        taken = rate.take(taken, at, number)
        # A message is begun as late as its grant lets it.
        begun += [at + late * rate.grant] * number
    assert most_in_a_window(begun, rate.seconds) <= rate.messages


def most_in_a_window(times: list[float], seconds: float) -> int:
    # A nanosecond short of the window, because the times of the test are rounded too.
    ordered = sorted(times)
    return max(
        (sum(1 for other in ordered if 0 <= other - one < seconds - 1e-6) for one in ordered),
        default=0,
    )


@given(RATES, STEPS)
def test_at_the_time_that_is_said_one_more_may_be_taken_and_not_before(
    rate: Rate, steps: list[tuple[float, int, float]]
) -> None:
    at = 1_790_000_000.0
    taken: Taken = ()
    for wait, wanted, _ in steps:
        at += wait * rate.seconds
        taken = rate.take(taken, at, min(wanted, rate.left(taken, at)))
        then = rate.next(taken, at)
        assert rate.left(taken, then) > 0
        assert then == at or rate.left(taken, (at + then) / 2) == 0
        assert then - at <= rate.seconds * (1 + 2 / GRAINS) + rate.grant


def test_all_of_a_quota_may_go_at_once() -> None:
    rate = Rate(messages=500, seconds=86_400)
    assert rate.left((), 1000.0) == 500


def test_a_log_stays_small_however_often_something_is_taken() -> None:
    rate = Rate(messages=100_000, seconds=3600)
    taken: Taken = ()
    for number in range(20_000):
        taken = rate.take(taken, 1000.0 + number / 2, 1)
    assert len(taken) <= GRAINS + 3


def test_a_clock_that_is_set_back_stops_mail_for_one_window_at_most() -> None:
    rate = Rate(messages=2, seconds=60)
    taken = rate.take((), 10_000.0, 2)
    back = 10_000.0 - 3600
    assert rate.left(taken, back) == 0
    assert rate.next(taken, back) <= back + 60 + rate.grant + 1


def test_a_rate_that_was_lowered_counts_what_was_taken_before() -> None:
    taken = Rate(messages=10, seconds=60).take((), 1000.0, 10)
    lower = Rate(messages=3, seconds=60)
    assert lower.left(taken, 1030.0) == 0
    assert lower.left(taken, lower.next(taken, 1030.0)) == 3


def test_a_limit_covers_its_hosts_however_they_are_written() -> None:
    limit = Limit(
        name="a b", rates=(Rate(messages=1, seconds=1),), hosts=("a.example", "b.example")
    )
    assert limit.covers("Ana@A.example")
    assert not limit.covers("ana@sub.a.example")
    assert Limit(name="relay", rates=()).covers("anybody@example.org")


def test_the_shortest_grant_holds_for_all() -> None:
    one = Limit(name="relay", rates=(Rate(messages=9, seconds=1), Rate(messages=9, seconds=3600)))
    assert Rates(limits=(one,)).grant == 0.25
    assert Rates().grant is None
