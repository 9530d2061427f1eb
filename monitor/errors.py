"""The errors that the program expects; the command line prints each as one line."""

from __future__ import annotations


class MonitorError(Exception):
    """Something that a person can mend went wrong; `str()` is the whole line for that person.

    `where` is the place in the form `path:line:column`, as much of it as is known.
    """

    def __init__(self, message: str, *, where: str | None = None) -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where


class ExtraMissing(MonitorError):
    """What is asked for needs packages that come only with an extra of monitor's."""

    def __init__(self, asked: str, extra: str) -> None:
        super().__init__(f"{asked}: install monitor[{extra}]")


class SnapshotRefused(MonitorError):
    """A snapshot cannot be read or does not fit its kind; the last good version stays.

    `others` are further lines, in order, where one pass found more than one fault.
    """

    def __init__(
        self, message: str, *, where: str | None = None, others: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, where=where)
        self.others = others


class SourceUnavailable(MonitorError):
    """A source of snapshots cannot be asked; what it gave before stays."""


class ModelUnavailable(MonitorError):
    """A model cannot be asked, or does not answer; everything else works without it."""


class MailboxUnavailable(MonitorError):
    """A mailbox cannot be read; what was recorded of it stays, the rest is read later."""


class KindError(MonitorError):
    """A kind is not a schema that the comparison can use; `others` are its further faults."""

    def __init__(
        self, message: str, *, where: str | None = None, others: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, where=where)
        self.others = others


class SettingsError(MonitorError):
    """The configuration is wrong; the program does not start. `others`: the further faults."""

    def __init__(
        self, message: str, *, where: str | None = None, others: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, where=where)
        self.others = others


class NotFound(MonitorError):
    """A situation, version, subscription, message or path that does not exist was named."""


class Ambiguous(MonitorError):
    """A name fits more than one thing; the message lists the candidates."""


class Conflict(MonitorError):
    """Somebody else was first, or two inputs contradict each other."""


class Overtaken(Conflict):
    """What was read has been moved by somebody else before it was written; nothing was written."""


class LateWrite(Overtaken):
    """The claim on a piece of work is over; another node has it, or may have. Nothing was written,
    and nobody is to blame: whoever holds the claim now does the work."""


class CannotCompare(MonitorError):
    """Two versions whose comparison fails: the newer one's trouble, whoever asks for it.

    `what` names it: SITUATION@AS_OF.
    """

    def __init__(self, message: str, *, what: str) -> None:
        super().__init__(message)
        self.what = what


class StoreUnavailable(MonitorError):
    """The database does not answer, is full, locked or read-only; nothing was half-written."""


class StoreDamaged(StoreUnavailable):
    """What the database holds is not what was written: emptied, cut short, overwritten, or not
    ours. Trying again does not help; a person puts a backup in its place."""


class RowDamaged(MonitorError):
    """One value in the database cannot be read, and the rest can: the trouble of what it is of."""


class StoreReplaced(StoreUnavailable):
    """The database's file was deleted, renamed or replaced under a service that uses it."""


class TemplateFailed(MonitorError):
    """A template or a value in it could not be rendered."""


class MessageUnsendable(MonitorError):
    """A message cannot be made or addressed, now or later."""


class MappingError(SnapshotRefused):
    """A mapping is wrong, or names what its source does not have: nothing that it maps can be
    taken in before a person mends one of the two."""
