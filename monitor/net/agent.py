"""What our requests call themselves."""

from __future__ import annotations

from monitor import __version__


def agent(contact: str) -> str:
    """One name for all requests, with somebody who can be asked about them."""
    reachable = contact and not contact.endswith("@localhost")
    return f"monitor/{__version__}" + (f" (+mailto:{contact})" if reachable else "")
