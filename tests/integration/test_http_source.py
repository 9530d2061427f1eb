"""An address that is asked over and over: what is news of it, and what is not believed."""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import trustme

from monitor.collect.http.asking import HttpPlace
from monitor.collect.http.opening import Secrets, named_with
from monitor.collect.http.pages import Paging
from monitor.collect.http.source import HttpSource
from monitor.collect.limits import Limits
from monitor.collect.source import Look, SourceMemory
from monitor.errors import SourceUnavailable
from monitor.model.record import replace
from monitor.net.agent import agent
from monitor.net.guard import named_places
from tests.websites import Answer, Names, Site, site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = named_places(["127.0.0.1"])
MINUTE = timedelta(minutes=1)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


class Reader:
    """Asks as the service does, and remembers what was given."""

    def __init__(self, address: str, *, limit: int = 100_000, **place: Any) -> None:
        wanted = HttpPlace(address=address, named=HERE, confirm=None)
        self.source = HttpSource(replace(wanted, **place), limits=Limits(bytes=limit))
        self.memory: str | None = None
        self.now = NOW

    def look(self, *, later: timedelta = MINUTE) -> Look:
        self.now += later
        look = self.source.look(SourceMemory(memory=self.memory), now=self.now, most=100)
        self.memory = look.memory
        return look

    def texts(self) -> list[bytes]:
        return [item.data for item in self.look().items]

    def refusal(self) -> str:
        with pytest.raises(SourceUnavailable) as caught:
            self.look(later=timedelta(hours=7))
        return str(caught.value)


def test_an_answer_is_a_version_when_it_changes(web: Site) -> None:
    web.says("/a.csv", "id\n1\n", "id\n1\n", "id\n2\n")
    reader = Reader(web.address("/a.csv"))

    look = reader.look()
    assert [item.data for item in look.items] == [b"id\n1\n"]
    assert look.items[0].as_of == "2026-03-01T12:01:00Z"
    assert look.items[0].name.startswith("a.csv@")
    assert look.items[0].authorship is not None
    assert look.items[0].authorship.where == web.address("/a.csv")
    assert reader.texts() == []
    assert reader.texts() == [b"id\n2\n"]


def test_an_answer_that_is_known_is_not_sent_again(web: Site) -> None:
    marked = {"ETag": '"v1"', "Last-Modified": "Sun, 01 Mar 2026 08:00:00 GMT"}
    web.says("/a.csv", Answer(b"id\n1\n", headers=marked), Answer(status=304))
    reader = Reader(web.address("/a.csv"))

    (item,) = reader.look().items
    assert item.as_of == "2026-03-01T08:00:00Z"
    assert reader.texts() == []
    assert web.asked[-1].headers["If-None-Match"] == '"v1"'
    assert web.asked[-1].headers["If-Modified-Since"] == marked["Last-Modified"]


def test_the_rule_for_the_time_is_chosen_once_and_kept(web: Site) -> None:
    later = {"Last-Modified": "Sun, 01 Mar 2026 11:00:00 GMT"}
    web.says("/a.csv", "id\n1\n", Answer(b"id\n2\n", headers=later))
    reader = Reader(web.address("/a.csv"))
    reader.look()

    (item,) = reader.look().items
    assert item.as_of == "2026-03-01T12:02:00Z"


