"""`monitor check FILE` finds what the service would refuse, each fault once with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.site import Site, text_of

KIND = """\
title: Harbour
type: object
additionalProperties: false
properties:
  ships:
    type: array
    x-key: [id]
    items:
      type: object
      additionalProperties: false
      required: [id, name]
      properties: {id: {type: string}, name: {type: string}, pilot: {type: string, x-ref: pilots}}
  pilots:
    type: array
    x-key: [id]
    items: {type: object, required: [id], properties: {id: {type: string}}}
"""
FULL = "ships: [{id: anna, name: Anna, pilot: kim}]\npilots: [{id: kim}]\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    desk = Site(tmp_path)
    desk.configures("")
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "kind.yaml").write_text(KIND)
    write(desk, "2021-01-01", "title: The old harbour\n" + FULL)
    return desk


def write(site: Site, day: str, text: str, name: str = "") -> str:
    file = site.folder / "snapshots" / f"{name or day}.yaml"
    file.write_text(f"kind: kind.yaml\nsituation: harbour\nas_of: {day}\n{text}")
    return str(file.relative_to(site.folder))


def test_a_partial_is_laid_over_what_lies_beside_it(site: Site) -> None:
    file = write(site, "2021-01-02", "coverage: partial\nships:\n- {id: anna, pilot: kin}\n")
    line = (
        f"{file}:6:14: laid over the state before it, it does not fit the kind: "
        "ships[anna].pilot: pilot names kin, which is not in pilots; did you mean kim?\n"
    )
    assert site.monitor("check", file, code=2) == f"{line}checked 1 file: 1 to mend\n"
    assert site.monitor("check", code=2).count("did you mean kim?") == 1


def test_a_partial_alone_is_laid_over_the_store(site: Site) -> None:
    site.monitor("run", "--once")
    (site.folder / "desk").mkdir()
    (site.folder / "desk" / "kind.yaml").write_text(KIND)
    draft = site.folder / "desk" / "2021-01-03.yaml"
    text = "kind: kind.yaml\nsituation: harbour\nas_of: 2021-01-03\ncoverage: partial\n"
    draft.write_text(f"{text}ships: [{{id: bert}}]\n")
    told = site.monitor("check", "desk/2021-01-03.yaml", code=2)
    assert "desk/2021-01-03.yaml:5:9: laid over the state before it" in told
    assert "ships[bert]: the field name is missing" in told
    draft.write_text(f"{text}ships: [{{id: anna, name: Anne}}]\n")
    assert "all is well" in site.monitor("check", "desk/2021-01-03.yaml")


def test_two_files_of_one_moment_are_named(site: Site) -> None:
    file = write(site, "2021-01-01", FULL, name="again")
    told = site.monitor("check", file, code=2)
    assert "already speaks for harbour as of 2021-01-01; keep one of the two" in told


def test_a_configuration_is_checked_like_the_one_in_use(site: Site) -> None:
    (site.folder / "other.toml").write_text(
        '[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["harbour", "harbor"]\n'
        'collections = ["shps"]\n'
    )
    told = site.monitor("check", "other.toml")
    assert "warning: other.toml:3: subscriptions[1].situations: no situation harbor yet" in told
    (site.folder / "other.toml").write_text(
        '[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["harbour"]\n'
        'collections = ["shps"]\n[mail]\nusername = "me"\ntransport = "smtp"\n'
    )
    told = site.monitor("check", "other.toml", code=2)
    assert "other.toml:4: subscriptions[1].collections: no collection shps; did you mean" in told
    assert "other.toml:6: mail.username is set, and neither MONITOR_SMTP_PASSWORD" in told


def test_a_partial_without_a_title_keeps_it(site: Site) -> None:
    (site.folder / "config" / "monitor.toml").write_text(
        '[[subscriptions]]\naddress = "ana@example.org"\nsituations = ["harbour"]\n'
        'cadence = "at-once"\n'
    )
    site.monitor("run", "--once")
    write(site, "2021-01-02", "coverage: partial\nships: [{id: anna, name: Anneliese}]\n")
    site.monitor("run", "--once")
    site.monitor("run", "--once")
    texts = [text_of(mail) for mail in site.mail("ana@example.org")]
    assert len(texts) == 2
    assert "The old harbour" in texts[1]


@pytest.mark.parametrize("day", ["2062-01-01", "9999-12-31"])
def test_a_day_far_ahead_is_said_before_it_is_held(site: Site, day: str) -> None:
    file = write(site, day, FULL)
    said = f"warning: {file}: it will be held: as_of {day} lies ahead"
    assert said in site.monitor("check", file)
    assert said in site.monitor("check")


def test_a_time_that_no_clock_has_is_named(site: Site) -> None:
    file = write(site, "2021-01-02T25:00:00Z", FULL, name="late")
    assert "2021-01-02T25:00:00Z is no time: hour must be in 0..23" in site.monitor(
        "check", file, code=2
    )
