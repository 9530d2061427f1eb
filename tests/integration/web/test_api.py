"""The interface for programs, over HTTP: what it answers, whom, and what it takes in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import validator_for

from monitor.kinds.published import published_schema
from monitor.pipeline.intake.taking import read, take_in_snapshot
from monitor.web.api.guarding import PUSH, READ
from monitor.web.api.problems import MEDIA
from monitor.web.tokens import hash_of
from tests.pages import NOON, Answer, Site, site

TOKENS = {"reads": [READ], "pushes": [PUSH], "figures": ["metrics"]}

WELL = """
kind: negotiation
situation: mill-talks
as_of: {day}
title: Talks about the mill
parties: [{{id: red, name: Reds}}, {{id: blue, name: Blues}}]
issues: [{{id: weir, name: The weir}}]
sources: [{{id: gaz, publisher: Gazette, url: "https://example.org/1", published: 2026-02-01}}]
stances:
- {{party: red, issue: weir, position: {position}, summary: No., status: confirmed, sources: [gaz]}}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("pages")) as found:
        yield found


class served:  # noqa: N801 - a context manager
    """A site with a token for each scope."""

    def __init__(self, folder: Path) -> None:
        self._site = site(folder)

    def __enter__(self) -> Site:
        found = self._site.__enter__()
        for name, scopes in TOKENS.items():
            found.program.store.machines.add(
                name, hash_of(f"token-{name}"), scopes, by="a test", now=NOON
            )
        return found

    def __exit__(self, *given: Any) -> None:
        self._site.__exit__(*given)


def _get(pages: Site, path: str, who: str = "reads", known: str = "", origin: str = "") -> Answer:
    return pages.ask(
        f"/api/v1{path}",
        Authorization=f"Bearer token-{who}",
        If_None_Match=known,
        Origin=origin,
    )


def _told(pages: Site, path: str) -> Any:
    answer = _get(pages, path)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.text)


def _push(
    pages: Site, body: str, *, who: str = "pushes", media: str = "application/yaml", key: str = ""
) -> Answer:
    return pages.ask(
        "/api/v1/snapshots",
        method="POST",
        body=body,
        Authorization=f"Bearer token-{who}",
        Content_Type=media,
        Idempotency_Key=key,
    )


def _problem(answer: Answer) -> Any:
    assert answer.headers["content-type"] == MEDIA
    told = json.loads(answer.text)
    assert told["status"] == answer.status
    return told


def test_situations_versions_and_documents_can_be_followed(pages: Site) -> None:
    (talks,) = [
        one for one in _told(pages, "/situations")["items"] if one["name"] == "ukraine-talks"
    ]
    versions = _told(pages, "/situations/ukraine-talks/versions?size=2&page=2")
    newest = talks["latest"]["content_hash"]

    assert _told(pages, "/situations/ukraine-talks") == talks
    assert versions["page"] == 2
    assert len(versions["items"]) == 2
    one = _told(pages, f"/situations/ukraine-talks/versions/{newest[:12]}")
    assert one == talks["latest"]
    assert "rounds" in _told(pages, f"/situations/ukraine-talks/versions/{newest}/document")


def test_a_comparison_is_what_the_command_prints(pages: Site) -> None:
    told = _told(pages, "/situations/ukraine-talks/diff?old=2026-02-15&new=2026-02-17")
    found = _told(pages, "/situations/ukraine-talks/findings?old=2026-02-15&new=2026-02-17&size=3")

    validator_for(published_schema("diff")).validate(told)
    assert found["items"] == told["findings"][:3]
    assert found["total"] == len(told["findings"])


def test_filters_and_the_other_language_hold(pages: Site) -> None:
    asked = "/situations/ukraine-talks/diff?old=2026-02-15&new=2026-02-17"
    strong = _told(pages, f"{asked}&least=critical")
    rounds = _told(pages, f"{asked}&only=rounds")
    ours = _told(pages, f"{asked}&language=uk")

    assert {one["significance"] for one in strong["findings"]} == {"critical"}
    assert strong["hidden"]["findings"] > 0
    assert all(one["collection"].startswith("rounds") for one in rounds["findings"])
    assert [one["id"] for one in ours["findings"]] == [
        one["id"] for one in _told(pages, asked)["findings"]
    ]