def test_a_changed_answer_is_never_earlier_than_the_one_before(web: Site) -> None:
    new = {"Last-Modified": "Sun, 01 Mar 2026 11:00:00 GMT"}
    old = {"Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}
    web.says("/a.csv", Answer(b"id\n2\n", headers=new), Answer(b"id\n1\n", headers=old))
    reader = Reader(web.address("/a.csv"))
    reader.look()

    (item,) = reader.look().items
    assert item.as_of == "2026-03-01T11:00:01Z"


def test_the_time_may_stand_in_the_document(web: Site) -> None:
    web.says("/a.json", '{"meta": {"updated": "2026-02-27"}, "rows": []}', '{"meta": {}}')
    reader = Reader(web.address("/a.json"), as_of="meta.updated")

    (item,) = reader.look().items
    assert item.as_of == "2026-02-27T00:00:00Z"
    assert "meta.updated is None, no date or time" in reader.refusal()


def test_what_flaps_is_no_news(web: Site) -> None:
    web.says("/a", "one", "two", "one", "two", "two", "two")
    reader = Reader(web.address("/a"), confirm=timedelta(seconds=20))

    assert reader.texts() == [b"one"]
    look = reader.look()
    assert (look.items, look.again) == ((), timedelta(seconds=20))
    assert reader.texts() == []
    assert reader.look().again is not None
    assert reader.texts() == [b"two"]
    assert reader.texts() == []


def test_the_second_look_waits_its_time_also_after_a_restart(web: Site) -> None:
    web.says("/a", "one", "two")
    reader = Reader(web.address("/a"), confirm=timedelta(seconds=20))
    reader.look()
    reader.look()
    count = len(web.asked)

    assert reader.look(later=timedelta(seconds=5)).items == ()
    assert len(web.asked) == count
    assert [item.data for item in reader.look(later=timedelta(seconds=15)).items] == [b"two"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(status=404), "it answers 404: there is nothing at that address"),
        (Answer(status=500), "it answers 500"),
        (Answer(status=204), "it answers 204"),
        (Answer(status=304), "it answers 304"),
        (Answer(status=401), "it answers 401: it wants a login"),
        (Answer(b" \n"), "the answer is empty"),
        (Answer(b"x" * 200_000), "the answer is larger than 100000 bytes"),
        (Answer(b"x", headers={"Content-Length": "4000"}), "no whole answer"),
        (
            Answer(b"id\n1\n", headers={"Content-Length": "50"}, hangs=True),
            "no whole answer within 0.5 s",
        ),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), "without sending"),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), ""),
        (Answer(raw=b"SSH-2.0-OpenSSH_9\r\n"), ""),
        (Answer(raw=b""), "without sending"),
        (Answer(raw=b"HTTP/1.1 200 OK\r\n", drips=True), ""),
        (Answer(headers={"Transfer-Encoding": "x"}, body=b"x"), ""),
        (Answer(hangs=True, raw=b""), "no whole answer within 0.5 s"),
        (
            Answer(b"x", headers={"Content-Length": "9999"}, drips=True),
            "no whole answer within 0.5 s",
        ),
        (Answer(b"junk", headers={"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (Answer(b"junk", headers={"Content-Encoding": "br"}), "packed as br"),
        (Answer(b"junk", headers={"Content-Encoding": "gzip, gzip"}), "packed as gzip, gzip"),
    ],
)
def test_an_answer_that_is_none_is_told(web: Site, answer: Answer, words: str) -> None:
    web.says("/a.csv", answer)

    stays_open = answer.hangs or answer.drips or "Content-Length" in answer.headers
    line = Reader(web.address("/a.csv"), seconds=0.5 if stays_open else 30).refusal()
    assert line.startswith(f"{web.address('/a.csv')}: ")
    assert words in line


def test_a_bomb_is_not_unpacked(web: Site) -> None:
    for coding, data in (
        ("gzip", gzip.compress(b"\0" * 30_000_000)),
        ("deflate", zlib.compress(b"\0" * 30_000_000)),
    ):
        web.says("/a.csv", Answer(data, headers={"Content-Encoding": coding}))
        line = Reader(web.address("/a.csv"), limit=50_000_000).refusal()
        assert "unpacks to more than 100 times its size" in line


def test_a_packed_answer_is_unpacked(web: Site) -> None:
    data = b"id\n" + b"".join(b"%d\n" % number for number in range(3000))
    web.says("/a.csv", Answer(gzip.compress(data), headers={"Content-Encoding": "gzip"}))

    assert Reader(web.address("/a.csv")).texts() == [data]


def test_redirects_are_followed_some_steps_and_no_further(web: Site) -> None:
    web.says("/a", Answer(status=301, headers={"Location": "/b"}))
    web.says("/b", Answer(status=307, headers={"Location": web.address("/c")}))
    web.says("/c", "id\n1\n")
    web.says("/loop", Answer(status=302, headers={"Location": "/loop"}))

    assert Reader(web.address("/a")).texts() == [b"id\n1\n"]
    assert "more than 5 redirects" in Reader(web.address("/loop")).refusal()


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.2:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://0x7f000002:{port}/secret",
        "http://2130706434:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example:{port}/secret",
        "file:///etc/passwd",
        "http://127.0.0.1:{port}\\@example.org/",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_redirect_that_leads_inside_is_not_followed(
    web: Site, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    real = socket.getaddrinfo
    names = Names(inside_example=["127.0.0.5"])

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> Any:
        found = names.getaddrinfo if host == "inside.example" else real
        return found(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    web.says("/a", Answer(status=302, headers={"Location": place.format(port=web.port)}))
    web.says("/secret", "inside")

    Reader(web.address("/a"), seconds=30).refusal()
    assert [asked.path for asked in web.asked] == ["/a"]


def test_a_name_that_leads_inside_is_not_asked_without_being_named(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(lists_example=["127.0.0.1"], mixed_example=["93.184.215.14 127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    web.says("/a", "id\n1\n")

    for host in ("lists.example", "mixed.example"):
        line = Reader(web.address("/a", host=host), named=named_places([])).refusal()
        assert f"{host} is 127.0.0.1, which does not belong to the public network" in line
    named = named_places(["lists.example"])
    assert Reader(web.address("/a", host="lists.example"), named=named).texts() == [b"id\n1\n"]


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and inside a moment later."""
    asked: list[str] = []
    names = Names(rebinds_example=["127.0.0.9", "127.0.0.1"])

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return names.getaddrinfo(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    web.says("/a", "inside")
    reader = Reader(
        web.address("/a", host="rebinds.example"), named=named_places(["127.0.0.9"]), seconds=30
    )

    reader.refusal()
    assert asked.count("rebinds.example") == 1
    assert web.asked == []


def test_tls_is_checked_and_not_given_up(web: Site, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with site(context) as secure:
        secure.says("/a", "id\n1\n")
        secure.says("/down", Answer(status=302, headers={"Location": web.address("/a")}))
        trusted = str(tmp_path / "ca.pem")

        assert Reader(secure.address("/a"), ca_file=trusted).texts() == [b"id\n1\n"]
        assert "certificate is not valid" in Reader(secure.address("/a")).refusal()
        line = Reader(secure.address("/down"), ca_file=trusted).refusal()
        assert line.endswith(", without TLS")
        assert web.asked == []


def test_a_secret_goes_to_the_place_that_was_named_and_to_no_other(
    web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TOKEN", "s3cret")
    secret = Secrets({"X-Token": "env:DESK_TOKEN"}, tmp_path)
    with site() as other:
        web.says("/a", Answer(status=302, headers={"Location": "/b"}))
        web.says("/b", Answer(status=302, headers={"Location": other.address("/c")}))
        other.says("/c", "id\n1\n")
        Reader(web.address("/a"), secret=secret).look()

        assert [asked.headers.get("X-Token") for asked in web.asked] == ["s3cret", "s3cret"]
        assert [asked.headers.get("X-Token") for asked in other.asked] == [None]


def test_a_secret_that_is_not_there_or_breaks_a_line_is_told_and_nothing_is_asked(
    web: Site, tmp_path: Path
) -> None:
    (tmp_path / "bad").write_text("a\r\nHost: evil", encoding="utf-8")
    for place, words in (
        ("env:NOT_SET", "NOT_SET is not in the environment"),
        ("file:none", "cannot be read"),
        ("file:bad", "has characters it cannot have"),
    ):
        secret = Secrets({"Authorization": place}, tmp_path)
        assert words in Reader(web.address("/a"), secret=secret).refusal()
    assert web.asked == []


def test_one_user_agent_names_whom_to_ask() -> None:
    assert agent("desk@example.org").endswith(" (+mailto:desk@example.org)")
    assert agent("operator@localhost").startswith("monitor/")
    assert "localhost" not in agent("operator@localhost")


def test_an_address_that_asks_for_patience_is_left_alone(web: Site) -> None:
    busy = Answer(status=429, headers={"Retry-After": "600"})
    web.says("/a", busy, "id\n1\n")
    reader = Reader(web.address("/a"))
    with pytest.raises(SourceUnavailable, match="429: it was asked too often"):
        reader.look()
    for _ in range(9):
        with pytest.raises(SourceUnavailable, match="429"):
            reader.look()

    assert len(web.asked) == 1
    assert reader.look(later=2 * MINUTE).items[0].data == b"id\n1\n"


def test_an_address_that_fails_is_asked_seldomer_and_again_when_it_is_well(web: Site) -> None:
    web.says("/a", *[Answer(status=500)] * 3, "id\n1\n")
    reader = Reader(web.address("/a"))
    for _ in range(20):
        try:
            if reader.look().items:
                break
        except SourceUnavailable:
            continue
    else:
        pytest.fail("it was never asked again")

    assert len(web.asked) == 4
    assert reader.now >= NOW + 7 * MINUTE


def test_pages_are_one_list_whichever_way_they_name_the_next(web: Site) -> None:
    web.says(
        "/linked",
        Answer(b'[{"id": 1}]', headers={"Link": '</linked?page=2>; rel="next", </x>; rel="last"'}),
        Answer(b'[{"id": 2}]', headers={"Link": '</linked>; rel="prev"'}),
    )
    web.says("/named", '{"rows": [1, 2], "links": {"next": "/more"}}')
    web.says("/more", '{"rows": [3], "links": {"next": null}}')
    linked = Reader(web.address("/linked"), paging=Paging(next="link"))
    named = Reader(web.address("/named"), paging=Paging(next="links.next", items="rows"))

    assert [orjson.loads(text) for text in linked.texts()] == [[{"id": 1}, {"id": 2}]]
    assert [orjson.loads(text) for text in named.texts()] == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ('{"rows": [1], "next": "/p"}', "leads back to one before"),
        ('{"rows": [1], "next": 7}', "next of the page is no address"),
        ('{"rows": 5}', "rows is no list of entries"),
        ('{"rows": [1], "next": "/none"}', "a page answers 404"),
        ('{"rows": [1], "next": "http://127.0.0.2:1/x"}', "does not belong to the public network"),
        ("<html>", "a page is not JSON"),
    ],
)
def test_pages_that_do_not_end_well_give_nothing(web: Site, page: str, words: str) -> None:
    web.says("/p", page)
    paging = Paging(next="next", items="rows")

    assert words in Reader(web.address("/p"), paging=paging).refusal()


def test_a_query_is_sent_and_never_said(web: Site) -> None:
    web.says("/a", "id\n1\n", Answer(status=500))
    reader = Reader(web.address("/a?key=s3cret"))
    look = reader.look()

    assert web.asked[0].path == "/a?key=s3cret"
    assert "s3cret" not in repr(look.items[0].authorship)
    assert "s3cret" not in reader.refusal()


def test_only_a_number_or_this_machine_in_the_address_itself_is_named_by_that() -> None:
    assert named_with("http://localhost:8000/x", ()).hosts == {"localhost"}
    assert len(named_with("http://10.1.2.3/x", ()).networks) == 1
    assert len(named_with("http://[::1]/x", ()).networks) == 1
    assert named_with("http://intranet.example.org/x", ()).hosts == frozenset()
