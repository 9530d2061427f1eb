"""English."""

from __future__ import annotations

from monitor.words.en import sentences, values
from monitor.words.language import Language

ENGLISH = Language("en", values, sentences)
