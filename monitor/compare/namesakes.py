"""What the name or the values of a field tell of it: an id, a count of rows, prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from monitor.kinds.values import get
from monitor.model.patterns import regex

_WORDS: Final = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# The last word of the name of an id: `party_id`, `UniqueId`, `customerNo`, `iso_code`.
_LAST: Final = frozenset(
    ("id", "ids", "uid", "uuid", "guid", "key", "code", "ref", "identifier", "slug", "sku", "iri")
)
# Registers whose name stands for the id in them.
_REGISTERS: Final = frozenset(
    (
        "bioguide", "thomas", "govtrack", "icpsr", "lis", "opensecrets", "votesmart", "wikidata",
        "qid", "viaf", "isni", "gnd", "orcid", "ror", "grid", "lei", "isin", "cusip", "sedol",
        "duns", "ein", "vat", "eori", "npi", "imo", "mmsi", "iata", "icao", "imdb", "isbn", "issn",
        "doi", "pmid", "fips", "geonameid", "geonames", "nuts", "iso", "iso2", "iso3", "alpha2",
        "alpha3", "cca2", "cca3", "ccn3", "m49", "urn", "uri", "sha", "cve", "oid", "objectid",
    )
)  # fmt: skip
# A number that is an id only where its name says of what: `company_number`, `customerNo`.
_NUMBERS: Final = frozenset(("number", "no", "nr", "num"))
_NO_IDS: Final = frozenset(
    ("phone", "tel", "telephone", "mobile", "fax", "house", "street", "page", "line", "row", "seat",
     "shirt", "squad", "version", "room", "total", "max", "min", "whole", "item", "is", "has")
)  # fmt: skip
_OWN: Final = (["id"], ["ids"], ["identifier"], ["identifiers"])
_COUNTERS: Final = frozenset(
    ("rank", "position", "pos", "order", "index", "idx", "row", "line", "seq", "sort", "place")
)
# A text is prose from this length on, on average.
_PROSE: Final = 60


def words_of(name: str) -> list[str]:
    """The words of a compound name: `UniqueId`, `unique_id` and `unique-id` are unique, id."""
    leaf = name.rpartition(".")[2]
    return [word.lower() for word in _WORDS.findall(leaf)]


def is_id_like(name: str) -> bool:
    """Whether a field is called like an id, or stands in an object that is."""
    found = words_of(name)
    if not found:
        return False
    leaf = "".join(found)
    if leaf in _REGISTERS or found[-1] in _LAST or found[0] in _REGISTERS:
        return True
    if len(found) > 1 and found[-1] in _NUMBERS and _NO_IDS.isdisjoint(found):
        return True
    above = name.rpartition(".")[0]
    return bool(above) and words_of(above)[-1:] in (["ids"], ["identifiers"], ["id"])


def is_of_another(name: str) -> bool:
    """Whether an id stands in an object that is called after something else: `user.id`, and not
    `ids.bioguide`."""
    above = name.rpartition(".")[0]
    return bool(above) and words_of(above)[-1:] not in _OWN and words_of(name) in (["id"], ["uid"])


def is_number_of(name: str) -> bool:
    """Whether a field is called a number and nothing else, as those of issues and passports are."""
    return words_of(name) in (["number"], ["no"], ["nr"], ["num"])


def is_counter(name: str, lists: Iterable[Sequence[Any]]) -> bool:
    """Whether a field only counts the entries, in whatever order."""
    found = words_of(name)
    if found and found[-1] in _COUNTERS:
        return True
    for entries in lists:
        values = [get(entry, name) for entry in entries]
        numbers = [value for value in values if type(value) is int]
        if len(numbers) < len(values) or (len(values) > 1 and not _counts(numbers)):
            return False
    return True


def _counts(values: Sequence[int]) -> bool:
    low = min(values)
    return low in (0, 1) and sorted(values) == list(range(low, low + len(values)))


def is_prose(name: str, entries: Iterable[Any]) -> bool:
    """Whether the values are sentences, which are edited rather than replaced."""
    lengths = [len(value) for e in entries if isinstance(value := get(e, name), str)]
    return bool(lengths) and sum(lengths) > _PROSE * len(lengths)
