"""A reader hears in the language of the subscription; text of snapshots stays as written."""

from __future__ import annotations

import re

from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.preview import preview
from monitor.pipeline.readers.subscribing import subscribe
from tests.integration.pipeline.world import World
from tests.posts import KIND

TRANSLATED = f"""{KIND}
x-translations:
  uk:
    texts:
      Posts: Посади
      Id: Посада
      Holder: Хто обіймає
      Note: Примітка
      "{{id}}": "посада {{id}}"
"""


def _follows(world: World, address: str, language: str, cadence: str = "at-once") -> None:
    spec = SubscriptionSpec(
        address=address,
        name="digest",
        situations=("posts",),
        cadence=cadence,
        language=language,
        start="2026-03-01",
    )
    subscribe(world.program, spec, world.now)


def test_each_reader_is_told_in_the_language_of_the_subscription(world: World) -> None:
    (world.folder / "snapshots" / "posts.kind.yaml").write_text(TRANSLATED)
    world.says("2026-03-01", president="Ada Verne")
    world.passes()
    _follows(world, "olha@example.org", "uk")
    _follows(world, "erin@example.org", "en")
    world.hears()
    world.says("2026-03-02", president="Bram Holt")
    told = {mail.to: mail for mail in world.hears()}

    ours = told["olha@example.org"]
    assert ours.subject == "Посада president: хто обіймає: Ada Verne → Bram Holt"
    assert "ПОСАДИ" in ours.text
    names = {"president", "Ada", "Verne", "Bram", "Holt"}
    assert not _latin(ours.text) - names
    assert "holder changes from Ada Verne to Bram Holt" in told["erin@example.org"].text


def test_letters_and_digests_in_ukrainian_come_without_a_word_of_english(world: World) -> None:
    (world.folder / "snapshots" / "posts.kind.yaml").write_text(TRANSLATED)
    world.says("2026-03-01", president="Ада Верес")
    world.passes()
    _follows(world, "olha@example.org", "uk", "weekly tue 11:30")
    welcome = next(mail for mail in world.hears() if mail.to == "olha@example.org")
    world.says("2026-03-03", president="Богдан Гай")
    alert = next(mail for mail in world.hears() if mail.to == "olha@example.org")

    assert welcome.subject.startswith("Ви тепер стежите за темою: «posts»")
    assert "щовівторка об 11:30 UTC" in " ".join(welcome.text.split())
    assert alert.subject.startswith("Сповіщення: Посада president")
    for mail in (welcome, alert):
        assert not _latin(mail.text) - {"president"}


def test_a_preview_speaks_the_language_of_its_reader(world: World) -> None:
    world.says("2026-03-01", president="Ada Verne")
    world.passes()
    _follows(world, "olha@example.org", "uk", "weekly tue 11:30")
    world.says("2026-03-02", president="Bram Holt")
    world.passes()
    reader = world.program.store.subscriptions.find("olha@example.org", "digest")
    assert reader is not None

    assert "Ada Verne → Bram Holt" in preview(world.program, reader, world.now).text


def _latin(text: str) -> set[str]:
    """Words in Latin letters, but for addresses, the name of the situation and the commands."""
    ours = r"monitor\s+(mute|subscribe|diff)|monitor|posts|POSTS|UTC"
    return set(re.findall("[A-Za-z]+", re.sub(rf"mailto:\S+|\S+@\S+|{ours}", " ", text)))
