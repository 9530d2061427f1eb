"""English."""

from __future__ import annotations

from monitor.words.en import counts, frame, letters, sentences, series, values
from monitor.words.en.labels import LABELS
from monitor.words.language import Language

ENGLISH = Language("en", values, sentences, LABELS, counts, frame, letters, series)
