"""The interface for programs is asked what its OpenAPI allows and what it does not (schemathesis).

`python -m tests.interface [EXAMPLES]` does it longer, over a site of its own.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as conformance

from monitor.web.api.app import ROOT, make_api
from monitor.web.api.guarding import PUSH, READ
from monitor.web.tokens import hash_of
from tests.pages import NOON, Site, site

EXAMPLES = 300
TOKEN = "token-of-everything"

FACT = "rounds[trilateral-3].state"

CHECKS = [
    schemathesis.checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
]


def operations(pages: Site) -> Iterator[Any]:
    """What the OpenAPI has."""
    told = make_api(pages.face).openapi()
    for found in schemathesis.openapi.from_dict(told).get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def ask(pages: Site, operation: Any, examples: int) -> int:
    """So many questions that are allowed, and as many that are not; returns how many were asked.
    Raises the failures of schemathesis' checks, with the question made small."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return sum(_ask(pages, operation, examples, mode) for mode in modes)


def _ask(pages: Site, operation: Any, examples: int, mode: GenerationMode) -> int:
    asked = 0

    @seed(1)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        nonlocal asked
        asked += 1
        if mode is GenerationMode.POSITIVE:
            _known(case)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = case.call(base_url=f"{pages.address}{ROOT}", headers=headers)
        case.validate_response(answer, checks=CHECKS)

    one()
    return asked


def _known(case: Any) -> None:
    """What is there is asked for, where chance would never name it."""
    names = {"situation": "ukraine-talks", "version": "latest"}
    case.path_parameters = {
        name: names.get(name, part) for name, part in (case.path_parameters or {}).items()
    }
    query = case.query or {}
    for name, part in (("old", "previous"), ("new", "latest"), ("path", FACT)):
        if name in query:
            query[name] = part


def let_in(pages: Site) -> None:
    store = pages.program.store.machines
    store.add("everything", hash_of(TOKEN), [READ, PUSH], by="a test", now=NOON)


def main(arguments: list[str]) -> int:
    examples = int(arguments[0]) if arguments else EXAMPLES
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as pages:
        let_in(pages)
        for operation in operations(pages):
            asked = ask(pages, operation, examples)
            print(f"{operation.method.upper()} {operation.path}: {asked} questions, none amiss")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
