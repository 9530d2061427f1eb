"""The form that is made from a kind: any entry of a draft's situation, without an article."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.deciding import hrefs_of, text_of
from tests.drafting import DRAFT, draft_of, open_a_draft
from tests.pages import Answer, Site, site

FORM = f"{DRAFT}/form"
RUSSIA = "delegations[russia]"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as found:
        open_a_draft(found)
        yield found


class Fields(HTMLParser):
    """What a browser would send of a form as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._name, self._text = "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in given and given["name"] not in ("find", "form_key"):
            self.sent.append((given["name"], given.get("value", "")))
        if tag in ("select", "textarea") and "name" in given:
            self._name, self._text = given["name"], tag == "textarea"
            self.sent.append((self._name, ""))
        if tag == "option" and "selected" in given and self._name:
            self.sent[-1] = (self._name, given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._name, self._text = "", False

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[-1] = (self._name, self.sent[-1][1] + data.removeprefix("\n"))


def form_of(pages: Site, address: str) -> list[tuple[str, str]]:
    return Fields(pages.sees(address, "editor")).sent


def send(
    pages: Site, where: str, sent: list[tuple[str, str]], /, **changed: str | list[str]
) -> Answer:
    """The form with these fields changed; `__` stands for a dot."""
    new = {one.replace("__", "."): value for one, value in changed.items()}
    rows = [row for row in sent if row[0] not in new]
    for field, value in new.items():
        rows += [(field, each) for each in ([value] if isinstance(value, str) else value)]
    body = urlencode([*rows, ("form_key", pages.form_key("editor"))])
    return pages.ask(f"{FORM}/{where}", method="POST", role="editor", body=body, Accept="text/html")


def entry(name: str, path: str) -> str:
    return f"{FORM}/{name}?entry={quote(path, safe='')}"


def written(pages: Site) -> str:
    """What stands in the draft below its comments."""
    rows = draft_of(pages).text.splitlines()
    return "\n".join(row for row in rows[9:] if not row.startswith("#")).strip()


def test_every_list_of_the_kind_is_offered_and_its_entries_are_found(pages: Site) -> None:
    html = pages.sees(FORM, "editor")
    assert f"{FORM}/delegations" in hrefs_of(html)
    assert f"{FORM}/people?new=1" in hrefs_of(html)
    found = pages.sees(f"{FORM}/people?find=medin", "editor")
    assert [one for one in hrefs_of(found) if "entry=" in one] == [
        entry("people", "people[medinsky]")
    ]
    assert "No entry is called so." in pages.sees(f"{FORM}/people?find=zzz", "editor")


def test_only_what_was_changed_is_put_into_the_draft(pages: Site) -> None:
    sent = form_of(pages, entry("delegations", RUSSIA))
    answer = send(pages, "delegations", sent, size__low="7", size__high="7", status="announced")
    assert (answer.status, answer.headers["location"]) == (303, DRAFT)
    text = written(pages)
    assert "party: russia" in text
    assert "min: 7, max: 7, unit: persons" in text
    assert "status: announced" in text
    assert "sources" not in text
    assert "checked: fits the kind" in text_of(pages.sees(DRAFT, "editor"))


def test_a_form_that_was_sent_as_it_stood_changes_nothing(pages: Site) -> None:
    for name, path in (
        ("delegations", RUSSIA),
        ("rounds", "rounds[trilateral-4]"),
        ("people", "people[medinsky]"),
        ("stances", "stances[usa,security-guarantees]"),
    ):
        answer = send(pages, name, form_of(pages, entry(name, path)))
        assert answer.status == 400, path
        assert "Nothing was changed." in answer.text


def test_an_emptied_field_is_cleared(pages: Site) -> None:
    sent = form_of(pages, entry("rounds", "rounds[trilateral-3]"))
    assert send(pages, "rounds", sent, city="").status == 303
    assert "city: null" in written(pages)


def test_a_new_entry_gets_an_id_of_its_name(pages: Site) -> None:
    sent = form_of(pages, f"{FORM}/people?new=1")
    party = next(
        value
        for name, value in form_of(pages, entry("people", "people[medinsky]"))
        if name == "party"
    )
    assert send(pages, "people", sent, name="Öskar Lind", voice="person", party=party).status == 303
    assert "id: oskar-lind" in written(pages)


def test_a_member_is_added_below_its_delegation(pages: Site) -> None:
    html = pages.sees(entry("delegations", RUSSIA), "editor")
    [below] = [one for one in hrefs_of(html) if "delegations.members?new=1" in one]
    sent = form_of(pages, below)
    answer = send(
        pages,
        "delegations.members",
        sent,
        person="lavrov",
        role="member",
        status="expected",
        sources=["seed", ""],
    )
    assert answer.status == 303, answer.text
    assert "person: lavrov" in written(pages)
    assert "checked: fits the kind" in text_of(pages.sees(DRAFT, "editor"))


def test_an_entry_is_taken_out(pages: Site) -> None:
    sent = form_of(pages, entry("delegations.members", f"{RUSSIA}.members[kostyukov]"))
    assert send(pages, "delegations.members", sent, **{"-what": "remove"}).status == 303
    assert "x-removed: true" in written(pages)


@pytest.mark.parametrize(
    ("name", "path", "changed", "said"),
    [
        ("delegations", RUSSIA, {"size__low": "six"}, "This is no number."),
        ("delegations", RUSSIA, {"status": "surely"}, "This is none of the words"),
        ("rounds", "rounds[trilateral-4]", {"starts": "next week"}, "This is no date."),
        ("rounds", "rounds[trilateral-4]", {"number": "2.5"}, "This is no number."),
        ("delegations", RUSSIA, {"size__unit": ""}, "Write the unit too."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    pages: Site, name: str, path: str, changed: dict[str, str], said: str
) -> None:
    before = draft_of(pages).text
    answer = send(pages, name, form_of(pages, entry(name, path)), note="kept <b>", **changed)
    assert answer.status == 400
    assert said in text_of(answer.text)
    assert "kept &lt;b&gt;" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert draft_of(pages).text == before


def test_who_sends_second_is_told_so_and_sees_what_she_typed(pages: Site) -> None:
    sent = form_of(pages, entry("delegations", RUSSIA))
    assert send(pages, "delegations", sent, note="first").status == 303
    second = send(pages, "delegations", sent, note="second")
    assert second.status == 400
    assert "was saved by editor meanwhile" in second.text
    assert "second" in second.text
    assert send(pages, "delegations", Fields(second.text).sent).status == 303
    assert "note: second" in written(pages)


def test_a_list_or_an_entry_that_is_not_there_is_not_found(pages: Site) -> None:
    for address in (f"{FORM}/moons", entry("people", "people[nobody]"), entry("people", "[[")):
        assert pages.ask(address, role="editor").status == 404, address
    assert pages.ask(FORM, role="reader").status == 403
