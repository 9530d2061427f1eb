"""What a finding says to a sentence, in a reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from monitor.model.arguments import finding_arguments
from monitor.model.comparison import MISSING, Finding, Json, Missing, Remark
from monitor.model.patterns import regex
from monitor.model.said import (
    Added,
    AlikeChanged,
    Detail,
    Disputed,
    Entities,
    Entity,
    FieldChanged,
    FieldsChanged,
    ManyMoved,
    Moved,
    Observed,
    OwnWords,
    PositionMove,
    Rekeyed,
    Renewed,
    Replaced,
    Reworded,
    Said,
)
from monitor.model.tuples import NamedTuple
from monitor.words import ENGLISH, Language
from monitor.words.clauses import beyond
from monitor.words.company import also_moved
from monitor.words.wanting import wants

T = TypeVar("T", Said, Observed)

_SLOT = regex(r"\{([^{}]+)\}")
_NAMES = frozenset(
    (
        "label",
        "labels",
        "former",
        "former_joins",
        "parent",
        "groups",
        "party",
        "parties",
        "moved",
        "entries",
        "places",
        "joined",
        "left",
    )
)
"""Fields of what is said that hold names and labels alone."""
_BELOW = (Entity, Entities, Renewed, FieldChanged, FieldsChanged, AlikeChanged, Reworded)
"""Shapes whose sentences can do without what the entity belongs to."""
_YEAR = regex(r" \d{4}$")
_SHORT = 3
"""Words of a name in a slot of the kind's own wording; more may be prose, which stays as it is."""
_ENDS = (".", "!", "?", "…", ".”", '."', "?”", '?"', "!”", '!"')


class DetailWords(NamedTuple):
    """One field before and after, in words. `text` marks prose, best shown word by word; `first`
    what was not stated before; `fact` what is neither a text, nor a reference, nor on a ladder.
    `news` are the members that a list gained and lost; `clause` is what a text gained or lost where
    all else of it stays. `places` are the groups that it was and is so in, where the sentence does
    not name both."""

    label: str
    before: str
    after: str
    text: bool = False
    first: bool = False
    fact: bool = False
    news: tuple[str, ...] = ()
    clause: str = ""
    places: tuple[str, str] = ("", "")


def sentence(finding: Finding, language: Language = ENGLISH) -> str:
    """The finding in one sentence, old and new in words; the kind's own words come first."""
    beside = finding.beside
    if beside.correction:
        return _closed(_corrected(finding, language), language)
    if beside.own_words is not None:
        text = _from_template(beside.own_words, finding, language)
    else:
        text = language.sentences.sentence(_named(finding.said, language), beside)
    if beside.reserve is not None:
        text = language.sentences.reserved(text.strip(), beside.reserve)
    return _closed(text, language)


def _corrected(finding: Finding, language: Language) -> str:
    own = finding.beside.own_words
    if own is not None:
        said, before = finding.said, ""
        if isinstance(said, FieldChanged | PositionMove) and "{before}" not in own.template:
            before = language.values.words(said.before)
        return language.sentences.corrected(_from_template(own, finding, language), before)
    return language.sentences.correction(_named(finding.said, language), finding.beside)


def short(finding: Finding, language: Language = ENGLISH, *, year: str) -> str:
    """The sentence in its shortest true form; days of `year` go without it."""
    beside = finding.beside
    denied = beside.reserve is not None and beside.reserve.lowest
    if beside.own_words is not None or beside.correction or denied:
        return sentence(finding, language)
    said = language.sentences.short(_named(finding.said, language), finding.beside, year)
    return _closed(said, language) if said else sentence(finding, language)


def below(finding: Finding, language: Language = ENGLISH) -> str:
    """The sentence without what its entity belongs to, for below the name of that; empty where it
    cannot do without."""
    said, beside = finding.said, finding.beside
    own, reserve = beside.own_words, beside.reserve
    if not isinstance(said, _BELOW) or said.parent is None or beside.correction:
        return ""
    if (own and not _is_name_alone(own)) or (reserve and reserve.lowest):
        return ""
    alone = _named(said._replace(parent=None), language)
    text = language.sentences.below(alone, beside._replace(own_words=None))
    return _closed(language.sentences.reserved(text, reserve) if reserve else text, language)


def _is_name_alone(own: OwnWords) -> bool:
    return set(_SLOT.findall(own.template)) <= {"parent", "label", "name"}


def rivals(finding: Finding, language: Language = ENGLISH) -> str:
    """What others say of a fact that they dispute; empty of everything else."""
    said = _named(finding.said, language)
    if not isinstance(said, Disputed):
        return ""
    return _closed(language.sentences.rivals(said), language)


def remark_sentence(remark: Remark, language: Language = ENGLISH) -> str:
    """The remark in one sentence."""
    return _closed(language.sentences.remark(_named(remark.said, language)), language)


def aside(finding: Finding, language: Language = ENGLISH) -> str:
    """What stands beside the sentence, such as "Igor Kostyukov stays as a member."; or nothing."""
    beside = finding.beside
    own = language.sentences.aside(_named(finding.said, language), beside)
    if beside.own_words is not None and own.rstrip(".") in sentence(finding, language):
        own = ""
    parts = [own, language.sentences.followed(beside.followed) if beside.followed else ""]
    return language.values.days_in_words(" ".join(part for part in parts if part))


