"""Strangers who want mail: an address is asked whether it is right before anything is sent to it.

Whoever asks hears the same whether the address is known, refused or new: only its mailbox learns
more. What is asked is kept as a permit, under the hash of a token that is made when the mail is
sent; the mail keeps a name from which nobody without the secret makes it.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal

from monitor.errors import Conflict, NotFound
from monitor.mail.addresses import canonical_address, message_id
from monitor.mail.message import encode
from monitor.model.record import Record, replace
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.delivery import CONFIRM
from monitor.pipeline.program import Program
from monitor.pipeline.readers.naming import EVERYTHING
from monitor.pipeline.readers.subscribing import LEFT, check_spec, subscribe
from monitor.pipeline.say import say
from monitor.pipeline.telling.letters import KEY_LENGTH
from monitor.pipeline.telling.templates import rendered
from monitor.pipeline.telling.tokens import make_permit_token
from monitor.report.notices import confirmation
from monitor.store.records import Letter
from monitor.store.tries import Limit

GOOD: Final = timedelta(days=7)
"""How long a link to confirm is good."""

PER_ADDRESS: Final = 3
PER_NETWORK: Final = 10
"""Mails that ask one address in the time above, and one network in an hour."""

NAMES: Final = ("web", *(f"web-{number}" for number in range(2, 10)))
"""What subscriptions of the form are called, in turn; more of them no address has."""


class Offered(Record):
    """A situation that anybody may follow."""

    name: str
    title: str


def offered(program: Program) -> tuple[Offered, ...]:
    """What is open to everybody and there."""
    open_ = program.settings.web.open
    if not open_:
        return ()
    there = program.store.versions.with_one()
    return tuple(
        Offered(name=one.name, title=one.title or one.name)
        for one in program.store.situations.all()
        if one.name in there and (EVERYTHING in open_ or one.name in open_)
    )


def ask(
    program: Program, wish: SubscriptionSpec, network: str, now: datetime
) -> Literal["asked", "often"]:
    """`often`: too many have asked, from there or at all. Else it is `asked`, whether or not the
    address is: it may be known, refused, or have been asked often enough.

    Raises MonitorError for a wish that cannot be.
    """
    check_spec(program, wish)
    name, sender = secrets.token_hex(16), program.sender
    titles = {one.name: one.title for one in offered(program)}
    words = [titles.get(each, each) for each in wish.situations]
    # Before anything is known of the address, so that it takes as long for each.
    notice = rendered(program, partial(confirmation, wish, words))
    body = encode(notice.subject, notice.text, notice.html, sender=sender)
    of_all, of_network, of_address = _limits(program, wish.address, network)
    full = program.store.tries.allow([of_network, of_all, of_address], now=now)
    if full in (of_all.key, of_network.key):
        return "often"
    if full is not None or program.store.suppressions.covers(wish.address):
        return "asked"
    letter = Letter(
        reason="confirm",
        message_id=message_id(_hash(body)[:KEY_LENGTH], f"confirm-{name[:24]}", sender.domain),
        body=0,
        recipient=canonical_address(wish.address),
        splice=sender.origin | {CONFIRM: name},
        not_before=now,
        expires_at=now + min(GOOD, program.settings.mail.expires_after),
    )
    token = make_permit_token(program.secret, name)
    with program.store.transaction() as tx:
        tx.permits.add(permit_hash(token), CONFIRM, _about(wish), now=now, expires_at=now + GOOD)
        tx.outbox.post([replace(letter, body=tx.digests.add_body(body))], now=now)
    # Nobody has confirmed that it is her address, so no log names it.
    say("confirmation-asked", f"somebody is asked to confirm: {', '.join(wish.situations)}")
    return "asked"


def wished(program: Program, token: str, now: datetime) -> SubscriptionSpec | None:
    """What a link would confirm, as far as it is offered still; None for one that is not good.

    Raises NotFound when nothing of it is offered any more.
    """
    permit = program.store.permits.find(permit_hash(token), CONFIRM, now=now)
    if permit is None or not isinstance(permit.about, dict):
        return None
    about = permit.about
    there = {one.name for one in offered(program)}
    situations = tuple(name for name in about["situations"] if name in there)
    if not situations:
        raise NotFound("what this link would confirm is not offered any more")
    return SubscriptionSpec(
        address=str(about["address"]),
        name=NAMES[0],
        situations=situations,
        cadence=str(about["cadence"]),
        zone=str(about["zone"]),
        language=str(about["language"]),
        origin="reader",
    )


def confirm(program: Program, token: str, now: datetime) -> Subscription | None:
    """Subscribes whoever has the link; its welcome is in the outbox. None for one that is not good.

    Raises NotFound as above, Conflict for an address that gets no mail or has too many
    subscriptions; the link is good still then.
    """
    wish = wished(program, token, now)
    if wish is None:
        return None
    spec = _placed(program.store.subscriptions.all(address=wish.address), wish)
    if program.store.suppressions.covers(spec.address, spec.name):
        raise Conflict("this address gets no mail")
    # First what it is for: whoever is stopped in between may use the link again, to the same end.
    found = subscribe(program, spec, now, change=True)
    program.store.permits.use(permit_hash(token), CONFIRM, now=now)
    say("confirmed", f"{spec.who} confirmed the address", subscription=spec.who)
    return found


def permit_hash(token: str) -> str:
    """What is kept of it."""
    return _hash(token.encode())


def _placed(mine: Sequence[Subscription], wish: SubscriptionSpec) -> SubscriptionSpec:
    """The wish under a free name, or joined to what she has on the same terms."""
    named = {one.spec.name: one for one in mine}
    for name in NAMES:
        known = named.get(name)
        if known is None or known.state in LEFT:
            return replace(wish, name=name)
        if _terms(known.spec) == _terms(wish):
            both = (*known.spec.situations, *wish.situations)
            return replace(known.spec, situations=tuple(dict.fromkeys(both)))
    raise Conflict("this address has as many subscriptions as it may")


def _terms(spec: SubscriptionSpec) -> tuple[str, str, str]:
    return spec.cadence, spec.zone, spec.language


def _about(wish: SubscriptionSpec) -> dict[str, str | list[str]]:
    return {
        "address": wish.address,
        "situations": list(wish.situations),
        "cadence": wish.cadence,
        "zone": wish.zone,
        "language": wish.language,
    }


def _limits(program: Program, address: str, network: str) -> tuple[Limit, Limit, Limit]:
    hour = timedelta(hours=1)

    def key(sort: str, text: str) -> str:
        return hmac.new(program.secret, f"{sort}:{text}".encode(), hashlib.sha256).hexdigest()

    return (
        Limit(key("all", ""), program.settings.web.confirmations, hour),
        Limit(key("network", network_of(network)), PER_NETWORK, hour),
        Limit(key("mailbox", mailbox_of(address)), PER_ADDRESS, GOOD),
    )


def mailbox_of(address: str) -> str:
    """One for all spellings that are likely to reach the same person: subaddresses (RFC 5233), and
    dots and capitals, which large providers pass over. It limits and names nobody."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '').lower()}@{domain}"


def network_of(host: str) -> str:
    """An IPv4 address, or the 64 bits of an IPv6 address that one customer has."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
