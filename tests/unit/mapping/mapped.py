"""A small register for the tests of mappings: boards, who sits on them, and a kind for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from monitor.collect.limits import Limits
from monitor.kinds.canonical import canonical
from monitor.kinds.reading import read_kind
from monitor.mapping.apply import Applied, apply
from monitor.mapping.load import read_mapping
from monitor.mapping.sheets import Files
from monitor.reading.form import UNDECLARED

KIND: Final = read_kind(
    {
        "additionalProperties": False,
        "properties": {
            "boards": {
                "x-key": ["id"],
                "items": {
                    "additionalProperties": False,
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "seats": {"type": "integer"},
                        "budget": {"type": "number"},
                        "open": {"type": "boolean"},
                        "founded": {"type": "string", "format": "date"},
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "terms": {
                            "type": "object",
                            "properties": {"min": {}, "max": {}, "unit": {}},
                            "x-quantity": {"low": "min", "high": "max", "unit": "unit"},
                        },
                        "seen": {},
                        "members": {
                            "x-key": ["person"],
                            "x-membership": {"entity": "person", "role": "role"},
                            "items": {
                                "additionalProperties": False,
                                "properties": {
                                    "person": {"type": "string"},
                                    "role": {"type": "string"},
                                },
                            },
                        },
                    },
                },
            }
        },
    },
    name="register",
)


def mapped(
    mapping: str, files: Mapping[str, Any], *, day: str = "2031-05-04", kind: Any = KIND
) -> Applied:
    """The document that a mapping makes of these files, each given as what its JSON says."""
    read = read_mapping(mapping.encode(), name="register.map.yaml", folder=Path(), kind=kind)
    data = {name: json.dumps(value, indent=1).encode() for name, value in files.items()}
    held = Files(data, UNDECLARED, Limits())
    return apply(read.spec, held, kind, day=day, place=read.place)


def boards(mapping: str, files: Mapping[str, Any], *, day: str = "2031-05-04") -> list[Any]:
    """The same, of which the list of boards in its one order."""
    found: list[Any] = canonical(mapped(mapping, files, day=day).document, KIND)["boards"]
    return found
