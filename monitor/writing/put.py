"""A placement written into the text of a draft; what its writer has there stays as it is."""

from __future__ import annotations

import copy
from typing import Any

from monitor.collect.reader import read_document
from monitor.collect.yaml_editing import edited
from monitor.errors import MonitorError
from monitor.kinds.kind import Kind
from monitor.writing.placing import Placement, place_in


def put(text: str, placement: Placement, kind: Kind) -> str:
    """The text with the entry made or found by its key, its fields set, its sources added.

    Raises SnapshotRefused for a text that cannot be read, MonitorError for a path that names no
    entry of the kind, and where the text is written so that nothing can be put in.
    """
    wanted = copy.deepcopy(document_of(text))
    try:
        place_in(wanted, placement, kind)
    except ValueError as error:
        raise MonitorError(str(error)) from error
    made = edited(text, wanted)
    if made is None:
        raise MonitorError(
            f"{placement.path}: the draft is written so that nothing can be put in here"
        )
    return made


def document_of(text: str) -> dict[str, Any]:
    """What a draft says. Raises SnapshotRefused for a text that cannot be read."""
    document = read_document(text.encode(), name="draft").document
    if not isinstance(document, dict):
        raise MonitorError("the draft is no object with names and values")
    return document
