"""An article for a draft: its publication is written in, its sentences beside it as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_yaml
from monitor.errors import Conflict, ExtraMissing, MonitorError
from monitor.kinds.kind import Collection, Kind, SourceFields
from monitor.model.latin import in_latin
from monitor.model.record import Record
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.store.records import Draft
from monitor.writing.articles import ArticleText
from monitor.writing.facts import facts
from monitor.writing.holding import Held, hold
from monitor.writing.marks import Sentence
from monitor.writing.shown import lines_of

_LETTERS: Final = 6
"""Of a publisher's name, in the id of its publication."""


class Added(Record):
    """`source` is the id under which facts cite the article; `text` the draft with it written in.
    `known` is whether the publication was there already."""

    source: str
    text: str
    known: bool
    found: tuple[tuple[Sentence, Held], ...]


def add_article(program: Program, draft: Draft, article: ArticleText) -> Added:
    """Raises Conflict for a kind without publications, MonitorError where a draft is written so
    that nothing can be put in."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = program.comparing.state(base).document
    listed = _publications(kind)
    document = _parsed(draft.text)
    source, known = _identity(article, listed, state, document)
    text = draft.text if known else _with_entry(draft.text, document, listed, source, article)
    found = _found(article, kind, state)
    return Added(
        source=source, text=text + _comments(article, source, found), known=known, found=found
    )


def _found(
    article: ArticleText, kind: Kind, state: Mapping[str, Any]
) -> tuple[tuple[Sentence, Held], ...]:
    # The library that compares spellings comes with an extra.
    try:
        from monitor.writing.reader import marked
    except ModuleNotFoundError as error:
        raise ExtraMissing("reading articles", "writing") from error

    known = facts(kind, state)
    return tuple(
        (one, hold(one, known)) for one in marked(article.text, _day(article), kind, state)
    )


def _day(article: ArticleText) -> date | None:
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
        return None


def _publications(kind: Kind) -> Collection:
    for collection in kind.collections.values():
        if collection.source is not None and collection.keys:
            return collection
    raise Conflict(f"the kind {kind.name} has no list of publications (x-source)")


def _parsed(text: str) -> dict[str, Any]:
    document = read_document(text.encode(), name="draft").document
    return document if isinstance(document, dict) else {}


def _identity(
    article: ArticleText,
    listed: Collection,
    state: Mapping[str, Any],
    document: Mapping[str, Any],
) -> tuple[str, bool]:
    """That of the same address; else a new one, of the publisher's letters and the day."""
    key, fields = listed.keys[0][0], listed.source
    assert fields is not None
    entries = [*(state.get(listed.path) or ()), *(document.get(listed.path) or ())]
    for entry in entries:
        if fields.url and article.url and entry.get(fields.url) == article.url:
            return str(entry[key]), True
    taken = {str(entry.get(key)) for entry in entries if isinstance(entry, Mapping)}
    return next(one for one in _names(article) if one not in taken), False


def _names(article: ArticleText) -> Iterator[str]:
    words = in_latin(article.publisher or "source")
    letters = "".join(one for one in words if one.isascii() and one.isalnum())[:_LETTERS]
    day = (article.published or "")[5:].replace("-", "")[:4]
    plain = f"{letters or 'source'}{day}"
    yield plain
    for number in range(2, 10_000):
        yield f"{plain}-{number}"


def _with_entry(
    text: str, document: dict[str, Any], listed: Collection, source: str, article: ArticleText
) -> str:
    """The entry as first of its list, or the list at the end; checked, because text is put in."""
    entry = {listed.keys[0][0]: source, **dict(_values(article, listed.source))}
    row = "".join(f"  {line}\n" for line in write_yaml([entry]).splitlines())  # type: ignore[arg-type]
    head = f"{listed.path}:\n"
    made = text.replace(head, head + row, 1) if f"\n{head}" in text else _ended(text) + head + row
    wanted = {**document, listed.path: [entry, *(document.get(listed.path) or ())]}
    if _parsed(made) != wanted:
        raise MonitorError(
            f"the list {listed.path} is written so that nothing can be put in; add by hand:\n{row}"
        )
    return made


def _values(article: ArticleText, fields: SourceFields | None) -> Iterator[tuple[str, str]]:
    assert fields is not None
    given = (
        (fields.publisher, article.publisher),
        (fields.title, article.title),
        (fields.url, article.url),
        (fields.published, article.published),
    )
    return ((name, " ".join(value.split())) for name, value in given if name and value)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _comments(article: ArticleText, source: str, found: Sequence[tuple[Sentence, Held]]) -> str:
    what = article.title or article.publisher or "an article"
    lines = [f"{source}: {what}"]
    for sentence, held in found:
        lines += ["", *lines_of(sentence, held)]
    return "\n" + "".join(f"# {_on_one_line(line)}".rstrip() + "\n" for line in lines)


def _on_one_line(text: str) -> str:
    """Whatever an article holds, a comment ends with its line: its words can only become data."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
