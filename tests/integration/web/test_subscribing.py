"""Strangers who subscribe: nothing is sent to an address that has not confirmed, and whoever asks
learns nothing about it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.deliver.ports import Outbox
from monitor.errors import SettingsError
from monitor.model.message import Mark, Outcome, Result
from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.delivery import CONFIRM, Addressed
from monitor.pipeline.readers.confirming import GOOD, PER_ADDRESS, PER_NETWORK, ask
from monitor.pipeline.readers.naming import config_doubts, known_to
from monitor.pipeline.readers.subscribing import leave, subscribe
from monitor.pipeline.telling.tokens import make_permit_token, make_token
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.service.tidy import tidy
from monitor.settings import load
from monitor.web.pages.subscribing import TRIES
from tests.pages import NOON, Site, site
from tests.strangers import OPEN, WISH, asked, asks, confirms, link_in, open_site, opened

OLHA = WISH["address"]


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


def subscriptions(pages: Site, address: str = OLHA) -> list[tuple[str, str]]:
    every = pages.program.store.subscriptions.all(address=address)
    return [(one.spec.name, one.state) for one in every]


@pytest.mark.parametrize("path", ["/subscribe", "/subscribe/asked"])
def test_where_nothing_is_open_there_is_no_form(tmp_path: Path, path: str) -> None:
    with site(tmp_path) as closed:
        assert closed.ask(path).status == 404
        assert closed.ask("/subscribe", form=WISH).status == 404
        assert "/subscribe" not in closed.ask("/login").text


def test_only_what_is_open_is_offered(tmp_path: Path) -> None:
    with open_site(tmp_path, OPEN.replace('"*"', '"another-one"')) as pages:
        assert pages.ask("/subscribe").status == 404


def test_what_is_open_and_not_there_is_a_doubt_of_the_configuration(tmp_path: Path) -> None:
    with open_site(tmp_path, OPEN.replace('"*"', '"ukraine-talk"')) as pages:
        known = known_to(pages.program, folders=False)
        (doubt,) = config_doubts(pages.program.settings, known)
        assert doubt.at == "web.open"
        assert "no situation ukraine-talk yet; did you mean ukraine-talks?" in doubt.doubt.text


def test_open_without_an_address_for_its_links_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text('[web]\nopen = ["*"]\n')
    with pytest.raises(SettingsError, match=r"web\.open is set and mail\.public_url is not"):
        load(str(file))


def test_one_mail_asks_and_nothing_else_happens(pages: Site) -> None:
    answer = asks(pages)
    assert (answer.status, answer.headers["location"]) == (303, "/subscribe/asked")
    assert "Look into your mailbox" in pages.ask("/subscribe/asked").text
    (message,) = asked(pages)
    mail = opened(pages, message)
    assert (message.recipient, mail["To"]) == (OLHA, OLHA)
    assert "List-Unsubscribe" not in mail
    assert subscriptions(pages) == []


def test_the_mail_speaks_her_language(pages: Site) -> None:
    asks(pages, language="uk")
    mail = opened(pages, asked(pages)[0])
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Підтвердити тут" in body.get_content()
    assert "Confirm" not in body.get_content()
    shown = pages.ask(link_in(mail, "confirm"))
    assert '<html lang="uk">' in shown.text


def test_a_scanner_that_follows_the_link_confirms_nothing(pages: Site) -> None:
    asks(pages)
    link = link_in(opened(pages, asked(pages)[0]), "confirm")
    for method in ("GET", "HEAD", "GET"):
        assert pages.ask(link, method=method).status == 200
    assert subscriptions(pages) == []


def test_the_button_subscribes_once_and_leads_to_her_page(pages: Site) -> None:
    asks(pages)
    link = link_in(opened(pages, asked(pages)[0]), "confirm")
    answer = pages.ask(link, form={})
    assert answer.status == 303
    page = pages.ask(str(answer.headers["location"])).text
    assert "You are subscribed" in page
    assert 'value="08:30"' in page
    (found,) = pages.program.store.subscriptions.all(address=OLHA)
    assert (found.spec.cadence, found.spec.zone) == ("daily 08:30", "Europe/Kyiv")
    (welcome,) = pages.program.store.outbox.find(subscription=found.id)
    assert welcome.reason == "welcome"

    again = pages.ask(link, form={})
    assert again.status == 410
    assert "This link was used" in again.text
    assert 'href="/subscribe"' in again.text
    assert subscriptions(pages) == [("web", "active")]


def test_a_link_is_over_after_a_week_and_says_so(pages: Site) -> None:
    asks(pages)
    link = link_in(opened(pages, asked(pages)[0]), "confirm")
    pages.now = NOON + GOOD - timedelta(seconds=1)
    assert pages.ask(link).status == 200
    pages.now = NOON + GOOD
    for answer in (pages.ask(link), pages.ask(link, form={})):
        assert answer.status == 410
        assert "This link is over" in answer.text
        assert 'href="/subscribe"' in answer.text
    assert subscriptions(pages) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_link_is_a_page_that_is_not_there(pages: Site, method: str) -> None:
    asks(pages)
    message = asked(pages)[0]
    name = str(message.splice[CONFIRM])
    (ana,) = pages.program.store.subscriptions.all(address="ana@example.org")
    for token in (
        name,
        f"{name}.AAAAAAAAAAAAAAAAAAAAAA",
        make_permit_token(b"another secret", name),
        make_token(pages.program.secret, ana.id),
        "a" * 5000,
    ):
        assert pages.ask(f"/confirm/{token}", method=method).status == 404
    assert subscriptions(pages) == []


def test_of_the_token_only_its_hash_is_kept(pages: Site, tmp_path: Path) -> None:
    asks(pages)
    link = link_in(opened(pages, asked(pages)[0]), "confirm")
    signature = link.rpartition(".")[2]
    files = [one.read_bytes() for one in (tmp_path / "desk" / "var").glob("monitor.db*")]
    assert len(signature) == 22
    assert not any(signature.encode() in data for data in files)


def test_known_refused_and_new_addresses_get_the_same_answer(pages: Site) -> None:
    store = pages.program.store
    store.suppressions.add("refused@example.net", reason="asked", by="x", now=NOON)
    known = SubscriptionSpec(address="known@example.net", name="web", situations=("ukraine-talks",))
    subscribe(pages.program, known, NOON)
    left = replace(known, address="left@example.net")
    leave(pages.program, subscribe(pages.program, left, NOON), "by her", NOON)
    answers = {
        (answer.status, answer.headers["location"], answer.text)
        for name in ("new", "refused", "known", "left")
        for answer in [asks(pages, address=f"{name}@example.net")]
    }
    assert answers == {(303, "/subscribe/asked", "")}
    written = [one.recipient.partition("@")[0] for one in asked(pages)]
    assert written == ["new", "known", "left"]


def test_whoever_had_left_begins_anew(pages: Site) -> None:
    confirms(pages)
    (found,) = pages.program.store.subscriptions.all(address=OLHA)
    leave(pages.program, found, "by her", NOON)
    confirms(pages, zone="UTC")
    assert subscriptions(pages) == [("web", "active")]


def test_another_cadence_is_another_subscription_and_the_same_is_none(pages: Site) -> None:
    confirms(pages)
    confirms(pages)
    assert subscriptions(pages) == [("web", "active")]
    confirms(pages, every="weekly")
    assert subscriptions(pages) == [("web", "active"), ("web-2", "active")]


def test_whoever_is_refused_in_the_meantime_is_told_so_by_the_link(pages: Site) -> None:
    asks(pages)
    link = link_in(opened(pages, asked(pages)[0]), "confirm")
    pages.program.store.suppressions.add(OLHA, reason="asked", by="x", now=NOON)
    answer = pages.ask(link, form={})
    assert answer.status == 409
    assert "gets no mail" in answer.text
    assert subscriptions(pages) == []


def test_a_mail_that_waits_goes_to_nobody_who_was_refused_since(pages: Site) -> None:
    pages.program.store.nodes.start(now=NOON)
    asks(pages)
    pages.program.store.suppressions.add(OLHA, reason="asked", by="x", now=NOON)
    addressed: Outbox = Addressed(pages.program)
    assert all(one.recipient != OLHA for one in addressed.claim(limit=50, now=NOON))


WRONG = {
    "address": (
        "", "olha", "olha@", "a@b@c.example", "olha@example.net\r\nBcc: all@example.net",
        "olha@example.net,bo@example.net", "olha@example.net bo@example.net", "ольга@example.net",
        '"o b"@example.net', "olha@exa mple.net", f"{'o' * 65}@example.net", "olha@-.example",
        f"olha@{'e' * 300}.example", "Olha <olha@example.net>",
    ),
    "situations": ("", "other", "ukraine-talks'--"),
    "every": ("", "cron", "yearly"),
    "at": ("", "7", "24:00", "07:00; drop"),
    "zone": ("", "Kyiv", "../etc/passwd", "Etc/GMT+3", "/UTC"),
    "language": ("", "de", "../en"),
}  # fmt: skip


@pytest.mark.parametrize("field", list(WRONG))
def test_what_is_wrong_stands_beside_its_field_and_nothing_else_is_lost(
    pages: Site, field: str
) -> None:
    for value in WRONG[field]:
        answer = asks(pages, **{field: value})
        assert answer.status == 400, value
        assert f'id="s-{field}-wrong"' in answer.text
        assert answer.text.count('aria-invalid="true"') == 1
        kept = {"address": OLHA, "zone": "<option selected>Europe/Kyiv"} | {field: ""}
        assert all(text in answer.text for text in kept.values())
    assert asked(pages) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("olha@bücher.example", "olha@xn--bcher-kva.example"),
        ("Olha+talks@Example.NET", "Olha+talks@example.net"),
        ("olha@пошта.укр", "olha@xn--80a1acn3a.xn--j1amh"),
    ],
)
def test_an_address_is_kept_as_mail_needs_it(pages: Site, written: str, kept: str) -> None:
    assert asks(pages, address=written).status == 303
    assert [one.recipient for one in asked(pages)] == [kept]


def test_what_was_written_is_shown_as_text(pages: Site) -> None:
    answer = asks(pages, address='"><script>alert(1)</script>', zone='"><b>')
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text


def test_no_mailbox_is_asked_more_often_however_it_is_spelled(pages: Site) -> None:
    spellings = (OLHA, "olha+a@example.net", "o.l.h.a@example.net", "OLHA@example.net", OLHA)
    answers = [
        asks(pages, network=f"192.0.2.{number}", address=one)
        for number, one in enumerate(spellings)
    ]
    assert {answer.status for answer in answers} == {303}
    assert len(asked(pages)) == PER_ADDRESS


def test_no_network_asks_many_and_it_is_told_so_with_its_form(pages: Site) -> None:
    answers = [asks(pages, address=f"a{number}@example.net") for number in range(PER_NETWORK + 1)]
    assert [answer.status for answer in answers] == [303] * PER_NETWORK + [429]
    assert "try again in an hour" in answers[-1].text
    assert f"a{PER_NETWORK}@example.net" in answers[-1].text
    assert len(asked(pages)) == PER_NETWORK
    assert asks(pages, network="198.51.100.1", address="b@example.net").status == 303
    pages.now = NOON + timedelta(hours=1)
    assert asks(pages, address="c@example.net").status == 303


def test_many_from_everywhere_send_as_many_as_the_setting_says(tmp_path: Path) -> None:
    with open_site(tmp_path, f"{OPEN}confirmations = 12\n") as pages:
        spec = SubscriptionSpec(address="", name="web", situations=("ukraine-talks",))
        answers = [
            ask(pages.program, replace(spec, address=f"a{n}@example.net"), f"10.0.{n}.1", NOON)
            for n in range(40)
        ]
        assert answers == ["asked"] * 12 + ["often"] * 28
        assert len(asked(pages)) == 12


def test_of_ten_thousand_from_one_network_thirty_are_looked_at() -> None:
    assert sum(TRIES.allow("203.0.113.77") for _ in range(10_000)) == 30


def test_a_flood_from_one_place_reaches_no_table(pages: Site) -> None:
    statuses = [asks(pages, address=f"a{number}@example.net").status for number in range(31)]
    assert statuses == [303] * PER_NETWORK + [429] * 21
    before = pages.program.store.asked
    assert asks(pages, address="b@example.net").status == 429
    assert pages.program.store.asked == before


def test_another_site_cannot_send_the_form(pages: Site) -> None:
    answer = pages.ask("/subscribe", form=WISH, Sec_Fetch_Site="cross-site")
    assert answer.status == 403
    assert asked(pages) == []


def test_who_is_logged_in_may_use_it_too(tmp_path: Path) -> None:
    with open_site(tmp_path, OPEN.replace("https://news.example.org", "http://[::1]")) as pages:
        shown = pages.ask("/subscribe", role="reader").text
        assert 'name="form_key"' in shown
        assert pages.ask("/subscribe", role="reader", form=WISH, keyed=False).status == 403
        assert pages.ask("/subscribe", role="reader", form=WISH).status == 303


def test_who_does_not_answer_was_never_here(pages: Site) -> None:
    asks(pages)
    store = pages.program.store
    store.outbox.cancel([asked(pages)[0].id], "sent", now=NOON, arrived=True)
    list(tidy(pages.program, NOON + GOOD))
    assert len(asked(pages)) == 1
    list(tidy(pages.program, NOON + GOOD + timedelta(seconds=1)))
    assert asked(pages) == []


def test_no_log_names_who_asked(pages: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.INFO, "monitor"):
        asks(pages)
    assert "olha" not in caplog.text
    assert "somebody is asked to confirm" in caplog.text


def test_a_dead_mail_to_a_stranger_needs_nobody(pages: Site) -> None:
    store = pages.program.store
    store.nodes.start(now=NOON)
    asks(pages)
    asyncio.run(_refuse(pages))
    assert store.outbox.get(asked(pages)[0].id).state == "dead"
    assert not [line for line in find_trouble(pages.program, NOON).values() if "olha" in line]


async def _refuse(pages: Site) -> None:
    outbox = pages.program.store.outbox
    claimed = outbox.claim(limit=50, now=NOON)
    refused = Outcome(result=Result.PERMANENT, phase="rcpt", code=550, text="no")
    mine = [one for one in claimed if one.recipient == OLHA]
    outbox.mark([Mark(message=one, outcome=refused, next_attempt=None) for one in mine], now=NOON)
