"""The addresses of web pages that mail links to, all in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from monitor.model.comparison import VersionRef


def comparison(public_url: str, old: VersionRef, new: VersionRef) -> str:
    """The page that compares two versions of a situation."""
    query = urlencode({"old": _version(old), "new": _version(new)})
    return f"{_situation(public_url, new.situation)}/compare?{query}"


def history(public_url: str, situation: str, path: str) -> str:
    """The page with every value that one fact has had."""
    return f"{_situation(public_url, situation)}/history?{urlencode({'path': path})}"


def _situation(public_url: str, situation: str) -> str:
    return f"{public_url.rstrip('/')}/situations/{quote(situation, safe='')}"


def _version(ref: VersionRef) -> str:
    """By content, which a later revision of the same date does not change."""
    return ref.content_hash[:12] if ref.content_hash else ref.as_of
