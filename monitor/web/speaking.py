"""The language of a page for somebody we do not know."""

from __future__ import annotations

from monitor.words import ENGLISH, LANGUAGES


def spoken_in(accepted: str) -> str:
    """The first language we have of an Accept-Language header (RFC 9110 12.5.4), by weight."""
    wanted = sorted(map(_weighed, enumerate(accepted.split(",")[:20])))
    return next((code for _, _, code in wanted if code in LANGUAGES), ENGLISH.code)


def _weighed(item: tuple[int, str]) -> tuple[float, int, str]:
    place, text = item
    tag, _, weight = text.strip().partition(";q=")
    try:
        share = float(weight) if weight else 1.0
    except ValueError:
        share = 0.0
    return -share, place, tag.strip().partition("-")[0].lower()
