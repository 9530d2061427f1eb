"""What every reading holds, whatever the format."""

from __future__ import annotations

import pytest

from monitor.errors import SnapshotRefused
from monitor.reading.form import Reading
from monitor.reading.read import read_form, require_columns


def test_a_document_of_yaml_is_read_as_it_always_was() -> None:
    reading = read_form(b"a: 1\n", name="x.yaml")
    assert reading.document == {"a": 1}
    assert reading.columns is None


def test_a_column_that_was_declared_and_is_missing_is_named_with_what_is_like_it() -> None:
    table = Reading(document=[], locate=lambda _: None, columns=("id", "member_name"))
    require_columns(table, ["id"], name="x.csv")
    with pytest.raises(SnapshotRefused, match=r"the column membername is missing.*member_name"):
        require_columns(table, ["id", "membername"], name="x.csv")
