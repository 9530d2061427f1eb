"""A reader's own page: by her link alone, everything of hers and nothing of anybody else's."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import NotFound
from monitor.model.record import replace
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.preview import preview, stored_bytes
from monitor.pipeline.readers.own import page_token
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.telling.tokens import make_page_token, make_permit_token, make_token
from monitor.report import links
from tests.pages import NOON, Site
from tests.strangers import confirms, link_in, open_site, opened

TALKS = "ukraine-talks"
SAVED = {
    "subscription": "digest",
    "situations": TALKS,
    "every": "weekly",
    "at": "08:15",
    "day": "fri",
    "zone": "Europe/Kyiv",
    "language": "uk",
    "minimum": "major",
    "alert": "off",
    "collections": "people",
    "entities": "people[medinsky]\r\n\r\n people[umerov] ",
}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as found:
        yield found


def ana(pages: Site) -> Subscription:
    found = pages.program.store.subscriptions.find("ana@example.org", "digest")
    assert found is not None
    return found


def her_page(pages: Site) -> str:
    return links.own_page(page_token(pages.program, ana(pages).id))


def follows(pages: Site, address: str, name: str = "digest") -> Subscription:
    spec = SubscriptionSpec(address=address, name=name, situations=(TALKS,))
    return subscribe(pages.program, spec, NOON)


def done(pages: Site, path: str, **form: str) -> str:
    """A change that succeeds: where it leads back to."""
    answer = pages.ask(path, form={"subscription": "digest"} | form)
    assert answer.status == 303, answer.text
    return str(answer.headers["location"])


def test_each_mail_leads_to_it_beside_the_link_to_unsubscribe(pages: Site) -> None:
    one_pass(pages.program, Memory(), NOON + timedelta(days=1))
    (message, *_) = pages.program.store.outbox.find(subscription=ana(pages).id)
    path = link_in(opened(pages, message), "r")
    assert path == her_page(pages)
    answer = pages.ask(path)
    assert answer.status == 200
    assert "ana@example.org" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_preview_has_the_link_and_replay_its_bytes(pages: Site) -> None:
    assert her_page(pages) in preview(pages.program, ana(pages), NOON, since="2026-02-15").text
    welcome = follows(pages, "bo@example.org")
    (message,) = pages.program.store.outbox.find(subscription=welcome.id)
    assert stored_bytes(pages.program, message) == stored_bytes(pages.program, message)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_token_opens_nothing(pages: Site, method: str) -> None:
    number, secret = ana(pages).id, pages.program.secret
    for token in (
        make_token(secret, number),
        make_permit_token(secret, str(number)),
        make_page_token(b"another secret", number, 0),
        make_page_token(secret, number, 1),
        make_page_token(secret, 999_999, 0),
        f"{number}",
        "MQ." + "A" * 5000,
        "%00.%0A",
    ):
        assert pages.ask(f"/r/{token}", method=method).status == 404
    assert pages.ask("/r/foreign").text == pages.ask("/no/such/page").text
    unsubscribing = her_page(pages).replace("/r/", "/u/")
    assert pages.ask(unsubscribing, method=method).status == 404


def test_all_subscriptions_of_an_address_stand_on_it_and_no_others(pages: Site) -> None:
    follows(pages, "ana@example.org", "second")
    follows(pages, "bo@example.org", "of-bo")
    pages_of_both = {
        pages.ask(links.own_page(page_token(pages.program, one.id))).text.count('class="own"')
        for one in pages.program.store.subscriptions.all(address="ana@example.org")
    }
    assert pages_of_both == {2}
    answer = pages.ask(her_page(pages), form=SAVED | {"subscription": "of-bo"})
    assert answer.status == 404
    assert "of-bo" not in pages.ask(her_page(pages)).text


def test_what_she_saves_is_what_she_gets_and_the_configuration_leaves_it(pages: Site) -> None:
    assert "done=saved" in done(pages, her_page(pages), **SAVED)
    spec = ana(pages).spec
    assert (spec.cadence, spec.zone, spec.language) == ("weekly fri 08:15", "Europe/Kyiv", "uk")
    assert (spec.filter.minimum.word, spec.alert_level) == ("major", None)
    assert spec.filter.collections == ("people",)
    assert spec.filter.entities == ("people[medinsky]", "people[umerov]")
    shown = pages.ask(her_page(pages)).text
    assert '<html lang="uk">' in shown
    assert "people[umerov]</textarea>" in shown
    assert provision(pages.program, NOON).left == ("ana@example.org/digest",)
    assert ana(pages).spec == spec


def test_who_is_taken_out_of_the_configuration_is_ended_all_the_same(pages: Site) -> None:
    done(pages, her_page(pages), **SAVED)
    without = pages.program.with_settings(
        type(pages.program.settings)(file=None, base=pages.program.settings.base, subscriptions=())
    )
    assert provision(without, NOON).ended == ("ana@example.org/digest",)
    shown = pages.ask(her_page(pages)).text
    assert "Стежити знову" not in shown
    assert pages.ask(her_page(pages), form=SAVED).status == 400


WRONG = {
    "situations": ("", "closed", "ukraine-talks-2"),
    "every": ("cron", ""),
    "at": ("99:99",),
    "zone": ("Mars/Base",),
    "language": ("xx",),
    "minimum": ("", "huge"),
    "alert": ("noise", ""),
    "collections": ("peoples",),
    "entities": ("peple[x]", "x" * 300, "\n".join(f"people[p{n}]" for n in range(60))),
}


@pytest.mark.parametrize("field", list(WRONG))
def test_what_is_wrong_is_said_beside_it_and_changes_nothing(pages: Site, field: str) -> None:
    before = ana(pages)
    for value in WRONG[field]:
        answer = pages.ask(her_page(pages), form=SAVED | {"language": "en", field: value})
        assert answer.status == 400, value
        assert f'id="p1-{field}-wrong"' in answer.text
        assert field in ("zone", "language") or "<option selected>Europe/Kyiv" in answer.text
    assert ana(pages) == before


def test_unknown_fields_change_nothing(pages: Site) -> None:
    extra = {"address": "eve@example.org", "state": "ended", "origin": "command", "receipts": "1"}
    done(pages, her_page(pages), **(SAVED | extra))
    assert ana(pages).spec.receipts is False
    assert pages.program.store.subscriptions.all(address="eve@example.org") == ()


def test_a_schedule_that_the_form_cannot_say_may_stay(pages: Site) -> None:
    spec = replace(ana(pages).spec, cadence="cron 0 7 * * 1-5")
    pages.program.store.subscriptions.update(ana(pages).id, spec, due_at=None)
    assert "cron 0 7 * * 1-5" in pages.ask(her_page(pages)).text
    done(pages, her_page(pages), **(SAVED | {"every": "cron"}))
    assert ana(pages).spec.cadence == "cron 0 7 * * 1-5"


def test_she_mutes_sees_and_hears_of_it_again(pages: Site) -> None:
    here = her_page(pages)
    form = {"what": "statements", "until": "2026-03-01", "reason": "<too> many"}
    done(pages, f"{here}/mute", **form)
    (mute,) = ana(pages).mutes
    assert (mute.what, mute.until, mute.reason) == ("statements", "2026-03-01", "<too> many")
    assert "&lt;too&gt; many" in pages.ask(here).text
    bo = follows(pages, "bo@example.org")
    theirs = pages.program.store.subscriptions.mute(bo.id, "x", "", until=None, now=NOON)
    done(pages, f"{here}/unmute", number=str(theirs.id))
    assert len(pages.program.store.subscriptions.get(bo.id).mutes) == 1
    done(pages, f"{here}/unmute", number=str(mute.id))
    assert ana(pages).mutes == ()


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("what", {"what": ""}),
        ("what", {"what": "statments"}),
        ("what", {"what": "zz<script>"}),
        ("day", {"what": "statements", "until": "2020-01-01"}),
        ("what", {"what": "x" * 201}),
        ("day", {"what": "statements", "until": "tomorrow"}),
        ("reason", {"what": "statements", "reason": "y" * 201}),
    ],
)
def test_a_mute_that_cannot_be_is_said_beside_its_field(
    pages: Site, field: str, form: dict[str, str]
) -> None:
    answer = pages.ask(f"{her_page(pages)}/mute", form={"subscription": "digest"} | form)
    assert answer.status == 400
    assert f'id="p1-{field}-wrong"' in answer.text
    assert html.escape(form["what"]) in answer.text
    assert ana(pages).mutes == ()


def test_a_pause_holds_what_waits_and_ends_at_the_usual_hour(pages: Site) -> None:
    done(pages, her_page(pages), **(SAVED | {"every": "daily", "collections": "", "entities": ""}))
    memory, store = Memory(), pages.program.store
    one_pass(pages.program, memory, NOON + timedelta(days=1))
    before = len(store.outbox.find(subscription=ana(pages).id, states=("pending",)))
    done(pages, f"{her_page(pages)}/pause", until="2026-03-01")
    assert "Пауза до 1 березня 2026" in pages.ask(her_page(pages)).text
    waiting = store.outbox.find(subscription=ana(pages).id, states=("pending",))
    assert before >= 1
    assert [one.reason for one in waiting if one.reason != "welcome"] == []
    written = len(store.outbox.find(subscription=ana(pages).id))
    for day in (2, 5, 8):
        one_pass(pages.program, memory, NOON + timedelta(days=day))
    assert len(store.outbox.find(subscription=ana(pages).id)) == written
    due = ana(pages).due_at
    assert due is not None
    assert due.isoformat() == "2026-03-01T06:15:00+00:00"
    one_pass(pages.program, memory, due - timedelta(minutes=1))
    assert len(store.outbox.find(subscription=ana(pages).id)) == written
    one_pass(pages.program, memory, due)
    assert len(store.outbox.find(subscription=ana(pages).id)) == written + 1


@pytest.mark.parametrize(
    "day", ["", "soon", "2026-02-20", "2020-01-01", "2027-01-01", "9999-12-31"]
)
def test_a_pause_to_a_day_that_cannot_be_is_said_beside_it(pages: Site, day: str) -> None:
    form = {"subscription": "digest", "until": day}
    answer = pages.ask(f"{her_page(pages)}/pause", form=form)
    assert answer.status == 400
    assert "Write a day from tomorrow to" in answer.text
    assert ana(pages).rests_until is None


def test_she_goes_on_before_its_end(pages: Site) -> None:
    done(pages, f"{her_page(pages)}/pause", until="2026-03-01")
    done(pages, f"{her_page(pages)}/pause", resume="1")
    assert ana(pages).rests_until is None
    one_pass(pages.program, Memory(), NOON + timedelta(days=1))
    assert any(
        one.reason == "digest"
        for one in pages.program.store.outbox.find(subscription=ana(pages).id)
    )


def test_she_leaves_one_or_all_and_takes_it_back(pages: Site) -> None:
    follows(pages, "ana@example.org", "second")
    here = f"{her_page(pages)}/leave"
    done(pages, here, subscription="second")
    assert states(pages) == ["active", "unsubscribed"]
    assert pages.ask(here, form={}).status == 303
    assert states(pages) == ["unsubscribed", "unsubscribed"]
    assert "Follow this again" in pages.ask(her_page_of(pages, "second")).text
    done(pages, her_page_of(pages, "second"), **SAVED)
    assert states(pages) == ["active", "unsubscribed"]


def states(pages: Site) -> list[str]:
    mine = pages.program.store.subscriptions.all(address="ana@example.org")
    return [one.state for one in mine]


def her_page_of(pages: Site, name: str) -> str:
    found = pages.program.store.subscriptions.find("ana@example.org", name)
    assert found is not None
    return links.own_page(page_token(pages.program, found.id))


def test_whom_the_operator_has_ended_stays_so(pages: Site) -> None:
    pages.program.store.subscriptions.set_state(
        ana(pages).id, "unsubscribed", "by command", now=NOON
    )
    assert "Follow this again" not in pages.ask(her_page(pages)).text
    assert pages.ask(her_page(pages), form=SAVED).status == 400
    assert ana(pages).state == "unsubscribed"


def test_an_address_that_gets_no_mail_is_told_so(pages: Site) -> None:
    pages.program.store.suppressions.add("ana@example.org", reason="asked", by="x", now=NOON)
    assert "gets no mail from here" in pages.ask(her_page(pages)).text
    assert pages.ask(her_page(pages), form=SAVED).status == 400


def test_links_that_she_ends_open_nothing_any_more(pages: Site) -> None:
    old = her_page(pages)
    moved = done(pages, f"{old}/link")
    assert pages.ask(old).status == 404
    assert pages.ask(moved).status == 200
    assert moved.startswith(her_page(pages))
    unsubscribing = f"/u/{make_token(pages.program.secret, ana(pages).id)}"
    assert pages.ask(unsubscribing).status == 200


def test_all_that_is_kept_of_her_is_hers_to_take(pages: Site) -> None:
    done(pages, f"{her_page(pages)}/mute", what="statements", reason="too many")
    pages.program.store.suppressions.add(
        "ana@example.org", scope="other", reason="asked", by="desk", now=NOON
    )
    follows(pages, "bo@example.org")
    answer = pages.ask(f"{her_page(pages)}/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    found = json.loads(answer.text)
    assert found["address"] == "ana@example.org"
    (one,) = found["subscriptions"]
    assert one["mutes"][0]["what"] == "statements"
    assert one["told"][0].items() >= {"situation": TALKS, "up_to": "2026-02-15"}.items()
    assert {message["to"] for message in one["messages"]} == {"ana@example.org"}
    assert found["suppressions"][0]["scope"] == "other"
    assert "bo@example.org" not in answer.text


def test_erasing_asks_once_more_and_leaves_nothing_that_names_her(
    pages: Site, tmp_path: Path
) -> None:
    one_pass(pages.program, Memory(), NOON + timedelta(days=1))
    here, store = her_page(pages), pages.program.store
    number = ana(pages).id
    follows(pages, "ana@example.org", "second")
    (message, *_) = store.outbox.find(subscription=number)
    asked = pages.ask(f"{here}/erase")
    assert "Erase all about you?" in asked.text
    assert ana_count(pages) == 2
    answer = pages.ask(f"{here}/erase", form={})
    assert "You are erased" in answer.text
    assert ana_count(pages) == 0
    for path in (here, f"{here}/data.json", f"{here}/erase"):
        assert pages.ask(path).status == 404
    assert pages.ask(f"{here}/erase", form={}).status == 404
    assert pages.ask(f"/u/{make_token(pages.program.secret, number)}").status == 404
    with pytest.raises(NotFound, match="was erased"):
        stored_bytes(pages.program, store.outbox.get(message.id))
    assert message.digest is None or store.digests.get(message.digest).subject
    assert not named_anywhere(tmp_path / "desk" / "var" / "monitor.db")

    assert provision(pages.program, NOON).created == ()
    one_pass(pages.program, Memory(), NOON + timedelta(days=2))
    assert ana_count(pages) == 0
    assert store.outbox.find(states=("pending", "retry"), subscription=number) == ()


def test_whoever_was_erased_may_come_back(pages: Site) -> None:
    here = confirms(pages)
    assert pages.ask(f"{here}/erase", form={}).status == 200
    again = confirms(pages)
    assert again != here
    assert pages.ask(again).status == 200


def ana_count(pages: Site) -> int:
    return len(pages.program.store.subscriptions.all(address="ana@example.org"))


def named_anywhere(file: Path) -> list[str]:
    """Tables with a cell that has her address; the login of a person is somebody else's to end."""
    found = []
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                if table != "people" and any("ana@example.org" in _text(cell) for cell in row):
                    found.append(table)
    return found


def _text(cell: object) -> str:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
