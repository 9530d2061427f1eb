"""One POST and what came back: to a checked address, led nowhere else, within its time."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import httpcore2
import httpx2

from monitor.deliver.channel import Answer, Breakage, Reply
from monitor.deliver.outcomes import clean
from monitor.deliver.webhook.endpoint import Endpoint
from monitor.errors import SourceUnavailable
from monitor.net.headers import retry_after
from monitor.net.wire import Deadline, GuardedTransport

REACH: Final = "reach"
ANSWER: Final = "answer"

SAID: Final = 120
"""Characters that are kept of what a receiver says: it is a stranger's, and may be anything."""

_TROUBLE: Final = (
    httpx2.HTTPError,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    OSError,
    ValueError,
)
_BEFORE: Final = (httpcore2.ConnectError, httpcore2.ConnectTimeout, SourceUnavailable)


def post(endpoint: Endpoint, headers: Mapping[str, str], body: bytes, seconds: float) -> Answer:
    """A redirect is an answer like any other. Raises nothing that a network can do."""
    deadline = Deadline(seconds)
    transport = GuardedTransport(endpoint.named, deadline, endpoint.context)
    try:
        return _post(transport, endpoint, headers, body)
    except (SourceUnavailable, *_TROUBLE) as error:
        text = endpoint.without_secrets(_in_words(error, deadline))
        late = text == deadline.words
        phase = REACH if isinstance(error, _BEFORE) and not late else ANSWER
        return Breakage(phase, ConnectionError(text))
    finally:
        transport.close()


def _post(
    transport: GuardedTransport, endpoint: Endpoint, headers: Mapping[str, str], body: bytes
) -> Answer:
    told = {
        "User-Agent": endpoint.agent,
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    request = httpx2.Request("POST", endpoint.address, headers=told, content=body)
    answer = transport.handle_request(request)
    try:
        status = answer.status_code
        text = "" if 200 <= status < 300 else endpoint.without_secrets(_said(answer))
        said = {name.lower(): value for name, value in answer.headers.items()}
        wait = retry_after(said, datetime.now(UTC))
        return Reply(ANSWER, status, text, wait.total_seconds() if wait else 0.0)
    finally:
        answer.close()


def _said(answer: httpx2.Response) -> str:
    """The beginning of a refusal's words; nothing where they are packed or broken off."""
    if "content-encoding" in answer.headers:
        return ""
    found = b""
    try:
        for part in answer.iter_raw():
            found += part[:SAID]
            if len(found) >= SAID:
                break
    except (SourceUnavailable, *_TROUBLE):
        return ""
    return clean(found.decode("utf-8", "replace"))[:SAID]


def _in_words(error: Exception, deadline: Deadline) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid: {cause.verify_message}"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore2.TimeoutException | TimeoutError):
        return deadline.words
    return clean(str(error)) or type(error).__name__
