"""Faults of ours that cost words, a template or a whole comparison, and nobody their mail."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from monitor.model.record import replace
from monitor.pipeline.comparison.comparing import Comparing
from monitor.pipeline.trouble.watching import standing_on_nodes
from monitor.render import Templates
from monitor.store.records import Version
from monitor.words import guarded, wording
from tests.integration.pipeline.world import World


def _told(world: World) -> list[str]:
    return list(standing_on_nodes(world.program).values())


def _misspelt(*_: object) -> str:
    raise KeyError("rolle")


def test_a_finding_without_words_goes_out_as_a_line_and_the_operator_hears(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = SimpleNamespace(**{**vars(wording), "sentence": _misspelt})
    with monkeypatch.context() as patch:
        patch.setattr(guarded, "wording", words)
        world.says("2026-03-02", president="Carl", speaker="Berta")
        heard = world.hears()
        standing = _told(world)
        again = [mail.to for mail in world.hears()]
    over = world.hears(minutes=2)

    (ben,) = [mail for mail in heard if mail.to.startswith("ben")]
    (operator,) = [mail for mail in heard if mail.to.startswith("operator")]
    assert "could not be put into words" in ben.text
    assert "KeyError: 'rolle'" in " ".join(operator.text.split())
    assert [text.startswith("words of the rule") for text in standing] == [True]
    assert "posts of 2026-03-02" in standing[0]
    assert again == []
    assert [mail.subject.startswith("Over: ") for mail in over] == [True]
    assert _told(world) == []


class OneFails(Comparing):
    """Whatever is of one situation cannot be compared."""

    is_on = True

    def _compared(self, old: Version, new: Version, *days: object) -> object:  # type: ignore[override]
        if self.is_on and new.ref.situation == "posts" and old.id != new.id:
            raise RuntimeError("two rules took the change c1")
        return super()._compared(old, new, *days)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", [World.passes], ids=["pass"])
def test_a_version_that_cannot_be_compared_keeps_only_its_own_news_back(
    world: World, way: Callable[[World], object]
) -> None:
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    world.program.store.subscriptions.update(
        ben.id, replace(ben.spec, situations=("posts", "quay")), due_at=ben.due_at
    )
    world.says("2026-03-01", situation="quay", warden="Rosa")
    world.hears()
    program = world.program
    comparing = OneFails(store=program.store, kinds=program.kinds, settings=program.settings)
    world.program = replace(program, comparing=comparing)

    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.says("2026-03-02", situation="quay", warden="Sven")
    way(world)
    heard = world.mail()
    standing = _told(world)
    quiet = world.hears()
    comparing.is_on = False
    late = world.hears(minutes=2)
    world.hears(minutes=2)

    (told,) = [mail for mail in heard if mail.to.startswith("ben")]
    assert "Sven" in told.text
    assert "Carl" not in told.text
    assert [mail.to for mail in heard if mail.to.startswith("operator")] == ["operator@example.org"]
    assert standing == [
        "posts of 2026-03-02 cannot be compared with 2026-03-01: "
        "RuntimeError: two rules took the change c1"
    ]
    assert quiet == []
    assert {mail.to.partition("@")[0] for mail in late} == {"ana", "ben", "operator"}
    assert ["Carl" in mail.text for mail in late if mail.to.startswith("ben")] == [True]
    assert _told(world) == []


def test_own_templates_that_fail_are_trouble_until_they_are_other_ones(world: World) -> None:
    shipped = world.program.templates.shipped
    broken = Templates(
        shipped, {"digest.txt": "{{ view.nothing.at_all }}", "notice.txt": "{{ x }}"}
    )
    world.program = replace(world.program, templates=broken)

    world.says("2026-03-02", president="Carl", speaker="Berta")
    heard = world.hears() + world.hears()
    standing = _told(world)
    world.program = replace(world.program, templates=Templates(shipped))
    over = world.hears()

    assert {mail.to.partition("@")[0] for mail in heard} == {"ana", "ben", "operator"}
    assert [text.startswith("the shipped templates were used") for text in standing] == [True]
    assert [mail.subject[:6] for mail in over] == ["Over: "]


@pytest.mark.parametrize("sender", ["m\r\nx@example.org", "two words", "@example.org"])
def test_a_sender_that_cannot_be_composed_stands_as_trouble(world: World, sender: str) -> None:
    settings = world.program.settings
    impossible = replace(settings, mail=replace(settings.mail, sender=sender))
    program = world.program
    world.program = replace(program, settings=impossible)

    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.passes()
    standing = _told(world)
    world.program = replace(world.program, settings=settings)
    world.passes()
    heard = world.hears()

    assert any("ben@example.org" in text for text in standing), standing
    assert any(text.startswith("the operator, ") for text in standing), standing
    assert {"ana@example.org", "ben@example.org"} <= {mail.to for mail in heard}
    assert _told(world) == []
