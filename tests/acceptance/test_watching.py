"""`monitor watch`, as a person types it: from a place to a first digest in one command."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import Signals

import pytest

from tests.acceptance.site import Site, text_of
from tests.repositories import Repo
from tests.sheets import xlsx
from tests.websites import Site as Web
from tests.websites import site as website

ANA = "ana@example.org"
FIRST = "id;name;party\n1;Ana Reyes;Blue\n2;Bo Lind;Red\n"
SECOND = "id;name;party\n1;Ana Reyes;Blue\n2;Bo Lind;Green\n3;Cleo Tan;Red\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def web() -> Iterator[Web]:
    with website() as found:
        yield found


def write(site: Site, name: str, data: str | bytes, *, hours: int = 2) -> Path:
    file = site.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    at = (datetime.now(UTC) - timedelta(hours=hours)).timestamp()
    os.utime(file, (at, at))
    return file


def added(site: Site) -> dict[str, str]:
    folder = site.folder / "config" / "sources.d"
    return {file.name: file.read_text() for file in sorted(folder.glob("*"))}


def test_a_table_is_read_shown_written_down_and_told(site: Site) -> None:
    write(site, "members.csv", FIRST)
    said = site.monitor("watch", "members.csv", "--to", ANA)

    assert "read as    members.csv: CSV, UTF-8, separator ;, header in line 1, 2 rows" in said
    assert "found      Members: 2 entries, told apart by id" in said
    assert "Subject: You now follow “members”" in said
    assert "* Members: 2 entries: Ana Reyes and Bo Lind" in said
    files = added(site)
    assert list(files) == ["members.kind.yaml", "members.toml"]
    assert 'file = "members.csv"' in files["members.toml"]
    assert "x-key: [id]" in files["members.kind.yaml"]


def test_what_changes_later_is_told_without_another_word(site: Site) -> None:
    write(site, "members.csv", FIRST, hours=3)
    site.monitor("watch", "members.csv", "--to", ANA, "--cadence", "at-once")
    write(site, "members.csv", SECOND, hours=2)
    site.monitor("run", "--once")

    # Both are handed over at once, in whatever order.
    texts = {str(mail["Subject"]): text_of(mail) for mail in site.mail(ANA)}
    assert texts.pop("You now follow “members”")
    (digest,) = texts.values()
    said = " ".join(digest.split())
    assert "Cleo Tan" in said
    assert "Bo Lind" in said
    assert "Green" in said


def test_a_file_that_was_saved_just_now_is_waited_for(site: Site) -> None:
    (site.folder / "members.csv").write_text(FIRST)

    assert "Members: 2 entries" in site.monitor("watch", "members.csv", "--dry-run")


def test_a_repository_is_taken_in_whole_and_the_last_change_is_shown(
    site: Site, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "elsewhere" / "roster")
    for name, party in (("ana", "Blue"), ("bo", "Red"), ("cleo", "Red")):
        repo.write(f"people/{name}.yaml", f"id: {name}\nname: {name.title()}\nparty: {party}\n")
        repo.commit(f"Add {name}")
    repo.change("people/bo.yaml", "id: bo\nname: Bo\nparty: Green\n", "Bo changes sides")

    said = site.monitor("watch", str(repo.path), "--path", "people", "--to", ANA)
    assert "history    4 versions" in said
    assert "People: 3 entries, told apart by id" in said
    assert "taking in: 4 versions" in said
    assert "the digest of the last change, as ana@example.org would get it" in said
    assert "Green" in said
    assert site.mail(ANA) == []
    assert 'entries = "files"' in added(site)["people.toml"]


def test_the_newest_version_that_can_be_read_is_shown(site: Site, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    boards = '{"Fires": [{"id": "a", "name": "Ash", "acres": %d}, {"id": "b", "name": "Bay"}]}'
    for acres in (5, 9):
        repo.change("fires.json", boards % acres)
    repo.change("fires.json", "")

    said = site.monitor("watch", str(repo.path), "--path", "fires.json")
    assert "Fires: 2 entries, told apart by id" in said
    assert "there is nothing in it" in said
    assert "taking in: 2 versions" in said
    assert "9" in said


def test_what_a_history_has_overcome_is_held_for_nobody(site: Site, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    many = "".join(f"{number},Fire {number}\n" for number in range(30))
    new = "".join(f"{number},Blaze {number}\n" for number in range(60, 90))
    for rows in (many, "1,Fire 1\n", "1,Fire 1\n2,Fire 2\n", many, new, new + "91,Blaze 91\n"):
        repo.change("fires.csv", f"id,name\n{rows}")

    said = site.monitor("watch", str(repo.path), "--path", "fires.csv")
    assert "taking in: 6 versions" in said
    assert "held" not in said
    assert "Blaze 91" in said


def test_the_newest_is_held_where_it_looks_like_an_accident(site: Site, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    many = "".join(f"{number},Fire {number}\n" for number in range(30))
    for rows in (many, many + "31,Fire 31\n", "1,Fire 1\n"):
        repo.change("fires.csv", f"id,name\n{rows}")
    repo.change("fires.csv", "")

    said = site.monitor("watch", str(repo.path), "--path", "fires.csv")
    assert "1 version held" in said
    assert "see `monitor held`" in said


def test_a_path_that_is_gone_is_watched_with_what_it_said(site: Site, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    for acres in (4, 5):
        repo.change("fires-current.csv", f"id,name,acres\n1,Ash,{acres}\n2,Bay,7\n")
    repo.delete("fires-current.csv")
    repo.commit("Put it elsewhere")

    said = site.monitor("watch", str(repo.path), "--path", "fires-current.csv")
    assert "note       fires-current.csv is gone since" in said
    assert "(Ana Reyes: Put it elsewhere); what it said before stays" in said
    assert "from 4 to 5" in said
    assert list(added(site)) == ["fires.kind.yaml", "fires.toml"]


def test_what_was_stopped_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    for number in range(1, 9):
        repo.change("fires.csv", f"id,name,acres\n1,Ash,{number}\n2,Bay,7\n")
    whole = ("watch", str(repo.path), "--path", "fires.csv")
    site.monitor(*whole)
    toml = site.folder / "config" / "sources.d" / "fires.toml"
    toml.unlink()  # it is written when all has been taken in, so that it was not yet
    repo.change("fires.csv", "id,name,acres\n1,Ash,11\n2,Bay,7\n")

    said = site.monitor(*whole)
    assert "going on where it was stopped: 8 versions taken in before" in said
    assert "taking in: 1 version\n" in said
    assert toml.is_file()
    assert "11" in said


def test_rows_that_a_found_key_does_not_tell_apart_are_named_once(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    repo = Repo(tmp_path / "elsewhere" / "fires")
    rows = "".join(f"{number},Fire {number},5\n" for number in range(20))
    repo.change("fires.csv", f"id,name,acres\n{rows}")
    for acres in (6, 7):
        repo.change("fires.csv", f"id,name,acres\n{rows}3,Fire 3b,{acres}\n")

    said = site.monitor("watch", str(repo.path), "--path", "fires.csv")
    assert "taking in: 3 versions" in said
    assert caplog.text.count("fires has two entries 3, first at") == 1
    assert ":22:1: fires has two" in caplog.text
    assert "from 6 to 7" in said


def test_members_by_name_are_said_to_be_told_apart_by_that(site: Site) -> None:
    seats = {f"HA0{n}": {"name": f"Board {n}", "phone": f"{n}", "seats": n} for n in range(1, 7)}
    write(site, "seats.json", json.dumps(seats))
    assert "told apart by their names" in site.monitor("watch", "seats.json", "--dry-run")


def test_a_folder_with_a_file_for_each_entity_is_one_document(site: Site) -> None:
    for name, party in (("ana", "Blue"), ("bo", "Red")):
        write(site, f"people/{name}.yaml", f"name: {name.title()}\nparty: {party}\n", hours=3)
    said = site.monitor("watch", "people", "--to", ANA, "--cadence", "at-once")

    assert "People: 2 entries" in said
    write(site, "people/bo.yaml", "name: Bo\nparty: Green\n", hours=2)
    write(site, "people/cleo.yaml", "name: Cleo\nparty: Red\n", hours=2)
    said = site.monitor("run", "--once")
    assert "1 snapshot, 1 digest, 0 alerts, 0 welcomes" in said  # no demonstration beside it
    told = " ".join(" ".join(text_of(mail) for mail in site.mail(ANA)).split())
    assert "Bo: party changes from Red to Green." in told
    assert "Cleo" in told


def test_a_folder_with_one_person_so_far_is_a_list_of_one(site: Site) -> None:
    write(site, "people/ana.yaml", "name: Ana\nparty: Blue\n")
    write(site, "desk/all.yaml", "posts: [{id: chair, holder: Ana}]\n")

    assert "People: 1 entry" in site.monitor("watch", "people", "--dry-run")
    assert "Posts: 1 entry" in site.monitor("watch", "desk", "--dry-run")


def test_tables_of_a_folder_are_one_document_and_dated_files_a_version_each(site: Site) -> None:
    write(site, "both/posts.csv", "id,name\n1,Chair\n")
    write(site, "both/people.csv", "id,name\n7,Ana\n")
    write(site, "days/members-2026-01-01.csv", FIRST)
    write(site, "days/members-2026-02-01.csv", SECOND)

    said = site.monitor("watch", "both", "--dry-run")
    assert "Posts: 1 entry" in said
    assert "People: 1 entry" in said
    assert "history    2 versions" in site.monitor("watch", "days", "--dry-run")


def test_a_workbook_is_read_by_its_sheet(site: Site) -> None:
    rows: list[list[object]] = [["id", "name"], [1, "Ana Reyes"], [2, "Bo Lind"]]
    write(site, "members.xlsx", xlsx({"Notes": [["x"]], "Members": rows}))
    said = site.monitor("watch", "members.xlsx", "--sheet", "Members", "--name", "board")

    assert "Board: 2 entries, told apart by id" in said
    assert 'sheet = "Members"' in added(site)["board.toml"]


def test_an_address_is_asked_politely_and_told_when_it_changes(site: Site, web: Web) -> None:
    web.says("/ministers.csv", FIRST, FIRST, SECOND)
    said = site.monitor("watch", web.address("/ministers.csv"), "--title", "Ministers of Vellmar")

    assert "Ministers: 2 entries, told apart by id" in said
    assert 'title = "Ministers of Vellmar"' in added(site)["ministers.toml"]
    assert all(asked.headers["User-Agent"].startswith("monitor/") for asked in web.asked)


def test_a_preview_stores_and_writes_nothing(site: Site) -> None:
    write(site, "members.csv", FIRST)
    said = site.monitor("watch", "members.csv", "--to", ANA, "--dry-run")

    assert "found      Members: 2 entries" in said
    assert not (site.folder / "config").exists()
    assert not (site.folder / "var").exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.html", "<!doctype html><title>x</title>", "page.html: this is a web page"),
        ("one.yaml", "just text\n", "one.yaml"),
        ("empty.csv", "", "empty.csv"),
        ("ragged.csv", "id,name\n1,a,b\n", "ragged.csv:2"),
        ("odd.csv", b"id;name\n1;Jos\xe9\n", "odd.csv"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_nothing_is_left(
    site: Site, name: str, data: str | bytes, words: str
) -> None:
    write(site, name, data)
    said = site.monitor("watch", name, code=2)

    assert words in said
    assert "Traceback" not in said
    assert not (site.folder / "config").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("none.csv",), "there is no none.csv: want a file, a folder, a repository or an address"),
        (("members.csv", "--path", "x"), "--path does not go with a file, which members.csv is"),
        (("members.csv", "--key", "idd"), "idd"),
        (("members.csv", "--to", "nobody"), "--to nobody: want one mail address"),
        (("members.csv", "--interval", "soon"), "--interval is 'soon', want a duration"),
        (("members.csv", "--to", ANA, "--zone", "Mars/X"), "--zone is 'Mars/X', want an IANA"),
        (("members.csv", "--to", ANA, "--cadence", "banana"), "banana"),
        (("members.csv", "--situation", "../y"), "--situation '../y': lower-case letters"),
        (("members.csv", "--to", ANA, "--zone", "Mars/X", "--dry-run"), "want an IANA time zone"),
        (("",), "an empty place"),
        (("http://127.0.0.1:1/x.csv",), "http://127.0.0.1:1/x.csv: "),
        (("file:///etc/passwd",), "repositories are read by"),
        (("ext::sh -c true", "--path", "x"), "is no address of a repository"),
        (("ext::sh", "--path", "x"), "repositories are read by"),
    ],
)
def test_a_wrong_command_says_what_was_expected(
    site: Site, arguments: tuple[str, ...], words: str
) -> None:
    write(site, "members.csv", FIRST)

    assert words in site.monitor("watch", *arguments, code=2)
    assert not (site.folder / "config").exists()


def test_a_name_is_given_once(site: Site) -> None:
    write(site, "members.csv", FIRST)
    site.monitor("watch", "members.csv")

    said = site.monitor("watch", "members.csv", code=2)
    assert "there is a source members" in said
    assert "choose another --name" in said
    said = site.monitor("watch", "members.csv", "--name", "again", "--situation", "members", code=2)
    assert "the situation members comes from members; choose another --situation" in said


def test_a_password_in_an_address_is_never_shown(site: Site) -> None:
    said = site.monitor("watch", "http://ana:s3cret@127.0.0.1:9/l.json", "--dry-run", code=2)

    assert "a name or password in an address gets into logs" in said
    assert "s3cret" not in said


def test_a_reader_who_is_named_twice_is_told_once(site: Site) -> None:
    write(site, "members.csv", FIRST)
    site.monitor("watch", "members.csv", "--to", ANA, "--to", ANA)

    assert added(site)["members.toml"].count("[[subscriptions]]") == 1
    assert "members" in site.monitor("source", "list")


def test_a_table_without_names_of_columns_is_declared_so(site: Site) -> None:
    write(site, "members.csv", "1;Ana Reyes\n2;Bo Lind\n")

    said = site.monitor("watch", "members.csv", "--header", "0", "--dry-run")
    assert "2 rows" in said


def test_a_running_service_takes_it_up_by_itself(site: Site) -> None:
    site.configures('[service]\ntick = "0.2s"\n[sources.none]\nfolder = "none"\n')
    (site.folder / "none").mkdir()
    with site.running() as running:
        running.waits_for("mail is written to files")
        write(site, "members.csv", FIRST)
        site.monitor("watch", "members.csv", "--to", ANA, "--cadence", "at-once")
        running.waits_for("read the configuration again: sources members")
        write(site, "members.csv", SECOND, hours=1)
        mails = site.waits_for_mail(ANA, 2)

        assert any("Cleo Tan" in text_of(mail) for mail in mails)
        assert running.ends(Signals.SIGTERM) == 0


def test_kind_and_mapping_are_named_from_where_one_stands(site: Site) -> None:
    write(site, "members.csv", FIRST)
    write(site, "own.map.yaml", "kind: own.kind.yaml\ncollections:\n  who: {id: id, name: name}\n")
    write(
        site,
        "own.kind.yaml",
        "type: object\nproperties:\n  who: {type: array, x-key: [id], items: {type: object,"
        " properties: {id: {type: string}, name: {type: string}}}}\n",
    )
    named = ("--kind", "own.kind.yaml", "--map", "own.map.yaml")
    said = site.monitor("watch", "members.csv", *named)

    assert "2 entries, told apart by id" in said
    assert 'map = "../../own.map.yaml"' in added(site)["members.toml"]
    site.monitor("check")


def test_a_place_that_is_not_public_is_allowed_by_name(site: Site, web: Web) -> None:
    web.says("/members.csv", FIRST)
    site.monitor("watch", web.address("/members.csv"), "--private", "127.0.0.1")

    assert 'private = ["127.0.0.1"]' in added(site)["members.toml"]


def test_where_nothing_can_be_written_nothing_is_taken_in(site: Site) -> None:
    write(site, "members.csv", FIRST)
    write(site, "config/monitor.toml", "")
    write(site, "config/sources.d", "in the way")
    said = site.monitor("watch", "members.csv", code=2)

    assert "Traceback" not in said
    assert "sources.d" in said
    assert "taking in" not in said


def test_what_is_declared_for_another_reading_is_said_and_nothing_is_stored(
    site: Site, web: Web
) -> None:
    write(site, "members.csv", FIRST)
    said = site.monitor("watch", "members.csv", "--sheet", "Members", code=2)
    assert "members.csv: sheet is for XLSX and ODS, and this is CSV" in said
    write(site, "members.json", '[{"id": 1, "name": "Ana Reyes"}]')
    said = site.monitor("watch", "members.json", "--separator", ";", code=2)
    assert "members.json: separator is for CSV and TSV, and this is JSON" in said
    web.says("/members.csv", FIRST)
    where = web.address("/members.csv")
    said = site.monitor("watch", where, "--items", "results", "--private", "127.0.0.1", code=2)
    assert "--items names the list in each of several JSON pages, and goes with next" in said
    assert added(site) == {}


def test_a_name_in_another_script_is_spelled_and_stays_as_title(site: Site) -> None:
    write(site, "Депутати ради.csv", FIRST)
    said = site.monitor("watch", "Депутати ради.csv", "--to", ANA)
    assert "You now follow" in said
    assert "Депутати ради" in said
    assert list(added(site)) == ["deputati-radi.kind.yaml", "deputati-radi.toml"]


def test_a_file_of_a_clock_that_is_ahead_is_waited_for(site: Site) -> None:
    write(site, "members.csv", FIRST, hours=-5)
    said = site.monitor("watch", "members.csv", "--to", ANA)
    assert "* Members: 2 entries: Ana Reyes and Bo Lind" in said
