"""A model that is asked: what comes back, and what is said when nothing useful does."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx2
import pytest

from monitor.errors import ModelUnavailable
from monitor.model.record import replace
from monitor.pipeline.drafting.chat import LARGEST, Endpoint, Said, chat
from monitor.settings.secret import Secret
from tests.models import base, model, plain, question, says
from tests.receiver import Receiver, Says

KEY = "sk-VERY-secret-0123456789"
ASKED = [{"role": "user", "content": "What is it?"}]


@pytest.fixture(scope="module")
def server() -> Iterator[Receiver]:
    with model() as found:
        yield found


@pytest.fixture
def scribe(server: Receiver) -> Receiver:
    server.posts.clear()
    server.says()
    return server


CONTEXT = httpx2.create_ssl_context()


def endpoint(server: Receiver, *, key: str | None = KEY, seconds: float = 5.0) -> Endpoint:
    return Endpoint(
        address=f"{base(server)}/chat/completions",
        host="127.0.0.1",
        model="scribe-1",
        key=Secret(key) if key else None,
        key_env="DESK_KEY",
        seconds=seconds,
        most_tokens=900,
        agent="monitor/0",
        context=CONTEXT,
    )


def asked(server: Receiver, *answers: Says, seconds: float = 5.0) -> tuple[Said, list[float]]:
    waited: list[float] = []
    server.says(*answers)
    said = chat(endpoint(server, seconds=seconds), ASKED, wait=waited.append)
    return said, waited


def refused(server: Receiver, *answers: Says, seconds: float = 5.0) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        asked(server, *answers, seconds=seconds)
    told = str(caught.value)
    assert told.startswith("the model at 127.0.0.1: ")
    assert "\n" not in told
    assert KEY not in told
    return told.removeprefix("the model at 127.0.0.1: ")


def test_a_good_answer_is_its_text_and_what_it_cost(scribe: Receiver) -> None:
    said, waited = asked(scribe, says("It is this.", tokens=321))
    assert said == Said(text="It is this.", tokens=321)
    assert waited == []
    [post] = scribe.posts
    assert post.path == "/v1/chat/completions"
    assert post.headers["authorization"] == f"Bearer {KEY}"
    told = question(post)
    assert (told["model"], told["messages"], told["stream"]) == ("scribe-1", ASKED, False)
    assert (told["max_tokens"], told["temperature"]) == (900, 0)


def test_a_model_of_ones_own_gets_no_key(scribe: Receiver) -> None:
    scribe.says(says("Yes."))
    chat(endpoint(scribe, key=None), ASKED)
    assert "authorization" not in scribe.posts[0].headers


def test_the_key_stands_in_no_representation(scribe: Receiver) -> None:
    assert KEY not in repr(endpoint(scribe))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain("{}", 401), "it refuses us (401); DESK_KEY is set"),
        (plain(f'{{"error": "bad key {KEY}"}}', 401), "it refuses us (401); DESK_KEY is set"),
        (plain("{}", 403), "it refuses us (403); DESK_KEY is set"),
        (plain('{"error": "no scribe-1"}', 404), "there is no such address or model (404)"),
        (plain(f"you sent {KEY}, why", 418), "it does not take this (418): you sent ..., why"),
        (plain("", 302, Location="https://elsewhere.example/"), "it leads elsewhere (302)"),
        (plain("", 307, Location="http://169.254.169.254/"), "it leads elsewhere (307)"),
        (plain("<html>Hello</html>", kind="text/html"), "its answer is no JSON (text/html)"),
        (plain("", kind="text/plain"), "its answer is no JSON"),
        (plain("NaN"), "its answer is no JSON"),
        (plain("[" * 100_000), "its answer is no JSON"),
        (plain('{"answer": "hello"}'), "its answer has no choices"),
        (plain('["choices"]'), "its answer has no choices"),
        (plain('{"choices": {}}'), "its answer has no choices"),
        (plain('{"choices": []}'), "it gave no answer"),
        (plain('{"choices": [3]}'), "it gave no answer"),
        (plain('{"choices": [{"message": null}]}'), "it gave no answer"),
        (plain('{"choices": [{"message": {"content": " "}}]}'), "it gave no answer"),
        (plain('{"choices": [{"message": {"content": [1]}}]}'), "it gave no answer"),
        (
            plain('{"choices": [{"message": {"content": null, "refusal": "I\\ncannot"}}]}'),
            "it gave no answer: I cannot",
        ),
        (plain(b"x", Content_Encoding="gzip"), "its answer is packed"),
        (plain(b"x" * (LARGEST + 1)), "its answer has more than 2 MB"),
        (Says(cuts=True), ""),
        (Says(is_silent=True), ""),
        (plain('{"error": "messages too long"}', 400), "it does not take this (400)"),
        (plain("\x1b[2Jwipe", 418), "it does not take this (418): [2Jwipe"),
    ],
)
def test_what_is_no_answer_is_one_line(scribe: Receiver, answer: Says, said: str) -> None:
    assert said in refused(scribe, answer)
    assert len(scribe.posts) == 1


def test_a_slow_endpoint_costs_no_more_than_its_time(scribe: Receiver) -> None:
    assert refused(scribe, Says(hangs=30), seconds=0.2) == "no whole answer within 0.2 s"


def test_an_endpoint_that_is_away_is_one_line(scribe: Receiver) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        away = replace(endpoint(scribe), address=f"http://127.0.0.1:{port}/v1/chat/completions")
        with pytest.raises(
            ModelUnavailable, match=r"^the model at 127.0.0.1: it cannot be reached"
        ):
            chat(away, ASKED)


def test_a_name_that_leads_nowhere_is_one_line(scribe: Receiver) -> None:
    away = replace(endpoint(scribe), address="http://nowhere.invalid/v1", host="nowhere.invalid")
    with pytest.raises(ModelUnavailable, match=r"^the model at nowhere.invalid: "):
        chat(away, ASKED)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_who_is_busy_is_asked_once_more(scribe: Receiver, status: int) -> None:
    said, waited = asked(scribe, plain("busy", status, Retry_After="2"), says("Yes."))
    assert said.text == "Yes."
    assert said.again == f"it was busy ({status})"
    assert waited == [2]


def test_who_stays_busy_is_left_alone(scribe: Receiver) -> None:
    busy = plain("overloaded", 503, Retry_After="0")
    assert refused(scribe, busy, busy, says("Yes.")) == "it does not answer (503): overloaded"
    assert len(scribe.posts) == 2


def test_who_wants_to_be_left_alone_for_long_is(scribe: Receiver) -> None:
    assert "it is asked too often (429)" in refused(scribe, plain("", 429, Retry_After="60"))
    assert len(scribe.posts) == 1


@pytest.mark.parametrize("name", ["max_tokens", "response_format", "temperature"])
def test_what_a_model_does_not_take_is_left_out_once(scribe: Receiver, name: str) -> None:
    refusal = plain(f'{{"error": {{"message": "Unsupported parameter: \'{name}\'"}}}}', 400)
    said, waited = asked(scribe, refusal, says("Yes."))
    assert (said.text, said.again, waited) == ("Yes.", f"it does not take {name}", [])
    told = question(scribe.posts[1])
    assert not {"max_tokens", "response_format", "temperature"} & told.keys()
    assert told["max_completion_tokens"] == 900


def test_a_key_that_cannot_be_sent_is_not(scribe: Receiver) -> None:
    with pytest.raises(ModelUnavailable, match="DESK_KEY holds no key that can be sent"):
        chat(endpoint(scribe, key="a\nb: c"), ASKED)
    assert scribe.posts == []


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": "9"}, {"total_tokens": -1}, [1]])
def test_an_endpoint_that_does_not_count_is_not_believed(scribe: Receiver, usage: object) -> None:
    said, _ = asked(scribe, says("Yes.", tokens=None, usage=usage))
    assert said.tokens is None
