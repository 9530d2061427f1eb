"""A model is asked what an article says, and what it proposes goes through the gate. Nothing of it
is accepted by itself: whoever asked decides."""

from __future__ import annotations

import os
import secrets
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from monitor.errors import (
    Conflict,
    ExtraMissing,
    ModelUnavailable,
    SnapshotRefused,
    SourceUnavailable,
)
from monitor.kinds.kind import Kind
from monitor.model.record import Record
from monitor.net.agent import agent
from monitor.net.trust import trusting
from monitor.pipeline.drafting.chat import Endpoint, Said, chat
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.settings.drafting import ModelSettings
from monitor.store.records import Draft
from monitor.writing.answers import read_answer
from monitor.writing.facts import facts
from monitor.writing.marks import Place, Sentence
from monitor.writing.prompting import Article, Question, question_of
from monitor.writing.proposals import Folded, Proposal, Shown
from monitor.writing.proposed import Proposed

_OCTETS: Final = 3
"""Octets of a token: as a guess where an endpoint does not count, rather too many tokens."""


class Subject(Record):
    """An article of a draft; `source` is the id under which it is `cited`, where its kind has a
    list of publications, and under which its sentences stand in any case."""

    source: str
    text: str
    published: str | None
    cited: bool = True


class Told(Record):
    """What came of it, in the order of the answer; `asked` letters of the article's `of` were in
    the question. `again` is why the endpoint was asked twice."""

    judged: tuple[Shown | Folded, ...]
    sentences: tuple[Place, ...]
    """Those of the article, as its cards are numbered."""
    model: str
    tokens: int
    asked: int
    of: int
    again: str | None = None

    def number(self, one: Shown) -> int:
        """Of the sentence in which its quotation begins, from 1."""
        return bisect_right(self.sentences, one.place.start, key=lambda each: each.start)

    @property
    def shown(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.judged if isinstance(one, Shown))

    @property
    def folded(self) -> tuple[Folded, ...]:
        return tuple(one for one in self.judged if isinstance(one, Folded))


def ask(
    program: Program,
    draft: Draft,
    article: Subject,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> Told:
    """Raises Conflict where no model is configured, ModelUnavailable, in one line, where it gives
    no answer."""
    model = program.settings.draft.model
    if model.endpoint is None:
        raise Conflict("no model is configured: draft.model.url names one")
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = program.comparing.state(base).document
    found = _marked(article, kind, state)
    question = _question(article, found, kind, state, model)
    said = _asked(program, model, question, wait)
    return Told(
        judged=_judged(article, kind, _now(program, draft, state), said.text),
        sentences=tuple(one.place for one in found),
        model=model.name,
        tokens=_tokens(said, question),
        asked=question.asked,
        of=question.of,
        again=said.again,
    )


def written(program: Program, draft: Draft, article: Subject, told: Told) -> str:
    """The text of the draft with what is shown in it, as comments under their sentences."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    proposed = Proposed(kind, program.comparing.state(base).document, article.source)
    return proposed.put(draft.text, [(told.number(one), one) for one in told.shown])


def _question(
    article: Subject,
    found: Sequence[Sentence],
    kind: Kind,
    state: dict[str, Any],
    model: ModelSettings,
) -> Question:
    """Over the latest version: what is in the draft already makes no other question of it."""
    about = Article(text=article.text, published=article.published, found=found)
    try:
        return question_of(about, kind, state, facts(kind, state), most=model.question)
    except ValueError as error:
        raise ModelUnavailable(f"draft.model.question: {error}") from error


def _asked(
    program: Program, model: ModelSettings, question: Question, wait: Callable[[float], None]
) -> Said:
    return chat(_endpoint(program, model), question.messages(_boundary(question)), wait=wait)


def _boundary(question: Question) -> str:
    """Nobody who writes an article can know it."""
    while (drawn := secrets.token_hex(12)) in question.article:
        pass
    return drawn


def _endpoint(program: Program, model: ModelSettings) -> Endpoint:
    assert model.endpoint is not None
    try:
        context = trusting(None)
    except SourceUnavailable as error:
        raise ModelUnavailable(str(error)) from error
    return Endpoint(
        address=model.endpoint,
        host=model.host,
        model=model.name,
        key=model.secret(os.environ),
        key_env=model.key_env,
        seconds=model.timeout.total_seconds(),
        most_tokens=model.most_tokens,
        agent=agent(program.settings.mail.operator),
        context=context,
    )


def _tokens(said: Said, question: Question) -> int:
    if said.tokens is not None:
        return said.tokens
    asked = question.rules, question.before, question.article, said.text
    return sum(len(one.encode()) for one in asked) // _OCTETS


def _now(program: Program, draft: Draft, otherwise: dict[str, Any]) -> dict[str, Any]:
    """The state with the draft in it, as far as that fits: what it says already is known."""
    try:
        return check_draft(program, draft).document
    except SnapshotRefused:
        return otherwise


def _judged(
    article: Subject, kind: Kind, state: dict[str, Any], answer: str
) -> tuple[Shown | Folded, ...]:
    from monitor.writing.gate import Gate
    from monitor.writing.reader import reader_of

    gate = Gate(
        article.text, kind, state, reader_of(kind, state), published=_day(article.published)
    )
    read = read_answer(answer, article.source if article.cited else None)
    judged = iter(gate.judge_all([one for one in read if isinstance(one, Proposal)]))
    return tuple(one if isinstance(one, Folded) else next(judged) for one in read)


def _marked(article: Subject, kind: Kind, state: dict[str, Any]) -> tuple[Sentence, ...]:
    # The library that compares spellings comes with an extra.
    try:
        from monitor.writing.reader import marked
    except ModuleNotFoundError as error:
        raise ExtraMissing("reading articles", "writing") from error

    return marked(article.text, _day(article.published), kind, state)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None
