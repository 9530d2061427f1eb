"""What is being written, as it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from monitor.model.record import Record

Ending: TypeAlias = Literal["published", "discarded"]
Choice: TypeAlias = Literal["accepted", "rejected", "later"]
How: TypeAlias = Literal["terminal", "browser", "model", "form"]
"""How a placing came about; `model` was proposed by one, and accepted by a person all the same."""


class Draft(Record):
    """The one unpublished next snapshot of a situation. `base` is the version over which it was
    opened; `edition` grows with each save."""

    id: int
    situation: str
    text: str
    base: int | None
    opened_at: datetime
    opened_by: str
    edition: int
    saved_at: datetime
    saved_by: str
    ending: Ending | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None


class NewArticle(Record):
    """`source` is the id under which facts cite it, where the kind has publications. `data` are its
    bytes as they were given, `text` what was read of them."""

    source: str | None
    data: bytes
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class Article(Record):
    """One that was added to a draft, without its bytes."""

    id: int
    draft: int
    source: str | None
    text: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    added_at: datetime
    added_by: str


class NewPlacing(Record):
    """What a person decided of a sentence. `placement` is JSON, and only of what was accepted;
    `first` and `last` bound the quote in the article's text (half-open); `before` is the draft's
    text without it."""

    article: int | None
    card: int | None
    choice: Choice
    placement: str | None
    quote: str | None
    first: int | None
    last: int | None
    how: How
    before: str | None


class Placing(NewPlacing):
    id: int
    decided_at: datetime
    decided_by: str


class Evidence(Record):
    """Words that a value rests on: who took it from which article, when and how."""

    placement: str
    quote: str
    first: int
    last: int
    article: Article
    how: How
    decided_at: datetime
    decided_by: str


class NewAnswer(Record):
    """What a model said of an article. `question` is the digest of what it was asked, `tokens` what
    both took; `answer` is None where there was none, and `outcome` says why."""

    article: int
    model: str
    question: str
    tokens: int
    answer: str | None
    outcome: str


class Answer(NewAnswer):
    asked_at: datetime
