"""`weigh` as a person meets it: in `monitor check`, and in what `monitor diff` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.site import Site
from tests.acceptance.test_check_files import KIND


@pytest.fixture
def site(tmp_path: Path) -> Site:
    desk = Site(tmp_path)
    desk.configures("")
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "kind.yaml").write_text(KIND)
    _write(desk, "2021-01-01", "ships: [{id: anna, name: Anna}, {id: bea, name: Bea}]\n")
    return desk


def _write(site: Site, day: str, text: str) -> str:
    file = site.folder / "snapshots" / f"{day}.yaml"
    file.write_text(f"kind: kind.yaml\nsituation: harbour\nas_of: {day}\n{text}")
    return str(file.relative_to(site.folder))


def _weighed(path: str, because: str = "") -> str:
    reason = f", because: {because}" if because else ""
    return (
        f'weigh: [{{path: "{path}", significance: critical{reason}}}]\n'
        "ships: [{id: anna, name: Anne}]\n"
    )


@pytest.mark.parametrize("path", ["ships[anna]", "ships[bea]", "ships", "ships[bea].name"])
def test_what_is_there_or_was_there_before_is_well(site: Site, path: str) -> None:
    file = _write(site, "2021-01-02", _weighed(path))
    assert "warning" not in site.monitor("check", file)


def test_an_entry_that_is_nowhere_is_a_warning_with_the_nearest(site: Site) -> None:
    file = _write(site, "2021-01-02", _weighed("ships[ana]"))
    line = f"{file}:4:10: weigh: no entry ships[ana] in it or before it; did you mean ships[anna]?"
    for said in (site.monitor("check", file), site.monitor("check")):
        assert f"warning: {line}" in said


def test_a_path_that_the_kind_has_not_is_refused(site: Site) -> None:
    file = _write(site, "2021-01-02", _weighed("shipps[anna]"))
    said = site.monitor("check", file, code=2)
    assert f"{file}:4:10: weigh[0].path: no collection shipps; did you mean ships?" in said


def test_two_files_show_the_weight_and_the_reason_in_every_format(site: Site) -> None:
    old = "snapshots/2021-01-01.yaml"
    new = _write(site, "2021-01-02", _weighed("ships[anna]", "no <b>ship</b> was renamed before"))
    least = ("--min-significance", "critical")
    for form, mark in (
        ("text", "Weighed as critical: no <b>ship</b> was"),
        ("markdown", r"Weighed as critical: no \<b\>ship\</b\> was"),
        ("html", "Weighed as critical: no &lt;b&gt;ship&lt;/b&gt; was"),
    ):
        assert mark in site.monitor("diff", old, new, *least, "--format", form)
    said = json.loads(site.monitor("diff", old, new, *least, "--format", "json"))
    (finding,) = said["findings"]
    assert finding["because"] == ["no <b>ship</b> was renamed before"]
    uk = site.monitor("diff", old, new, *least, "--language", "uk")
    assert "no <b>ship</b> was renamed before" in uk
    assert "Weighed" not in uk


def test_a_correction_gives_its_reason_without_a_weight(site: Site) -> None:
    text = 'weigh: [{path: ships, correction: true, because: "a slip"}]\n'
    new = _write(site, "2021-01-02", text + "ships: [{id: anna, name: Anne}]\n")
    said = site.monitor("diff", "snapshots/2021-01-01.yaml", new)
    assert "Reason: a slip." in said
    assert "Weighed" not in said
