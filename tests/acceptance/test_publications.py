"""What facts cite, from a terminal: publications by hand, and an article by its address."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor.cli.main import main
from tests.integration.pipeline.test_articles import PAGE, RIVER
from tests.websites import Answer, Site, site

CONFIG = """
[sources.river]
folder = "snapshots"
[web]
enabled = false
[draft]
fetch = {fetch}
"""


class Done(NamedTuple):
    code: int
    out: str
    err: str


class Desk:
    """A working folder with one version and an open draft."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def run(self, *arguments: str) -> Done:
        code: object = 0
        self._capture.readouterr()
        with contextlib.chdir(self.folder):
            try:
                main(list(arguments))
            except SystemExit as done:
                code = done.code
        out, err = self._capture.readouterr()
        return Done(int(code or 0) if isinstance(code, int | None) else 1, out, err)

    def may_fetch(self, fetch: bool) -> None:
        text = CONFIG.format(fetch=str(fetch).lower())
        (self.folder / "config" / "monitor.toml").write_text(text)

    def text(self) -> str:
        return self.run("draft", "show", "river").out


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    for name in ("config", "snapshots"):
        (tmp_path / name).mkdir()
    (tmp_path / "snapshots" / "river.yaml").write_text(RIVER)
    desk = Desk(tmp_path, capsys)
    desk.may_fetch(False)
    assert desk.run("run", "--once").code == 0
    assert desk.run("draft", "open", "river", "--as-of", "2026-03-04").code == 0
    return desk


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as found:
        found.says("/dam", Answer(PAGE, headers={"Content-Type": "text/html"}))
        yield found


def test_a_publication_gets_an_id_and_is_found_again_by_its_address(desk: Desk) -> None:
    address = "https://valley.example/dam?page=2"
    told = ("--publisher", "Valley Post", "--date", "2026-03-03", "--title", "The dam")
    assert desk.run("publication", "add", "river", address, *told).out == "valley0303\n"
    assert desk.run("draft", "check", "river").code == 0

    again = desk.run("publication", "add", "river", f"{address}&utm_source=mail#top")
    assert again.out == "valley0303: known already, nothing was changed\n"
    known = desk.run("publication", "add", "river", "http://www.harbour.example/1/")
    assert known.out == "seed: known already, nothing was changed\n"
    assert desk.text().count("valley.example") == 1

    other = desk.run("publication", "add", "river", "https://valley.example/other", *told)
    assert other.out == "valley0303-2\n"


def test_a_publication_may_be_undated_and_is_called_by_its_host(desk: Desk) -> None:
    assert desk.run("publication", "add", "river", "https://www.valley.example/x").out == "valley\n"
    listed = desk.run("publication", "list", "river").out
    assert listed == (
        "seed    undated  Harbour Times   https://harbour.example/1\n"
        "valley  undated  valley.example  https://www.valley.example/x  in the draft\n"
    )
    told = json.loads(desk.run("publication", "list", "river", "--format", "json").out)
    assert [(one["id"], one["published"], one["drafted"]) for one in told] == [
        ("seed", None, False),
        ("valley", None, True),
    ]


def test_what_is_no_publication_is_one_line(desk: Desk) -> None:
    before = desk.text()
    for arguments, said in (
        (("valley.example/x",), "'valley.example/x' is no address, want https://..."),
        (("ftp://valley.example/x",), "'ftp://valley.example/x' is no address, want https://..."),
        (("https://v.example", "--date", "Tuesday"), "--date is 'Tuesday', want a date such as"),
    ):
        done = desk.run("publication", "add", "river", *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"monitor: {said}")
        assert done.err.count("\n") == 1
    assert desk.text() == before


def test_without_a_draft_there_is_nothing_to_write_into(desk: Desk) -> None:
    assert desk.run("draft", "discard", "river", "--yes").code == 0
    done = desk.run("publication", "add", "river", "https://valley.example/x")
    assert done.code == 2
    assert "`monitor draft open river` begins one" in done.err
    assert desk.run("publication", "list", "river").out.startswith("seed ")


def test_an_article_is_fetched_only_where_that_is_switched_on(desk: Desk, paper: Site) -> None:
    address = paper.address("/dam")
    refused = desk.run("draft", "add", "river", address)
    assert (refused.code, paper.asked) == (2, [])
    assert "unless the configuration says fetch = true under [draft]" in refused.err

    desk.may_fetch(True)
    done = desk.run("draft", "add", "river", address)
    assert done.code == 0, done.err
    assert done.out.endswith("cited as harbou0303\n")
    # What the page calls its own address is another's perhaps.
    [url] = [line for line in desk.text().splitlines() if "url: " in line]
    assert address in url
    assert "harbour.example/2" not in desk.text()
    assert desk.run("draft", "articles", "river", "harbou0303", "--original").code == 0

    twice = desk.run("draft", "add", "river", address)
    assert twice.code == 2
    assert "this article was added before, cited as harbou0303" in twice.err


def test_what_cannot_be_fetched_is_one_line(desk: Desk, paper: Site) -> None:
    desk.may_fetch(True)
    before = desk.text()
    for answer, said in (
        (Answer(status=404), "there is nothing at that address"),
        (Answer(status=302, headers={"Location": "http://10.1.2.3/x"}), "the public network"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/"}), "public network"),
        (Answer(b"\x00\x01\x02\xff"), "no UTF-8 text"),
    ):
        paper.says("/dam", answer)
        done = desk.run("draft", "add", "river", paper.address("/dam?key=S3CRET"))
        assert (done.code, done.out) == (2, "")
        assert said in done.err
        assert done.err.count("\n") == 1
        assert "S3CRET" not in done.err
    assert desk.text() == before
