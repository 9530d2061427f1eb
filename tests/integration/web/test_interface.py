"""The interface keeps what its OpenAPI says, whatever is asked of it."""

from __future__ import annotations

from pathlib import Path

from tests.interface import ask, let_in, operations
from tests.pages import site

FEW = 2
"""Questions of each sort for each operation; `python -m tests.interface` asks longer."""


def test_no_question_of_the_openapi_ends_in_an_error_of_ours(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        let_in(pages)
        asked = [ask(pages, operation, FEW) for operation in operations(pages)]

    assert len(asked) == 12
    assert all(asked)
