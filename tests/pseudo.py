"""A language in which every word of ours is marked, kinds that are marked alike, and snapshots
without a Latin letter: what stands unmarked and in Latin letters is a word that nobody translates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any, Final

from monitor.kinds.kind import Collection, Field, Kind
from monitor.model.comparison import Json, State
from monitor.model.record import replace
from monitor.model.unit import Unit
from monitor.words import ENGLISH, Language

CODE: Final = "en_001"
"""A language that Babel knows and nobody reads."""

# Their days are written by Babel; commands and zones are the same for everybody.
_ALLOWED: Final = re.compile(
    r"https?://\S+|\S+@\S+|monitor\s+(mute|subscribe|diff)|\bUTC\b|U\+[0-9A-F]{4}"
    r"|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b"
)
_LATIN: Final = re.compile("[A-Za-z]+")
_SLOT: Final = re.compile(r"\{[^{}]+\}")
_KEPT: Final = re.compile(r"https?://.*|\d{4}-\d{2}-\d{2}.*")
_LETTERS: Final = {
    **{ord("a") + n: chr(0x561 + n) for n in range(26)},
    **{ord("A") + n: chr(0x531 + n) for n in range(26)},
}
"""Armenian for Latin letters: a script that looks like no other."""


def marked(text: str) -> str:
    return f"⟦{text}⟧" if text else text


def _marking(say: Callable[..., Any]) -> Callable[..., Any]:
    """The same words, marked; what is returned as it was given is not ours."""

    def said(*given: Any, **named: Any) -> Any:
        found = say(*given, **named)
        parts = found if isinstance(found, tuple) else (found,)
        own = tuple(part if part in given else marked(part) for part in parts)
        if hasattr(found, "_fields"):
            return type(found)(*own)
        return own if isinstance(found, tuple) else own[0]

    return said


def pseudo_language() -> Language:
    """English with marks around all of it, but for days in texts, which are not ours."""

    def module(spoken: Any) -> Any:
        names = [name for name in dir(spoken) if not name.startswith("_")]
        parts = {name: getattr(spoken, name) for name in names}
        said = {name: _marking(part) for name, part in parts.items() if callable(part)}
        fixed = {name: marked(part) for name, part in parts.items() if isinstance(part, str)}
        return SimpleNamespace(**said, **fixed)

    spoken = {
        part: module(getattr(ENGLISH, part)) for part in Language._fields[1:] if part != "labels"
    }
    spoken["values"].days_in_words = ENGLISH.values.days_in_words
    labels = {
        name: text if name.startswith("day") else marked(text)
        for name, text in ENGLISH.labels._asdict().items()
    }
    return Language(CODE, **spoken, labels=ENGLISH.labels._replace(**labels))


def pseudo_kind(kind: Kind) -> Kind:
    """The kind with all of its words marked: an own one of that language."""
    collections = {path: _collection(each) for path, each in kind.collections.items()}
    return replace(kind, title=marked(kind.title), collections=collections, written=kind)


def _collection(collection: Collection) -> Collection:
    return replace(
        collection,
        title=marked(collection.title),
        label=_template(collection.label) if collection.label else None,
        wording={op: _template(text) for op, text in collection.wording.items()},
        fields={name: _field(field) for name, field in collection.fields.items()},
    )


def _field(field: Field) -> Field:
    return replace(
        field,
        title=marked(field.title),
        wording={op: _template(text) for op, text in field.wording.items()},
        words={word: _word(word, field) for word in field.choices},
    )


def _word(word: str, field: Field) -> str:
    told = marked(word.upper())
    return told if field.quantity is None else Unit({"other": told})


def _template(text: str) -> str:
    """Each stretch of words between the slots, marked; punctuation is nobody's."""
    between = iter(_SLOT.split(text))
    slots = _SLOT.findall(text)
    told = [marked(part) if _LATIN.search(part) else part for part in between]
    return "".join(part + slot for part, slot in zip(told, [*slots, ""], strict=True))


def foreign(state: State, kind: Kind) -> State:
    """A version in another script, but for the words of the kind's closed lists."""
    choices = {
        word
        for each in kind.collections.values()
        for f in each.fields.values()
        for word in f.choices
    }
    names = {name for each in kind.collections.values() for name in each.fields}

    def told(value: Json, name: str = "") -> Json:
        if isinstance(value, dict):
            return {key: told(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [told(part, name) for part in value]
        if not isinstance(value, str) or value in choices or _KEPT.fullmatch(value):
            return value
        return value if name == "field" and value in names else value.translate(_LETTERS)

    title = (state.ref.title or "A title").translate(_LETTERS)
    ref = replace(state.ref, title=title, situation=state.ref.situation.translate(_LETTERS))
    return State(ref=ref, document=told(state.document))


def unmarked(text: str) -> list[str]:
    """The words in Latin letters that stand in no marks. A mark that a cut left open ends with its
    paragraph."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=[*\[])", text):
        outside = _ALLOWED.sub(" ", _outside(paragraph))
        found += _LATIN.findall(outside)
    return found


def _outside(text: str) -> str:
    depth, kept = 0, []
    for character in text:
        depth += (character == "⟦") - (character == "⟧")
        kept.append(
            character if depth <= 0 and character not in "⟦⟧" else " " if depth <= 0 else ""
        )
        depth = max(depth, 0)
    return "".join(kept)


def shown_in(html: str) -> Iterator[str]:
    """The texts of a page, its title and what is read out, without styles."""
    reader = _Shown()
    reader.feed(html)
    yield from reader.found


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        self.found += [
            value for name, value in attrs if value and name in ("aria-label", "alt", "title")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.found.append(data)
