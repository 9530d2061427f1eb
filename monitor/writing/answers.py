"""What a model answers, as proposals. It may answer anything: what is no proposal is told with its
reason, and nothing of it stops the others."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from monitor.model.patterns import regex
from monitor.writing.placing import Placement
from monitor.writing.proposals import Folded, Proposal

LONGEST: Final = 400_000
"""Letters of an answer that are read."""
MOST: Final = 100
"""Proposals of an answer; more than a person reads of one article."""
_DEEP: Final = 8
_DIGITS: Final = 18
_PATH: Final = 300
_NAMES: Final = frozenset(["path", "values", "status", "said_by", "quote"])
_LIST: Final = regex(r'"proposals"\s*:\s*\[')
_THOUGHT: Final = "</think>"
"""What some models think aloud ends so."""
_GAP: Final = " \t\r\n,"


def read_answer(text: str, source: str | None) -> tuple[Proposal | Folded, ...]:
    """In their order; `source` is the id under which the article is cited."""
    said = text.rpartition(_THOUGHT)[2]
    if len(said) > LONGEST:
        return (_unread("", f"an answer of {len(said)} letters, want {LONGEST} at most"),)
    found: list[Proposal | Folded] = []
    for number, part in enumerate(_parts(said), 1):
        if isinstance(part, Folded):
            found.append(part)
        elif number > MOST:
            found.append(_unread(part, f"one of more than {MOST} proposals"))
        else:
            found.append(_read(part, source))
    return tuple(found)


def _parts(text: str) -> Iterator[str | Folded]:
    """The texts of the proposals, whatever stands around them."""
    if (match := _LIST.search(text)) is not None:
        yield from _listed(text, match.end())
        return
    starts = [at for at in (text.find("["), text.find("{")) if at >= 0]
    if not starts:
        yield _unread(text, "no JSON in the answer")
    elif text[min(starts)] == "[":
        yield from _listed(text, min(starts) + 1)
    elif '"path"' in text:
        yield from _listed(text, min(starts), closed=False)
    else:
        yield _unread(text, "no proposals in the answer")


def _listed(text: str, at: int, *, closed: bool = True) -> Iterator[str | Folded]:
    """The objects of a list, or a few in a row, which nothing closes."""
    while at < len(text):
        if text[at] in _GAP:
            at += 1
        elif text[at] == "{":
            end = _end(text, at)
            if end is None:
                yield _unread(text[at:], "the answer breaks off in it")
                return
            yield text[at:end]
            at = end
        elif not closed or text[at] in "]`":
            return
        else:
            end = min(
                (e for e in (text.find(one, at) for one in "{]") if e > at), default=len(text)
            )
            yield _unread(text[at:end], "it is no object")
            at = end
    if closed:
        yield _unread("", "the answer breaks off behind it")


def _end(text: str, start: int) -> int | None:
    """Behind the brace that closes the one at `start`; None where none does."""
    depth, is_text, at = 0, False, start
    while at < len(text):
        letter = text[at]
        if is_text and letter == "\\":
            at += 1
        elif letter == '"':
            is_text = not is_text
        elif not is_text and letter in "{[":
            depth += 1
        elif not is_text and letter in "}]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return None


def _read(text: str, source: str | None) -> Proposal | Folded:
    try:
        return _proposal(_parsed(text), source)
    except ValueError as error:
        return _unread(text, str(error))


def _parsed(text: str) -> Mapping[str, Any]:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "{[") - (letter in "}]")
        deepest = max(deepest, depth)
    if deepest > _DEEP:
        raise ValueError(f"it is more than {_DEEP} levels deep")
    try:
        found = json.loads(
            text,
            strict=False,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_integer,
        )
        text.encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error.msg}") from error
    assert isinstance(found, dict)
    return found


def _proposal(said: Mapping[str, Any], source: str | None) -> Proposal:
    """Raises ValueError with what is wrong with it."""
    for name in said:
        if name not in _NAMES:
            removes = name.startswith("x-") or "remove" in name
            raise ValueError("an article removes nothing" if removes else f"unknown name {name!r}")
    path, quote = said.get("path"), said.get("quote")
    if not isinstance(path, str) or not 0 < len(path) <= _PATH:
        raise ValueError("its path is none")
    if not isinstance(quote, str):
        raise ValueError("its quote is none")
    status = said.get("status")
    if status is not None and not isinstance(status, str):
        raise ValueError("its status is no word")
    _check_letters(said)
    placement = Placement(
        path=path,
        values=_values(said.get("values")),
        status=status or None,
        said_by=_speakers(said.get("said_by")),
        sources=() if source is None else (source,),
    )
    return Proposal(placement=placement, quote=quote)


def _values(said: Any) -> dict[str, Any]:
    """What is null or empty is not said: nothing is taken away by it."""
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise ValueError("its values are no object")
    found = {name: value for name, value in said.items() if value is not None and value != []}
    if said and not found:
        raise ValueError("an article empties nothing")
    return found


def _speakers(said: Any) -> tuple[str, ...]:
    if said is None:
        return ()
    names = [said] if isinstance(said, str) else said
    if not isinstance(names, list) or not all(isinstance(one, str) and one for one in names):
        raise ValueError("its said_by is no list of ids")
    return tuple(dict.fromkeys(names))


def _check_letters(said: Any) -> None:
    try:
        json.dumps(said, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a letter") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} stands in it twice")
    return dict(pairs)


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _float(text: str) -> float:
    if not math.isfinite(found := float(text)):
        raise ValueError(f"{text} is no number")
    return found


def _integer(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _unread(text: str, reason: str) -> Folded:
    """`text` is shown where a path would be."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:80]).strip()
    return Folded(proposal=Proposal(placement=Placement(path=shown), quote=""), reason=reason)
