"""What somebody else writes cannot do more than be read: attacks on each way in, as a whole."""

from __future__ import annotations

import gzip
import json
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.collect.gathered import GatheredSource, files_below
from monitor.collect.git.mirror import LocalRepository
from monitor.collect.git.source import GitPath, GitSource
from monitor.collect.http.pages import linked, parsed
from monitor.collect.limits import Limits
from monitor.collect.source import SourceMemory
from monitor.errors import SettingsError, SnapshotRefused, SourceUnavailable
from monitor.kinds.reading import read_kind
from monitor.mapping.shaping import Content, Shaping, content_of
from monitor.reading.read import read_form
from monitor.settings import load
from tests.repositories import Repo
from tests.sheets import xlsx
from tests.websites import Site, site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUICK = 10.0
"""Seconds of this process: what grows with the square takes minutes."""


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def content(files: dict[str, bytes]) -> Content:
    shaping = Shaping(name="roll", situation="roll")
    return content_of(files, shaping, Limits(nodes=20_000), as_of="2026-03-01")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(8)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("roll.yaml", BOMB.encode()),
        ("answer", BOMB.encode()),
        ("roll.json", b'{"a":' * 5000 + b"1" + b"}" * 5000),
        ("roll.jsonl", b'{"id": 1}\n' * 20_000),
        ("roll.csv", b"id,name\n" + b"1,x\n" * 30_000),
        ("roll.tsv", b"id\tname\n" + b"1\tx\n" * 30_000),
        ("roll.csv", gzip.compress(b"id,name\n1,x\n", mtime=0)),
        ("roll.csv.gz", gzip.compress(b"id,name\n1,x\n", mtime=0)),
        ("roll.zip", b"PK\x03\x04" + b"\0" * 60),
        ("roll.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    ],
)
def test_a_bomb_or_what_is_no_document_is_refused_in_one_line(name: str, data: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(SnapshotRefused) as caught:
        content({name: data})
    assert len(str(caught.value)) < 400
    assert time.process_time() - begun < QUICK


def test_a_file_of_an_entity_among_many_is_no_way_around_the_limits() -> None:
    files = {"a.yaml": b"id: a\n", "b.yaml": BOMB.encode()}
    with pytest.raises(SnapshotRefused, match=r"b\.yaml"):
        content_of(
            files,
            Shaping(name="roll", situation="roll", entries="files"),
            Limits(nodes=20_000),
            as_of="2026-03-01",
        )


@pytest.mark.parametrize(
    "cell", ["1" * 60_000 + "x", "1," * 30_000 + "x", " " * 60_000 + "x", "1 " * 30_000 + "x"]
)
def test_a_name_of_a_column_that_is_made_to_be_slow_is_not(cell: str) -> None:
    begun = time.process_time()
    read_form(f'id,"{cell}"\n1,2\n'.encode(), name="roll.csv")
    read_form(xlsx({"S": [["id", cell[-30_000:]], [1, 2]]}), name="roll.xlsx")
    assert time.process_time() - begun < QUICK


@pytest.mark.parametrize(
    "header",
    [
        "<a>; rel=" + " " * 60_000 + "x",
        "<a>; rel=" + "next x" * 10_000,
        "<a>;" * 15_000,
        "<" * 60_000,
        '<a>; rel="' + " a" * 30_000,
    ],
)
def test_a_link_to_the_next_page_that_is_made_to_be_slow_is_not(header: str) -> None:
    begun = time.process_time()
    linked(header)
    assert time.process_time() - begun < QUICK


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('</2>; rel="next", </9>; rel="last"', "/2"),
        ("</1>; rel=prev, </2>; rel=next", "/2"),
        ('</2>; title="a"; REL = "last Next"; x=y', "/2"),
        ('</2>; rel="nextish"', None),
        ('</2>; title="rel=next"', None),
        ("", None),
    ],
)
def test_the_next_page_is_the_one_that_is_called_so(header: str, found: str | None) -> None:
    assert linked(header) == found


def test_a_page_nested_without_end_is_refused() -> None:
    with pytest.raises(SourceUnavailable, match="a page is not JSON: depth limit exceeded"):
        parsed(b"[" * 200_000, "http://example.org/")


