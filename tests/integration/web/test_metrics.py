"""The figures over HTTP: for a program with a token that was made for it, or who is logged in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.deliver.fleet import MAIL
from monitor.deliver.summary import Summary
from monitor.service.figures import Figures
from monitor.web.metrics import CONTENT_TYPE
from monitor.web.tokens import hash_of
from tests.pages import NOON, Site, site

TOKEN, OTHER = "prometheus-token", "another-token"


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[Site]:
    with site(folder) as found:
        figures = Figures()
        figures.passed(0.4, queries=12, trouble=0)
        program = found.program
        found.face.figures = lambda: figures.text(program, {MAIL: Summary(sent=4)}, NOON)
        program.store.machines.add("prometheus", hash_of(TOKEN), ["metrics"], by="a test", now=NOON)
        program.store.machines.add("other", hash_of(OTHER), ["push"], by="a test", now=NOON)
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with watched(tmp_path_factory.mktemp("pages")) as found:
        yield found


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_without_a_token_they_are_closed(pages: Site, shown: str) -> None:
    answer = pages.ask("/metrics", Authorization=shown)

    assert answer.status == 401
    assert "monitor_" not in answer.text


def test_a_token_for_something_else_does_not_open_them(pages: Site) -> None:
    assert pages.ask("/metrics", Authorization=f"Bearer {OTHER}").status == 403


def test_the_token_opens_what_the_librarys_own_parser_reads(pages: Site) -> None:
    answer = pages.ask("/metrics", Authorization=f"Bearer {TOKEN}")

    assert (answer.status, answer.headers["content-type"]) == (200, CONTENT_TYPE)
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert samples["monitor_attempts_total", "mail", "sent"] == 4
    assert samples["monitor_pass_seconds_count",] == 1
    assert samples["monitor_source_trouble", "snapshots"] == 0


def test_a_token_that_has_ended_opens_nothing(tmp_path: Path) -> None:
    with watched(tmp_path) as pages:
        pages.program.store.machines.end("prometheus", now=NOON)

        assert pages.ask("/metrics", Authorization=f"Bearer {TOKEN}").status == 401


def test_whoever_is_logged_in_may_look(pages: Site) -> None:
    assert pages.ask("/metrics", role="reader").status == 200


def test_pages_alone_have_no_service_to_speak_of(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        assert pages.ask("/metrics", role="admin").status == 404
