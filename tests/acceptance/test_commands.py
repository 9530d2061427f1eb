"""The commands that need the store, as a person types them, on the shipped talks."""

from __future__ import annotations

import email
import json
from email import policy
from pathlib import Path

import pytest

from monitor.cli.main import COMMANDS
from tests.acceptance.site import Site

READER = "reader@localhost"
ANA = "ana@example.org"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One pass has been made over the shipped snapshots, and ana follows from 15 February."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.monitor("run", "--once")
    said = site.monitor("subscribe", ANA, "ukraine-talks", "--start", "2026-02-15")
    assert said == "ana@example.org/digest follows ukraine-talks from 2026-02-15\n"
    return site


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_with_an_example(site: Site, name: str) -> None:
    said = site.monitor(name, "--help")

    assert "Example" in said
    assert f"  monitor {name}" in said or f" {name} " in said.partition("Example")[2]


def test_status_is_one_screen(site: Site) -> None:
    said = site.monitor("status")

    assert "ukraine-talks  9 versions  latest 2026-02-20" in said
    assert "nobody is needed" in said
    assert len(said.splitlines()) < 24


def test_a_preview_sends_nothing_and_says_what_would_be_sent(site: Site) -> None:
    said = site.monitor("digest", "preview", "--as", ANA)

    assert said.startswith("Subject: ")
    assert "Since 15 Feb" in said
    assert site.mail(ANA) == []


def test_a_preview_is_a_mail_that_parses(site: Site) -> None:
    site.monitor("digest", "preview", "--as", ANA, "-o", "preview.eml")
    data = (site.folder / "preview.eml").read_bytes()
    message = email.message_from_bytes(data, policy=policy.default)

    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["to"] == ANA


def test_what_was_sent_is_shown_byte_for_byte(site: Site) -> None:
    shown, _ = site.monitor_bytes("digest", "show", "--as", READER)

    files = (site.folder / "var" / "mail" / READER).glob("*.eml")
    assert shown in [file.read_bytes() for file in files]


def test_the_baseline_is_shown_pinned_and_advanced(site: Site) -> None:
    assert "previous, 2026-02-17" in site.monitor("baseline", "show", "ukraine-talks")
    assert "pinned, 2026-02-05" in site.monitor("baseline", "pin", "ukraine-talks", "2026-02-05")
    assert "advanced, 2026-02-20" in site.monitor("baseline", "advance", "ukraine-talks")
    assert "previous" in site.monitor("baseline", "pin", "ukraine-talks", "previous")


def test_why_explains_what_a_reader_was_told(site: Site) -> None:
    said = site.monitor(
        "diff", "ukraine-talks@2026-02-08", "ukraine-talks@2026-02-15", "--format", "json"
    )
    (finding, *_) = [one["id"] for one in json.loads(said)["findings"] if one["rule"] == "replaced"]

    told = site.monitor("why", READER, finding)
    not_told = site.monitor("why", ANA, finding)

    assert "Vladimir Medinsky replaces Igor Kostyukov" in told
    assert "before this reader's start" in not_told


def test_a_backtest_says_what_a_filter_would_have_told(site: Site) -> None:
    said = site.monitor("backtest", "ukraine-talks", "--minimum", "critical")

    assert "2026-02-08 -> 2026-02-15" in said
    assert "critical: Vladimir Medinsky replaces Igor Kostyukov" in said


def test_mutes_judgements_and_suppressions_are_listed_and_taken_back(site: Site) -> None:
    site.monitor("mute", "add", ANA, "statements", "--until", "2026-12-31", "--reason", "many")
    assert "statements  until 2026-12-31  many" in site.monitor("mute", "list", ANA)
    site.monitor("mute", "remove", ANA, "1")
    assert "nothing is muted" in site.monitor("mute", "list", ANA)

    site.monitor("judge", "different", "ukraine-talks", "people", "medinsky", "kostyukov")
    assert "medinsky not-same kostyukov" in site.monitor("judge", "list", "ukraine-talks")
    site.monitor("judge", "revoke", "1")
    assert "no judgement" in site.monitor("judge", "list", "ukraine-talks")

    site.monitor("suppress", "add", "eve@example.org", "--reason", "asked")
    assert "eve@example.org" in site.monitor("suppress", "list")
    site.monitor("suppress", "lift", "eve@example.org", "--reason", "asked again")
    assert "lifted" in site.monitor("suppress", "audit")


def test_a_digest_on_request_goes_out_with_the_next_pass(site: Site) -> None:
    site.monitor("subscribe", "dan@example.org", "ukraine-talks", "--start", "2026-02-17")
    site.monitor("digest", "send", "--as", "dan@example.org")
    assert "manual   dan@example.org" in site.monitor("outbox")

    site.monitor("run", "--once")

    assert len(site.mail("dan@example.org")) == 2


def test_taking_in_by_hand_says_what_it_came_to(site: Site) -> None:
    bad = site.folder / "bad.yaml"
    bad.write_text("kind: negotiation\nsituation: ukraine-talks\nas_of: yesterday\n")

    said = site.monitor("add", "bad.yaml", code=2)

    assert said.startswith("monitor: bad.yaml:3:")


def test_a_partial_with_nothing_before_it_is_refused_by_its_name(site: Site) -> None:
    first = site.folder / "first.yaml"
    first.write_text(
        "kind: negotiation\nsituation: other-talks\nas_of: 2026-01-01\ncoverage: partial\n"
    )

    said = site.monitor("add", "first.yaml", code=2)

    assert said.startswith("monitor: first.yaml: a partial snapshot needs an earlier full one")


