"""The addresses of web pages, all in one place: mail and webhooks write them behind `public_url`,
pages behind nothing. A version is named by the start of its content's hash, which a later revision
of the same date does not change, so that a link means the same for ever."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from monitor.model.comparison import VersionRef


def situation(public_url: str, name: str, *, as_of: str = "", known: str = "") -> str:
    """The page of a situation, as it stood on a day, or as it was known on one."""
    return f"{_situation(public_url, name)}{_query(as_of=as_of, known=known)}"


def comparison(public_url: str, old: VersionRef, new: VersionRef, **asked: str) -> str:
    """The page that compares two versions of a situation; `asked` are its filters."""
    query = _query(old=version(old), new=version(new), **asked)
    return f"{_situation(public_url, new.situation)}/compare{query}"


def history(public_url: str, situation: str, path: str) -> str:
    """The page with every value that one fact has had."""
    return f"{_situation(public_url, situation)}/history{_query(path=path)}"


def entity(public_url: str, situation: str, path: str) -> str:
    """The page of one entity, over all the versions that have it."""
    return f"{_situation(public_url, situation)}/entity{_query(path=path)}"


def issue(public_url: str, situation: str, identity: str) -> str:
    """The page of one issue: who has stood where on it."""
    return f"{_situation(public_url, situation)}/issues/{quote(identity, safe='')}"


def versions(situation: str) -> str:
    """The page of a situation's versions and its baseline."""
    return f"{_situation('', situation)}/versions"


def decisions(situation: str = "") -> str:
    """The page of what people decided, about one situation or all."""
    return f"/decisions{_query(situation=situation)}"


def drafts(situation: str = "") -> str:
    """The page of all open drafts; `situation` is the one that is about to be opened."""
    return f"/drafts{_query(situation=situation)}"


def draft(situation: str, part: str = "", **asked: str) -> str:
    """The page of a situation's draft, or a part of it: `text`, `preview`, `articles/3`."""
    behind = f"/{part}" if part else ""
    return f"/drafts/{quote(situation, safe='')}{behind}{_query(**asked)}"


def own_page(token: str) -> str:
    """A reader's own page."""
    return f"/r/{token}"


def confirmation(token: str) -> str:
    """The page that asks once more before an address gets mail."""
    return f"/confirm/{token}"


def version(ref: VersionRef) -> str:
    return ref.content_hash[:12] if ref.content_hash else ref.as_of


def _situation(public_url: str, situation: str) -> str:
    return f"{public_url.rstrip('/')}/situations/{quote(situation, safe='')}"


def _query(**asked: str) -> str:
    given = {key: text for key, text in asked.items() if text}
    return f"?{urlencode(given)}" if given else ""
