"""Closed by default: every route says who may ask, and holds to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.routing import Mount, Route

from monitor.store.records import Role
from monitor.web.api.app import ROOT, make_api
from monitor.web.api.guarding import PUSH, READ
from monitor.web.face import Face
from monitor.web.guards import Guard, lets
from monitor.web.routes import WRITING, GuardedRoute, Pages
from monitor.web.site import FAMILIES, make_site
from monitor.web.tokens import hash_of
from tests.pages import NOON, PASSWORD, ROLES, Site, site

EVERY = [one for family in FAMILIES for one in family]
FORMS = [one for one in EVERY if "POST" in one.answers]

PUBLIC = {
    *("/login", "/static/{digest}/{name}", "/livez", "/readyz"),
    *("/subscribe", "/subscribe/asked"),
}
"""What anybody may ask for; a new one is a decision of somebody's."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("pages")) as found:
        yield found


def _path(template: str) -> str:
    filled = template.replace("{situation}", "ukraine-talks")
    return (
        filled.replace("{digest}", "0")
        .replace("{name}", "x")
        .replace("{number}", "0")
        .replace("{token}", "foreign")
    )


API = [one for one in make_api(Face.__new__(Face)).routes if isinstance(one, Route)]
"""The interface for programs; it is mounted beside the pages."""


def test_the_whole_site_is_what_is_walked_here(pages: Site) -> None:
    """Nothing answers that is neither a page with a guard nor a part of the guarded interface."""
    for route in make_site(pages.face).routes:
        assert isinstance(route, GuardedRoute) or (
            isinstance(route, Mount) and route.path == ROOT and isinstance(route.app, FastAPI)
        )
    assert {one.path for one in API} >= {"/situations", "/snapshots", "/openapi.json"}


@pytest.mark.parametrize("one", API, ids=lambda one: one.path)
def test_the_interface_lets_in_whom_a_token_was_made_for(pages: Site, one: Route) -> None:
    guard, scope = getattr(one, "guard", None), getattr(one, "token_scope", "")
    assert guard is Guard.MACHINE
    assert scope in (READ, PUSH)
    store = pages.program.store.machines
    if store.find(hash_of("of-nothing")) is None:
        store.add("of nothing", hash_of("of-nothing"), ["metrics"], by="a test", now=NOON)
    path = f"{ROOT}{_path(one.path)}"
    for method in one.methods or ():
        assert pages.ask(path, method=method).status == 401
        assert pages.ask(path, method=method, Authorization="Bearer of-nothing").status == 403
    assert scope == PUSH or one.methods == {"GET"}


def test_no_route_is_public_but_those_that_somebody_chose() -> None:
    assert {one.path for one in EVERY if one.guard is Guard.PUBLIC} <= PUBLIC


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.path)
def test_nobody_gets_in_without_a_login(pages: Site, one: Pages) -> None:
    for method in one.answers:
        answer = pages.ask(_path(one.path), method=method)
        if one.guard is Guard.PUBLIC:
            assert answer.status in (200, 403, 404)
        elif one.guard is Guard.LINK:
            assert answer.status in (400, 404)
        elif method == "GET":
            assert answer.status in (303, 401)
        else:
            assert answer.status == 401


@pytest.mark.parametrize(
    "one", [one for one in EVERY if "POST" in one.answers], ids=lambda o: o.path
)
def test_no_form_of_another_site_is_taken(pages: Site, one: Pages) -> None:
    if one.guard in (Guard.LINK, Guard.PUBLIC):
        return
    path = _path(one.path)
    assert pages.ask(path, role="admin", form={}, keyed=False).status == 403
    assert pages.ask(path, role="admin", form={}, Sec_Fetch_Site="cross-site").status == 403


def test_a_form_of_another_site_cannot_log_her_in(pages: Site) -> None:
    form = {"name": "reader", "password": PASSWORD}
    assert pages.ask("/login", form=form, Sec_Fetch_Site="cross-site").status == 403
    assert pages.ask("/login", form=form, Sec_Fetch_Site="same-origin").status == 303


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("guard", [Guard.READER, Guard.EDITOR, Guard.ADMIN])
def test_a_role_does_what_those_below_do(pages: Site, role: Role, guard: Guard) -> None:
    person = pages.program.store.people.find(role)
    wanted = {Guard.READER: 0, Guard.EDITOR: 1, Guard.ADMIN: 2}[guard]
    assert lets(guard, person) == (ROLES.index(role) >= wanted)


def test_methods_that_change_something_are_known_as_such() -> None:
    assert {method for one in EVERY for method in one.answers} <= {"GET", *WRITING}


@pytest.mark.parametrize(
    ("language", "said", "way"),
    [
        ("en", "There is no such page.", "To the first page"),
        ("uk", "Такої сторінки немає.", "На першу сторінку"),
    ],
)
def test_a_page_that_is_not_there_offers_a_way_on(
    pages: Site, language: str, said: str, way: str
) -> None:
    answer = pages.ask("/nowhere", Accept="text/html", Accept_Language=language)
    assert answer.status == 404
    assert said in answer.text
    assert f'<a href="/">{way}</a>' in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_told_which_there_are(pages: Site, method: str) -> None:
    answer = pages.ask("/login", method=method)
    assert answer.status == 405
    assert {one.strip() for one in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "POST"}
    assert answer.text == "This page does not take what was sent.\n"


def test_a_form_that_is_too_large_is_told_so(pages: Site) -> None:
    answer = pages.ask("/login", method="POST", body="name=" + "a" * 70_000)
    assert (answer.status, answer.text) == (
        413,
        "This is more than can be sent here at once.\n",
    )


@pytest.mark.parametrize("path", ["/api/v1/situations", "/api/v1/openapi.json"])
def test_a_program_may_ask_for_the_head_alone(pages: Site, path: str) -> None:
    got = pages.ask(path, role="reader")
    head = pages.ask(path, method="HEAD", role="reader")
    assert (head.status, head.text) == (got.status, "")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_the_head_of_what_only_takes_is_refused(pages: Site) -> None:
    assert pages.ask("/api/v1/snapshots", method="HEAD", role="reader").status == 405
