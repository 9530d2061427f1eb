"""Texts of sentences that changed (`x-text`)."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.rules.position import stance_names
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.model.comparison import Significance
from monitor.model.said import Reworded

REWORDED = Rule(
    id="reworded",
    summary="A text says something else than before; the difference is shown word by word.",
    significance=Significance.MINOR,
    mirror="reworded",
)


def _find(scene: Scene) -> Iterator[Draft]:
    for path, collection in scene.kind.collections.items():
        texts = {name: field for name, field in collection.fields.items() if field.text}
        if not texts or path not in scene.by_collection:
            continue
        for ref, change in scene.each_left(path):
            field = texts.get(change.field or "")
            both = isinstance(change.before, str) and isinstance(change.after, str)
            if field is None or not both or not change.significance:
                continue
            yield Draft(
                rule=REWORDED.id,
                changes=(change,),
                focus=ref,
                yields=True,
                told=False,
                said=Reworded(
                    change.label,
                    scene.parent_label(ref),
                    field.title,
                    change.before,
                    change.after,
                    *stance_names(scene, collection, scene.entity(ref)),
                ),
            )


FAMILY = Family((REWORDED,), _find)
