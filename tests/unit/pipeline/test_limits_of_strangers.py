"""What counts as one mailbox, and as one network, where strangers ask for mail."""

from __future__ import annotations

import pytest

from monitor.pipeline.readers.confirming import mailbox_of, network_of


@pytest.mark.parametrize(
    "spelling",
    ["o.lha@example.org", "olha+news@example.org", "OLHA@example.org", "olha+a+b@example.org"],
)
def test_spellings_that_reach_one_mailbox_share_a_limit(spelling: str) -> None:
    assert mailbox_of(spelling) == mailbox_of("olha@example.org")


@pytest.mark.parametrize("other", ["olha@example.com", "bo@example.org", "+olha@example.org"])
def test_other_mailboxes_do_not(other: str) -> None:
    assert mailbox_of(other) != mailbox_of("olha@example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_whoever_has_a_whole_network_is_one(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.7", "192.0.2.8"), ("2001:db8:0:1::1", "2001:db8:0:2::1")]
)
def test_neighbours_are_two(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


def test_what_is_no_address_is_itself() -> None:
    assert network_of("") == ""
    assert network_of("testclient") == "testclient"
