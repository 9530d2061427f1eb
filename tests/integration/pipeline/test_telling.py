"""What readers are told, and when: state decides, not events."""

from __future__ import annotations

import pytest

from tests.integration.pipeline.world import World


def test_a_welcome_says_what_is_followed_and_from_where(lone_world: World) -> None:
    lone_world.says("2026-03-01", president="Adam")

    (welcome,) = [mail for mail in lone_world.hears() if mail.to == "ana@example.org"]

    assert welcome.subject == "You now follow “posts”"
    assert "daily at 07:00" in welcome.text
    assert "1 mar" in welcome.text.lower()


def test_the_first_version_alone_is_no_news(lone_world: World) -> None:
    lone_world.says("2026-03-01", president="Adam")
    lone_world.hears()

    assert lone_world.hears(hours=48) == []


def test_an_at_once_reader_hears_of_each_new_version_once(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")

    heard = each_world.hears()
    again = each_world.hears()

    (ben,) = [mail for mail in heard if mail.to == "ben@example.org"]
    assert "Carl" in ben.text
    assert "Adam" in ben.text
    assert again == []


def test_who_has_unsubscribed_gets_nothing(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")

    assert "cleo@example.org" not in {mail.to for mail in world.hears()}


def test_back_and_forth_between_digests_is_told_truly_each_time(each_world: World) -> None:
    told = []
    for day, holder in (("03", "Carl"), ("04", "Adam"), ("05", "Carl")):
        each_world.says(f"2026-03-{day}", president=holder, speaker="Berta; note")
        each_world.passes(hours=24)
        told += [mail for mail in each_world.mail("ana") if not mail.subject.startswith("Alert")]

    assert len(told) == 3
    assert [("Adam" in mail.text, "Carl" in mail.text) for mail in told] == [(True, True)] * 3
    assert len({mail.message_id for mail in told}) == 3


def test_what_was_taken_back_before_the_digest_is_not_told(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    world.says("2026-03-03", president="Adam", speaker="Berta")
    world.passes()

    world.passes(hours=24)

    assert world.mail("ana") == []


def test_many_new_snapshots_in_one_pass_are_one_alert(world: World) -> None:
    for day, holder in (("02", "Carl"), ("03", "Dora"), ("04", "Emil")):
        world.says(f"2026-03-{day}", president=holder, speaker="Berta")

    world.passes()

    (alert,) = world.mail("ana")
    assert "Adam" in alert.text
    assert "Emil" in alert.text
    assert "Carl" not in alert.text


def test_what_is_below_the_alert_level_waits_for_the_digest(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")

    world.passes()
    assert world.mail("ana") == []

    world.passes(hours=24)
    (digest,) = world.mail("ana")
    assert "ill" in digest.text


def test_a_digest_marks_what_an_alert_has_told(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    each_world.passes()
    each_world.mail()

    each_world.passes(hours=24)

    (digest,) = each_world.mail("ana")
    assert "alert" in digest.text.lower()
    assert "Carl" in digest.text


def test_an_alert_that_no_longer_holds_is_told_as_withdrawn(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.says("2026-03-03", president="Adam", speaker="Berta")

    world.passes(hours=24)

    told = " ".join(mail.text for mail in world.mail("ana"))
    assert "no longer" in told.lower() or "withdrawn" in told.lower()


def test_an_alert_withdraws_nothing_that_still_holds(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-03", president="Carl", speaker="Dora")
    world.passes()

    first, second = world.mail("ana")

    assert "Carl" in first.text
    assert "Dora" in second.text
    assert "no longer so" not in second.text


def test_what_moved_on_after_an_alert_is_told_as_it_is_now(world: World) -> None:
    for day, holder in (("02", "Carl"), ("03", "Dora")):
        world.says(f"2026-03-{day}", president=holder, speaker="Berta")
        world.passes()
    world.mail()

    world.passes(hours=24)

    (digest,) = world.mail("ana")
    assert "Dora" in digest.text
    assert "no longer so" not in digest.text


def test_what_went_back_and_forth_is_withdrawn_once(world: World) -> None:
    for day, holder in (("02", "Carl"), ("03", "Adam"), ("04", "Carl"), ("05", "Adam")):
        world.says(f"2026-03-{day}", president=holder, speaker="Berta")
        world.passes()
    world.mail()

    world.passes(hours=24)

    (digest,) = world.mail("ana")
    assert digest.text.count("no longer so") == 1


def test_nothing_is_alerted_twice(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.says("2026-03-03", president="Carl", speaker="Berta; ill")

    world.passes()

    assert world.mail("ana") == []


@pytest.mark.parametrize("missed", [1, 7, 40])
def test_however_many_runs_were_missed_there_is_one_digest(world: World, missed: int) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    world.mail()

    world.passes(hours=24 * missed)
    world.passes(seconds=5)

    assert len(world.mail("ana")) == 1


def test_a_reader_with_the_same_digest_shares_its_rendering(lone_world: World) -> None:
    lone_world.says("2026-03-01", president="Adam")
    lone_world.hears()
    lone_world.says("2026-03-02", president="Carl")

    lone_world.passes()

    sent = lone_world.program.store.outbox.find()
    digests = {message.digest for message in sent if message.digest and message.reason == "digest"}
    readers = {message.recipient for message in sent if message.reason == "digest"}
    assert readers == {"ben@example.org", "cleo@example.org"}
    assert len(digests) == 1


def test_a_digest_says_where_things_stand_against_the_baseline(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    baseline = world.program.store.versions.resolve("posts", "2026-03-01")
    world.program.store.situations.set_baseline("posts", "pinned", baseline.id)
    world.says("2026-03-03", president="Carl", speaker="Dora")

    world.passes()

    (ben,) = world.mail("ben")
    assert "BASELINE" in ben.text.upper()
    assert "1 MAR 2026" in ben.text.upper()


def test_each_version_is_compared_with_the_baseline_as_it_comes_in(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()

    assert world.program.store.versions.owed() == ()


def test_a_receipt_says_that_nothing_changed_when_it_was_asked_for(world: World) -> None:
    world.restarts(config=CONFIG_MAJOR + "receipts = true\n")

    world.passes(hours=24)
    (receipt,) = world.mail("ana")
    world.passes(hours=1)

    assert receipt.subject == "Nothing changed: posts"
    assert world.mail("ana") == []


def test_quiet_hours_delay_a_digest_and_never_an_alert(world: World) -> None:
    world.restarts(config=CONFIG_QUIET)
    world.passes()
    world.mail()
    world.says("2026-03-02", president="Carl", speaker="Berta; ill")

    world.passes()
    alerted = world.mail("quiet")
    world.passes(hours=6)
    (digest,) = [mail for mail in world.mail("quiet") if "You now follow" not in mail.subject]

    assert [mail.subject.startswith("Alert") for mail in alerted] == [True]
    assert "ill" not in alerted[0].text.split("BASELINE")[0]
    assert "ill" in digest.text


@pytest.mark.parametrize("cadence", ["at-once", "hourly"])
def test_what_came_in_quiet_hours_is_one_digest_when_they_end(world: World, cadence: str) -> None:
    world.restarts(config=CONFIG_QUIET.replace("at-once", cadence) + 'alert = "off"\n')
    world.passes()
    for day, says in enumerate(("ill", "back"), start=2):
        world.says(f"2026-03-0{day}", president="Adam", speaker=f"Berta; {says}")
        world.passes(hours=1)
    assert world.mail("quiet") == []

    world.passes(hours=6)
    welcome, digest = sorted(world.mail("quiet"), key=lambda mail: "back" in mail.text)
    assert "You now follow" in welcome.subject
    assert "back" in digest.text


def test_a_filter_that_changes_affects_later_runs_only(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    world.mail()
    world.restarts(config=CONFIG_MAJOR)

    world.passes(hours=24)
    assert world.mail("ana") == []


CONFIG_QUIET = """
[sources.posts]
folder = "snapshots"
interval = "1s"

[[subscriptions]]
address = "quiet@example.org"
situations = ["posts"]
cadence = "at-once"
quiet = "10:00-16:00"
"""

CONFIG_MAJOR = """
[sources.posts]
folder = "snapshots"
interval = "1s"

[[subscriptions]]
address = "ana@example.org"
situations = ["posts"]
cadence = "daily 07:00"
zone = "Europe/Kyiv"
minimum = "major"
"""
