"""Rates of mail as the configuration writes them: `100/minute`, or `20/second, 5000/day`."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from monitor.addresses import read_address
from monitor.errors import MessageUnsendable
from monitor.model.rate import Limit, Rate
from monitor.settings.keys import table

_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_RATE: Final = re.compile(r"([1-9]\d{0,8})/(second|minute|hour|day)")
_WANT: Final = 'want a rate such as "100/minute", several such as "20/second, 5000/day"'


def rates(value: Any) -> tuple[Rate, ...]:
    """None for ""."""
    if value == "":
        return ()
    found = [_RATE.fullmatch(one.strip()) for one in value.split(",")] if _is_text(value) else []
    read = tuple(Rate(messages=int(one[1]), seconds=_SECONDS[one[2]]) for one in found if one)
    if not read or len(read) < len(found):
        raise ValueError(f'{_WANT}, or "" for none')
    if len({rate.seconds for rate in read}) < len(read):
        raise ValueError("want one rate for each length of time")
    return read


def domains(value: Any) -> tuple[Limit, ...]:
    """A rate for each domain, or for several that are counted together."""
    limits = []
    for name, written in table(value).items():
        hosts = tuple(_host(one) for one in name.split())
        try:
            kept = rates(written)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        if not hosts or not kept:
            raise ValueError('want domains and their rates such as "gmail.com" = "100/minute"')
        limits.append(Limit(name=" ".join(hosts), rates=kept, hosts=hosts))
    often = Counter(host for limit in limits for host in limit.hosts)
    twice = [host for host, times in often.items() if times > 1]
    if twice:
        raise ValueError(f"{twice[0]} stands there twice")
    return tuple(limits)


def said(rate: Rate) -> str:
    """As it is written."""
    names = {seconds: name for name, seconds in _SECONDS.items()}
    return f"{rate.messages}/{names.get(int(rate.seconds), f'{rate.seconds:g}s')}"


def _host(name: str) -> str:
    try:
        return read_address(f"postmaster@{name}").host
    except MessageUnsendable:
        raise ValueError(f"{name} is no domain; want one such as gmail.com") from None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
