"""The main job from outside: files in, mail out, by one command."""

from __future__ import annotations

import signal
import urllib.request
from pathlib import Path

import pytest

from tests.acceptance.site import Site, text_of

READER = "reader@localhost"
OPERATOR = "operator@localhost"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_one_pass_in_an_empty_folder_tells_the_demo_reader_and_a_second_nothing(site: Site) -> None:
    said = site.monitor("run", "--once")
    first = site.mail(READER)
    site.monitor("run", "--once")

    assert str(site.folder / "var" / "mail") in said
    assert {str(mail["subject"])[:14] for mail in first} == {"You now follow", "The third tril"}
    assert len(site.mail(READER)) == len(first)


def test_a_file_that_is_dropped_in_is_in_the_mailbox_soon(site: Site) -> None:
    site.has_talks_until("2026-02-08")
    site.ticks_each_second()
    with site.running() as service:
        site.waits_for_mail(READER, 2)
        site.gets("2026-02-15")
        told = site.waits_for_mail(READER, 3)[-1]

        assert "Geneva" in str(told["subject"])
        assert service.ends(signal.SIGTERM) == 0
        assert "stopped" in service.log.read_text()


def test_a_second_start_goes_on_where_the_first_was_killed(site: Site) -> None:
    site.has_talks_until("2026-02-08")
    with site.running() as service:
        service.waits_for("took in ukraine-talks 2026-02-08")
        service.ends(signal.SIGKILL)
    site.gets("2026-02-15")
    with site.running() as service:
        service.waits_for("took in ukraine-talks 2026-02-15")
        site.waits_for_mail(READER, 2)
        assert service.ends(signal.SIGTERM) == 0
    site.monitor("run", "--once")

    mail = site.mail(READER)
    assert len({str(message["message-id"]) for message in mail}) == len(mail)
    assert any("Medinsky" in text_of(message) for message in mail)


def test_a_second_service_on_one_database_is_refused_in_one_line(site: Site) -> None:
    site.has_talks_until("2026-02-05")
    with site.running() as service:
        service.waits_for("took in")
        said = site.monitor("run", "--once", code=2)

    assert "another monitor service" in said


def test_a_bad_file_needs_a_person_until_it_is_mended(site: Site) -> None:
    site.has_talks_until("2026-02-05")
    bad = site.folder / "snapshots" / "ukraine-talks" / "2026-02-08.yaml"
    bad.write_text("kind: negotiation\nsituation: ukraine-talks\nas_of: 2026-02-08\nroundz: []\n")
    site.monitor("run", "--once")
    troubled = site.monitor("status", code=1)
    site.gets("2026-02-08")
    site.monitor("run", "--once")
    site.monitor("status")

    told, over = site.mail(OPERATOR)
    assert "2026-02-08.yaml:4:1" in text_of(told)
    assert "2026-02-08.yaml:4:1" in troubled
    assert "OVER" in text_of(over).upper()


def test_the_configuration_is_checked_before_anything_is_done(site: Site) -> None:
    site.configures('[sources.bills]\nfolder = "bills"\nintervall = "5s"\n')

    said = site.monitor("run", "--once", code=2)

    assert said.startswith("monitor: config/monitor.toml:3: unknown key sources.bills.intervall")
    assert not (site.folder / "var").exists()


def test_the_link_in_a_mail_ends_the_subscription_while_the_service_runs(site: Site) -> None:
    site.has_talks_until("2026-02-08")
    site.ticks_each_second()
    site.sets('public_url = ""', 'public_url = "https://monitor.example.org"')
    with site.running() as service:
        own = service.waits_for("served at").rpartition(" ")[2]
        mail = site.waits_for_mail(READER, 2)[-1]
        token = str(mail["list-unsubscribe"]).partition("/u/")[2].partition(">")[0]
        link = f"{own}/u/{token}"
        shown = site.monitor("token", "add", "prometheus", "--for", "metrics").strip()
        asked = urllib.request.Request(f"{own}/metrics")
        asked.add_header("Authorization", f"Bearer {shown}")
        with urllib.request.urlopen(asked) as figures:
            assert b'monitor_attempts_total{channel="mail",result="sent"} 2.0' in figures.read()
        with urllib.request.urlopen(link) as shown:
            assert b"<button" in shown.read()
        with urllib.request.urlopen(link, data=b"List-Unsubscribe=One-Click") as done:
            assert b"You are unsubscribed" in done.read()
        site.gets("2026-02-15")
        service.waits_for("took in ukraine-talks 2026-02-15")
        assert service.ends(signal.SIGTERM) == 0
        assert token not in service.log.read_text()

    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert len(site.mail(READER)) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[rules.reworted]\nsilent = true\n", "rules.reworted: no such rule"),
        (
            '[situations.ukraine-talks.rules.left]\nsignificance = "high"\n',
            "situations.ukraine-talks.rules.left.significance: 'high' is not one of",
        ),
        (
            '[[subscriptions]]\naddress = "ana@example.org"\nsituations = []\ncadence = "often"\n',
            "subscription ana@example.org/digest: 'often' is not at-once",
        ),
        ('[mail]\nsender = "zoë@example.org"\n', "mail.sender: 'zoë@example.org' needs SMTPUTF8"),
    ],
)
def test_what_cannot_be_stops_the_start(site: Site, text: str, line: str) -> None:
    site.configures(text)

    assert line in site.monitor("run", "--once", code=2)


def test_events_are_json_when_asked(site: Site) -> None:
    site.has_talks_until("2026-01-22")

    lines = site.monitor("run", "--once", "--log", "json").splitlines()

    assert all(line.startswith('{"at": ') for line in lines)
    assert any('"event": "version"' in line for line in lines)
