"""Every route of the site: who may ask it, and how a page is reached in a test.

`python -m tests.routes` writes the table into docs/routes.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.routing import Route

from monitor.pipeline.readers.own import page_token
from monitor.pipeline.telling.tokens import make_token
from monitor.report import links
from monitor.web.api.app import ROOT as API
from monitor.web.api.app import make_api
from monitor.web.face import Face
from monitor.web.guards import Guard
from monitor.web.routes import Pages
from monitor.web.site import FAMILIES
from tests.pages import Site

EVERY: Final[tuple[Pages, ...]] = tuple(one for family in FAMILIES for one in family)

ROOT: Final = Path(__file__).parents[1]
DOC: Final = ROOT / "docs" / "routes.md"
BEGIN, END = "<!-- routes -->\n", "<!-- end of routes -->\n"

TALKS: Final = "/situations/ukraine-talks"

WHO: Final[Mapping[Guard, str]] = {
    Guard.PUBLIC: "anybody",
    Guard.LINK: "who has the link",
    Guard.READER: "reader",
    Guard.EDITOR: "editor",
    Guard.ADMIN: "admin",
    Guard.MACHINE: "token, or reader",
}

NO_PAGES: Final = frozenset(
    {
        "/static/{digest}/{name}",
        "/livez",
        "/readyz",
        "/metrics",
        "/situations/{situation}/document",
        "/situations/{situation}/feed.atom",
        "/situations/{situation}/calendar.ics",
        "/feeds/{token}/{situation}/feed.atom",
        "/feeds/{token}/{situation}/calendar.ics",
        "/digests/{digest}/html",
        "/digests/{digest}/text",
        "/r/{token}/data.json",
        "/drafts/{situation}/preview/html",
    }
)
"""What answers with something else than a page of ours; a new one is a decision of somebody's."""


def _unsubscribing(site: Site) -> str:
    (reader,) = site.program.store.subscriptions.all(address="ana@example.org")
    return f"/u/{make_token(site.program.secret, reader.id)}"


def _own(site: Site) -> str:
    (reader,) = site.program.store.subscriptions.all(address="ana@example.org")
    return links.own_page(page_token(site.program, reader.id))


REACHED: Final[Mapping[str, tuple[str | Callable[[Site], str], ...]]] = {
    "/": ("/", "/?show=all&seen=1"),
    "/situations/{situation}": (TALKS, f"{TALKS}?as_of=2026-02-08"),
    "/situations/{situation}/history": (
        f"{TALKS}/history?path=delegations[russia].members[kostyukov].role",
    ),
    "/situations/{situation}/entity": (f"{TALKS}/entity?path=people[medinsky]",),
    "/situations/{situation}/issues/{issue}": (f"{TALKS}/issues/security-guarantees",),
    "/situations/{situation}/compare": (
        f"{TALKS}/compare?old=2026-02-15&new=2026-02-17",
        f"{TALKS}/compare?old=2026-02-15&new=2026-02-17&side=1",
    ),
    "/drafts/{situation}/form/{name}": (
        "/drafts/ukraine-talks/form/people",
        "/drafts/ukraine-talks/form/people?new=1",
        "/drafts/ukraine-talks/form/delegations?entry=delegations[russia]",
    ),
    "/u/{token}": (_unsubscribing,),
    "/r/{token}": (_own,),
    "/r/{token}/erase": (lambda site: f"{_own(site)}/erase",),
    # Of a site that strangers may subscribe at, which the tests of readers look at.
    "/subscribe": (),
    "/subscribe/asked": (),
    "/confirm/{token}": (),
    # Only while nobody can log in yet, so a test of its own looks at it.
    "/first/{token}": (),
}
"""Pages whose address is more than a name or a number in the path."""


def addresses(site: Site) -> dict[str, str]:
    """Of every page that GET shows, with the route that it is of."""
    found: dict[str, str] = {}
    for one in EVERY:
        if "GET" not in one.answers or one.path in NO_PAGES:
            continue
        plain = one.path.replace("{situation}", "ukraine-talks")
        plain = plain.replace("{digest}", "1").replace("{number}", "1")
        for each in REACHED.get(one.path, (plain,)):
            address = each if isinstance(each, str) else each(site)
            assert "{" not in address, f"say in tests/routes.py how {one.path} is reached"
            found[address] = one.path
    return found


def table() -> str:
    lines = ["| address | method | who |", "|---|---|---|"]
    for one in EVERY:
        lines += [f"| `{one.path}` | {method} | {WHO[one.guard]} |" for method in one.answers]
    for route in make_api(Face.__new__(Face)).routes:
        if isinstance(route, Route):
            scope = getattr(route, "token_scope", "")
            who = f"token for {scope}" + (", or reader" if scope == "read" else "")
            for method in sorted(route.methods or ()):
                lines.append(f"| `{API}{route.path}` | {method} | {who} |")
    return "\n".join(lines) + "\n"


def written() -> str:
    """The page as it should be."""
    before, _, rest = DOC.read_text().partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOC.write_text(written())