def test_a_test_mail_says_where_it_went(site: Site) -> None:
    said = site.monitor("mail", "test", "me@example.org")

    assert "handed over to files in" in said
    assert len(site.mail("me@example.org")) == 1


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (("baseline", "show", "bills"), "no situation 'bills'; there are: ukraine-talks"),
        (("diff", "ukraine-talks@2020-01-01", "ukraine-talks@latest"), "2020-01-01"),
        (("diff", "ukraine-talks", "--since", "soon"), "--since: soon is neither a date"),
        (("diff", "a", "b", "c"), "unexpected extra argument (c); see `monitor diff --help`"),
        (("subscribe", ANA, "ukraine-talks", "--quiet", "99"), "want hours such as 22:00-06:30"),
        (("unsubscribe", "nobody@example.org"), "no subscription nobody@example.org"),
        (("digest", "preview", "--as", ANA, "--at", "soon"), "--at is 'soon', want a date"),
        (("subscribe", ANA, "bills"), "no situation 'bills'"),
        (("subscribe", "not an address", "ukraine-talks"), "address"),
        (("subscribe", ANA, "ukraine-talks"), "exists already; --change changes it"),
        (("subscribe", ANA, "ukraine-talks", "--cadence", "often"), "'often' is not at-once"),
        (("subscribe", ANA, "ukraine-talks", "--language", "xx"), "'xx' is not one of 'en', 'uk'"),
        (("outbox", "retry", "999"), "there is no message 999"),
        (("held", "release", "ukraine-talks@2026-02-20"), "no held version"),
        (("why", ANA, "ffffffff"), "no finding ffffffff"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    site: Site, command: tuple[str, ...], line: str
) -> None:
    said = site.monitor(*command, code=2)

    assert line in said
    assert said.startswith("monitor: ")
    assert len(said.splitlines()) == 1


def test_a_change_keeps_what_it_does_not_name(site: Site) -> None:
    wanted = ("--cadence", "weekly mon 08:00", "--zone", "Europe/Kyiv", "--party", "ukraine")
    site.monitor("subscribe", "gil@example.org", "ukraine-talks", *wanted)

    site.monitor("subscribe", "gil@example.org", "ukraine-talks", "--change", "--minimum", "major")

    said = site.monitor("subscriptions", "gil@example.org")
    assert "weekly mon 08:00 Europe/Kyiv" in said
    assert "major" in said


def test_who_unsubscribes_by_command_stays_unsubscribed(site: Site) -> None:
    site.monitor("subscribe", "fay@example.org", "ukraine-talks")
    site.monitor("unsubscribe", "fay@example.org")

    assert "unsubscribed (by command)" in site.monitor("subscriptions", "fay@example.org")


def test_it_finds_its_configuration_from_anywhere(site: Site, tmp_path: Path) -> None:
    site.configures('[sources.posts]\nfolder = "snapshots"\n')
    elsewhere = Site(tmp_path)
    file = str(site.folder / "config" / "monitor.toml")

    said = elsewhere.monitor("--config", file, "status", code=0)
    (site.folder / "config" / "monitor.toml").unlink()

    assert "ukraine-talks  9 versions" in said


def test_what_was_withdrawn_is_shown_with_its_reason(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.monitor("run", "--once")
    site.monitor("withdraw", "ukraine-talks@2026-02-20", "--reason", "the wrong week")

    assert "1 withdrawn, the last of 2026-02-20" in site.monitor("status")
    fact = "delegations[russia].members[kostyukov].role"
    assert "withdrawn: 2026-02-20 (the wrong week)" in site.monitor(
        "history", "ukraine-talks", fact
    )


def test_what_is_taken_out_is_listed_and_put_back(site: Site) -> None:
    site.monitor("baseline", "pin", "ukraine-talks", "2026-02-20")
    said = site.monitor("withdraw", "ukraine-talks@baseline", "--reason", "the wrong week")
    assert said.splitlines()[0] == "withdrawn: ukraine-talks 2026-02-20 (the wrong week)"
    assert "baseline: pinned, 2026-02-17" in said
    assert "to undo it: monitor withdraw ukraine-talks@2026-02-20 --undo" in said

    shown = site.monitor("baseline", "show", "ukraine-talks")
    assert "ukraine-talks: pinned, 2026-02-17" in shown
    assert "it was pinned at 2026-02-20" in shown
    assert "the wrong week" in site.monitor("withdraw", "--list")
    again = site.monitor("withdraw", "ukraine-talks@2026-02-20", "--reason", "x", code=2)
    assert "was already withdrawn on" in again

    back = site.monitor("withdraw", "ukraine-talks", "--undo")
    assert "put back: ukraine-talks 2026-02-20" in back
    assert "baseline: pinned, 2026-02-20" in back
    assert site.monitor("withdraw", "--list", "ukraine-talks") == "nothing is withdrawn\n"
    undone = site.monitor("withdraw", "ukraine-talks@latest", "--undo", code=2)
    assert "nothing of ukraine-talks was withdrawn" in undone
    site.monitor("baseline", "pin", "ukraine-talks", "previous")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["ukraine-talk@latest", "--reason", "x"], "did you mean ukraine-talks?"),
        (["ukraine-talks@20260220", "--reason", "x"], "did you mean 2026-02-20?"),
        (["ukraine-talks@2026-02-20"], "say why: --reason TEXT"),
        (["ukraine-talks@2026-02-20", "--reason", " "], "say why: --reason TEXT"),
        (["ukraine-talks@2026-02-20", "--undo", "--reason", "x"], "not for --undo"),
        (["--list", "ukraine-talk"], "did you mean ukraine-talks?"),
        (["--list", "--undo"], "--list stands alone"),
        ([], "name what to take out, as SITUATION@VERSION"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_one_line(
    site: Site, arguments: list[str], line: str
) -> None:
    said = site.monitor("withdraw", *arguments, code=2)
    assert line in said
    assert len(said.splitlines()) == 1
