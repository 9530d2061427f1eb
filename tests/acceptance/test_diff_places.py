"""`monitor diff` of what is no file here: an address, a commit, a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.site import Site
from tests.repositories import Repo
from tests.websites import Answer
from tests.websites import Site as Web
from tests.websites import site as website

FIRST = "id,name,party\n1,Ana Reyes,Blue\n2,Bo Lind,Red\n"
SECOND = "id,name,party\n1,Ana Reyes,Green\n2,Bo Lind,Red\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def web() -> Iterator[Web]:
    with website() as found:
        yield found


@pytest.fixture
def repo(site: Site) -> Repo:
    repo = Repo(site.folder)
    repo.change("members.csv", FIRST)
    repo.change("members.csv", SECOND)
    return repo


def test_an_address_is_compared_with_a_file(site: Site, web: Web) -> None:
    (site.folder / "members.csv").write_text(FIRST)
    web.says("/members.csv", SECOND)

    said = site.monitor("diff", "members.csv", web.address("/members.csv?key=s3cret"))
    assert "Ana Reyes: party changes from Blue to Green." in said
    assert "s3cret" not in said


def test_two_commits_are_compared(site: Site, repo: Repo) -> None:
    said = site.monitor("diff", "@HEAD~1:members.csv", f"{repo.path}@main:members.csv")

    assert "Ana Reyes: party changes from Blue to Green." in said


def test_a_commit_is_compared_with_what_lies_there_now(site: Site, repo: Repo) -> None:
    (repo.path / "members.csv").write_text(SECOND + "3,Cleo Tan,Red\n")

    said = site.monitor("diff", "@HEAD:members.csv", "members.csv")
    assert "Cleo Tan" in said
    assert "Blue" not in said


def test_folders_with_a_file_for_each_entity_are_compared(site: Site, repo: Repo) -> None:
    for name, party in (("ana", "Blue"), ("bo", "Red")):
        repo.write(f"people/{name}.yaml", f"name: {name.title()}\nparty: {party}\n")
    repo.commit()
    repo.write("people/bo.yaml", "name: Bo\nparty: Green\n")
    repo.write("people/cleo.yaml", "name: Cleo\nparty: Red\n")

    said = site.monitor("diff", "@HEAD:people", "people")
    assert "Bo: party changes from Red to Green." in said
    assert "Cleo" in said


def folder(site: Site, name: str, **files: str) -> str:
    (site.folder / name).mkdir()
    for stem, text in files.items():
        (site.folder / name / f"{stem}.yaml").write_text(text)
    return name


def test_a_folder_with_one_flat_file_is_a_list_of_one(site: Site) -> None:
    old = folder(site, "one", vale="name: Cira Vale\nseat: north\n")
    new = folder(
        site, "two", vale="name: Cira Vale\nseat: south\n", lund="name: Ada Lund\nseat: east\n"
    )
    said = site.monitor("diff", old, new)
    assert "Cira Vale: seat changes from north to south." in said
    assert "Ada Lund is new" in said
    back = site.monitor("diff", new, old)
    assert "Ada Lund" in back
    assert "Cira Vale: seat changes from south to north." in back


def test_a_folder_with_one_file_is_what_the_other_folder_is(site: Site) -> None:
    old = folder(site, "one", vale="name: Cira Vale\ntowns: [Ulm, Ems]\n")
    new = folder(
        site, "two", vale="name: Cira Vale\ntowns: [Ulm]\n", lund="name: Ada Lund\ntowns: []\n"
    )
    said = site.monitor("diff", old, new)
    assert "Ada Lund" in said
    assert "Cira Vale" in said
    assert "Ems" in said


def test_a_folder_whose_files_have_no_name_in_common_is_one_document(site: Site) -> None:
    old = folder(site, "old", towns="ulm: 3\nems: 4\n", seats="north: 1\n")
    new = folder(site, "new", towns="ulm: 3\nems: 5\n", seats="north: 1\n")
    said = site.monitor("diff", old, new)
    assert "from 4 to 5" in said
    assert "towns" in said


def test_a_folder_with_a_file_that_cannot_be_read_is_named_with_its_place(site: Site) -> None:
    old = folder(site, "old", vale="name: Cira Vale\n")
    new = folder(site, "new", vale="name: [\n")
    assert "new/vale.yaml:" in site.monitor("diff", old, new, code=2)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("@HEAD~7:members.csv", "there is no commit HEAD~7"),
        ("@HEAD:none.csv", "there is no none.csv"),
        ("@--output=x:members.csv", "there is no commit --output=x"),
        ("http://127.0.0.1:1/x.csv", "http://127.0.0.1:1/x.csv: "),
        ("http://ana:s3cret@127.0.0.1/x.csv", "a name or password in an address"),
        ("empty", "no file that is read"),
        ("nowhere@2026-01-01", "no database yet"),
        (".@2026-01-01T01:00:00Z", "no database yet"),
    ],
)
def test_a_place_that_is_none_is_one_line(site: Site, repo: Repo, place: str, words: str) -> None:
    (repo.path / "empty").mkdir()

    said = site.monitor("diff", place, "members.csv", code=2)
    assert words in said
    assert "s3cret" not in said
    assert not (repo.path / "x").exists()


def test_an_answer_that_is_a_page_is_refused_with_what_it_is(site: Site, web: Web) -> None:
    (site.folder / "members.csv").write_text(FIRST)
    web.says("/x", Answer(b"<!doctype html><title>Login</title>"))

    assert "web page" in site.monitor("diff", "members.csv", web.address("/x"), code=2)
