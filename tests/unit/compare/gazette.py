"""A kind of feuds between houses, told by newspapers, for claims, sources and sub-lists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from monitor.compare.comparison import Context, compare
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Comparison, Document, Finding, State, VersionRef
from monitor.words.wording import aside, sentence
from tests.reading import document_of

FEUD: Kind = read_kind(
    document_of("""\
        title: Feud
        type: object
        additionalProperties: false
        properties:
          rallies:
            type: array
            title: Rallies
            x-key: [tag]
            x-period: {start: opens, end: closes, state: phase}
            items:
              x-label: "{called}"
              x-provenance: {sources: papers, said_by: voice, firmness: standing}
              x-disputed: otherwise
              type: object
              additionalProperties: false
              properties:
                tag: {type: string}
                called: {type: string}
                town: {title: Town, type: string}
                opens: {title: Opening, type: string}
                closes: {title: Closing, type: string}
                phase:
                  title: Phase
                  enum: [mooted, called, running, over, called-off]
                  x-ladder: [mooted, called, running, over]
                papers: {$ref: "#/$defs/papers"}
                voice: {$ref: "#/$defs/voice"}
                standing: {$ref: "#/$defs/standing"}
                otherwise: {$ref: "#/$defs/otherwise"}
                points:
                  title: Points
                  type: array
                  x-key: [matter]
                  items:
                    x-label: "{matter}"
                    x-provenance: {sources: papers, said_by: voice, firmness: standing}
                    type: object
                    additionalProperties: false
                    properties:
                      matter: {type: string, x-ref: matters}
                      remark: {title: Remark, type: string, x-text: true}
                      papers: {$ref: "#/$defs/papers"}
                      voice: {$ref: "#/$defs/voice"}
                      standing: {$ref: "#/$defs/standing"}
                grounds:
                  title: Grounds
                  type: array
                  x-key: [name]
                  items:
                    x-label: "{name}"
                    type: object
                    additionalProperties: false
                    properties:
                      name: {type: string}
                      hours: {title: Hours, type: integer}
                speakers:
                  title: Speakers
                  type: array
                  x-key: [who]
                  x-membership: {entity: who, role: part, single: [chair]}
                  items:
                    x-label: "{who}"
                    x-provenance: {sources: papers, said_by: voice, firmness: standing}
                    type: object
                    additionalProperties: false
                    properties:
                      who: {type: string, x-ref: folk}
                      part: {enum: [chair, speaker, null]}
                      papers: {$ref: "#/$defs/papers"}
                      voice: {$ref: "#/$defs/voice"}
                      standing: {$ref: "#/$defs/standing"}
          stances:
            type: array
            title: Stances
            x-key: [house, matter]
            x-position: {party: house, issue: matter, value: lean, quantity: price}
            items:
              x-label: "{house} on {matter}"
              x-provenance: {sources: papers, said_by: voice, firmness: standing}
              x-disputed: otherwise
              type: object
              additionalProperties: false
              properties:
                house: {type: string, x-ref: houses}
                matter: {type: string, x-ref: matters}
                lean:
                  title: Lean
                  enum: [refuses, wavers, grants]
                  x-scale: [refuses, wavers, grants]
                price:
                  title: Price
                  type: object
                  x-quantity: {low: least, high: most, unit: coin}
                  properties: {least: {type: number}, most: {type: number}, coin: {enum: [crowns]}}
                words: {title: Words, type: string, x-text: true}
                papers: {$ref: "#/$defs/papers"}
                voice: {$ref: "#/$defs/voice"}
                standing: {$ref: "#/$defs/standing"}
                otherwise: {$ref: "#/$defs/otherwise"}
          notices:
            type: array
            title: Notices
            x-key: [tag]
            items:
              x-label: "{called}"
              x-provenance: {sources: papers, said_by: voice, firmness: standing}
              type: object
              additionalProperties: false
              properties:
                tag: {type: string}
                called: {type: string}
                words: {title: Words, type: string, x-text: true}
                until: {title: Until, type: string}
                seal_number: {type: integer}
                papers: {$ref: "#/$defs/papers"}
                voice: {$ref: "#/$defs/voice"}
                standing: {$ref: "#/$defs/standing"}
          houses: {$ref: "#/$defs/named"}
          matters: {$ref: "#/$defs/named"}
          folk: {$ref: "#/$defs/named"}
          press:
            type: array
            title: Press
            x-key: [tag]
            x-source: {publisher: paper, published: day}
            items:
              x-label: "{paper}, {day}"
              type: object
              additionalProperties: false
              properties: {tag: {type: string}, paper: {type: string}, day: {type: string}}
        $defs:
          papers: {type: array, items: {type: string}, x-ref: press}
          voice: {type: array, items: {type: string}, x-ref: folk}
          standing:
            title: Standing
            enum: [refuted, rumoured, printed, witnessed, withdrawn]
            x-ladder: [refuted, rumoured, printed, witnessed]
          named:
            type: array
            x-key: [tag]
            items:
              x-label: "{called}"
              type: object
              additionalProperties: false
              properties: {tag: {type: string}, called: {type: string}}
          otherwise:
            title: Otherwise
            type: array
            x-key: [field, source]
            items:
              type: object
              additionalProperties: false
              properties:
                field: {type: string}
                source: {type: string, x-ref: press}
                value: {}
        """),
    name="feud",
)

COMMON: Document = {
    "houses": [{"tag": "red", "called": "Red House"}, {"tag": "states", "called": "United States"}],
    "matters": [
        {"tag": "well", "called": "the well"},
        {"tag": "road", "called": "the road"},
        {"tag": "toll", "called": "the toll"},
    ],
    "folk": [
        {"tag": name.lower(), "called": name} for name in ("Ash", "Birch", "Cole", "Dale", "Eden")
    ],
    "press": [
        {"tag": f"{paper.lower()}{day}", "paper": f"The {paper}", "day": f"2031-03-{day:02}"}
        for paper in ("Bell", "Horn")
        for day in range(1, 10)
    ],
}


def state(document: Document, as_of: str) -> State:
    content = canonical({**COMMON, **document}, FEUD)
    ref = VersionRef(situation="feud", as_of=as_of, content_hash=as_of)
    return State(ref=ref, document=content)


def step(old: Document, new: Document, *, past: Sequence[Document] = ()) -> Comparison:
    """From one version to another; each change is in exactly one finding."""
    days = [f"2031-04-{day:02}" for day in range(1, len(past) + 3)]
    states = [state(doc, day) for doc, day in zip([*past, old, new], days, strict=True)]
    context = Context(history=tuple(states[:-1]))
    found = compare(states[-2], states[-1], FEUD, context=context)
    owned = list(chain.from_iterable(finding.changes for finding in found.findings))
    assert sorted(owned) == sorted(change.id for change in found.changes)
    assert not found.faults
    return found


def only(found: Comparison) -> Finding:
    """The one finding that is no noise."""
    (finding,) = (each for each in found.findings if each.significance)
    return finding


def told(found: Comparison) -> list[str]:
    """Sentence and what stands beside it, of all that is no noise."""
    return [
        " ".join(part for part in (sentence(each), aside(each)) if part)
        for each in found.findings
        if each.significance
    ]


def listing(name: str, *entries: Any) -> Document:
    return {name: list(entries)}
