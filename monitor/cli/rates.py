"""How a rate of mail stands, in words."""

from __future__ import annotations

from monitor.cli.table import when
from monitor.settings.rates import said
from monitor.store.records import Allowance


def allowance_line(one: Allowance) -> str:
    """`gmail.com 100/minute, the next 2026-02-17 07:01:30`."""
    until = f", the next {when(one.until)}" if one.until else ""
    return f"{one.limit.name} {said(one.rate)}{until}"
