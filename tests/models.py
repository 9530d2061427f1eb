"""A model on loopback that speaks the chat API and answers what it is told to: truths, lies, and
what is no answer at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tests.receiver import Post, Receiver, Says


def says(content: Any, *, tokens: int | None = 300, **more: Any) -> Says:
    """An answer of the chat API; `content` is text, or proposals."""
    text = content if isinstance(content, str) else json.dumps({"proposals": content})
    body: dict[str, Any] = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}}],
    }
    if tokens is not None:
        body["usage"] = {"total_tokens": tokens}
    return plain(json.dumps(body | more))


def plain(body: str | bytes, status: int = 200, **headers: str) -> Says:
    """Whatever a server may answer."""
    data = body.encode() if isinstance(body, str) else body
    kind = {"Content-Type": headers.pop("kind", "application/json")}
    return Says(status=status, headers=kind | {n.replace("_", "-"): v for n, v in headers.items()},
                body=data)  # fmt: skip


def proposal(
    path: str,
    values: Mapping[str, Any],
    quote: str,
    *,
    status: str | None = None,
    said_by: Sequence[str] = (),
) -> dict[str, Any]:
    """As a model writes it."""
    told: dict[str, Any] = {"path": path, "values": dict(values), "quote": quote}
    if status is not None:
        told["status"] = status
    if said_by:
        told["said_by"] = list(said_by)
    return told


def question(post: Post) -> dict[str, Any]:
    """What was asked."""
    found = json.loads(post.body)
    assert isinstance(found, dict)
    return found


@contextmanager
def model() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


def base(receiver: Receiver) -> str:
    """The base of its address, as a configuration names it."""
    return f"{receiver.address.rpartition('/hooks')[0]}/v1"
