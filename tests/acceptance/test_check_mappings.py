"""Mappings in `monitor check`, and a cabinet from three tables that lie in a repository."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.site import Site
from tests.repositories import BEGIN, Repo

KIND = (Path(__file__).parents[2] / "examples" / "cabinet" / "kind.yaml").read_text()
MAPPING = """\
collections:
  ministries: {rows: data/organisation.csv, id: id, name: name}
  ministries.team:
    rows: data/appointment.csv
    parent: {organisation_id: id}
    where: {end_date: {from: as_of}}
    person: person_id
    role: post.name
  people: {rows: data/appointment.csv, id: person_id, name: person_name}
lookups: {post: {rows: data/post.csv, key: id}}
"""
SOURCE = """
[sources.cabinet]
git = "desk"
situation = "cabinet"
title = "The cabinet"
"""
FOUND = """\
x-inferred: true
x-whole: board
properties:
  board:
    title: The board
    x-key: [ref]
    items:
      x-label: "{name}"
      properties: {ref: {}, name: {}, role: {x-significance: major}}
"""
ORGANISATIONS = "id,name\nmof,Ministry of Finance\nmoh,Ministry of Health\n"
POSTS = "id,name\n1,minister\n2,deputy minister\n"
HEADER = "organisation_id,person_id,person_name,post_id,end_date\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    desk = Site(tmp_path)
    desk.configures(SOURCE)
    (tmp_path / "config").mkdir(exist_ok=True)
    _home(desk, "cabinet.kind.yaml").write_text(KIND)
    _home(desk, "cabinet.map.yaml").write_text(MAPPING)
    repo = Repo(tmp_path / "desk")
    repo.write("data/organisation.csv", ORGANISATIONS)
    repo.write("data/post.csv", POSTS)
    repo.write("data/appointment.csv", HEADER + "mof,p1,Ada Vale,1,\nmoh,p2,Bo Ray,1,\n")
    repo.commit("The cabinet as it was")
    return desk


def _home(site: Site, name: str) -> Path:
    """Kinds and mappings lie beside the configuration."""
    config = next(site.folder.rglob("*.toml"))
    return config.parent / name


def test_a_mapping_that_is_right_is_well(site: Site) -> None:
    file = str(_home(site, "cabinet.map.yaml").relative_to(site.folder))
    assert "checked 1 file: all is well" in site.monitor("check", file)
    assert "all is well" in site.monitor("check")


def test_every_fault_of_a_mapping_is_named_with_its_line(site: Site) -> None:
    file = _home(site, "cabinet.map.yaml")
    file.write_text(MAPPING.replace("role:", "rank:").replace("from: as_of", "from: today"))
    name = str(file.relative_to(site.folder))
    said = site.monitor("check", name, code=2)
    assert (
        f"{name}:6:24: collections.ministries.team.where.end_date.from: where: from wants" in said
    )
    assert f"{name}:8:5: collections.ministries.team.rank: the kind cabinet has no field" in said
    assert "2 to mend" in said
    assert ":8:5: collections.ministries.team.rank" in site.monitor("check", code=2)


def test_three_tables_are_a_cabinet_whose_changes_read_as_such(site: Site) -> None:
    site.monitor("run", "--once")
    repo = Repo(site.folder / "desk")
    repo.write(
        "data/appointment.csv",
        HEADER
        + "moh,p2,Bo Ray,1,\nmof,p1,Ada Vale,1,2020-01-01\n"
        + "mof,p3,Cy Moss,1,\nmoh,p1,Ada Vale,2,\n",
    )
    repo.commit("A reshuffle", at=BEGIN + timedelta(days=30))
    site.monitor("run", "--once")
    said = site.monitor("diff", "cabinet", "--since", "2026-01-05")
    assert "Cy Moss replaces Ada Vale as minister of the Ministry of Finance" in said
    assert "Ada Vale joins the Ministry of Health" in said


def test_a_kind_that_was_found_serves_for_two_files_too(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (tmp_path / "a.csv").write_text("ref,name,role\nb1,Ada Vale,chair\nb2,Bo Ray,clerk\n")
    (tmp_path / "b.csv").write_text("ref,name,role\nb2,Bo Ray,chair\nb1,Ada Vale,chair\n")
    (tmp_path / "board.kind.yaml").write_text(FOUND)
    said = site.monitor("diff", "a.csv", "b.csv", "--kind", "board.kind.yaml")
    assert "The board" in said
    assert "major" in said
    assert "Bo Ray: role changes from clerk to chair." in said
