"""One question to a model by the OpenAI chat API: to the address that was configured and nowhere
else, within its time, and no answer larger than a person reads."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import httpcore2
import httpx2
import orjson

from monitor.errors import ModelUnavailable, SourceUnavailable
from monitor.model.record import Record
from monitor.net.guard import Named
from monitor.net.headers import retry_after
from monitor.net.wire import Deadline, GuardedTransport
from monitor.settings.secret import Secret

LARGEST: Final = 2_000_000
"""Octets of an answer."""
_CONNECT: Final = 10.0
_PATIENCE: Final = 5.0
"""Seconds that are waited at most before an endpoint that is busy is asked once more."""
_SAID: Final = 160
"""Letters that are shown of what an endpoint says of a fault."""
_BUSY: Final = frozenset((408, 425, 429, 500, 502, 503, 504))
_MISFIT: Final = frozenset((400, 422))
_OPTIONS: Final = ("max_tokens", "response_format", "temperature")
"""What newer or smaller models do not take; they are asked once more without it."""
_TROUBLE: Final = (
    httpx2.HTTPError,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    OSError,
    ValueError,
)

Messages = Sequence[Mapping[str, str]]


class Endpoint(Record):
    """`host` is what may be said of the address; the key stands in no representation."""

    address: str
    host: str
    model: str
    key: Secret | None
    key_env: str | None
    seconds: float
    most_tokens: int
    agent: str
    context: ssl.SSLContext


class Said(Record):
    """`tokens` of question and answer together, None where the endpoint does not count; `again` is
    why it was asked a second time."""

    text: str
    tokens: int | None
    again: str | None = None


class _Reply(Record):
    status: int
    headers: Mapping[str, str]
    body: bytes


def chat(
    endpoint: Endpoint, messages: Messages, *, wait: Callable[[float], None] = time.sleep
) -> Said:
    """Asked once more, at most, where that may help. Raises ModelUnavailable, in one line without
    the key."""
    deadline = Deadline(endpoint.seconds, connect=_CONNECT, step=endpoint.seconds)
    reply = _posted(endpoint, _question(endpoint, messages), deadline)
    again = None
    if reply.status >= 300 or reply.status < 200:
        again = _reason(reply, deadline, wait)
        if again is None:
            raise _unavailable(endpoint, _refusal(endpoint, reply))
        plain = reply.status in _MISFIT
        reply = _posted(endpoint, _question(endpoint, messages, plain=plain), deadline)
        if not 200 <= reply.status < 300:
            raise _unavailable(endpoint, _refusal(endpoint, reply))
    return _said(endpoint, reply, again)


def _question(endpoint: Endpoint, messages: Messages, *, plain: bool = False) -> bytes:
    said: dict[str, Any] = {"model": endpoint.model, "messages": list(messages), "stream": False}
    if plain:
        return orjson.dumps(said | {"max_completion_tokens": endpoint.most_tokens})
    form = {"response_format": {"type": "json_object"}, "temperature": 0}
    return orjson.dumps(said | form | {"max_tokens": endpoint.most_tokens})


def _reason(reply: _Reply, deadline: Deadline, wait: Callable[[float], None]) -> str | None:
    """Why it is asked once more; None where that would not help."""
    if reply.status in _MISFIT:
        text = reply.body[:LARGEST].decode("utf-8", "replace")
        named = next((one for one in _OPTIONS if one in text), None)
        return f"it does not take {named}" if named else None
    if reply.status not in _BUSY:
        return None
    asked = retry_after(reply.headers, datetime.now(UTC))
    seconds = asked.total_seconds() if asked is not None else 1.0
    if seconds > _PATIENCE or not deadline.has(seconds):
        return None
    wait(seconds)
    return f"it was busy ({reply.status})"


def _posted(endpoint: Endpoint, body: bytes, deadline: Deadline) -> _Reply:
    transport = GuardedTransport(
        Named(hosts=frozenset([endpoint.host.lower()])), deadline, endpoint.context
    )
    headers = {
        "User-Agent": endpoint.agent,
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if endpoint.key is not None:
        headers["Authorization"] = f"Bearer {_sendable(endpoint)}"
    try:
        request = httpx2.Request("POST", endpoint.address, headers=headers, content=body)
        return _read(transport.handle_request(request))
    except (SourceUnavailable, *_TROUBLE) as error:
        raise _unavailable(endpoint, _in_words(error, deadline)) from None
    finally:
        transport.close()


def _sendable(endpoint: Endpoint) -> str:
    assert endpoint.key is not None
    key = endpoint.key.reveal()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise _unavailable(endpoint, f"{endpoint.key_env} holds no key that can be sent")
    return key


def _read(answer: httpx2.Response) -> _Reply:
    found = bytearray()
    try:
        for part in answer.iter_raw():
            found += part
            if len(found) > LARGEST:
                raise SourceUnavailable(f"its answer has more than {LARGEST // 1_000_000} MB")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise SourceUnavailable("its answer is packed, and was asked for as it is")
        return _Reply(status=answer.status_code, headers=headers, body=bytes(found))
    finally:
        answer.close()


def _said(endpoint: Endpoint, reply: _Reply, again: str | None) -> Said:
    try:
        found = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        kind = reply.headers.get("content-type", "of no kind").partition(";")[0]
        raise _unavailable(endpoint, f"its answer is no JSON ({_shown(kind)})") from None
    choices = found.get("choices") if isinstance(found, dict) else None
    if not isinstance(choices, list):
        raise _unavailable(endpoint, "its answer has no choices, as the chat API wants them")
    first = choices[0] if choices else None
    message = first.get("message") if isinstance(first, dict) else None
    text = message.get("content") if isinstance(message, dict) else None
    if not isinstance(text, str) or not text.strip():
        refusal = message.get("refusal") if isinstance(message, dict) else None
        why = f": {_shown(refusal)}" if isinstance(refusal, str) else ""
        raise _unavailable(endpoint, f"it gave no answer{why}")
    return Said(text=text, tokens=_tokens(found.get("usage")), again=again)


def _tokens(usage: Any) -> int | None:
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if type(total) is int and 0 < total < 10**9 else None


def _refusal(endpoint: Endpoint, reply: _Reply) -> str:
    status = reply.status
    if 300 <= status < 400:
        return f"it leads elsewhere ({status}), which is not followed"
    if status in (401, 403):
        # What it says of the key may hold the key.
        state = "is not set" if endpoint.key is None else "is set"
        key = f"; {endpoint.key_env} {state}" if endpoint.key_env else ""
        return f"it refuses us ({status}){key}"
    what = {404: "there is no such address or model", 429: "it is asked too often"}
    said = what.get(status, "it does not answer" if status >= 500 else "it does not take this")
    text = reply.body[: 4 * _SAID].decode("utf-8", "replace")
    if endpoint.key is not None:
        text = text.replace(endpoint.key.reveal(), "...")
    quoted = f": {_shown(text)}" if text.strip() else ""
    return f"{said} ({status}){quoted}"


def _in_words(error: Exception, deadline: Deadline) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid: {cause.verify_message}"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore2.ConnectTimeout):
        return "it cannot be reached in time"
    if isinstance(error, httpcore2.TimeoutException | TimeoutError):
        return deadline.words
    if isinstance(error, httpcore2.ConnectError):
        return f"it cannot be reached: {_shown(str(error))}"
    return _shown(str(error)) or type(error).__name__


def _shown(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[:_SAID]


def _unavailable(endpoint: Endpoint, text: str) -> ModelUnavailable:
    return ModelUnavailable(f"the model at {endpoint.host}: {text}")
