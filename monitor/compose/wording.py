"""A finding (rule id and typed arguments) to a sentence, in a reader's language."""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

from monitor.compose import english
from monitor.compose.words import both, days_in_words, words
from monitor.model.comparison import Finding, Json, Remark

__all__ = ["Detail", "aside", "details", "remark_sentence", "sentence", "words"]

_LANGUAGES = {"en": english}

LANGUAGES = tuple(_LANGUAGES)
"""What a subscription may ask for."""
_SLOT = re.compile(r"\{([^{}]+)\}")
_ENDS = (".", "!", "?", "…", ".”", '."')


class Detail(NamedTuple):
    """One field before and after, in words. `text` marks prose, best shown word by word."""

    label: str
    before: str
    after: str
    text: bool = False


def sentence(finding: Finding, language: str = "en") -> str:
    """The finding in one sentence, old and new in words; the kind's own words come first.

    Raises KeyError for a language or a rule that has no words.
    """
    own = finding.arguments.get("wording")
    if own is not None:
        return _closed(_from_template(own, finding))
    return _closed(_LANGUAGES[language].SENTENCES[finding.rule](finding.arguments))


def remark_sentence(remark: Remark, language: str = "en") -> str:
    """The remark in one sentence. Raises KeyError for a language or a rule that has no words."""
    return _closed(_LANGUAGES[language].REMARKS[remark.rule](remark.arguments))


def aside(finding: Finding, language: str = "en") -> str:
    """What stands beside the sentence, such as "Igor Kostyukov stays as a member."; or nothing."""
    catalogue = _LANGUAGES[language]
    write = catalogue.ASIDES.get(finding.rule)
    own = write(finding.arguments) if write else ""
    if "wording" in finding.arguments and own in sentence(finding, language):
        own = ""
    parts = [own, catalogue.followed(finding.arguments)]
    return days_in_words(" ".join(part for part in parts if part))


def details(finding: Finding) -> tuple[Detail, ...]:
    """The fields behind the sentence that it does not tell, before and after."""
    found = []
    if finding.rule == "replaced":
        role = str(finding.arguments["role"])
        found.append(
            Detail(
                label=role[:1].upper() + role[1:],
                before=str(finding.arguments["former"]),
                after=str(finding.arguments["label"]),
            )
        )
    behind = (finding.arguments.get(name, ()) for name in ("differences", "details"))
    for entry in chain.from_iterable(behind):
        before, after = both(entry.get("before"), entry.get("after"))
        label = f"{entry['of']}, {entry['label'].lower()}" if "of" in entry else entry["label"]
        found.append(
            Detail(
                label=str(label),
                before=before,
                after=after,
                text="text" in entry,
            )
        )
    return tuple(found)


def _from_template(own: Json, finding: Finding) -> str:
    """Slots name arguments of the finding or fields of the entity; others stay as written."""
    values = {**own["values"], **finding.arguments}

    def fill(slot: re.Match[str]) -> str:
        return words(values[slot[1]]) if slot[1] in values else slot[0]

    return _SLOT.sub(fill, own["template"])


def _closed(text: str) -> str:
    """A whole sentence: days in words, a capital before several words, an end."""
    text = days_in_words(text.strip())
    first = text.partition(" ")[0]
    if first.isalpha() and first.islower():
        text = text[0].upper() + text[1:]
    return text if text.endswith(_ENDS) else f"{text}."
