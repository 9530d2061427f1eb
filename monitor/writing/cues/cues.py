"""What is known of a language in which articles are written: the values of `en.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model.record import NONE, Record


class Cues(Record):
    """All words in lower case; patterns are regular expressions that are asked without regard to
    capitals."""

    language: str
    """Its code: `en`."""
    abbreviations: frozenset[str]
    """Words after whose full stop a sentence goes on; without the stop."""
    common: frozenset[str]
    """Words that begin a sentence with a capital and are no names."""
    titles: frozenset[str]
    """Words before a person's name that do not belong to it."""
    adjectives: tuple[str, ...]
    """Endings by which the name of a country becomes an adjective, the longest first."""
    demonyms: frozenset[str]
    """Adjectives of countries that their endings do not show."""
    demonym_endings: tuple[str, ...]
    """Those that show it by themselves, whether the country is known or not."""
    joining: frozenset[str]
    """Small words inside a name: van, of."""
    speech: str
    """Pattern of a verb by which somebody is quoted."""
    negation: str
    """Pattern of a word that denies what its sentence says."""
    clauses: str
    """Pattern of what stands between two parts of a sentence that say something each."""
    starting: str
    ending: str
    """Patterns of words by which something begins, or ends."""
    pronouns: frozenset[str]
    """Who speaks, when it is whoever was named last."""
    numerals: Mapping[str, int]
    tens: Mapping[str, int] = NONE
    multiples: Mapping[str, int] = NONE
    units: Mapping[str, str] = NONE
    """Signs and short forms of what is counted: `%` is percent."""
    no_units: frozenset[str]
    """Words behind a number that are not what is counted."""
    not_counted: frozenset[str]
    """Words behind `one` that are no amount of anything: one day, one source."""
    firms: frozenset[str]
    """Words behind a name that make it one of a firm, a club or a place."""
    vessels: frozenset[str]
    """Words before a name that is a ship's, a statue's or a street's, and no person's."""
    at_least: str
    at_most: str
    about: str
    between: str
    until: str
    """What stands between the two ends of a range, in words."""
    plain_months: str
    """Pattern of months whose words are nothing else."""
    vague: str
    """Pattern of words for a time that the article's own date does not tell."""
    months: Mapping[str, int] = NONE
    weekdays: Mapping[str, int] = NONE
    """From 0, Monday."""
    days: Mapping[str, int] = NONE
    """Words for a day, by how far it is from today."""
    spans: Mapping[str, str] = NONE
    """Words for a stretch of time: day, week, month, year, weekend."""
    capital_dates: bool = False
    """Whether names of months and days begin with a capital: `may` and `sat` are none then."""
    before: str
    after: str
    next_: str
    last: str
    this: str
    early: str
    late: str
    future: str
    """Pattern of what shows that a sentence speaks of what is to come."""
    firmness: Mapping[str, str] = NONE
    """Patterns by the rung of a ladder that they show; the first that fits in the text holds."""
