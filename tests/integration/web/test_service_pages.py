"""The service as a page: sources, outbox, troubles; each message with its attempts, tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from monitor.model.message import Claimed, Mark, Outcome, Result
from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.trouble.conditions import CHECKS
from monitor.store.elders import TOLD_IN_ONE
from monitor.store.records import Bounce, HoldCause, Letter, MessageRow
from monitor.words import language
from tests.deciding import hrefs_of, let_one_wait, text_of
from tests.pages import NOON, Site, site
from tests.receiver import SECRET

LATER = timedelta(hours=1)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


def _post(pages: Site, number: int = 1) -> None:
    store = pages.program.store
    body = store.digests.add_body(b"body")
    letters = [
        Letter(
            reason="manual",
            message_id=f"<{at}@monitor.example>",
            body=body,
            recipient=f"reader-{at}@example.org",
            splice={},
            not_before=NOON,
            expires_at=NOON + timedelta(days=2),
        )
        for at in range(number)
    ]
    store.outbox.post(letters, now=NOON)


def _refuse_one(pages: Site) -> MessageRow:
    """A message that a server put off."""
    store = pages.program.store
    store.nodes.start(now=NOON)
    _post(pages)
    (claimed,) = [one for one in store.outbox.claim(limit=5, now=NOON) if _is_ours(one)]
    outcome = Outcome(result=Result.TEMPORARY, code=451, text="try <later>", phase="rcpt")
    store.outbox.mark([Mark(message=claimed, outcome=outcome, next_attempt=NOON + LATER)], now=NOON)
    store.nodes.stop(now=NOON)
    return store.outbox.find(reason="manual")[0]


def _is_ours(one: Claimed) -> bool:
    return one.recipient.startswith("reader-")


def test_the_service_says_how_its_sources_are(pages: Site) -> None:
    text = text_of(pages.sees("/service", "reader"))

    assert "snapshots fresh Friday, 12:00" in text
    assert "20 February 2026" in text
    assert "The service does not run." in text


def test_a_running_node_is_named(pages: Site) -> None:
    pages.program.store.nodes.start(now=NOON)

    assert "process" in text_of(pages.sees("/service", "reader"))


def test_who_only_reads_sees_no_addresses(pages: Site) -> None:
    _post(pages)
    let_one_wait(pages)
    reader, editor = pages.sees("/service", "reader"), pages.sees("/service", "editor")

    assert "A person is needed" in reader
    assert "A version waits" not in reader
    assert "/service/messages" not in reader
    assert "A version waits for a decision" in editor
    assert "/service/messages?state=pending" in hrefs_of(editor)
    assert pages.ask("/service/messages", role="reader").status == 403


def test_a_message_is_shown_with_its_attempts_and_why(pages: Site) -> None:
    found = _refuse_one(pages)
    html = pages.sees(f"/service/messages/{found.id}", "editor")

    assert "reader-0@example.org" in html
    assert "tried again later" in html
    assert "try &lt;later&gt;" in html
    assert "try <later>" not in html
    assert "451" in html


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (TOLD_IN_ONE, "Настав час новішого листа"),
        (
            "message 3 before it was not delivered; the next one tells both",
            "Лист перед ним не доставлено",
        ),
        ("asked for by Ana", "asked for by Ana"),
    ],
)
def test_why_a_message_was_given_up_is_said_in_her_language(
    pages: Site, reason: str, said: str
) -> None:
    _post(pages)
    (found,) = pages.program.store.outbox.find(reason="manual")
    pages.program.store.outbox.cancel([str(found.id)], reason, now=NOON)
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")

    html = pages.sees(f"/service/messages/{found.id}", "editor")
    assert said in html
    assert "tells both" not in html


def test_a_message_that_came_back_is_shown_with_its_reports(pages: Site) -> None:
    _post(pages)
    (found,) = pages.program.store.outbox.find(reason="manual")
    bounce = Bounce(
        report="<1@far.example>",
        at=NOON,
        way="pipe",
        sort="failed",
        verdict="suppressed",
        status="5.1.1",
        text="no <b>such</b> mailbox",
        reporter="mx.far.example",
        address="reader-0@example.org",
        message=found.id,
    )
    assert pages.program.store.bounces.add(bounce)
    one = pages.sees(f"/service/messages/{found.id}", "editor")
    every = pages.sees("/service/messages", "editor")

    assert "Came back" in one and "Came back" in every
    assert "failed: 5.1.1 no &lt;b&gt;such&lt;/b&gt; mailbox (mx.far.example)" in one
    assert "The address gets no more mail." in one
    assert "<b>such" not in one + every


def test_a_waiting_message_is_tried_at_once(pages: Site) -> None:
    found = _refuse_one(pages)
    path = f"/service/messages/{found.id}/retry"
    assert pages.ask(path, role="reader", form={}).status == 403
    answer = pages.ask(path, role="editor", form={})
    again = pages.program.store.outbox.get(found.id)

    assert answer.status == 303
    assert again.next_attempt is not None
    assert again.next_attempt <= NOON


def test_what_is_over_is_not_tried_again(pages: Site) -> None:
    found = _refuse_one(pages)
    pages.program.store.outbox.cancel([found.id], "sent by hand", now=NOON)
    html = pages.sees(f"/service/messages/{found.id}", "editor")
    answer = pages.ask(f"/service/messages/{found.id}/retry", role="editor", form={})

    assert "Try again now" not in html
    assert answer.status == 409


def test_many_messages_are_paged_and_chosen_by_state(pages: Site) -> None:
    _post(pages, 120)
    seen: set[str] = set()
    path, turns = "/service/messages?state=pending", 0
    while path and turns < 9:
        html = pages.sees(path, "editor")
        links = hrefs_of(html)
        seen |= {to for to in links if to.removeprefix("/service/messages/").isdigit()}
        path = next((to for to in links if "before=" in to), "")
        turns += 1

    assert len(seen) >= 120
    assert turns < 9
    assert "Nothing here." in pages.sees("/service/messages?state=dead", "editor")


@pytest.mark.parametrize("asked", ["before=x", "before=%00", "before=-1", f"before={'9' * 30}"])
def test_what_is_no_message_is_no_page(pages: Site, asked: str) -> None:
    assert pages.ask(f"/service/messages?{asked}", role="editor").status == 404
    assert pages.ask("/service/messages/nobody", role="editor").status == 404


HOOK = """
[channels.desk]
kind = "webhook"
url = "env:A_HOOK"
secret = "env:A_SECRET"
"""


@pytest.mark.parametrize(
    ("language", "said"), [("en", "takes nothing"), ("uk", "нічого не приймає")]
)
def test_a_channel_is_shown_with_how_it_does_and_nothing_of_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("A_HOOK", "https://hooks.example.org/B0FTOKEN")
    monkeypatch.setenv("A_SECRET", SECRET)
    with site(tmp_path, config=HOOK) as pages:
        store = pages.program.store
        person = store.people.find("editor")
        assert person is not None
        store.people.change(person.id, language=language)
        spec = SubscriptionSpec(
            address="channel:desk", name="program", situations=("ukraine-talks",)
        )
        store.subscriptions.create(spec, (), due_at=None, now=NOON)
        said_by = "answer: 503 <b>busy</b>"
        store.breakers.failed("channel desk", said_by, pause=timedelta(), now=NOON)
        html = pages.sees("/service", "editor")
        reader = pages.sees("/service", "reader")
        listed = pages.sees("/subscriptions", "editor")

    assert said in html
    assert "hooks.example.org:443" in html
    assert "answer: 503 &lt;b&gt;busy" in html
    assert "program: " in html
    assert "channel:desk/program" in listed
    assert "hooks.example.org" not in reader
    assert "B0FTOKEN" not in html + reader + listed


def test_the_service_is_said_in_ukrainian(pages: Site) -> None:
    person = pages.program.store.people.find("editor")
    assert person is not None
    pages.program.store.people.change(person.id, language="uk")

    assert "Вихідні листи" in pages.sees("/service", "editor")
    assert "Усі листи" in pages.sees("/service/messages", "editor")


def test_every_sort_of_trouble_has_words_in_both_languages() -> None:
    sorts = {sort for check in CHECKS for sort in check.sorts}
    for code in ("en", "uk"):
        assert sorts <= language(code).pages.deciding.TROUBLES.keys()
        assert language(code).pages.deciding.HOLDS.keys() == set(get_args(HoldCause))


def test_troubles_are_told_in_her_language_and_lead_to_where_they_end(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        let_one_wait(pages)
        english = pages.sees("/service", "editor")
        editor = pages.program.store.people.find("editor")
        assert editor is not None
        pages.program.store.people.change(editor.id, language="uk")
        ours = text_of(pages.sees("/service", "editor"))
        waits = text_of(pages.sees("/review", "editor"))
        message = text_of(pages.sees("/service/messages/1", "editor"))

    assert '<a href="/review">A version waits for a decision</a>' in english
    assert '<a href="/service/messages?state=held">Mail waits for a decision</a>' in english
    assert "monitor held release" not in english
    assert "Версія чекає на рішення" in ours
    assert "Лист чекає на рішення" in ours
    assert "Її день іще попереду" in waits
    assert "as_of" not in waits
    assert "Ця база даних — копія" in message


def test_a_held_message_is_sent_after_all_by_an_editor_with_a_reason(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        let_one_wait(pages)
        path, outbox = "/service/messages/1", pages.program.store.outbox
        assert outbox.get("1").state == "held"
        assert "Send it after all" in pages.sees(path, "editor")
        assert pages.ask(f"{path}/release", role="reader", form={"reason": "x"}).status == 403
        assert pages.ask(f"{path}/release", role="editor", form={"reason": " "}).status == 400
        assert outbox.get("1").state == "held"
        form = {"reason": "the original is gone"}
        assert pages.ask(f"{path}/release", role="editor", form=form).status == 303
        shown = text_of(pages.sees(path, "editor"))
        again = pages.ask(f"{path}/release", role="editor", form=form)
        found = outbox.get("1")

    assert found.state == "pending"
    assert "released by editor: the original is gone" in shown
    assert again.status == 409