def test_a_fact_and_the_positions_have_their_past(pages: Site) -> None:
    values = _told(pages, "/situations/ukraine-talks/history?path=rounds[trilateral-3].state")
    stands = _told(pages, "/situations/ukraine-talks/positions")

    assert len(values) > 1
    assert len(stands["lines"][0]["points"]) == len(stands["as_ofs"])


def test_who_has_an_answer_is_not_sent_it_again(pages: Site) -> None:
    asked = "/situations/ukraine-talks/diff?old=2026-02-15&new=2026-02-17"
    tag = _get(pages, asked).headers["etag"]
    again = _get(pages, asked, known=f'"other", W/{tag}')

    assert (again.status, again.text) == (304, "")
    assert _get(pages, asked, known='"other"').status == 200


@pytest.mark.parametrize("shown", ["", "Bearer nobody", "Basic dG9rZW4=", "token-reads"])
def test_without_a_token_it_is_closed(pages: Site, shown: str) -> None:
    answer = pages.ask("/api/v1/situations", Authorization=shown)

    assert _problem(answer)["status"] == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_opens_only_what_it_was_made_for(pages: Site) -> None:
    assert _problem(_get(pages, "/situations", "pushes"))["status"] == 403
    assert _problem(_get(pages, "/situations", "figures"))["status"] == 403
    assert _problem(_push(pages, "x: 1", who="reads"))["status"] == 403


def test_who_is_logged_in_reads_and_hands_nothing_in(pages: Site) -> None:
    assert pages.ask("/api/v1/situations", role="reader").status == 200
    taken = pages.ask("/api/v1/snapshots", method="POST", role="admin", body="x: 1")
    assert _problem(taken)["status"] == 403


def test_a_reader_sees_her_own_subscriptions(pages: Site) -> None:
    mine = json.loads(pages.ask("/api/v1/subscriptions", role="reader").text)

    assert {one["address"] for one in mine["items"]} == {"ana@example.org"}
    assert _told(pages, "/subscriptions")["total"] >= mine["total"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/situations/nobody", 404),
        ("/situations/ukraine-talks/versions/1999-01-01", 404),
        ("/situations/ukraine-talks/history?path=rounds[nowhere].state", 404),
        ("/situations/ukraine-talks/history", 422),
        ("/situations/ukraine-talks/diff?least=loud", 422),
        ("/situations/ukraine-talks/diff?colour=red", 422),
        ("/situations/..%2F..%2Fetc/versions", 404),
        ("/situations?size=100000", 422),
        ("/nothing", 404),
    ],
)
def test_what_is_asked_wrongly_is_a_problem_in_words(pages: Site, path: str, status: int) -> None:
    told = _problem(_get(pages, path))

    assert told["status"] == status
    assert told["detail"] or told["errors"]


