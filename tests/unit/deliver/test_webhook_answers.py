"""What a receiver's answer means: a table; and what of its words and ours may be said."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest

from monitor.deliver.channel import Breakage, Halt, Reply
from monitor.deliver.retry import next_attempt
from monitor.deliver.webhook.endpoint import Endpoint, check_address, check_secret
from monitor.deliver.webhook.judging import TRIES, judge
from monitor.errors import SettingsError
from monitor.model.message import Outcome, Result, Scope
from monitor.net.guard import Named, named_places

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATE = NOW + timedelta(days=2)


def answered(code: int, wait: float = 0.0) -> Outcome:
    return judge(Reply("answer", code, "words", wait))


@pytest.mark.parametrize("code", [200, 202, 204, 299])
def test_every_2xx_is_taken(code: int) -> None:
    assert answered(code).result is Result.SENT


def test_410_is_for_good_and_at_once() -> None:
    gone = answered(410)
    assert (gone.result, gone.scope) == (Result.PERMANENT, Scope.MESSAGE)
    assert next_attempt(1, gone, NOW, LATE) is None


@pytest.mark.parametrize("code", [408, 425, 429, 502, 503, 504])
def test_a_busy_host_uses_up_no_attempt_of_a_message(code: int) -> None:
    busy = answered(code)
    assert (busy.result, busy.scope) == (Result.TEMPORARY, Scope.CONNECTION)


@pytest.mark.parametrize("code", [429, 503])
def test_it_is_left_alone_for_as_long_as_it_asks(code: int) -> None:
    assert next_attempt(1, answered(code, 600.0), NOW, LATE) == NOW + timedelta(minutes=10)
    assert next_attempt(1, answered(code), NOW, LATE) == NOW + timedelta(seconds=20)


@pytest.mark.parametrize("code", [302, 400, 403, 422])
def test_a_refusal_says_nothing_about_when_to_come_again(code: int) -> None:
    """Eight times six hours would be two days in which nobody learns of it."""
    assert answered(code, 21_600.0) == answered(code)


@pytest.mark.parametrize("code", [500, 501, 507, 599])
def test_a_server_that_fails_is_tried_again_until_the_message_expires(code: int) -> None:
    assert next_attempt(40, answered(code), NOW, LATE) == NOW + timedelta(hours=1)


@pytest.mark.parametrize("code", [301, 302, 307, 400, 401, 403, 404, 413, 421, 422])
def test_a_refusal_is_tried_for_some_hours_before_it_is_believed(code: int) -> None:
    at, attempts = NOW, 1
    while (again := next_attempt(attempts, answered(code), at, LATE)) is not None:
        at, attempts = again, attempts + 1
    assert attempts == TRIES
    assert timedelta(hours=3) < at - NOW < timedelta(hours=5)


def test_a_redirect_is_named_where_the_receiver_says_nothing() -> None:
    assert judge(Reply("answer", 302, "")).text == "a redirect, which is not followed"


@pytest.mark.parametrize("phase", ["reach", "answer"])
def test_a_way_that_breaks_is_the_hosts_trouble(phase: str) -> None:
    broken = judge(Breakage(phase, ConnectionError("no whole answer within 15 s")))
    assert (broken.result, broken.scope) == (Result.TEMPORARY, Scope.CONNECTION)
    assert (broken.phase, broken.text) == (phase, "no whole answer within 15 s")


def test_what_was_not_begun_is_given_back() -> None:
    assert judge(Halt("shutting down")).result is Result.RELEASED


ADDRESS = "https://hooks.example.org/in/B0FTOKEN77/x?key=s3cr3t-value"


def endpoint(address: str = ADDRESS) -> Endpoint:
    return Endpoint(
        address=address,
        secrets=("whsec_x",),
        seconds=5.0,
        agent="monitor",
        named=Named(),
        context=ssl.create_default_context(),
    )


@pytest.mark.parametrize(
    "said",
    [
        f"there is nothing at {ADDRESS}",
        "no route for /in/B0FTOKEN77/x",
        "B0FTOKEN77 is unknown",
        "bad key s3cr3t-value",
    ],
)
def test_what_a_receiver_repeats_of_the_address_is_not_kept(said: str) -> None:
    shown = endpoint().without_secrets(said)
    assert "B0FTOKEN77" not in shown
    assert "s3cr3t" not in shown


def test_an_endpoint_shows_its_host_alone() -> None:
    assert repr(endpoint()) == "Endpoint(hooks.example.org:443)"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://hooks.example.org/x",
        "file:///etc/passwd",
        "http://hooks.example.org/B0FTOKEN77",
        "https://user:B0FTOKEN77@hooks.example.org/",
        "http://10.0.0.1\\@hooks.example.org/B0FTOKEN77",
        "https:///B0FTOKEN77",
        "http://127.0.0.1:8000/B0FTOKEN77",
    ],
)
def test_nothing_is_sent_to_what_is_no_https_address_and_it_is_not_shown(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        check_address(address, Named())
    assert "B0FTOKEN77" not in str(refused.value)


def test_http_goes_to_what_a_person_has_named() -> None:
    check_address("http://127.0.0.1:8000/x", named_places(["127.0.0.1"]))
    check_address("http://10.1.2.3/x", named_places(["10.0.0.0/8"]))
    check_address("http://intranet.example.org/x", named_places(["intranet.example.org"]))


@pytest.mark.parametrize("secret", ["", "hunter2", "whsec_", "whsec_aHVudGVyMg==", "whsec_?!"])
def test_a_secret_that_is_none_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(SettingsError) as refused:
        check_secret(secret)
    assert "hunter2" not in str(refused.value)
    assert "aHVudGVyMg" not in str(refused.value)
