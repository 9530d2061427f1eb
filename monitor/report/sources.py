"""Sources as they are cited: numbered in the order in which they are first named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from monitor.model.comparison import Publication
from monitor.model.publishers import publisher_of
from monitor.model.text import visible, web_link
from monitor.report.view import SourceView
from monitor.words.clauses import first_hand


class Citations:
    """`day` puts the day on which something was published into words."""

    def __init__(self, known: Mapping[str, Publication], day: Callable[[str], str]) -> None:
        self.known = known
        self.day = day
        self.cited: dict[str, SourceView] = {}

    def of(self, identities: Sequence[str], most: int | None = None) -> tuple[SourceView, ...]:
        """`most` of them, then those first that a reader can open; else their order stays."""
        chosen = identities
        if most is not None and most < len(identities):
            chosen = sorted(identities, key=lambda each: not self._opens(each))[:most]
        return tuple(self.one(identity) for identity in chosen)

    def _opens(self, identity: str) -> bool:
        source = self.known.get(identity)
        return source is not None and web_link(source.url) is not None

    def one(self, identity: str) -> SourceView:
        if identity not in self.cited:
            self.cited[identity] = self._view(identity, len(self.cited) + 1)
        return self.cited[identity]

    def named(self, number: int) -> str | None:
        """The name of who had first what the source of a number says."""
        cited = (each for each, view in self.cited.items() if number and view.number == number)
        return self.name(next(cited, None))

    def name(self, identity: str | None) -> str | None:
        """Who had first what a source says; None where nobody is named."""
        publisher = publisher_of(self.known.get(identity or ""))
        return first_hand(publisher) if publisher else None

    def _view(self, identity: str, number: int) -> SourceView:
        """`Reuters, 13 Feb`, linked where that is plainly a web address, else with its text."""
        source = self.known.get(identity)
        if source is None:
            return SourceView(text=visible(identity, 80), number=number, whole=visible(identity))
        published = self.day(source.published) if source.published else None
        name = visible(publisher_of(source) or source.publisher or source.title or source.id, 80)
        short = ", ".join(part for part in (name, published) if part)
        parts = (source.publisher, source.title, published)
        whole = ", ".join(part for part in parts if part) or identity
        url = web_link(source.url)
        if source.url and not url:
            short = f"{short} ({visible(source.url, 100)})"
            whole = f"{whole} ({source.url})"
        return SourceView(text=short, url=url, number=number, whole=visible(whole))
