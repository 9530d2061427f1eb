"""jq as it runs: apart, bounded in time, and without files, environment or clock."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.errors import MappingError, SnapshotRefused
from monitor.mapping.jq_program import run


@pytest.mark.parametrize(
    ("program", "made"),
    [
        (".items | map(.id)", [1, 2]),
        (".items[]", [{"id": 1}, {"id": 2}]),
        ('{n: (.items | length), t: "now"}', {"n": 2, "t": "now"}),
    ],
)
def test_a_document_is_put_into_another_form(program: str, made: Any) -> None:
    assert run(program, {"items": [{"id": 1}, {"id": 2}]}, where="m:1:1") == made


@pytest.mark.parametrize(
    "program",
    [
        'import "/etc/passwd" as $x; .',
        'include "x"; .',
        "$ENV.HOME",
        "env",
        "now | todate",
        "input_filename",
        "[inputs]",
        "halt",
    ],
)
def test_what_asks_for_more_than_the_document_is_refused(program: str) -> None:
    with pytest.raises(MappingError, match=r"m:1:1: jq: .* asks for more than the document"):
        run(program, {}, where="m:1:1")


def test_a_hidden_way_to_the_environment_finds_nothing() -> None:
    assert run('"\\(env | keys - ["LC_CTYPE"] | length)"', {}, where="m:1:1") == "0"


@pytest.mark.parametrize("program", [".a.b.c", "map(", "error"])
def test_a_program_that_fails_says_so_in_a_line(program: str) -> None:
    with pytest.raises(MappingError) as caught:
        run(program, {"a": "text"}, where="m:1:1")
    assert str(caught.value).startswith("m:1:1: jq: ")
    assert "\n" not in str(caught.value)


def test_a_program_without_end_is_stopped() -> None:
    with pytest.raises(SnapshotRefused, match=r"jq: not done after 0\.5 seconds"):
        run("def f: f; f", {}, where="m:1:1", seconds=0.5)


def test_a_program_that_wants_all_memory_is_stopped() -> None:
    with pytest.raises((MappingError, SnapshotRefused), match="jq: "):
        run('[range(1e9)] | map("\\(.)") | join("x")', {}, where="m:1:1", seconds=1)
