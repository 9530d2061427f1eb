"""Every word of ours can be translated: in the pseudo-language nothing unmarked is left of us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.output.page import as_page
from monitor.cli.output.terminal import Paper, as_text
from monitor.collect.kindfile import load_kind
from monitor.collect.merging import merge
from monitor.collect.snapshot import read_snapshot
from monitor.compare.comparison import Context, compare
from monitor.kinds.canonical import canonical, content_hash
from monitor.kinds.kind import Kind
from monitor.model.arguments import arguments, finding_arguments
from monitor.model.comparison import Comparison, Significance, State, VersionRef
from monitor.model.contents import Contents, Listed
from monitor.model.digest import Alerted, DigestInput, SourceHealth
from monitor.model.record import replace
from monitor.model.subscription import Filter, Mute, SubscriptionSpec
from monitor.render import load_templates
from monitor.report.digest import make_digest
from monitor.report.markdown import as_markdown
from monitor.report.notices import welcome
from monitor.report.objects import comparison_object
from monitor.report.report import make_report
from monitor.words import LOADERS
from tests.digests import as_read, digest_input, situation
from tests.pseudo import CODE, foreign, pseudo_kind, pseudo_language, shown_in, unmarked
from tests.talks import KIND, VERSIONS, state

TEMPLATES = load_templates()
EXAMPLES = Path(__file__).parents[3] / "examples"
PAIRS = [
    *(("talks", *pair) for pair in [*pairwise(VERSIONS), ("2026-02-05", "2026-02-17")]),
    *(("cabinet", *pair) for pair in pairwise(("2031-03-01", "2031-06-15", "2031-09-30"))),
    *(("committees", *pair) for pair in pairwise(("2031-01-10", "2031-02-20", "2031-04-02"))),
]


@pytest.fixture(autouse=True)
def _spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = pseudo_language()
    monkeypatch.setitem(LOADERS, CODE, lambda: spoken)


@cache
def kind_of(name: str) -> Kind:
    return KIND if name == "talks" else load_kind(str(EXAMPLES / name / "kind.yaml"))


@cache
def version(name: str, as_of: str) -> State:
    kind = kind_of(name)
    if name == "talks":
        return foreign(state(as_of), kind)
    file = EXAMPLES / name / f"{as_of}.yaml"
    read = read_snapshot(file.read_bytes(), name=file.name, kind_of=lambda _: kind)
    document = canonical(merge(None, read, kind), kind)
    ref = VersionRef(situation=name, as_of=as_of, content_hash=content_hash(document, kind))
    return foreign(State(ref=ref, document=document), kind)


@cache
def comparison(name: str, old: str, new: str) -> Comparison:
    kind = pseudo_kind(kind_of(name))
    days = VERSIONS if name == "talks" else ()
    history = tuple(version(name, day) for day in days if day < new)
    context = Context(history=history, today=old, last_run=old, old_kind="another")
    return compare(version(name, old), version(name, new), kind, context=context)


def given(told: Comparison, **others: Any) -> DigestInput:
    alerted = tuple(
        Alerted(finding=each.id, sentence="⟦told⟧", at="2026-02-15T07:12:00Z", cancelled=n == 0)
        for n, each in enumerate(told.findings[:2])
    )
    part = situation(
        told,
        against_baseline=told,
        baseline=VersionRef(situation=told.situation, as_of="2025-01-01", content_hash=""),
        baseline_how="pinned",
        new_against_baseline=tuple(each.id for each in told.findings[:7]),
        alerted=alerted,
    )
    return digest_input(
        part,
        **{
            "language": CODE,
            "filter": Filter(minimum=Significance.NOISE),
            "health": (
                SourceHealth(name="ցանց", state="stale", checked_at=None, newest="2026-02-01"),
                SourceHealth(
                    name="ցանց", state="failing", checked_at="2026-02-01T07:00:00Z", newest=None
                ),
            ),
            "mutes": (
                Mute(
                    id=1,
                    what="ցանց",
                    until="2099-01-01",
                    reason="ցանց",
                    created_at=datetime(2026, 1, 1, tzinfo=UTC),
                ),
            ),
            "undelivered_since": "2026-02-01",
            "pages_url": "https://monitor.example.org",
            **others,
        },
    )


def leaks(text: str, html: str) -> list[str]:
    return [*unmarked(text), *(word for part in shown_in(html) for word in unmarked(part))]


@pytest.mark.parametrize(("name", "old", "new"), PAIRS)
@pytest.mark.parametrize("reason", ["digest", "alert", "receipt"])
def test_no_word_of_a_mail_about_changes_is_untranslated(
    name: str, old: str, new: str, reason: str
) -> None:
    made = make_digest(given(comparison(name, old, new), reason=reason), TEMPLATES)

    assert not made.unworded
    assert not made.warnings
    assert not unmarked(made.subject)
    assert not leaks(as_read(made.text), as_read(made.html, "html"))


def test_words_that_nobody_marked_are_found() -> None:
    plain = digest_input(situation(comparison("talks", "2026-02-05", "2026-02-17")))
    made = make_digest(plain, TEMPLATES)

    assert {"Since", "returns"} <= set(unmarked(as_read(made.text)))
    assert {"Daily", "Unsubscribe"} <= set(leaks("", as_read(made.html, "html")))


@pytest.mark.parametrize(("name", "old", "new"), PAIRS)
def test_no_word_of_a_comparison_is_untranslated(name: str, old: str, new: str) -> None:
    told = comparison(name, old, new)
    spoken = pseudo_language()
    report = make_report(
        told,
        told.findings,
        told.remarks,
        names=("ցանց", "ցանց"),
        language=spoken,
        failed=_fails,
    )
    shown = comparison_object(told, told.findings, told.remarks, failed=_fails, language=spoken)
    sentences = [each["sentence"] for each in (*shown["findings"], *shown["remarks"])]

    assert not leaks(as_text(report, Paper()), as_page(report))
    assert not unmarked(as_markdown(report).replace("\n", "\n\n"))
    assert not [word for each in sentences for word in unmarked(each)]


@pytest.mark.parametrize(("name", "old", "new"), PAIRS)
def test_no_word_of_a_kind_is_said_as_it_is_written(name: str, old: str, new: str) -> None:
    told = comparison(name, old, new)
    kind = kind_of(name)
    fields = [field for each in kind.collections.values() for field in each.fields.values()]
    written = {word for field in fields for word in (*field.choices, field.title)}
    written |= {each.title for each in kind.collections.values()}
    said = [
        *(finding_arguments(each.said, each.beside) for each in told.findings),
        *(arguments(each.said) for each in told.remarks),
        *([each.provenance.status, each.path and ""] for each in told.findings),
        *([other.field, other.value] for each in told.findings for other in each.disputed),
        *([each.now, each.before, *_units(each)] for each in told.standings),
        *([each.state, each.label] for each in told.upcoming),
    ]

    assert not written & {text for each in said for text in _texts(each)}


@pytest.mark.parametrize(("name", "old", "new"), PAIRS)
def test_the_language_changes_no_id(name: str, old: str, new: str) -> None:
    told = comparison(name, old, new)
    context = Context(
        history=tuple(version(name, day) for day in VERSIONS if name == "talks" and day < new),
        today=old,
        last_run=old,
        old_kind="another",
    )
    plain = compare(version(name, old), version(name, new), kind_of(name), context=context)

    assert [each.id for each in told.changes] == [each.id for each in plain.changes]
    assert [each.id for each in told.findings] == [each.id for each in plain.findings]
    assert [each.id for each in told.remarks] == [each.id for each in plain.remarks]


@pytest.mark.parametrize(("name", "old", "new"), PAIRS[-5:])
@pytest.mark.parametrize("cadence", ["at-once", "hourly", "daily 07:00", "weekly tue 11:30"])
def test_no_word_of_a_welcome_is_untranslated(name: str, old: str, new: str, cadence: str) -> None:
    told = comparison(name, old, new)
    spec = SubscriptionSpec(
        address="ana@example.org",
        name="digest",
        situations=(told.situation,),
        cadence=cadence,
        language=CODE,
        alert_level=Significance.MAJOR,
    )
    listed = [Listed(path="", title="", count=count) for count in (0, 1, 7)]
    held = {told.situation: Contents(lists=tuple(listed))}
    made = welcome(spec, [replace(told, standings=())], TEMPLATES, held=held)

    assert not unmarked(made.subject)
    assert not leaks(as_read(made.text), as_read(made.html, "html"))


def _fails(rule: str, path: str, error: Exception) -> None:
    raise AssertionError(f"{rule} at {path} has no words") from error


def _units(standing: Any) -> Iterator[str | None]:
    for each in (standing.interval, standing.interval_before):
        if each is not None:
            yield each.unit


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("rule", "field", "how", "what", "record") or name == "disputed":
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
