"""`monitor source`, as a person types it: how each does, what it would give, what keys it has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.site import Site
from tests.websites import Answer
from tests.websites import Site as Web
from tests.websites import site as website

FIRST = "id,name,seat\na,Ana Reyes,north\nb,Bo Lind,south\nc,Cleo Tan,north\n"
SECOND = "id,name,seat\na,Ana Reyes,north\nb,Bo Lind,west\nc,Cleo Tan,north\nd,Di Hart,east\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    (tmp_path / "snapshots").mkdir()
    write(made, FIRST, hours=3)
    made.monitor("watch", "guild.csv")
    return made


@pytest.fixture
def web() -> Iterator[Web]:
    with website() as found:
        yield found


def write(site: Site, text: str, *, hours: float, name: str = "guild.csv") -> None:
    file = site.folder / name
    file.write_text(text)
    at = (datetime.now(UTC) - timedelta(hours=hours)).timestamp()
    os.utime(file, (at, at))


def adds(site: Site, name: str, text: str) -> None:
    (site.folder / "config" / "sources.d" / f"{name}.toml").write_text(text)


def kind(site: Site) -> str:
    return (site.folder / "config" / "sources.d" / "guild.kind.yaml").read_text()


def line_of(said: str, name: str) -> str:
    return next(line for line in said.splitlines() if line.startswith(name))


def test_each_source_has_a_line_with_its_state_and_times(site: Site, web: Web) -> None:
    web.says("/list.csv", Answer(status=404))
    long = "/".join(["deep"] * 30)
    adds(site, "far", f'[sources.far]\nhttp = "{web.address("/list.csv")}"\nsituation = "far"\n')
    adds(site, "deep", f'[sources.deep]\nhttp = "{web.address("/" + long)}"\nsituation = "deep"\n')
    before = site.monitor("source", "list")
    assert "not looked at yet" in line_of(before, "far")
    site.monitor("run", "--once")
    said = site.monitor("source", "list")

    assert line_of(said, "source ").split() == [
        "source", "place", "state", "versions", "newest", "looked", "next",
    ]  # fmt: skip
    guild = line_of(said, "guild")
    assert "file guild.csv" in guild
    assert " ok " in guild
    assert " 1 " in guild
    assert " failing " in line_of(said, "far")
    assert "in 14 min" in line_of(said, "far")
    assert "since 20" in said
    assert "it answers 404: there is nothing at that address" in " ".join(said.split())
    assert all(len(line) <= 100 for line in said.splitlines())


def test_what_is_held_and_what_is_refused_and_stale_is_said_with_its_reason(site: Site) -> None:
    rows = "".join(f"{n},Member {n},north\n" for n in range(12))
    for hours, text in ((2.5, rows), (2, "")):
        write(site, f"id,name,seat\n{text}", hours=hours)
        site.monitor("run", "--once")
    said = site.monitor("source", "list")
    assert " 1 held " in line_of(said, "guild")
    assert "see `monitor held`" in said

    write(site, "<!doctype html><title>Moved</title>", hours=1)
    toml = site.folder / "config" / "sources.d" / "guild.toml"
    toml.write_text(toml.read_text().replace("situation =", 'stale_after = "1h"\nsituation ='))
    site.monitor("run", "--once")
    said = site.monitor("source", "list")
    assert "stale" in line_of(said, "guild")
    assert "1 refused" in line_of(said, "guild")
    assert "guild.csv" in said
    assert "web page" in said


def test_a_preview_shows_rows_entries_and_findings_and_stores_nothing(site: Site) -> None:
    write(site, SECOND, hours=2)
    said = site.monitor("source", "preview", "guild")

    assert "read as    guild.csv: CSV" in said
    assert "row        id=b, name=Bo Lind, seat=west" in said
    assert "Guild: 4 entries, told apart by id" in said
    assert "Bo Lind: seat changes from south to west" in said
    assert "Di Hart" in said
    assert said == site.monitor("source", "preview", "guild")
    assert " 1 " in line_of(site.monitor("source", "list"), "guild")

    write(site, FIRST, hours=2)
    assert "Nothing" in site.monitor("source", "preview", "guild")


def test_a_preview_before_the_first_version_has_nothing_to_compare_with(site: Site) -> None:
    write(site, "code,title\nx,Harbour\ny,Market\n", hours=1, name="posts.csv")
    adds(site, "posts", '[sources.posts]\nfile = "posts.csv"\nsituation = "posts"\n')
    said = site.monitor("source", "preview", "posts")
    assert "Posts: 2 entries" in said
    assert "nothing of it is stored yet" in said
    assert not (site.folder / "config" / "sources.d" / "posts.kind.yaml").exists()


def test_a_preview_sends_a_secret_to_the_address_that_was_named_and_to_no_other(
    site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TOKEN", "s3cret")
    with website() as other:
        web.says("/a.csv", Answer(status=302, headers={"Location": other.address("/b.csv")}))
        other.says("/b.csv", FIRST)
        adds(
            site,
            "far",
            f'[sources.far]\nhttp = "{web.address("/a.csv")}"\nsituation = "far"\n'
            'headers = {X-Token = "env:DESK_TOKEN"}\n',
        )
        assert "Far: 3 entries" in site.monitor("source", "preview", "far")
        site.monitor("watch", other.address("/b.csv"), "--dry-run")

        assert [asked.headers.get("X-Token") for asked in web.asked] == ["s3cret"]
        assert [asked.headers.get("X-Token") for asked in other.asked] == [None, None]


def test_keys_are_shown_and_changed_and_the_next_version_is_told_by_them(site: Site) -> None:
    said = site.monitor("source", "keys", "guild")
    assert "guild  key id, called {name}" in said
    assert "monitor source keys guild guild=FIELD" in said

    edited = kind(site).replace("seat: {}", "seat: {title: Bench}  # mine")
    (site.folder / "config" / "sources.d" / "guild.kind.yaml").write_text(edited)
    said = site.monitor("source", "keys", "guild", "guild=name")
    assert "guild: id -> name" in said
    assert "stays as it is; the next comparison goes by the new key" in said
    assert "x-key: [name]\n" in kind(site)
    assert "seat: {title: Bench}  # mine" in kind(site)

    write(site, FIRST.replace("a,Ana", "z,Ana"), hours=2)
    site.monitor("run", "--once")
    told = site.monitor("diff", "guild@previous", "guild@latest")
    assert "Ana Reyes" in told
    assert "from a to z" in told
    assert "says so already" in site.monitor("source", "keys", "guild", "guild=name")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("keys", "guilt"), "there is no source guilt; did you mean guild?"),
        (("keys", "guild", "guilds=id"), "there is no list guilds; did you mean guild?"),
        (("keys", "guild", "guild=nam"), "no entry of guild has a field nam; did you mean name?"),
        (("keys", "guild", "guild=seat"), "in the latest version north stand there more than once"),
        (("keys", "guild", "guild"), "want LIST=FIELD, such as guild=id"),
        (("keys", "guild", "guild="), "want LIST=FIELD"),
        (("keys", "guild", "guild=id+"), "want LIST=FIELD"),
        (("keys", "snapshots"), "source snapshots holds snapshots, and each names its kind"),
        (("preview", "snapshots"), "source snapshots holds snapshots"),
        (("preview", "guilt"), "there is no source guilt; did you mean guild?"),
        (("forget", "guilt"), "there is no source guilt; did you mean guild?"),
    ],
)
def test_what_is_wrong_is_one_line_and_changes_nothing(
    site: Site, arguments: tuple[str, ...], words: str
) -> None:
    before = kind(site)
    said = site.monitor("source", *arguments, code=2)
    assert words in said
    assert len(said.splitlines()) == 1
    assert kind(site) == before


def test_a_kind_that_ships_keeps_its_keys(site: Site) -> None:
    adds(
        site,
        "talks",
        '[sources.talks]\nfile = "t.yaml"\nsituation = "talks"\nkind = "negotiation"\n',
    )
    assert "which ships" in site.monitor("source", "keys", "talks", code=2)
