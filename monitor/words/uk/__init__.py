"""Ukrainian.

Names and values of snapshots are never put where a case other than the nominative is due: they
stand behind a colon, in brackets, in quotation marks or on a side of an arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model.later import later
from monitor.words.language import Language
from monitor.words.uk import counts, frame, letters, sentences, series, values
from monitor.words.uk.labels import LABELS

if TYPE_CHECKING:
    from monitor.words.uk import pages
else:
    # Only the web has pages; a comparison starts without their words.
    pages = later("monitor.words.uk.pages")

UKRAINIAN = Language("uk", values, sentences, LABELS, counts, frame, letters, series, pages)
