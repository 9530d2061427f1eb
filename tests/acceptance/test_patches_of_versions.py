"""A JSON Patch between two stored versions rebuilds the newer one, whatever its keys are called."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonpatch
import pytest

from monitor.pipeline.program import open_program
from monitor.settings import load
from tests.acceptance.site import Site

DIRTY = ("a/b", "c~d", "~1", "~0/", 'say "it"', "it's", "", " ", "Київ", "é/~", "a.b", "[0]", "-")
LIST: list[dict[str, Any]] = [
    {"id": each or "none", "v": number, each: "x"} for number, each in enumerate(DIRTY)
]


def stored(site: Site) -> list[Any]:
    """The day of each version, and what it holds."""
    program = open_program(load(site.folder / "config" / "monitor.toml", env={}), reading=True)
    try:
        versions = program.store.versions.history("dirty")
        return [(v.ref.as_of, program.store.versions.state(v.id).document) for v in versions]
    finally:
        program.store.close()


def says(site: Site, document: Any, hour: int) -> None:
    file = site.folder / "dirty.json"
    file.write_text(json.dumps(document, ensure_ascii=False))
    os.utime(file, (hour * 3600, hour * 3600))
    site.monitor("run", "--once")


PAIRS = {
    "fields": ({"x": dict.fromkeys(DIRTY, 1), "t": "a"}, {"x": dict.fromkeys(DIRTY, 2), "t": "a"}),
    "come and go": (
        {"x": dict.fromkeys(DIRTY[:7], 1), "t": "a"},
        {"x": dict.fromkeys(DIRTY[5:], 1), "t": "b"},
    ),
    "entries": (LIST, [{**each, "v": each["v"] + (each["v"] % 3)} for each in LIST[2:]]),
    "by id": (
        {k: {"name": f"n{n}", "v": n} for n, k in enumerate(DIRTY)},
        {k: {"name": f"n{n}", "v": n + n % 2} for n, k in enumerate(DIRTY[:-2])},
    ),
    "deep": (
        {"a/b": {"c~d": [{"id": "x/y", "~": 1}, {"id": "z", "~": 2}]}},
        {"a/b": {"c~d": [{"id": "z", "~": 3}, {"id": "x/y", "~": 1}, {"id": "~", "~": 0}]}},
    ),
}


@pytest.mark.parametrize("name", list(PAIRS))
def test_a_patch_of_two_versions_rebuilds_the_newer_one(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path)
    old, new = PAIRS[name]
    (site.folder / "config").mkdir(exist_ok=True)
    (site.folder / "config" / "monitor.toml").write_text(
        '[sources.dirty]\nfile = "dirty.json"\nsituation = "dirty"\n'
        "[hold]\nemptied = 1.0\nrekeyed = 1.0\n"
    )
    says(site, old, 1000)
    says(site, new, 2000)
    (first, before), (last, after) = stored(site)
    said = site.monitor("diff", f"dirty@{first}", f"dirty@{last}", "--format", "jsonpatch")
    patch = json.JSONDecoder().raw_decode(said)[0]
    assert jsonpatch.apply_patch(before, patch) == after
    back = site.monitor("diff", f"dirty@{last}", f"dirty@{first}", "--format", "jsonpatch")
    assert jsonpatch.apply_patch(after, json.JSONDecoder().raw_decode(back)[0]) == before
