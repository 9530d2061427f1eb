"""The channel that is a webhook: encode, send, judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from monitor.deliver.apart import Apart, utc_now
from monitor.deliver.channel import Answer
from monitor.deliver.webhook.endpoint import Endpoint
from monitor.deliver.webhook.judging import judge
from monitor.deliver.webhook.posting import ANSWER, post
from monitor.deliver.webhook.signing import signed
from monitor.model.message import Claimed, Envelope, Outcome


class WebhookChannel:
    """`clock` gives the time that is signed, in UTC."""

    def __init__(self, endpoint: Endpoint, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._endpoint = endpoint
        self._clock = clock
        self._apart = Apart(ANSWER)

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        """The body is stored as it is sent; the id is the message's own."""
        return Envelope(
            message_id=message.message_id, sender="", recipient=message.recipient, data=body
        )

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        endpoint = self._endpoint
        call = partial(self._post, envelope)
        return await self._apart.ask(call, deadline=deadline, most=endpoint.seconds)

    def judge(self, answer: Answer, /) -> Outcome:
        return judge(answer)

    async def close(self) -> None:
        await self._apart.close()

    def _post(self, envelope: Envelope, seconds: float) -> Answer:
        body, secrets = envelope.data, self._endpoint.secrets
        headers = signed(secrets, envelope.message_id, self._clock(), body)
        return post(self._endpoint, headers, body, seconds)