@pytest.mark.parametrize("where", ["{web}", "file:///etc/hostname", "../beside.yaml", "#/../x"])
def test_a_kind_refers_to_nothing_outside_of_its_file(web: Site, where: str) -> None:
    place = where.format(web=web.address("/kind.yaml"))
    schema = {"properties": {"roll": {"x-key": ["id"], "items": {"$ref": place}}}}
    with pytest.raises(Exception, match=r"\$ref"):
        read_kind(schema, name="roll")
    assert web.asked == []


def test_a_document_says_neither_its_kind_nor_its_situation(web: Site) -> None:
    document = {
        "kind": web.address("/kind.yaml"),
        "situation": "../../elsewhere",
        "$schema": web.address("/schema"),
        "roll": [{"id": 1, "name": "Ana", "$ref": web.address("/more")}],
    }
    found = content({"roll.json": json.dumps(document).encode()})
    assert found.document["roll"] == document["roll"]
    assert found.kind.name == "roll"
    assert web.asked == []


@pytest.mark.parametrize("name", ["../../roll", "a/b", "..", ".roll", "a\\\\b", ""])
def test_the_name_of_a_source_is_no_path(tmp_path: Path, name: str) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(f'[sources."{name}"]\nfile = "a.csv"\nsituation = "roll"\n')
    with pytest.raises(SettingsError, match=r"want one without a path"):
        load(file, env={})
    (tmp_path / "sources.d").mkdir()
    file.rename(tmp_path / "sources.d" / "x.toml")
    file.write_text("")
    with pytest.raises(SettingsError, match=r"want one without a path"):
        load(file, env={})


def test_links_out_of_a_folder_are_no_files_of_it(tmp_path: Path) -> None:
    folder, outside = tmp_path / "roll", tmp_path / "outside"
    (folder / "deep").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.yaml").write_text("id: secret\n")
    (folder / "a.yaml").write_text("id: a\n")
    (folder / "passwd.yaml").symlink_to("/etc/passwd")
    (folder / "deep" / "b.yaml").symlink_to("../../outside/secret.yaml")
    (folder / "out").symlink_to(outside)
    (folder / "loop").symlink_to(folder)

    assert list(files_below(folder)) == ["a.yaml"]
    source = GatheredSource(folder, limits=Limits())
    source.look(SourceMemory(), now=NOW, most=10)
    look = source.look(SourceMemory(), now=datetime.now(UTC), most=10)
    assert b"secret" not in b"".join(item.data for item in look.items)
    assert b"root:" not in b"".join(item.data for item in look.items)


def test_a_pattern_for_files_that_is_made_to_be_slow_is_not(tmp_path: Path) -> None:
    for name in ("a" * 250, "b.yaml"):
        (tmp_path / name).write_text("id: a\n")
    begun = time.process_time()
    with pytest.raises(ValueError, match="no file that is read"):
        files_below(tmp_path, "*a" * 60 + "x")
    assert time.process_time() - begun < QUICK


def test_a_tree_with_a_name_that_leads_out_is_unread(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "roll")
    repo.write("people/a.yaml", "id: a\n")
    repo.commit()
    blob = repo.git("rev-parse", "HEAD:people/a.yaml")
    entry = b"100644 ../../evil.yaml\0" + bytes.fromhex(blob)
    people = _tree(repo, entry)
    root = _tree(repo, b"40000 people\0" + bytes.fromhex(people))
    commit = repo.git(
        "-c", "user.name=x", "-c", "user.email=x@example.org", "commit-tree", root, "-m", "x"
    )
    repo.git("update-ref", "refs/heads/main", commit)

    where = LocalRepository(repo.path, name="roll", branch=None)
    look = GitSource(where, GitPath(path="people"), limits=Limits()).look(
        SourceMemory(), now=datetime.now(UTC), most=10
    )
    assert look.items == ()
    assert "evil.yaml" in look.unread[0].reason


def _tree(repo: Repo, data: bytes) -> str:
    """Written as it is: git itself would refuse such names."""
    done = subprocess.run(
        ["git", "-C", str(repo.path), "hash-object", "-t", "tree", "--literally", "-w", "--stdin"],
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()
