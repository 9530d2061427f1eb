"""A model is asked what an article says, and what it proposes goes through the gate. Nothing of it
is accepted by itself: whoever asked decides."""

from __future__ import annotations

import os
import secrets
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from monitor.errors import (
    Conflict,
    ExtraMissing,
    ModelUnavailable,
    SnapshotRefused,
    SourceUnavailable,
)
from monitor.kinds.kind import Kind
from monitor.model.record import Record, replace
from monitor.net.agent import agent
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.citing import publications_of
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.program import Program
from monitor.settings.drafting import ModelSettings
from monitor.store.records import Answer, Article, Draft, NewAnswer
from monitor.writing.answers import read_answer
from monitor.writing.facts import facts
from monitor.writing.marks import Place, Sentence
from monitor.writing.prompting import Article as About
from monitor.writing.prompting import Question, question_of
from monitor.writing.proposals import Folded, Proposal, Shown
from monitor.writing.proposed import Proposed

if TYPE_CHECKING:
    from monitor.pipeline.drafting.chat import Endpoint, Said

_OCTETS: Final = 3
"""Octets of a token: as a guess where an endpoint does not count, rather too many tokens."""


class Told(Record):
    """What came of it, in the order of the answer; `asked` letters of the article's `of` were in
    the question. `kept` is when an earlier answer came, if it was to the same question; `again` is
    why the endpoint was asked twice."""

    judged: tuple[Shown | Folded, ...]
    sentences: tuple[Place, ...]
    """Those of the article, as its cards are numbered."""
    model: str
    tokens: int
    asked: int
    of: int
    kept: datetime | None = None
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


class _Asking(Record):
    """A question about an article, and what is needed to judge its answer."""

    article: Article
    kind: Kind
    state: dict[str, Any]
    sentences: tuple[Sentence, ...]
    question: Question


def ask(
    program: Program,
    draft: Draft,
    article: Article,
    *,
    now: datetime,
    anew: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Told:
    """The same question is asked once, unless it is to be asked `anew`. Raises Conflict where no
    model is configured or the day's budget is used up, ModelUnavailable, in one line, where it
    gives no answer."""
    if program.settings.draft.model.endpoint is None:
        raise Conflict("no model is configured: draft.model.url names one")
    asking = _asking(program, draft, article)
    kept = None if anew else _before(program, asking)
    if kept is not None:
        return _told(program, draft, asking, _kept(kept), kept=kept.asked_at)
    return _told(program, draft, asking, _asked(program, asking, now, wait))


def proposals(program: Program, draft: Draft, article: Article) -> tuple[Shown | Folded, ...]:
    """What the model said when it was asked before, held against the draft as it is now; nobody
    is asked, and nothing where nobody was."""
    if program.settings.draft.model.endpoint is None:
        return ()
    try:
        asking = _asking(program, draft, article)
    except ModelUnavailable:
        return ()
    kept = _before(program, asking)
    return _told(program, draft, asking, _kept(kept)).judged if kept is not None else ()


def written(program: Program, draft: Draft, article: Article, told: Told) -> str:
    """The text of the draft with what is shown in it, as comments under their sentences."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = program.comparing.state(base).document
    proposed = Proposed(kind, state, article.source or "")
    return proposed.put(draft.text, [(told.number(one), one) for one in told.shown])


def _asking(program: Program, draft: Draft, article: Article) -> _Asking:
    """Over the latest version: what is in the draft already makes no other question of it."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    state = program.comparing.state(base).document
    found = _marked(article, kind, state)
    about = About(text=article.text, published=article.published, found=found)
    most = program.settings.draft.model.question
    try:
        question = question_of(about, kind, state, facts(kind, state), most=most)
    except ValueError as error:
        raise ModelUnavailable(f"draft.model.question: {error}") from error
    return _Asking(article=article, kind=kind, state=state, sentences=found, question=question)


def _before(program: Program, asking: _Asking) -> Answer | None:
    name = program.settings.draft.model.name
    return program.store.answers.get(asking.article.id, name, asking.question.digest)


def _told(
    program: Program, draft: Draft, asking: _Asking, said: Said, *, kept: datetime | None = None
) -> Told:
    return Told(
        judged=_judged(asking, _state_now(program, draft, asking.state), said.text),
        sentences=tuple(one.place for one in asking.sentences),
        model=program.settings.draft.model.name,
        tokens=0 if kept is not None else _tokens(said, asking.question),
        asked=asking.question.asked,
        of=asking.question.of,
        kept=kept,
        again=said.again,
    )


def _asked(program: Program, asking: _Asking, now: datetime, wait: Callable[[float], None]) -> Said:
    """What came of it is kept, answer or none."""
    # Whoever asks no model does without the library that speaks HTTP.
    from monitor.pipeline.drafting.chat import chat

    model, question = program.settings.draft.model, asking.question
    _check_budget(program, model, question, now)
    row = NewAnswer(
        article=asking.article.id,
        model=model.name,
        question=question.digest,
        tokens=0,
        answer=None,
        outcome="",
    )
    try:
        said = chat(_endpoint(program, model), question.messages(_boundary(question)), wait=wait)
    except ModelUnavailable as error:
        program.store.answers.add(replace(row, outcome=str(error)), now=now)
        raise
    tokens, outcome = _tokens(said, question), said.again or "answered"
    row = replace(row, tokens=tokens, answer=said.text, outcome=outcome)
    program.store.answers.add(row, now=now)
    return said


def _kept(answer: Answer) -> Said:
    from monitor.pipeline.drafting.chat import Said

    return Said(text=answer.answer or "", tokens=answer.tokens)


def _check_budget(
    program: Program, model: ModelSettings, question: Question, now: datetime
) -> None:
    """Raises Conflict when the question may take more than a day has left."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    spent = program.store.answers.spent(since=day)
    wanted = _size(question) // _OCTETS + model.most_tokens
    if spent + wanted > model.budget:
        raise Conflict(
            f"the model is not asked: {spent} of {model.budget} tokens were used since midnight "
            f"UTC, and this may take {wanted} (draft.model.budget)"
        )


def _boundary(question: Question) -> str:
    """Nobody who writes an article can know it."""
    while (drawn := secrets.token_hex(12)) in question.article:
        pass
    return drawn


def _endpoint(program: Program, model: ModelSettings) -> Endpoint:
    from monitor.net.trust import trusting
    from monitor.pipeline.drafting.chat import Endpoint

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
    return (_size(question) + len(said.text.encode())) // _OCTETS


def _size(question: Question) -> int:
    asked = question.rules, question.before, question.article
    return sum(len(one.encode()) for one in asked)


def _state_now(program: Program, draft: Draft, otherwise: dict[str, Any]) -> dict[str, Any]:
    """The state with the draft in it, as far as that fits: what it says already is known."""
    try:
        return check_draft(program, draft).document
    except SnapshotRefused:
        return otherwise


def _judged(asking: _Asking, state: dict[str, Any], answer: str) -> tuple[Shown | Folded, ...]:
    from monitor.writing.gate import Gate
    from monitor.writing.reader import reader_of

    article, kind = asking.article, asking.kind
    reader, day = reader_of(kind, state), _day(article.published)
    gate = Gate(article.text, kind, state, reader, published=day)
    cited = publications_of(kind) is not None
    read = read_answer(answer, article.source if cited else None)
    judged = iter(gate.judge_all([one for one in read if isinstance(one, Proposal)]))
    return tuple(one if isinstance(one, Folded) else next(judged) for one in read)


def _marked(article: Article, kind: Kind, state: dict[str, Any]) -> tuple[Sentence, ...]:
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
