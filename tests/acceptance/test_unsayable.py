"""Commands beside faults of ours and thousands of bad files: one line each, and the right exit."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import NoReturn

import pytest

from monitor.words import wording
from tests.acceptance.site import TALKS, Site, text_of

OLD = "guests:\n  - {id: ada, seat: 1}\n  - {id: bea, seat: 2}\n"
NEW = "guests:\n  - {id: ada, seat: 4}\n  - {id: cyd, seat: 2}\n"


def _misspelt(*_: object) -> NoReturn:
    raise KeyError("saet")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_a_comparison_without_words_is_printed_with_a_line_in_their_place(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    monkeypatch.setattr(wording, "sentence", _misspelt)

    output, errors = site.monitor_bytes("diff", "old.yaml", "new.yaml", "--format", form)

    assert "could not be put into words" in output.decode()
    assert errors.count("words of the rule") >= 1
    assert "KeyError: 'saet'" in errors
    assert "Traceback" not in errors


def test_hundreds_of_refused_files_are_one_line_and_all_of_them_on_demand(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.has_talks_until("2026-02-05")
    for number in range(250):
        (tmp_path / "snapshots" / f"minute {number}.yaml").write_text("nothing: of use\n")

    site.monitor("run", "--once")
    status = site.monitor("status", code=1)
    every = site.monitor("status", "--all", code=1)
    (mail,) = site.mail("operator@localhost")

    assert status.count("as_of is missing") == 1
    assert "250 of one kind (monitor status --all lists them), such as " in status
    assert every.count("as_of is missing") == 250
    assert text_of(mail).count("as_of is missing") == 1


def test_a_service_with_hundreds_of_files_to_take_in_stops_at_once(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    site.ticks_each_second()
    site.has_talks_until("2026-01-24")
    text = (TALKS / "2026-01-24.yaml").read_text()
    folder = tmp_path / "snapshots" / "ukraine-talks"
    for day in range(1, 29):
        for hour in range(8):
            as_of = f"2025-11-{day:02}T{hour:02}:00:00Z"
            older = text.replace("as_of: 2026-01-24", f'as_of: "{as_of}"')
            (folder / f"older-{day:02}-{hour}.yaml").write_text(older)

    with site.running() as service:
        service.waits_for("2025-11-01")
        assert service.ends(signal.SIGTERM) == 0

    assert "2025-11-28" not in service.log.read_text()
