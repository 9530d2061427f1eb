"""The cards of an article as lines of comment in a draft, for the person who writes.

An option is a line that becomes YAML when its `#` is deleted; `taking.py` reads it back.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

from monitor.collect.yaml_writing import write_flow
from monitor.writing.cards import Card
from monitor.writing.lines import Lines
from monitor.writing.marks import NameMark, Sentence
from monitor.writing.option import Option
from monitor.writing.several import joined

_WIDTH: Final = 98
_MANY: Final = 3
"""Entries that are written on one line together."""
_MOST: Final = 4
"""Entries that are named of those a sentence is about."""
END: Final = "end of"
"""Begins the line of comment behind the last sentence of an article."""
BY: Final = "(proposed by the model)"
"""Stands over a line that a model proposed."""


class Shower:
    """Writes the cards of one article; who is new is written once."""

    def __init__(self, lines: Lines, ladder: Sequence[str], source: str) -> None:
        self._lines = lines
        self._ladder = ladder
        self._source = source
        self._written: set[str] = set()
        self._told: set[str] = set()

    def article(self, cards: Sequence[Card], title: str) -> Iterator[str]:
        """All of it, with how much there is to do."""
        yield from comment(f"{self._source}: {title}")
        for card in cards:
            yield ""
            yield from self._card(card)
        yield ""
        yield from comment(f"{END} {self._source}")

    def _card(self, card: Card) -> Iterator[str]:
        rung = min((one.rung for one in card.marks.statuses), key=self._ladder.index, default=None)
        told = [f"{self._source}:{card.number}", rung, _by(card.marks), _on(card.marks)]
        mark = f"[{' '.join(one for one in told if one)}]"
        yield from comment(f"{mark} {card.sort}: “{card.quote}”")
        if found := _found(card.marks):
            yield from comment(f"    {found}")
        if card.known and not card.options:
            paths = ", ".join(card.known[:_MOST])
            more = len(card.known) - _MOST
            yield from comment(f"    known: {paths}{f' and {more} more' if more > 0 else ''}")
        for group in self._groups(card.options):
            yield from self._option(group[0], group)

    def _groups(self, options: Sequence[Option]) -> Iterator[list[Option]]:
        """Many that say the same of several entries of one list stand on one line."""
        alike: list[Option] = []
        for option in options:
            if alike and not self._is_alike([*alike, option]):
                yield from [alike] if len(alike) >= _MANY else [[one] for one in alike]
                alike = []
            alike.append(option)
        yield from [alike] if len(alike) >= _MANY else [[one] for one in alike]

    def _is_alike(self, options: Sequence[Option]) -> bool:
        said = {
            (one.relation, self._lines.of_option(one).removeprefix(one.placement.path))
            for one in options
        }
        plain = all(one.relation in ("source", "pair") and not one.also for one in options)
        return (
            plain and len(said) == 1 and joined([one.placement.path for one in options]) is not None
        )

    def _option(self, option: Option, group: Sequence[Option]) -> Iterator[str]:
        if option.relation == "entity" and option.placement.path in self._written:
            return
        if told := _ours(option):
            yield from comment(f"    {told}")
        for one in option.also:
            if one.path not in self._written:
                self._written.add(one.path)
                yield f"#{on_one_line(self._lines.written(one, self._lines.missing(one)))}"
        for name in option.missing:
            yield from self._choices(option.placement.path, name)
        self._written.add(option.placement.path)
        line = self._lines.of_option(option)
        if len(group) > 1 and (path := joined([one.placement.path for one in group])):
            line = path + line.removeprefix(option.placement.path)
        yield f"#{on_one_line(line)}"

    def _choices(self, path: str, name: str) -> Iterator[str]:
        """Once for each field of an article."""
        words = self._lines.choices(path, name)
        if words and name not in self._told:
            self._told.add(name)
            yield from comment(f"    {name} is one of {', '.join(words)}")


def _ours(option: Option) -> str:
    """What we have, where the line says something else."""
    if option.relation == "entity" and option.old:
        return f"or is it {option.placement.path}?"
    if option.relation != "differs":
        return ""
    said = (f"{name}: {_plain(value)}" for name, value in option.old.items())
    return f"we have {', '.join(said)}"


def _plain(value: Any) -> str:
    return "nothing" if value is None else write_flow(value)


def _found(sentence: Sentence) -> str:
    """Dates as they are written in a snapshot, and who says it."""
    days = [f"{one.text} = {one.edtf}" for one in sentence.dates if one.edtf]
    strangers = [f"said by {one.text}" for one in _speakers(sentence) if len(one.entities) != 1]
    return "; ".join(dict.fromkeys([*days, *strangers]))


def _speakers(sentence: Sentence) -> list[NameMark]:
    speakers = [*(one.speaker for one in sentence.quotes), sentence.speaker]
    return [one for one in speakers if one is not None]


def _by(sentence: Sentence) -> str:
    """Who says it, as a line below takes it; nobody where several do."""
    said = {one.entities[0].key for one in _speakers(sentence) if len(one.entities) == 1}
    return f"by {said.pop()}" if len(said) == 1 else ""


def _on(sentence: Sentence) -> str:
    return f"on {sentence.day}" if sentence.day else ""


def comment(text: str) -> Sequence[str]:
    """Whatever an article holds, a comment ends with its line: its words only become data."""
    plain = on_one_line(text)
    indent = plain[: len(plain) - len(plain.lstrip())]
    return textwrap.wrap(
        plain.strip(),
        _WIDTH,
        initial_indent=f"# {indent}",
        subsequent_indent=f"#     {indent}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
