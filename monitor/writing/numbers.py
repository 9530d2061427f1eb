"""Amounts and ranges with what is counted, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from monitor.writing.cues.cues import Cues
from monitor.writing.cues.known import cues_of
from monitor.writing.marks import NumberMark, Place

_DIGITS: Final = (
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d{3})*(?:[.,]\d+)?"
)
_DASH: Final = r"\s?[-–—‑]\s?"


def numbers(text: str, taken: Sequence[Place], cues: Cues) -> tuple[NumberMark, ...]:
    """Those that do not belong to a date or a name (`taken`). Ordinals are none."""
    return tuple(_numbers(text, taken, cues))


def _numbers(text: str, taken: Sequence[Place], cues: Cues) -> Iterator[NumberMark]:
    for match in _pattern(cues.language).finditer(text):
        place = Place(*match.span())
        if any(place.meets(one) for one in taken) or _is_pronoun(match, cues):
            continue
        yield _mark(text, match, cues)


def _mark(text: str, match: re.Match[str], cues: Cues) -> NumberMark:
    first = _value(match["low"], match["low_times"] or match["high_times"], cues)
    last = _value(match["high"], match["high_times"], cues) if match["high"] else first
    prefix = (match["prefix"] or "").strip().lower()
    low: Decimal | None = min(first, last)
    high: Decimal | None = max(first, last)
    is_range = match["high"] is not None
    if match["plus"] or (not is_range and re.fullmatch(cues.at_least, prefix)):
        high = None
    elif not is_range and re.fullmatch(cues.at_most, prefix):
        low = None
    unit, end = _unit(text, match, cues)
    start = (
        match.start("prefix") if prefix and (low is None or high is None) else match.start("body")
    )
    return NumberMark(place=Place(start, end), text=text[start:end], low=low, high=high, unit=unit)


def _unit(text: str, match: re.Match[str], cues: Cues) -> tuple[str, int]:
    """What is counted, and where the mark ends: a sign before or behind, else the next word."""
    times = (match["high_times"] or match["low_times"] or "").lower()
    scale = f"{times} " if cues.multiples.get(times, 0) >= 10**6 else ""
    if match["sign"]:
        return scale + cues.units.get(match["sign"].lower(), match["sign"]), match.end()
    behind = re.compile(r"\s?(%|per cent\b|percent\b)|[-‑ \u00a0]([^\W\d_]+)").match(
        text, match.end()
    )
    if behind is None:
        return scale.strip(), match.end()
    word = (behind[1] or behind[2]).lower()
    if word in cues.no_units:
        return scale.strip(), match.end()
    return scale + cues.units.get(word, word), behind.end()


def _value(written: str, times: str | None, cues: Cues) -> Decimal:
    words = written.lower().replace("-", " ").split()
    value = _spelt(words, cues) if not written[0].isdigit() else _digits(written)
    factor = cues.multiples.get((times or "").lower(), 1)
    # `9.8 million dollars` is told with its million; a hundred and a thousand are counted out.
    return value if factor >= 10**6 else value * factor


def _digits(written: str) -> Decimal:
    """`1,200` and `1 200` are twelve hundred, `9.8` and `9,8` less than ten."""
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain.replace(",", ".") if plain.count(",") == 1 else plain.replace(",", ""))


def _spelt(words: Sequence[str], cues: Cues) -> Decimal:
    if (whole := " ".join(words)) in cues.numerals:
        return Decimal(cues.numerals[whole])
    total = 0
    for word in words:
        if word in cues.multiples:
            total = max(total, 1) * cues.multiples[word]
        else:
            total += cues.numerals.get(word, 0) + cues.tens.get(word, 0)
    return Decimal(total)


def _is_pronoun(match: re.Match[str], cues: Cues) -> bool:
    """`one of them`, `no one`: a one that counts has a noun behind it."""
    alone = not match["high"] and not match["low_times"] and not match["sign"]
    if not alone or match["low"][0].isdigit() or cues.numerals.get(match["low"].lower()) != 1:
        return False
    behind = re.compile(r"[ \u00a0]([^\W\d_]+)").match(match.string, match.end())
    return behind is None or behind[1].lower() in {*cues.no_units, *cues.not_counted}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    cues = cues_of(language)
    multiples = _either(cues.multiples)
    small = _either(cues.numerals)
    spelt = rf"(?:{_either(cues.tens)})(?:[- ](?:{small}))?|(?:{small})(?:[- ](?:{multiples}))*"
    number = rf"(?:{_DIGITS}|{spelt})"
    signs = "|".join(
        re.escape(one)
        for one in sorted(cues.units, key=len, reverse=True)
        if not one[0].isalnum() and one != "%"
    )
    prefix = rf"(?:{cues.at_least}|{cues.at_most}|{cues.about}|{cues.between})"
    times = rf"(?:[ \u00a0-]?(?P<{{}}>{multiples})\b)?"
    between = rf"(?:{_DASH}|-?\s{cues.until}\s)"
    return re.compile(
        rf"(?<![\w.,/])(?<!\w[-‑])(?:(?P<prefix>{prefix})\s)?(?P<body>(?P<sign>{signs})?\s?(?P<low>{number})"
        + times.format("low_times")
        + rf"(?:{between}(?:{signs})?(?P<high>{number})"
        + times.format("high_times")
        + r")?(?P<plus>\+)?)"
        r"(?!\w|[.,]\d|st\b|nd\b|rd\b|th\b)",
        re.IGNORECASE,
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
