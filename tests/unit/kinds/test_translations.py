"""A kind in a reader's language: only words differ, and what translates nothing is a fault."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.errors import KindError
from monitor.kinds.reading import read_kind
from monitor.kinds.translating import translated
from monitor.model.unit import Unit

HARBOUR: dict[str, Any] = {
    "title": "Harbour",
    "properties": {
        "berths": {
            "title": "Berths",
            "type": "array",
            "x-key": ["id"],
            "x-wording": {"added": "{id} is built"},
            "items": {
                "type": "object",
                "x-label": "berth {id}",
                "properties": {
                    "id": {"type": "string"},
                    "state": {"title": "State", "enum": ["free", "taken", None]},
                    "depth": {
                        "title": "Depth",
                        "type": "object",
                        "x-quantity": {"low": "min", "high": "max", "unit": "unit"},
                        "properties": {
                            "min": {"type": "number"},
                            "max": {"type": "number"},
                            "unit": {"enum": ["metres"]},
                        },
                    },
                },
            },
        }
    },
}


def harbour(**uk: Any) -> Any:
    return {**HARBOUR, "x-translations": {"uk": uk}}


def test_titles_labels_sentences_and_words_are_translated() -> None:
    kind = read_kind(
        harbour(
            texts={
                "Berths": "Причали",
                "berth {id}": "причал {id}",
                "{id} is built": "збудовано: {id}",
                "id": "номер",
            },
            words={"state": {"free": "вільно"}, "berths.state": {"taken": "зайнято"}},
            units={"metres": {"one": "метр", "few": "метри", "many": "метрів", "other": "метра"}},
        ),
        name="harbour",
    )
    berths = translated(kind, "uk").collections["berths"]

    assert (berths.title, berths.label) == ("Причали", "причал {id}")
    assert berths.wording == {"added": "збудовано: {id}"}
    assert berths.fields["id"].title == "номер"
    assert berths.fields["state"].say(["free", "taken", None]) == ["вільно", "зайнято", None]
    assert berths.fields["depth"].words["metres"] == "метрів"
    assert isinstance(berths.fields["depth"].words["metres"], Unit)


def test_a_language_that_a_kind_has_no_words_in_leaves_it_as_it_was_written() -> None:
    kind = read_kind(harbour(texts={"Berths": "Причали"}), name="harbour")

    assert translated(kind, "fi") is kind
    assert translated(kind, "uk").hash == kind.hash
    assert translated(translated(kind, "uk"), "uk").collections["berths"].title == "Причали"


@pytest.mark.parametrize(
    ("uk", "said"),
    [
        ({"texts": {"Bertha": "Причали"}}, "did you mean Berths?"),
        ({"texts": {"berth {id}": "причал"}}, "same slots"),
        ({"texts": {"Berths": 4}}, "write text"),
        ({"texts": ["Berths"]}, "write an object"),
        ({"words": {"stats": {"free": "вільно"}}}, "did you mean state?"),
        ({"words": {"state": {"fre": "вільно"}}}, "did you mean free?"),
        ({"words": {"state": "вільно"}}, "write an object"),
        ({"units": {"feet": {"other": "фута"}}}, "no quantity has the unit feet"),
        ({"units": {"metres": {"one": "метр"}}}, "write other"),
        ({"titles": {}}, "texts, words and units"),
    ],
)
def test_what_translates_nothing_is_named_with_what_it_may_have_meant(uk: Any, said: str) -> None:
    with pytest.raises(KindError) as error:
        read_kind(harbour(**uk), name="harbour")

    assert said in error.value.message
    assert "x-translations.uk" in error.value.message


def test_translations_stand_on_the_document_alone() -> None:
    kind = {
        **HARBOUR,
        "properties": {"berths": {**HARBOUR["properties"]["berths"], "x-translations": {}}},
    }

    with pytest.raises(KindError, match="it goes on the document"):
        read_kind(kind, name="harbour")
