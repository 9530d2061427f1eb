"""Words of a position that wants what its text says, in the languages of snapshots."""

from __future__ import annotations

from typing import Final

from monitor.words.clauses import has_word

_WANTS: Final = frozenset(
    (
        *("accepts", "advocates", "agrees", "approves", "asks", "backs", "calls", "claims"),
        *("demands", "desires", "endorses", "favours", "favors", "hopes", "insists", "likes"),
        *("offers", "plans", "prefers", "pledges", "promises", "proposes", "pursues", "requests"),
        *("recommends", "requires", "seeks", "suggests", "supports", "urges", "wants", "wishes"),
        *("welcomes", "for", "pro", "yes"),
        *("вимагає", "наполягає", "підтримує", "пропонує", "просить", "погоджується", "приймає"),
        *("прагне", "хоче", "бажає", "обстоює", "схвалює", "рекомендує", "обіцяє", "закликає"),
        *("домагається", "сподівається", "за", "так"),
    )
)
_NOT: Final = frozenset(
    ("not", "no", "never", "less", "end", "against", "не", "ні", "проти", "менше")
)


def wants(position: str) -> bool:
    """Whether a text may follow in its place: `Red on the well (demands): Free water`. Behind any
    other, such as `rejects`, it would read as what is rejected."""
    return has_word(position, _WANTS) and not has_word(position, _NOT)