def test_no_other_site_is_told_that_it_may_read(pages: Site) -> None:
    answer = _get(pages, "/situations", origin="https://example.org")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_snapshot_is_taken_in_once_however_often_it_is_sent(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        body = WELL.format(day="2026-02-01", position="rejects")
        first = _push(pages, body, key="one")
        again = _push(pages, body, key="one")
        other = _push(pages, f"{body}\n# other bytes", key="one")
        bare = _push(pages, body)

        assert first.status == 201
        taken = json.loads(first.text)
        assert json.loads(again.text) == taken | {"again": True}
        assert _problem(other)["status"] == 409
        assert json.loads(bare.text)["versions"] == []
        assert [
            one["as_of"] for one in _told(pages, "/situations/mill-talks/versions")["items"]
        ] == ["2026-02-01"]


def test_what_is_handed_in_is_compared_like_any_other(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        for day, position in (("2026-02-01", "rejects"), ("2026-02-02", "supports")):
            assert _push(pages, WELL.format(day=day, position=position)).status == 201
        found = _told(pages, "/situations/mill-talks/findings?old=previous")

        assert found["total"] == 1
        assert "Reds" in found["items"][0]["sentence"]


def test_json_is_taken_too(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        body = json.dumps(
            {"kind": "negotiation", "situation": "sea-talks", "as_of": "2026-02-01", "parties": []}
        )
        assert _push(pages, body, media="application/json").status == 201


def test_what_looks_like_an_accident_is_held(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        document = _told(pages, "/situations/ukraine-talks/versions/latest/document")
        few = {name: part[:1] for name, part in document.items() if isinstance(part, list)}
        whole = {"kind": "negotiation", "situation": "ukraine-talks", "as_of": "2026-02-20"}
        taken = _push(pages, json.dumps(whole | few), media="application/json")

        if taken.status == 201:
            assert [one["state"] for one in json.loads(taken.text)["versions"]] == ["held"]
        else:
            assert _problem(taken)["errors"]


def test_every_fault_of_a_snapshot_is_told_with_its_line(pages: Site) -> None:
    body = WELL.format(day="2026-02-01", position="maybe") + "colour: red\n"
    told = _problem(_push(pages, body))

    assert told["status"] == 422
    assert [one["where"] for one in told["errors"]] == ["snapshot.yaml:10:29", "snapshot.yaml:11:1"]


@pytest.mark.parametrize(
    "body",
    ["", "\x00", "[1, 2]", "a: &a [*a]", "kind: /etc/passwd\nsituation: x\nas_of: 2026-01-01"],
)
def test_what_is_no_snapshot_is_refused_and_nothing_is_kept(pages: Site, body: str) -> None:
    before = pages.program.store.revisions.fingerprint()

    assert _problem(_push(pages, body))["status"] == 422
    assert pages.program.store.revisions.fingerprint() == before


def test_other_media_are_refused(pages: Site) -> None:
    assert _problem(_push(pages, "a,b", media="text/csv"))["status"] == 415


def test_no_more_is_read_than_a_snapshot_may_have(tmp_path: Path) -> None:
    with site(tmp_path, config='\n[limits]\nbytes = "2 kB"\n') as pages:
        pages.program.store.machines.add("p", hash_of("token-p"), [PUSH], by="a test", now=NOON)
        assert _problem(_push(pages, "a" * 3000, who="p"))["status"] == 413


ORCHESTRA = """
title: Orchestra
type: object
additionalProperties: false
properties:
  sections:
    type: array
    x-key: [id]
    x-label: "{name}"
    items:
      type: object
      required: [id, name]
      properties: {id: {type: string}, name: {type: string}, seats: {type: integer}}
"""


def _orchestra(day: str, kind: str, seats: int) -> str:
    section = json.dumps({"id": "hn", "name": "Horns", "seats": seats})
    return f"kind: {kind}\nsituation: orchestra\nas_of: {day}\nsections: [{section}]\n"


def test_a_kind_that_a_situation_has_is_named_and_never_as_a_file(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        (tmp_path / "orchestra.kind.yaml").write_text(ORCHESTRA)
        data = _orchestra("2026-02-01", "orchestra.kind.yaml", 4).encode()
        settings = pages.program.settings
        snapshot = read(data, name="first.yaml", folder=tmp_path, settings=settings)
        take_in_snapshot(pages.program, snapshot, data, NOON)

        assert _push(pages, _orchestra("2026-02-02", "orchestra", 5)).status == 201
        assert _told(pages, "/situations/orchestra/findings?old=previous")["total"] == 1
        foreign = _push(pages, _orchestra("2026-02-03", "orchestra.kind.yaml", 6))
        assert _problem(foreign)["errors"][0]["where"] == "snapshot.yaml:1:1"


def test_who_guesses_tokens_is_slowed_down_and_others_are_not(tmp_path: Path) -> None:
    with served(tmp_path) as pages:
        tries = [_get(pages, "/situations", f"guess-{number}") for number in range(31)]

        assert {one.status for one in tries[:-1]} == {401}
        assert _problem(tries[-1])["status"] == 429
        assert tries[-1].headers["retry-after"] == "60"
        assert _get(pages, "/situations").status == 200
