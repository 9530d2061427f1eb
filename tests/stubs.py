"""Texts of stubs, as a person would add them by the recipes of CONTRIBUTING.md."""

from __future__ import annotations

SHOUTED = '''
"""The rule that is a stub: a text is in capitals now."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.model.comparison import Significance
from monitor.model.said.naming import Shouted

SHOUTED = Rule(
    id="shouted",
    summary="A text is in capitals now.",
    significance=Significance.MINOR,
    unmirrored="The other way round, nobody shouts.",
)


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        for ref, change in scene.each_left(path):
            if isinstance(change.after, str) and change.after.isupper():
                said = Shouted(change.label)
                yield Draft(rule=SHOUTED.id, changes=(change,), focus=ref, said=said)


FAMILY = Family((SHOUTED,), _find)
'''

SHOUTING = """kind: negotiation
situation: harbour
as_of: 2026-02-0{day}
parties: [{{id: a, name: {name}}}]
"""

WIRE = '''
"""The source that is a stub: what its key says, once."""

from __future__ import annotations

from datetime import datetime

from monitor.collect.source import Item, SourceMemory, Look


class Wire:
    def __init__(self, words: str) -> None:
        self._words = words

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:
        if known.memory == "told":
            return Look()
        text = f"kind: negotiation\\nsituation: wire\\nparties: [{{id: a, name: {self._words}}}]\\n"
        item = Item("first", text.encode(), "1", as_of="2026-02-01")
        return Look(items=(item,), memory="told")

    def shown(self, name: str) -> str:
        return f"wire:{name}"
'''

WIRE_SETTINGS = """
@dataclass(frozen=True, slots=True, kw_only=True)
class WireSettings(SourceSettings):
    wire: str = required(keys.text)

    @property
    def where(self) -> str:
        return self.wire

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.wire import Wire

        return Wire(self.wire)


SORTS: Final"""

BOX = '''
"""The channel that is a stub: one file, a line for each message."""

from __future__ import annotations

from pathlib import Path

from monitor.deliver.channel import Answer, Breakage, Reached
from monitor.deliver.outcomes import judge
from monitor.mail.message import envelope
from monitor.model.message import Claimed, Envelope, Outcome


class Box:
    def __init__(self, file: Path) -> None:
        self._file = file

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        return envelope(message.recipient, message.splice, body)

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        try:
            with self._file.open("a") as lines:
                lines.write(f"{envelope.recipient} {len(envelope.data)}\\n")
        except OSError as error:
            return Breakage("box", error)
        return Reached("box")

    def judge(self, answer: Answer, /) -> Outcome:
        return judge(answer)

    async def close(self) -> None: ...
'''

BOX_SETTINGS = """
@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSettings(ChannelSettings):
    file: str = required(keys.text)

    def open(self, settings: Settings) -> Channel:
        from monitor.deliver.box import Box

        return Box(settings.path(self.file))

    def way(self, settings: Settings) -> str:
        return f"the box {self.file}"


CHANNELS: Final"""

BOX_IMPORTS = """from monitor.settings import keys
from monitor.settings.keys import required

if TYPE_CHECKING"""

BOXED = """
[sources.talks]
folder = "{folder}"

[mail]
transport = "box"

[channels.box]
file = "letters"

[[subscriptions]]
address = "ana@example.org"
situations = ["ukraine-talks"]
"""

HELLO = '''
"""`monitor hello`: the command that is a stub."""

from __future__ import annotations

import click


@click.command(name="hello")
def command() -> None:
    """Say hello."""
    click.echo("hello")
'''
