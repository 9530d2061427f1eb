"""Two tables as the sides of a comparison, without the rows that are equal in both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from monitor.cli.sides import Sides
from monitor.cli.tables import root_title
from monitor.collect.limits import Limits
from monitor.compare.candidates import IDS
from monitor.compare.comparison import Context
from monitor.compare.infer import Naming, infer_kind
from monitor.compare.namesakes import is_id_like
from monitor.compare.naming import SAMPLE
from monitor.model.comparison import State, VersionRef
from monitor.reading.form import Form
from monitor.reading.paired import Wanted, plain_key, read_pair
from monitor.reading.raw_table import Given

_KEYS: Final = tuple(name for name in IDS if name.isalnum())


def pair_sides(
    names: tuple[str, str], held: tuple[bytes, bytes], keys: Mapping[str, str], form: Form
) -> Sides | None:
    """None where both have to be read as a whole; the result is the same."""
    is_one, key = plain_key(keys)
    if not is_one:
        return None
    old, new = (Given(data, name) for data, name in zip(held, names, strict=True))
    limits = Limits.large()
    wanted = Wanted(form=form, limits=limits, key=key, keys=_KEYS, is_id=is_id_like, sample=SAMPLE)
    pair = read_pair(old, new, wanted)
    if pair is None:
        return None
    before, after = pair.rows
    inferred = infer_kind(
        before,
        after,
        keys={"": pair.key},
        title=root_title(*names),
        naming=Naming(*pair.samples),
    )
    states = [
        State(
            ref=VersionRef(situation="", as_of="", content_hash=hashlib.sha256(data).hexdigest()),
            document=document,
        )
        for data, document in zip(held, (inferred.old, inferred.new), strict=True)
    ]
    found = (f"{name}: {found}" for name, found in zip(names, pair.found, strict=True))
    return Sides(
        old=states[0],
        new=states[1],
        kind=inferred.kind,
        old_name=names[0],
        new_name=names[1],
        parsed=(inferred.old, inferred.new),
        notes=(*found, *inferred.notes),
        form=inferred.form,
        context=Context(apart=pair.apart),
    )
