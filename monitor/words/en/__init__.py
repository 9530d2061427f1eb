"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model.later import later
from monitor.words.en import counts, frame, letters, sentences, series, values
from monitor.words.en.labels import LABELS
from monitor.words.language import Language

if TYPE_CHECKING:
    from monitor.words.en import pages
else:
    # Only the web has pages; a comparison starts without their words.
    pages = later("monitor.words.en.pages")

ENGLISH = Language("en", values, sentences, LABELS, counts, frame, letters, series, pages)
