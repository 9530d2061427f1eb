"""What is logged of a fault: where it happened when it is ours, else the one line."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from monitor.errors import CannotCompare, KindError, MonitorError, RowDamaged, SnapshotRefused
from monitor.pipeline.trouble.blame import Blame


def logged(error: Exception, caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    with caplog.at_level(logging.WARNING, logger="monitor"):
        Blame().caught("look", "club/may.yaml", "may.yaml cannot be taken in", error)
    (record,) = caplog.records
    return record


def compared(cause: Exception) -> Exception:
    error = CannotCompare(f"club of May cannot be compared: {cause}", what="club@2026-05")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("wrap", [lambda error: error, compared])
@pytest.mark.parametrize("sort", [KindError, RowDamaged, SnapshotRefused])
def test_a_fault_of_what_was_written_is_a_line(
    sort: type[MonitorError],
    wrap: Callable[[Exception], Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    record = logged(wrap(sort("club.kind.yaml:3:1: no x-key")), caplog)
    assert record.levelno == logging.WARNING
    assert record.exc_info is None
    assert "no x-key" in record.getMessage()


@pytest.mark.parametrize("wrap", [lambda error: error, compared])
def test_a_fault_of_ours_says_where_it_happened(
    wrap: Callable[[Exception], Exception], caplog: pytest.LogCaptureFixture
) -> None:
    record = logged(wrap(IndexError("list index out of range")), caplog)
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
