"""The table of routes in the documentation is the site's own."""

from __future__ import annotations

from tests.routes import DOC, written


def test_the_table_of_routes_is_the_sites_own() -> None:
    assert DOC.read_text() == written(), "python -m tests.routes writes it"
