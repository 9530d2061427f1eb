"""What happens to real files over time, taken in by hand and looked at as a person would."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.site import Site

CABINET = Path(__file__).parents[2] / "examples" / "cabinet"

KIND = """
title: Places
type: object
additionalProperties: false
properties:
  places:
    title: Places
    type: array
    x-key: [code]
    x-label: "{name}"
    items:
      type: object
      additionalProperties: false
      required: [code, name]
      properties:
        code: {title: Code, type: string}
        name: {title: Name, type: string}
        seat: {title: Seat, type: integer}
"""


class Places:
    """Versions of a list of twelve places, taken in one after the other."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.folder = site.folder / "given"
        self.folder.mkdir()
        (self.folder / "places.kind.yaml").write_text(KIND)

    def are(self, day: str, places: list[dict[str, Any]], *, file: str | None = None) -> str:
        """What `monitor add` says of this version."""
        snapshot = {"kind": "places.kind.yaml", "situation": "places", "as_of": day}
        path = self.folder / f"{file or day}.json"
        path.write_text(json.dumps({**snapshot, "places": places}))
        return self.site.monitor("add", str(path))

    def told(self, old: str, new: str) -> str:
        return self.site.monitor("diff", f"places@{old}", f"places@{new}")


def twelve(prefix: str = "c", **seats: int) -> list[dict[str, Any]]:
    """Places A to L with a code and a seat each; `A=5` puts a place on another seat."""
    return [
        {"code": f"{prefix}{at:02}", "name": f"Place {name}", "seat": seats.get(name, at)}
        for at, name in enumerate("ABCDEFGHIJKL")
    ]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(Site(tmp_path))
    found.are("2026-03-01", twelve())
    return found


def test_renumbered_codes_are_held_and_told_once_after_release(places: Places) -> None:
    assert "held (re-keyed)" in places.are("2026-03-02", twelve("n"))

    places.site.monitor("held", "release", "places@2026-03-02")

    told = places.told("2026-03-01", "latest")
    assert "12 entries of Places have other ids, as places[c00] is now places[n00]" in told
    assert "1 minor;" in told


def test_an_emptied_list_is_held_and_when_it_comes_back_nothing_has_happened(
    places: Places,
) -> None:
    assert "held (emptied)" in places.are("2026-03-02", [])
    places.site.monitor("held", "reject", "places@2026-03-02")
    assert "nothing is held" in places.site.monitor("held", "list")

    places.are("2026-03-03", twelve())

    assert "Nothing to tell." in places.told("2026-03-01", "latest")


def test_a_file_written_in_another_order_and_layout_is_no_version(places: Places) -> None:
    said = places.are("2026-03-02", [dict(reversed(place.items())) for place in twelve()[::-1]])

    assert "seen again" in said or "nothing new" in said
    assert "Nothing to tell." in places.told("2026-03-01", "latest")


def test_a_swap_that_is_reverted_is_told_as_undone_and_leaves_nothing(places: Places) -> None:
    places.are("2026-03-02", twelve(A=1, B=0))
    places.are("2026-03-03", twelve())

    assert "2 minor;" in places.told("2026-03-01", "2026-03-02")
    undone = places.told("2026-03-02", "2026-03-03")
    assert "This is the state of 1 March 2026 again; what 2 March 2026 changed is undone." in undone
    assert "Nothing to tell." in places.told("2026-03-01", "2026-03-03")


def test_a_late_and_a_corrected_version_are_told_apart_by_when_they_were_learned(
    places: Places,
) -> None:
    places.are("2026-02-20", twelve(A=7))
    places.are("2026-03-01", twelve(A=9), file="2026-03-01-corrected")

    told = places.site.monitor("history", "places", "places[c00].seat")

    days = [line for line in told.splitlines() if line and not line.startswith((" ", "places"))]
    assert days == ["20 February 2026: 7", "1 March 2026: 9"]
    assert len(re.findall(r"    learned \d+ \w+ \d{4}, \d\d:\d\d UTC", told)) == 2


def test_a_kind_that_was_written_anew_is_told_with_what_changed(places: Places) -> None:
    kind = places.folder / "places.kind.yaml"
    kind.write_text(KIND.replace("title: Seat", "title: Row"))
    places.are("2026-03-02", twelve(A=5))

    told = places.told("2026-03-01", "2026-03-02")

    assert "Place A: row changes from 0 to 5." in told
    assert "The form of these snapshots has changed since 1 March 2026." in told
    kind.write_text(KIND)
    assert "The form" not in places.told("2026-03-02", "2026-03-02")


def test_old_comparisons_are_read_again_through_a_judgement(tmp_path: Path) -> None:
    site = Site(tmp_path)
    shutil.copytree(CABINET, tmp_path / "given")
    site.configures('[hold]\nearly = "never"\n')  # the cabinet is of a year to come
    site.monitor("add", *(str(file) for file in sorted((tmp_path / "given").glob("2031*.yaml"))))
    pair = "vellmar-cabinet@2031-06-15", "vellmar-cabinet@2031-09-30"
    renamed = "Ada Nordvik is now listed as Ada Nordvik-Lund."
    replaced = "Ada Nordvik-Lund replaces Ada Nordvik as minister of Energy and Climate."
    assert renamed in site.monitor("diff", *pair)

    site.monitor("judge", "different", "vellmar-cabinet", "people", "nordvik", "nordvik-lund")
    judged = site.monitor("diff", *pair)
    site.monitor("judge", "revoke", "1")

    assert replaced in judged
    assert renamed not in judged
    assert renamed in site.monitor("diff", *pair)
