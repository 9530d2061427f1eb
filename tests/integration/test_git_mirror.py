"""A repository at an address: copied once, asked for what is new, and told when it cannot be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from monitor.collect.git.mirror import Mirror
from monitor.collect.git.source import GitPath, GitSource
from monitor.collect.limits import Limits
from monitor.collect.source import Look, SourceMemory
from monitor.errors import SourceUnavailable
from tests.repositories import Repo

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Files(SimpleHTTPRequestHandler):
    """Serves a repository as plain files, which git can read; `/moved` leads elsewhere."""

    def do_GET(self) -> None:
        if self.path.startswith("/moved"):
            self.send_response(301)
            self.send_header("Location", self.path.replace("/moved", "/desk.git", 1))
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


class Host:
    """A server on loopback with one repository, which is written in a work tree beside it."""

    def __init__(self, folder: Path) -> None:
        self.repo = Repo(folder / "work")
        self._public = folder / "public"
        self._public.mkdir()
        handler = partial(Files, directory=str(self._public))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def publish(self) -> None:
        public = self._public / "desk.git"
        if not public.exists():
            self.repo.git("clone", "--quiet", "--bare", ".", str(public))
        self.repo.git("push", "--quiet", "--force", str(public), "main")
        self.repo.git(f"--git-dir={public}", "update-server-info")

    def address(self, name: str = "desk.git") -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{name}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    host = Host(tmp_path)
    yield host
    host.close()


class Reader:
    def __init__(self, address: str, copies: Path, *, since: str | None = None) -> None:
        mirror = Mirror(address, copies, since=since)
        self._source = GitSource(mirror, GitPath(path="a.csv", since=since), limits=Limits())
        self._items: dict[str, str] = {}
        self._memory: str | None = None

    def look(self) -> Look:
        known = SourceMemory(items=self._items, memory=self._memory)
        look = self._source.look(known, now=NOW, most=100)
        self._items.update({item.name: item.digest for item in look.items})
        self._memory = look.memory
        return look

    def texts(self) -> list[str]:
        return [item.data.decode() for item in self.look().items]


def test_a_repository_is_copied_once_and_then_asked_for_what_is_new(
    host: Host, tmp_path: Path
) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.repo.change("a.csv", "id\n2\n")
    host.publish()
    reader = Reader(host.address(), tmp_path / "copies")

    assert reader.texts() == ["id\n1\n", "id\n2\n"]
    assert reader.texts() == []
    host.repo.change("a.csv", "id\n3\n")
    host.publish()
    assert reader.texts() == ["id\n3\n"]
    (copy,) = (tmp_path / "copies").iterdir()
    assert copy.name.startswith("desk-")
    assert not list(copy.glob("**/a.csv"))


def test_a_history_that_was_rewritten_there_is_told(host: Host, tmp_path: Path) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.publish()
    reader = Reader(host.address(), tmp_path / "copies")
    reader.look()
    host.repo.write("a.csv", "id\n2\n")
    host.repo.commit(amend=True)
    host.publish()

    look = reader.look()
    assert [item.data for item in look.items] == [b"id\n2\n"]
    assert "rewritten" in (look.remark or "")


def test_since_is_kept_where_the_server_cannot_shorten_a_history(
    host: Host, tmp_path: Path
) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.repo.write("a.csv", "id\n2\n")
    host.repo.commit(at=datetime(2026, 2, 1, tzinfo=UTC))
    host.publish()

    assert Reader(host.address(), tmp_path / "copies", since="2026-01-15").texts() == ["id\n2\n"]


def test_a_place_that_leads_elsewhere_is_told_and_not_followed(host: Host, tmp_path: Path) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.publish()

    with pytest.raises(SourceUnavailable, match="it answers from another address"):
        Reader(host.address("moved"), tmp_path / "copies").look()


def test_a_name_that_leads_inside_is_not_asked_without_being_named(
    host: Host, tmp_path: Path
) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.publish()
    address = host.address().replace("127.0.0.1", "localhost.localdomain")
    mirror = Mirror(address, tmp_path / "copies")

    with pytest.raises(SourceUnavailable, match=r"public network|cannot be found"):
        mirror.ready()


@pytest.mark.parametrize("address", ["git@127.0.0.1:x.git", "ssh://git@10.0.0.5:2222/x.git"])
def test_a_machine_inside_is_not_asked_by_ssh_either(address: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="public network"):
        Mirror(address, tmp_path / "copies").ready()


def test_what_is_not_there_is_told_and_found_when_it_is_there(host: Host, tmp_path: Path) -> None:
    reader = Reader(host.address(), tmp_path / "copies")
    with pytest.raises(SourceUnavailable, match=r"desk\.git.*not found"):
        reader.look()
    host.repo.change("a.csv", "id\n1\n")
    host.publish()

    assert reader.texts() == ["id\n1\n"]


def test_an_answer_that_stays_away_loses_nothing(host: Host, tmp_path: Path) -> None:
    host.repo.change("a.csv", "id\n1\n")
    host.publish()
    reader = Reader(host.address(), tmp_path / "copies")
    reader.look()
    host.repo.change("a.csv", "id\n2\n")
    (tmp_path / "public" / "desk.git").rename(tmp_path / "public" / "away.git")

    with pytest.raises(SourceUnavailable):
        reader.look()
    (tmp_path / "public" / "away.git").rename(tmp_path / "public" / "desk.git")
    host.publish()
    assert reader.texts() == ["id\n2\n"]
