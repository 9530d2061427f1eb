"""The words of a language are read from the disk once, before the tests that may not."""

from monitor.writing.cues.known import LANGUAGES, cues_of

for language in LANGUAGES:
    cues_of(language)
