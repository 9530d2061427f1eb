"""What the service says of itself, read back as Prometheus reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from monitor.deliver.fleet import MAIL
from monitor.deliver.summary import Summary
from monitor.model.message import LANE_NAMES
from monitor.pipeline.flow import STEPS
from monitor.pipeline.metering import metered
from monitor.service.figures import MOST_SOURCES, STATES, Figures
from tests.integration.pipeline.world import CONFIG, World
from tests.receiver import SECRET


def read(text: bytes) -> list[Sample]:
    families = text_string_to_metric_families(text.decode())
    return [sample for family in families for sample in family.samples]


def value(samples: list[Sample], name: str, **labels: str) -> float:
    found = [one.value for one in samples if one.name == name and one.labels == labels]
    assert len(found) == 1, (name, labels, found)
    return found[0]


def labels(samples: list[Sample], name: str, label: str) -> list[str]:
    return [one.labels[label] for one in samples if one.name == name]


def asked(world: World, figures: Figures, delivered: Summary | None = None) -> list[Sample]:
    return read(figures.text(world.program, {MAIL: delivered or Summary()}, world.now))


def test_each_step_of_a_pass_has_its_seconds(world: World) -> None:
    figures = world.memory.meter = Figures()
    world.passes()
    figures.passed(0.2, queries=19, trouble=3)
    samples = asked(world, figures)

    assert labels(samples, "monitor_step_seconds_total", "step") == [step.name for step in STEPS]
    assert value(samples, "monitor_pass_seconds_count") == 1
    assert value(samples, "monitor_pass_queries_bucket", le="20.0") == 1
    assert value(samples, "monitor_pass_queries_bucket", le="10.0") == 0
    assert value(samples, "monitor_conditions") == 3


def test_a_step_that_fails_has_its_seconds_too(world: World) -> None:
    figures = Figures()

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        list(metered(figures, "digest", failing()))
    assert labels(asked(world, figures), "monitor_step_seconds_total", "step") == ["digest"]


def test_what_waits_is_counted_by_state_on_both_databases(each_world: World) -> None:
    figures = Figures()
    each_world.says("2026-03-02", president="Cecil", speaker="Berta")
    each_world.passes()
    samples = asked(each_world, figures)

    owed = {
        (state, lane): value(samples, "monitor_outbox_messages", state=state, lane=lane)
        for state in STATES
        for lane in LANE_NAMES.values()
    }
    assert {which for which, count in owed.items() if count} == {
        ("pending", "alerts"),
        ("pending", "digests"),
    }
    each_world.mailbox.is_slow("ben@example.org")
    each_world.mail()
    after = asked(each_world, figures)
    assert value(after, "monitor_outbox_messages", state="retry", lane="digests") == 1
    assert value(after, "monitor_outbox_messages", state="retry", lane="alerts") == 0
    assert value(after, "monitor_outbox_messages", state="pending", lane="digests") == 0


def test_digests_are_due_at_once_and_late_after_ten_minutes(each_world: World) -> None:
    figures = Figures()
    ana = each_world.program.store.subscriptions.find("ana@example.org", "digest")
    assert ana is not None
    assert ana.due_at is not None
    assert value(asked(each_world, figures), "monitor_digests_due") == 0

    each_world.now = ana.due_at + timedelta(minutes=1)
    samples = asked(each_world, figures)
    assert value(samples, "monitor_digests_due") == 1
    assert value(samples, "monitor_digests_late") == 0

    each_world.now = ana.due_at + timedelta(minutes=11)
    assert value(asked(each_world, figures), "monitor_digests_late") == 1


def test_attempts_are_counted_by_result(world: World) -> None:
    samples = asked(world, Figures(), Summary(sent=7, temporary=2, permanent=1, dead=1))

    attempts = {
        result: value(samples, "monitor_attempts_total", channel="mail", result=result)
        for result in ("sent", "temporary", "unknown")
    }
    assert attempts == {"sent": 7, "temporary": 2, "unknown": 0}
    assert value(samples, "monitor_dead_messages_total", channel="mail") == 1


def test_channels_are_counted_by_their_kind_and_never_by_name(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A", "https://hooks.example.org/x")
    monkeypatch.setenv("B", SECRET)
    hook = 'kind = "webhook"\nurl = "env:A"\nsecret = "env:B"\n'
    config = f"{CONFIG}\n[channels.desk]\n{hook}\n[channels.room]\n{hook}"
    world = World(tmp_path / "world", sqlite_url, config=config)
    world.program.store.breakers.failed("channel desk", "no", pause=timedelta(), now=world.now)
    told = {MAIL: Summary(), "desk": Summary(sent=2), "room": Summary(sent=3)}
    samples = read(Figures().text(world.program, told, world.now))
    world.close()

    assert value(samples, "monitor_attempts_total", channel="webhook", result="sent") == 5
    assert value(samples, "monitor_channels_failing", channel="webhook") == 1
    assert not any("desk" in one.labels.values() for one in samples)


def test_the_age_of_a_source_is_that_of_its_newest_version(world: World) -> None:
    world.says("2026-03-02", president="Cecil", speaker="Berta")
    world.passes()
    samples = asked(world, Figures())

    noon = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    assert value(samples, "monitor_source_newest_timestamp_seconds", source="posts") == noon
    checked = value(samples, "monitor_source_checked_timestamp_seconds", source="posts")
    assert checked == world.now.timestamp()
    assert value(samples, "monitor_source_trouble", source="posts") == 0


def test_however_many_sources_there_are_the_figures_stay_few(world: World) -> None:
    more = "".join(f'[sources."s{number:03}"]\nfolder = "s{number}"\n' for number in range(250))
    world.restarts(config=f"{CONFIG}\n{more}")
    for number in range(250):
        world.program.store.sources.checked(f"s{number:03}", now=world.now, newest="2026-03-01")
    world.program.store.sources.checked("not configured", now=world.now)
    samples = asked(world, Figures())

    assert value(samples, "monitor_sources") == 251
    named = labels(samples, "monitor_source_trouble", "source")
    assert len(named) == MOST_SOURCES
    assert "not configured" not in named


def test_the_name_of_a_source_may_hold_anything(world: World) -> None:
    name = 'two "words"\\ and a\nline'
    written = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    world.restarts(config=f'{CONFIG}\n[sources."{written}"]\nfolder = "elsewhere"\n')
    world.program.store.sources.checked(name, now=world.now, trouble="gone")

    assert value(asked(world, Figures()), "monitor_source_trouble", source=name) == 1


def test_the_rules_in_the_documentation_ask_for_figures_that_are_there(world: World) -> None:
    page = (Path(__file__).parents[3] / "docs" / "operating.md").read_text()
    [written] = [text for text in page.split("```yaml\n") if text.startswith("groups:")]
    rules = yaml.safe_load(written.partition("```")[0])["groups"][0]["rules"]
    named = {name for rule in rules for name in re.findall(r"monitor_\w+", rule["expr"])}

    assert len(rules) == 4
    assert named
    assert named <= {sample.name for sample in asked(world, Figures())}


def test_asking_costs_six_statements(each_world: World) -> None:
    store, before = each_world.program.store, each_world.program.store.asked
    asked(each_world, Figures())

    assert store.asked - before == 6
