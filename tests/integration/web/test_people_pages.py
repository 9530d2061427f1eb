"""People, tokens of programs and subscriptions: who manages them, and what cannot be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.web.tokens import hash_of
from tests.deciding import text_of
from tests.pages import NOON, PASSWORD, Site, site

NEW = {
    "name": "olha",
    "password": PASSWORD,
    "role": "editor",
    "address": "olha@example.org",
    "language": "uk",
    "zone": "Europe/Kyiv",
}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        yield found


@pytest.mark.parametrize("path", ["/people", "/tokens"])
def test_only_who_manages_people_sees_them(pages: Site, path: str) -> None:
    assert pages.ask(path, role="reader").status == 403
    assert pages.ask(path, role="editor").status == 403
    assert pages.ask(path, role="admin").status == 200
    assert pages.ask(path, role="editor", form=NEW).status == 403


def test_somebody_added_can_log_in(pages: Site) -> None:
    assert pages.ask("/people", role="admin", form=NEW).status == 303
    html = pages.sees("/people")
    login = pages.ask("/login", form={"name": "olha", "password": PASSWORD})

    assert "olha@example.org" in html
    assert PASSWORD not in html
    assert login.status == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "admin"},
        {"password": "short"},
        {"role": "owner"},
        {"zone": "Mars/Olympus"},
        {"address": "no address"},
        {"language": "tlh"},
    ],
)
def test_nobody_is_added_wrongly(pages: Site, wrong: dict[str, str]) -> None:
    before = len(pages.program.store.people.all())
    answer = pages.ask("/people", role="admin", form=NEW | wrong, Accept="text/html")

    assert answer.status == 400
    assert 'role="alert"' in answer.text
    assert len(pages.program.store.people.all()) == before


def _number(pages: Site, name: str) -> int:
    person = pages.program.store.people.find(name)
    assert person is not None
    return person.id


def test_another_role_ends_her_sessions(pages: Site) -> None:
    path = f"/people/{_number(pages, 'reader')}"
    assert pages.ask(path, role="admin", form={"what": "role", "role": "editor"}).status == 303
    person = pages.program.store.people.find("reader")

    assert person is not None
    assert person.role == "editor"
    assert pages.ask("/", role="reader").status == 303


def test_who_has_ended_logs_in_no_more(pages: Site) -> None:
    path = f"/people/{_number(pages, 'editor')}"
    assert pages.ask(path, role="admin", form={"what": "end"}).status == 303

    assert pages.ask("/", role="editor").status == 303
    assert "ended" in pages.sees("/people")
    assert pages.ask(path, role="admin", form={"what": "end"}).status == 404


@pytest.mark.parametrize("form", [{"what": "end"}, {"what": "role", "role": "reader"}])
def test_the_last_who_manages_people_stays(pages: Site, form: dict[str, str]) -> None:
    path = f"/people/{_number(pages, 'admin')}"
    answer = pages.ask(path, role="admin", form=form, Accept="text/html")

    assert answer.status == 400
    assert "the last person" in answer.text
    assert pages.ask("/people", role="admin").status == 200


def test_a_token_is_shown_once_and_opens_until_it_ends(pages: Site) -> None:
    made = pages.ask("/tokens", role="admin", form={"name": "desk <1>", "scopes": "read"})
    found = re.search(r'<p class="pathname">([\w-]+)</p>', made.text)
    assert found is not None
    token = found[1]
    stored = pages.program.store.machines.find(hash_of(token))

    assert stored is not None
    assert stored.scopes == ("read",)
    assert stored.created_by == "admin"
    assert token not in pages.sees("/tokens")
    assert "<1>" not in pages.sees("/tokens")

    assert pages.ask("/tokens/end", role="admin", form={"name": "desk <1>"}).status == 303
    assert pages.program.store.machines.find(hash_of(token)) is None


@pytest.mark.parametrize(
    "form", [{"name": "x"}, {"name": " ", "scopes": "read"}, {"name": "x", "scopes": "everything"}]
)
def test_no_token_is_made_for_nothing(pages: Site, form: dict[str, str]) -> None:
    assert pages.ask("/tokens", role="admin", form=form).status == 400
    assert pages.program.store.machines.all() == ()


def test_a_token_of_the_same_name_is_refused(pages: Site) -> None:
    pages.program.store.machines.add("desk", hash_of("x"), ["read"], by="admin", now=NOON)
    answer = pages.ask("/tokens", role="admin", form={"name": "desk", "scopes": "read"})

    assert answer.status == 400
    assert "already" in answer.text


def test_subscriptions_say_who_follows_what(pages: Site) -> None:
    text = text_of(pages.sees("/subscriptions", "editor"))

    assert pages.ask("/subscriptions", role="reader").status == 403
    assert "ana@example.org" in text
    assert "active" in text
    assert "ukraine-talks: " in text


def test_people_and_tokens_are_said_in_ukrainian(pages: Site) -> None:
    pages.program.store.people.change(_number(pages, "admin"), language="uk")

    assert "Люди" in pages.sees("/people")
    assert "Ключі програм" in pages.sees("/tokens")
    assert "Як часто" in pages.sees("/subscriptions")
