"""What one pass over the outbox came to."""

from __future__ import annotations

from monitor.model.message import Mark, Result
from monitor.model.record import Record


class Summary(Record):
    """Numbers of messages, counted when the outbox has recorded them.

    `dead` is a part of `permanent`, `temporary` and `unknown`. `late` were recorded by somebody
    else in the meantime: our lease had run out.
    """

    sent: int = 0
    temporary: int = 0
    permanent: int = 0
    unknown: int = 0
    released: int = 0
    dead: int = 0
    late: int = 0

    @property
    def refused(self) -> bool:
        """Whether anything was refused that is not over."""
        return self.temporary + self.permanent > self.dead

    def __add__(self, other: Summary) -> Summary:
        return Summary(
            **{name: getattr(self, name) + getattr(other, name) for name in self._fields}
        )


def count(mark: Mark, landed: bool) -> Summary:
    """One mark as a summary; `landed` is the outbox's answer."""
    if not landed:
        return Summary(late=1)
    result = mark.outcome.result
    return Summary(
        sent=int(result is Result.SENT),
        temporary=int(result is Result.TEMPORARY),
        permanent=int(result is Result.PERMANENT),
        unknown=int(result is Result.UNKNOWN),
        dead=int(result is not Result.SENT and mark.next_attempt is None),
    )
