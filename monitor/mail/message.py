"""A digest or notice -> a message: encoded once, addressed per recipient, built when it is sent.

`encode` makes what all recipients share. `address` makes the few values that are a recipient's own.
`build` joins the two: the same bytes however often it runs. A message to a subscription keeps none
of its own values: they follow from its row, and from where it says that its mail comes from
(`Sender.origin`); `own_values` makes them when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from monitor.addresses import read_address
from monitor.mail import addresses, headers, mime
from monitor.model.message import Addressed, Envelope
from monitor.model.record import NONE

_OWN_FIELDS: Final = (("Date", "date"), ("Message-ID", "message_id"), ("To", "to"))
ORIGIN: Final = "unsubscribing"
"""A key of every origin, and of nothing else that is spliced."""

_Signs: TypeAlias = tuple[bytes, str | None, Mapping[str, str]]
"""The secret that signs bounce addresses, the reader's token, and the paths of her own pages."""

_LIST_FIELDS: Final = (
    ("List-Unsubscribe", "list_unsubscribe"),
    ("List-Unsubscribe-Post", "list_unsubscribe_post"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, from the configuration. `domain` stands in Message-IDs and the List-Id.

    Domains become A-labels. Raises MessageUnsendable for one that cannot be.
    """

    address: str
    name: str
    domain: str
    bounce_domain: str
    secret: bytes
    """Signs bounce addresses."""
    unsubscribe_address: str
    """`local@domain`; a reader's token becomes a subaddress of it (RFC 5233)."""
    reply_to: str | None = None
    public_url: str | None = None
    envelope: str | None = None
    """One bounce address for all mail, instead of one per message."""
    bounce_local: str = addresses.BOUNCES
    """Bounce addresses are subaddresses of this one in the bounce domain."""

    @property
    def origin(self) -> dict[str, str]:
        """What a message keeps, so that later settings change nothing of it. The secret is not
        written down: a new one signs anew."""
        place = self.bounce_domain
        if self.bounce_local != addresses.BOUNCES:
            place = f"{self.bounce_local}@{place}"
        fixed = {"bounces": place, ORIGIN: self.unsubscribe_address}
        if self.public_url:
            fixed["public_url"] = self.public_url
        if self.envelope:
            fixed["envelope"] = addresses.canonical_address(self.envelope)
        return fixed

    def __post_init__(self) -> None:
        # In every header, not only where an address stands: Message-ID and List-Id too.
        for name in ("domain", "bounce_domain"):
            host = read_address(f"postmaster@{getattr(self, name)}").host
            object.__setattr__(self, name, host)


def encode(
    subject: str, text: str, html: str | None, *, sender: Sender, thread: str | None = None
) -> bytes:
    """The whole message but for what belongs to one recipient: the shared header fields, an empty
    line, the encoded parts with their token lines. It is stored once for all who get it.

    Raises MessageUnsendable for a subject or sender that no header can hold.

    Give `thread` (`{situation}.{yyyy-mm}`) to have clients group messages under a synthetic root
    (RFC 5322, 3.6.4); by default each message stands alone.
    """
    content_type, body = mime.alternative(text, html)
    fields = [
        headers.mailbox_field("From", sender.name, addresses.canonical_address(sender.address)),
        headers.text_field("Subject", subject),
        headers.token_field("List-Id", f"Digests <digests.{sender.domain}>"),
        # RFC 3834, 5, and what Exchange reads instead: nobody's absence is to be told to us.
        headers.token_field("Auto-Submitted", "auto-generated"),
        headers.token_field("X-Auto-Response-Suppress", "All"),
        headers.token_field("MIME-Version", "1.0"),
        f"Content-Type: {content_type}\r\n".encode("ascii"),
    ]
    if sender.reply_to:
        reply_to = addresses.canonical_address(sender.reply_to)
        fields.insert(1, headers.token_field("Reply-To", reply_to))
    if thread:
        root = f"<t.{thread}@{sender.domain}>"
        fields += [
            headers.token_field("In-Reply-To", root),
            headers.token_field("References", root),
        ]
    return b"".join(fields) + b"\r\n" + body


def address(
    recipient: str,
    *,
    body_key: str,
    message_key: str,
    made_at: datetime,
    sender: Sender,
    token: str | None,
    paths: Mapping[str, str] = NONE,
) -> Addressed:
    """What belongs to one message. The keys (letters, digits, hyphens; at most 40) name the stored
    body and the message for ever: Message-ID and bounce address are made of them.

    `token` is the reader's signed token for unsubscribing; None for mail that is not subscribed to.
    `paths` are those of pages that are hers alone, by the name of the token that links to each.
    Raises MessageUnsendable for an address that cannot be sent to, now or later.
    """
    to = addresses.canonical_address(recipient)
    name = addresses.message_id(body_key, message_key, sender.domain)
    return Addressed(
        recipient=to,
        splice=_splice(to, name, made_at, sender.origin, (sender.secret, token, paths)),
    )


def own_values(
    stored: Mapping[str, str],
    recipient: str,
    *,
    message_id: str,
    made_at: datetime,
    secret: bytes,
    token: str | None,
    paths: Mapping[str, str] = NONE,
) -> Mapping[str, str]:
    """What `build` takes: as it is stored or, where only the origin is, what `address` has made.

    Raises ValueError for a Message-ID that is none of ours, LookupError for an origin that is not
    whole.
    """
    if ORIGIN not in stored:
        return stored
    return _splice(recipient, message_id, made_at, stored, (secret, token, paths))


def _splice(
    to: str, message_id: str, made_at: datetime, origin: Mapping[str, str], signs: _Signs
) -> dict[str, str]:
    secret, token, paths = signs
    splice = {
        "message_id": message_id,
        "date": format_datetime(made_at.astimezone(UTC)),
        "to": to,
        "envelope_sender": _envelope_sender(addresses.message_key(message_id), origin, secret),
        "address": to,
    }
    if token:
        splice |= _unsubscribing(token, origin)
    if public_url := origin.get("public_url", "").rstrip("/"):
        splice |= {name: f"{public_url}{path}" for name, path in paths.items()}
    return splice


def build(stored: bytes, splice: Mapping[str, str]) -> bytes:
    """The message as it goes over the wire, CRLF line ends, not dot-stuffed."""
    first, rest = mime.pieces(stored)
    own = [headers.token_field(name, splice[key]) for name, key in _OWN_FIELDS]
    own += [headers.token_field(name, splice[key]) for name, key in _LIST_FIELDS if key in splice]
    parts = [*own, first]
    for token, after in rest:
        parts += (mime.spliced(token, splice), after)
    return b"".join(parts)


def envelope(recipient: str, splice: Mapping[str, str], stored: bytes) -> Envelope:
    """What one SMTP transaction carries: the message that `build` joins, and who it is for."""
    return Envelope(
        message_id=splice["message_id"],
        sender=splice["envelope_sender"],
        recipient=recipient,
        data=build(stored, splice),
    )


def _envelope_sender(message_key: str, origin: Mapping[str, str], secret: bytes) -> str:
    fixed = origin.get("envelope")
    return fixed or addresses.envelope_sender(message_key, origin["bounces"], secret)


def _unsubscribing(token: str, origin: Mapping[str, str]) -> dict[str, str]:
    """RFC 2369, and RFC 8058 where the link is https (a one-click POST to http does not count)."""
    local, _, domain = addresses.canonical_address(origin[ORIGIN]).rpartition("@")
    mailto = f"mailto:{local}+{token}@{domain}"
    if "public_url" not in origin:
        return {"list_unsubscribe": f"<{mailto}>", "unsubscribe": mailto}
    page = f"{origin['public_url'].rstrip('/')}/u/{token}"
    values = {
        "list_unsubscribe": f"<{page}>, <{mailto}>",
        "unsubscribe": page,
    }
    if urlsplit(page).scheme == "https":
        values["list_unsubscribe_post"] = "List-Unsubscribe=One-Click"
    return values
