"""What an entity is called in words, when no kind says so: found in the entries themselves.

A field called like a name counts, wherever in the entry it stands (`name.full`, `names[].full`,
`label.en`, `title.text`); what looks like an id, a date, an address or one of a few words does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from monitor.compare.columns import stated
from monitor.compare.match import Entity
from monitor.compare.name_parts import BESIDE_NAME, PARTS
from monitor.compare.native import WORDS, are_apart, is_in_languages, is_name_in_script
from monitor.compare.paths import join_field, split_field
from monitor.kinds.kind import Collection, Span
from monitor.kinds.values import fold_text, get_first
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple

# So many entries of each side say what the others are called too.
SAMPLE: Final = 400
# Templates that are tried for one entity, the best first.
MOST: Final = 4
_DEPTH: Final = 3

FULL: Final = (
    "official_full",
    "officialname",
    "full",
    "fullname",
    "displayname",
    "display",
    "formatted",
    "formattedname",
    "formatedname",
    "longname",
    "common",
    "commonname",
)
HOLDERS: Final = ("name", "names", "title", "label", "labels", "headline", "heading", "subject")
_WHO: Final = (
    "person", "member", "individual", "entity", "profile", "identity", "bio", "details",
    "properties", "attributes", "metadata", "meta", "info",
)  # fmt: skip
_TEXT: Final = (
    "name",
    "text",
    "value",
    "rendered",
    "content",
    "#text",
    "default",
    "label",
    "title",
)
_LANGUAGE: Final = regex(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")
_NO_NAMES: Final = regex(
    r"address|street|e?mail|phone|fax|url|link|image|photo|file|host|user|nick|middle|"
    r"first|given|path|domain|code"
)
_NO_PERSON: Final = regex(
    r"city|town|place|country|region|state|party|district|county|location|area|type|category|kind|"
    r"role|position|office|note|comment|descri|reason|text|summary|motto|source|group|venue|stadium|ground"
)

_DATE: Final = regex(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ].*)?|\d{4}")
_ID: Final = regex(r"(?=\S*\d)[A-Za-z0-9_:./#-]+|[0-9a-fA-F-]{16,}|[a-z]+[_:/]\S*")
_NOT_CALLED: Final = regex(r"\w+://|\S+@\S+\.\S+$|[/~.]{1,2}/|[\[{<]")
# The share of values that have to be good for a name.
GOOD: Final = 0.8
# In one list no more than this share of names may stand there twice.
_TWICE: Final = 0.2
# Over all lists, at least this share of values has to be different, or so many.
_DIFFERENT: Final = 0.1
_MANY: Final = 20
_LENGTH: Final = 160
# What stands between the words of a name, or in one of them.
_BETWEEN: Final = regex(r"[\s_'’ʼ-]+")
_SLOT: Final = regex(r"\{([^{}]+)\}")


class Called(NamedTuple):
    """How entries are named: by `label` or, where that says nothing, by `others` or `span`."""

    label: str | None
    others: tuple[str, ...]
    span: Span | None


UNCALLED: Final = Called(None, (), None)


def title_of(path: str) -> str:
    """A collection in words: the last name on the way to it."""
    return split_field(path)[-1] if path else ""


def templates(old: Sequence[list[Entity]], new: Sequence[list[Entity]]) -> tuple[str, ...]:
    """Labels of the entries of one collection, the best first; none where nothing names them.

    The sides are the lists of the collection, one per parent; which is which makes no difference.
    """
    lists = [*some(old), *some(new)]
    sample = list(chain.from_iterable(lists))
    found: list[str] = []
    for template in dict.fromkeys(_candidates(sample)):
        if len(found) < MOST and are_named(template, lists):
            found.append(template)
    return tuple(found)


def some(lists: Sequence[list[Entity]]) -> list[list[Entity]]:
    """A sample of the lists with entries, spread over all of them."""
    filled = [entries for entries in lists if entries]
    lists = filled[:: max(1, len(filled) // SAMPLE)]
    each = max(2, SAMPLE // max(1, len(lists)))
    return [entries[:: max(1, len(entries) // each)] for entries in lists]


def _candidates(sample: Sequence[Any], above: str = "", depth: int = 0) -> Iterator[str]:
    """Templates that may name these objects, which stand at `above`, the surest first."""
    objects = [entry for entry in sample if isinstance(entry, dict)]
    columns = _columns(objects)
    known = {bare(name): name for name in sorted(columns, reverse=True)}

    def below(names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name in known:
                yield from _inside(columns[known[name]], f"{above}{known[name]}", depth)

    def leaves(names: Iterable[str]) -> Iterator[str]:
        return (f"{{{above}{known[name]}}}" for name in names if name in known)

    yield from leaves(map(bare, FULL))
    if depth == 0:
        yield from _joined(known, above, BESIDE_NAME)
        yield from below(HOLDERS[:2])
        yield from _joined(known, above)
        yield from below((*HOLDERS[2:], *_WHO))
        yield from _called(columns)
    else:
        yield from _joined(known, above)
        yield from leaves(_TEXT)
        yield from below(HOLDERS)
        yield from _languages(columns, above)


def _inside(values: Sequence[Any], path: str, depth: int) -> Iterator[str]:
    """A field called like a name: a text, an object with the name in it, or a list of either."""
    kinds = Counter(map(type, values))
    if kinds[str]:
        yield f"{{{path}}}"
    if depth >= _DEPTH:
        return
    if kinds[dict]:
        yield from _candidates(values, f"{path}.", depth + 1)
    if kinds[list]:
        firsts = [value[0] for value in values if isinstance(value, list) and value]
        yield from _inside(firsts, f"{path}[]", depth + 1)


def _joined(
    known: dict[str, str], above: str, parts: Sequence[tuple[str, str]] = PARTS
) -> Iterator[str]:
    for first, last in parts:
        if first in known and last in known:
            yield f"{{{above}{known[first]}}} {{{above}{known[last]}}}"


def _languages(columns: dict[str, list[Any]], above: str) -> Iterator[str]:
    """A text in several languages: English before the one that most have."""
    if columns and all(map(_LANGUAGE.fullmatch, columns)):
        order = sorted(columns, key=lambda name: (name != "en", -len(columns[name]), name))
        yield from (f"{{{above}{name}}}" for name in order)


def _called(columns: dict[str, list[Any]]) -> Iterator[str]:
    """Any field that ends like a name; then any whose values are written as names are."""
    for name in sorted(columns):
        if bare(name) in WORDS or is_in_languages(columns[name]):
            yield from _inside(columns[name], name, 0)
    texts = [name for name in sorted(columns) if str in set(map(type, columns[name]))]
    fit = [name for name in texts if not _NO_NAMES.search(name.lower())]
    yield from (f"{{{name}}}" for name in fit if bare(name).endswith(("name", "title")))
    for name in fit:
        if _NO_PERSON.search(name.lower()):
            continue
        values = [value for value in columns[name] if isinstance(value, str)]
        in_script = are_apart(values) and share(is_name_in_script, values) >= GOOD
        if in_script or share(written_as_name, values) >= GOOD:
            yield f"{{{name}}}"


def _columns(objects: Sequence[Entity]) -> dict[str, list[Any]]:
    """The values by name; a name that is no plain one cannot stand in a template."""
    names = dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, objects))))
    return {
        name: stated(name, objects)
        for name in names
        if join_field((name,)) == name and not set("{}[]@") & set(name)
    }


def bare(name: str) -> str:
    return _BETWEEN.sub("", name.lower())


def are_named(template: str, lists: Sequence[list[Entity]]) -> bool:
    """Whether what the template says of these entries names them."""
    wanted = _slots(template)
    each = [[text for entry in part if (text := _told(entry, wanted))] for part in lists]
    values = list(chain.from_iterable(each))
    if not values or share(is_name, values) < GOOD:
        return False
    several = [part for part in each if len(part) > 1]
    twice = sum(len(part) - len(set(part)) for part in several)
    if twice > _TWICE * sum(map(len, several)):
        return False
    return len(set(values)) >= min(_DIFFERENT * len(values), _MANY)


def told(entry: Entity, names: Called) -> str:
    """What an entry is called by these; nothing where none of them says anything."""
    for template in (names.label or "", *names.others):
        if text := _told(entry, _slots(template)):
            return text
    return ""


def is_slot(field: str, collection: Collection) -> bool:
    """Whether this is a field of the name that most entries of a collection have."""
    return field in _slots(collection.label or "")


def slots(collection: Collection, start: str = "") -> set[str]:
    """The fields that the entries are named by, of those that begin like this."""
    templates = (collection.label or "", *collection.other_labels)
    found = {slot for each in templates for slot in _SLOT.findall(each)}
    return {slot for slot in found if slot.startswith(start)}


@lru_cache(maxsize=256)
def _slots(template: str) -> Sequence[str]:
    return _SLOT.findall(template)


def _told(entry: Entity, wanted: Sequence[str]) -> str:
    values = [get_first(entry, slot) for slot in wanted]
    return fold_text(" ".join([value for value in values if isinstance(value, str)]))


def share(test: Callable[[str], bool], values: Sequence[str]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def is_name(text: str) -> bool:
    """Whether a text may be what something is called: no id, date, link, address or markup."""
    return len(text) <= _LENGTH and _is_name(text)


@lru_cache(maxsize=4096)
def _is_name(text: str) -> bool:
    # The same few values stand in many entries, and are asked for by several rules.
    if not any(map(str.isalpha, text)):
        return False
    return not (_DATE.fullmatch(text) or _ID.fullmatch(text) or _NOT_CALLED.match(text))


def is_moment(text: str) -> bool:
    """Whether a text is a day or a time of it, as the entries of a series are called."""
    return _DATE.fullmatch(text) is not None


def written_as_name(text: str) -> bool:
    """Two words or more, each with a capital or a particle, and no digits."""
    words = text.split()
    capital = sum(word[0].isupper() for word in words)
    return 2 <= len(words) <= 6 and capital >= 2 and not any(c.isdigit() for c in text)
