"""A webhook on the wire: signed, sent where it was meant to go, and nowhere else."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from monitor.deliver.webhook.channel import WebhookChannel
from monitor.deliver.webhook.endpoint import endpoint_of
from monitor.model.message import Envelope, Outcome, Result, Scope
from tests.receiver import SECRET, Post, Receiver, Says

OLD = "whsec_" + base64.b64encode(b"what it was before, long enough").decode()
BODY = '{"type":"digest","data":{"headline":"Петренко замінює"}}'.encode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def sent(
    address: str,
    *,
    secrets: Sequence[str] = (SECRET,),
    seconds: float = 30.0,
    private: Sequence[str] = ("127.0.0.1",),
    within: float = 60.0,
) -> Outcome:
    async def send() -> Outcome:
        endpoint = endpoint_of(
            address,
            secrets,
            seconds=seconds,
            private=private,
            ca_file=None,
            contact="desk@example.org",
        )
        channel = WebhookChannel(endpoint)
        deadline = asyncio.get_running_loop().time() + within
        envelope = Envelope(message_id="msg_1", sender="", recipient="channel:desk", data=BODY)
        try:
            return channel.judge(await channel.send(envelope, deadline=deadline))
        finally:
            await channel.close()

    return asyncio.run(send())


def is_signed(post: Post, secret: str) -> bool:
    """By the standard's own words and nobody's library."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = b".".join((post.id.encode(), post.headers["webhook-timestamp"].encode(), post.body))
    mine = b"v1," + base64.b64encode(hmac.new(key, told, hashlib.sha256).digest())
    return mine.decode() in post.headers["webhook-signature"].split(" ")


def test_the_body_arrives_byte_for_byte_under_the_messages_own_id(receiver: Receiver) -> None:
    assert sent(receiver.address).result is Result.SENT

    (post,) = receiver.posts
    assert (post.path, post.id, post.body) == ("/hooks/T0KEN-of-ours", "msg_1", BODY)
    assert post.headers["content-type"] == "application/json"
    assert post.headers["user-agent"].endswith("(+mailto:desk@example.org)")
    age = datetime.now(UTC).timestamp() - int(post.headers["webhook-timestamp"])
    assert -1 <= age < 30


def test_a_receiver_can_verify_it_by_the_standard_and_by_the_library(receiver: Receiver) -> None:
    sent(receiver.address)

    (post,) = receiver.posts
    assert is_signed(post, SECRET)
    assert Webhook(SECRET).verify(post.body, dict(post.headers))["type"] == "digest"
    assert not is_signed(post._replace(body=post.body + b" "), SECRET)
    assert not is_signed(post, OLD)


def test_while_a_secret_is_replaced_both_are_good(receiver: Receiver) -> None:
    sent(receiver.address, secrets=(SECRET, OLD))

    (post,) = receiver.posts
    assert is_signed(post, SECRET)
    assert is_signed(post, OLD)
    assert len(post.headers["webhook-signature"].split(" ")) == 2


def test_a_redirect_is_an_answer_and_not_followed(receiver: Receiver) -> None:
    with Receiver() as elsewhere:
        receiver.says(Says(status=307, headers={"Location": elsewhere.address}))
        outcome = sent(receiver.address)

    assert (outcome.result, outcome.code) == (Result.TEMPORARY, 307)
    assert elsewhere.posts == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Says(hangs=60.0), "no whole answer within 0.5 s"),
        (Says(is_silent=True), ""),
        (Says(cuts=True), ""),
    ],
)
def test_what_is_not_answered_whole_and_in_time_is_tried_again(
    receiver: Receiver, answer: Says, said: str
) -> None:
    receiver.says(answer)
    outcome = sent(receiver.address, seconds=0.5 if answer.hangs else 30)

    assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
    assert outcome.phase == "answer"
    assert said in outcome.text


def test_nobody_at_the_address_is_a_way_that_breaks() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        outcome = sent(f"http://127.0.0.1:{unused.getsockname()[1]}/S3CRET-PATH")

    assert (outcome.phase, outcome.scope) == ("reach", Scope.CONNECTION)
    assert "S3CRET" not in outcome.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.7", "[::1]"])
def test_no_machine_inside_is_told_unless_it_was_named(host: str) -> None:
    outcome = sent(f"https://{host}/hook", private=())

    assert (outcome.result, outcome.phase) == (Result.TEMPORARY, "reach")
    assert "does not belong to the public network" in outcome.text


def test_a_name_is_resolved_once_and_what_came_of_it_is_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *more: Any, **options: Any) -> Any:
        if host != "hooks.example.org":
            return real(host, port, *more, **options)
        asked.append(host)
        inside = "127.0.0.1" if len(asked) == 1 else "10.9.9.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inside, port))]

    monkeypatch.setattr("monitor.net.guard.socket.getaddrinfo", resolve)
    address = receiver.address.replace("127.0.0.1", "hooks.example.org")
    outcome = sent(address, private=("hooks.example.org",))

    assert (outcome.result, asked) == (Result.SENT, ["hooks.example.org"])


def test_of_what_a_refusal_says_a_short_clean_line_is_kept(receiver: Receiver) -> None:
    words = b"<b>no\r\n\x1b[31m /hooks/T0KEN-of-ours " + b"x" * 5000
    receiver.says(Says(status=422, body=words))
    outcome = sent(receiver.address)

    assert outcome.code == 422
    assert outcome.text.startswith("<b>no  [31m ...") or "T0KEN" not in outcome.text
    assert len(outcome.text) <= 120
    assert outcome.text.isprintable()


@pytest.mark.parametrize("wanted", ["120", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_retry_after_is_read_as_seconds_or_a_date(receiver: Receiver, wanted: str) -> None:
    receiver.says(Says(status=429, headers={"Retry-After": wanted}))

    assert sent(receiver.address).wait >= 120


def test_nothing_is_begun_when_the_lease_is_over(receiver: Receiver) -> None:
    assert sent(receiver.address, within=-1.0).result is Result.RELEASED
    assert receiver.posts == []


def test_who_shuts_down_does_not_wait_for_a_silent_receiver(receiver: Receiver) -> None:
    async def shut_down() -> Outcome:
        endpoint = endpoint_of(
            receiver.address,
            (SECRET,),
            seconds=60.0,
            private=("127.0.0.1",),
            ca_file=None,
            contact="",
        )
        channel = WebhookChannel(endpoint)
        envelope = Envelope(message_id="msg_1", sender="", recipient="channel:desk", data=BODY)
        deadline = asyncio.get_running_loop().time() + 60
        sending = asyncio.create_task(channel.send(envelope, deadline=deadline))
        while not receiver.posts:
            await asyncio.sleep(0.005)
        await channel.close()
        return channel.judge(await asyncio.wait_for(sending, 30))

    receiver.says(Says(hangs=60.0))
    outcome = asyncio.run(shut_down())
    assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