def lines(finding: Finding, language: Language = ENGLISH) -> tuple[str, ...]:
    """What the sentence only begins to list, in full."""
    told = language.sentences.lines(finding.said)
    return tuple(language.values.days_in_words(line) for line in told)


def details(finding: Finding, language: Language = ENGLISH) -> tuple[DetailWords, ...]:
    """The fields behind the sentence that it does not tell, before and after."""
    said, found = finding.said, []
    if isinstance(said, Replaced):
        label = said.role[:1].upper() + said.role[1:]
        names = str(said.former), str(said.label)
        found.append(DetailWords(label, *names, fact=True))
    if isinstance(said, Rekeyed):
        for differing in said.differences:
            found.append(_detail(differing.label, differing.before, differing.after, language))
    other = also_moved(said, finding.beside) if isinstance(said, PositionMove) else None
    for each in finding.beside.details:
        if other is not None and each.label == other.field:
            continue
        label = each.label if each.of is MISSING else f"{each.of}, {each.label.lower()}"
        detail = _detail(label, each.before, each.after, language, text=each.text)
        found.append(detail._replace(fact=each.fact, places=_places(each, finding, language)))
    return tuple(found)


def _places(detail: Detail, finding: Finding, language: Language) -> tuple[str, str]:
    was, now = (
        language.values.named(each) if isinstance(each, str) else ""
        for each in (detail.was_in, detail.now_in)
    )
    if was and now:
        told = sentence(finding, language).lower()
        if was.lower() in told and now.lower() in told:
            return "", ""
    return was, now


def _detail(
    label: str,
    before: Json | Missing,
    after: Json | Missing,
    language: Language,
    *,
    text: bool = False,
) -> DetailWords:
    sides = (None if side is MISSING else side for side in (before, after))
    old, new = language.values.both(*sides)
    first = before is None or before is MISSING
    news = _news(before, after, language)
    clause = (beyond(old, new) or beyond(new, old)) if text and not first else ""
    return DetailWords(label, old, new, text=text, first=first, news=news, clause=clause)


def _news(before: Json | Missing, after: Json | Missing, language: Language) -> tuple[str, ...]:
    if not isinstance(before, list) or not isinstance(after, list):
        return ()
    old, new = ([language.values.words(each) for each in side] for side in (before, after))
    return tuple(each for each in dict.fromkeys((*old, *new)) if (each in old) != (each in new))


def _named(said: T, language: Language) -> T:
    """The same with the names in it as they stand within a sentence."""
    known = _NAMES | {"before", "after"} if isinstance(said, Moved | ManyMoved) else _NAMES
    names = {
        field: _as_name(value, language)
        for field, value in said._asdict().items()
        if field in known
    }
    return said._replace(**names)


def _as_name(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        return language.values.named(value)
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return [language.values.named(each) for each in value]
    return value


def _from_template(own: OwnWords, finding: Finding, language: Language) -> str:
    """Slots name what the finding says or fields of the entity; others stay as written."""
    said = finding_arguments(_named(finding.said, language), finding.beside)
    values = {**own.values, **said}

    def fill(slot: re.Match[str]) -> str:
        if slot[1] not in values:
            return slot[0]
        words = language.values.words(values[slot[1]])
        return language.values.named(words) if len(words.split()) <= _SHORT else words

    head, colon, tail = (_SLOT.sub(fill, part) for part in own.template.partition(":"))
    position = _position(finding.said, f"{head}{tail}")
    told = list(_days(finding.said, f"{head}{tail}", language))
    if position and tail.strip() and not wants(position):
        # In brackets it would seem to be about what follows the colon: "(rejects): Peace".
        tail, position = f" {position}.{tail}", ""
    if told := [each for each in (position, *told) if each]:
        aside = ", ".join(told)
        head = f"{head[:-1]}, {aside})" if head.endswith(")") else f"{head} ({aside})"
    return f"{head}{colon}{tail}"


def _position(said: Said, text: str) -> str:
    """Of what is new, its place on a scale, where the kind's own wording leaves it out."""
    if not isinstance(said, Added) or said.quantity not in (MISSING, None):
        return ""
    position = said.position
    return position if isinstance(position, str) and position not in text.lower() else ""


def _days(said: Said, text: str, language: Language) -> Iterator[str]:
    """The same of its days."""
    if isinstance(said, Added) and said.dates is not MISSING and any(said.dates):
        days = language.values.date_range(*said.dates)
        if not any(_day(each) in text for each in (days, *map(language.values.words, said.dates))):
            yield days


def _day(words: str) -> str:
    """`1 February` of `1 February 2026`."""
    return _YEAR.sub("", words)


def _closed(text: str, language: Language) -> str:
    """A whole sentence: days in words, a capital before several words, an end."""
    text = language.values.days_in_words(text.strip())
    first = text.partition(" ")[0]
    if first.isalpha() and first.islower():
        text = text[0].upper() + text[1:]
    return text if text.endswith(_ENDS) else f"{text}."
