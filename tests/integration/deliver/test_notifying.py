"""Chats by apprise: a headline, three findings and a link, as plain text."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.deliver.notifying import AppriseChannel, addresses_of, services
from monitor.errors import ExtraMissing, SettingsError
from monitor.model.message import Envelope, Outcome, Result, Scope
from monitor.report.note import note
from tests.receiver import Receiver, Says

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
"""Of a service's module in apprise, which we do not use."""

TEXT = note(
    "Medinsky replaces Kostyukov (+8)",
    ("<b>Medinsky</b> heads the delegation", "A *round* is set", "Прапор & knyaz"),
    "https://monitor.example.org/situations/talks/compare?old=a&new=b",
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def chat(receiver: Receiver) -> str:
    return receiver.address.replace("http://", "json://")


def sent(*addresses: str, body: bytes = TEXT, seconds: float = 30.0) -> Outcome:
    async def send() -> Outcome:
        channel = AppriseChannel(addresses_of(addresses, ("json",)), seconds=seconds)
        envelope = Envelope(message_id="msg_1", sender="", recipient="channel:team", data=body)
        deadline = asyncio.get_running_loop().time() + 60
        try:
            return channel.judge(await channel.send(envelope, deadline=deadline))
        finally:
            await channel.close()

    return asyncio.run(send())


def test_it_is_our_own_short_text_and_no_markup_of_a_snapshot_lives(receiver: Receiver) -> None:
    assert sent(chat(receiver)).result is Result.SENT

    (post,) = receiver.posts
    assert post.event["title"] == "Medinsky replaces Kostyukov (+8)"
    assert post.event["message"].splitlines() == [
        "• <b>Medinsky</b> heads the delegation",
        "• A *round* is set",
        "• Прапор & knyaz",
        "https://monitor.example.org/situations/talks/compare?old=a&new=b",
    ]


def test_a_headline_alone_is_told_too(receiver: Receiver) -> None:
    assert sent(chat(receiver), body=note("Nothing changed")).result is Result.SENT
    assert "Nothing changed" in receiver.posts[0].event["message"]


@pytest.mark.parametrize("answer", [Says(status=500), Says(status=404), Says(hangs=60.0)])
def test_what_was_not_taken_is_tried_again_and_no_address_is_said(
    receiver: Receiver, answer: Says
) -> None:
    receiver.says(answer)
    outcome = sent(chat(receiver), seconds=0.5 if answer.hangs else 30)

    assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
    assert (outcome.phase, outcome.text) == ("notify", "json did not take it")


def test_with_several_addresses_each_must_have_taken_it(receiver: Receiver) -> None:
    receiver.says(Says(), Says(status=500))
    assert sent(chat(receiver), chat(receiver)).result is Result.TEMPORARY
    assert len(receiver.posts) == 2


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mailto://me:S3CRET@example.org", "begins with mailto://"),
        ("syslog://S3CRET", "begins with syslog://"),
        ("file:///S3CRET", "begins with file://"),
        ("json://127.0.0.1/S3CRET", "begins with json://"),
        ("S3CRET", "is no address of apprise"),
        (" \n ", "its urls are empty"),
    ],
)
def test_only_services_that_hand_a_text_on_are_told_and_no_address_is_shown(
    written: str, said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        addresses_of([written], ())
    assert said in str(refused.value)
    assert "S3CRET" not in str(refused.value)


def test_what_apprise_cannot_read_is_refused_without_it() -> None:
    with pytest.raises(SettingsError, match="cannot be read by apprise") as refused:
        AppriseChannel(("slack://S3CRET",), seconds=1.0)
    assert "S3CRET" not in str(refused.value)


def test_of_several_addresses_the_services_are_said() -> None:
    assert services(("ntfys://ntfy.sh/ours", "slack://a/b/c", "ntfys://x/y")) == "ntfys, slack"


def test_without_the_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def lacking(name: str, *more: Any, **named: Any) -> Any:
        if name == "apprise":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(ExtraMissing, match=r"install monitor\[apprise\]"):
        AppriseChannel(("ntfys://ntfy.sh/ours",), seconds=1.0)
