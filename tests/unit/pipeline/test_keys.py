"""Keys in the text of a kind: one annotation is written anew, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.collect.reader import read_document
from monitor.errors import Conflict, MonitorError, NotFound
from monitor.kinds.reading import read_kind
from monitor.pipeline.adding.keys import KindFile, check_key, lists_of, wanted_keys, with_keys

TEXT = """\
# A person's own remark.
x-inferred: true
properties:
  town: {}
  guild:
    properties:
      masters:
        title: Masters   # odd   spacing stays
        x-key: [id]  # entries are matched by id
        items:
          properties:
            id: {}
            no: {}
            tools:
              x-key: [name, maker]  # mine
              items: {properties: {name: {}, maker: {}}}
  notes: {x-key: content, items: {properties: {text: {}, 'Nr. #': {}, 'yes: no': {}}}}
"""


def kind_file(text: str) -> KindFile:
    parsed = read_document(text.encode(), name="guild.kind.yaml")
    kind = read_kind(parsed.document, name="guild", locate=parsed.locate)
    return KindFile(path=Path("guild.kind.yaml"), text=text, kind=kind)


def changed(text: str, **keys: str) -> str:
    file = kind_file(text)
    written = [f"{path.replace('__', '.')}={fields}" for path, fields in keys.items()]
    return with_keys(file, wanted_keys(written, file.kind))


def test_lists_are_shown_with_their_keys() -> None:
    lists = {one.path: one.keys for one in lists_of(kind_file(TEXT).kind)}
    assert lists == {
        "guild.masters": ("id",),
        "guild.masters.tools": ("name+maker",),
        "notes": (),
    }


def test_one_line_changes_and_a_person_s_remarks_stay() -> None:
    assert changed(TEXT, guild__masters="no") == TEXT.replace(
        "x-key: [id]  # entries are matched by id", "x-key: [no]"
    )
    assert changed(TEXT, guild__masters__tools="name") == TEXT.replace(
        "[name, maker]  # mine", "[name]  # mine"
    )
    assert changed(TEXT, notes="text") == TEXT.replace("x-key: content", "x-key: [text]")
    assert changed(TEXT, guild__masters="content") == TEXT.replace(
        "x-key: [id]  # entries are matched by id", "x-key: content"
    )


def test_a_name_that_is_no_plain_word_is_quoted() -> None:
    assert r'x-key: ["\"Nr. #\"", "yes: no"]' in changed(TEXT, notes='"Nr. #"+yes: no')


def test_a_kind_in_json_is_changed_as_well() -> None:
    schema = {
        "x-inferred": True,
        "properties": {"a": {"x-key": ["id"], "items": {"properties": {"id": {}, "no": {}}}}},
    }
    found = json.loads(changed(json.dumps(schema), a="no"))
    assert found["properties"]["a"]["x-key"] == ["no"]


def test_a_key_in_several_lines_or_behind_an_anchor_is_left_to_a_person() -> None:
    with pytest.raises(MonitorError, match=r"guild.kind.yaml:9: x-key is not written in one line"):
        changed(
            TEXT.replace("x-key: [id]  #", "x-key:\n          - id\n        #"), guild__masters="no"
        )


def test_a_column_that_came_later_is_to_be_described_first() -> None:
    with pytest.raises(MonitorError, match=r"add `rank: \{\}` to the properties of masters first"):
        changed(TEXT, guild__masters="rank")


def check(document: dict[str, Any], path: str, fields: str, *, strict: bool = False) -> str | None:
    text = TEXT.replace("x-inferred: true\n", "") if strict else TEXT
    return check_key(path, fields.split("+"), kind_file(text).kind, document)


DOCUMENT: dict[str, Any] = {
    "guild": {
        "masters": [
            {
                "id": 1,
                "no": 7,
                "at": {"town": "Orvale"},
                "tools": [{"name": "saw"}, {"name": "axe"}],
            },
            {"id": 2, "no": 7, "at": {"town": "Tarn"}, "tools": [{"name": "saw"}]},
            {"id": 3, "tools": []},
        ]
    }
}


def test_a_key_has_to_tell_entries_apart_within_their_list() -> None:
    assert check(DOCUMENT, "guild.masters", "id") is None
    assert check(DOCUMENT, "guild.masters.tools", "name") is None
    with pytest.raises(Conflict, match=r"no does not tell the entries of guild.masters apart.* 7 "):
        check(DOCUMENT, "guild.masters", "no")


def test_a_field_with_a_point_in_its_name_is_quoted_as_everywhere() -> None:
    document = {"notes": [{"text": "x", "Nr. #": 1}, {"text": "x", "Nr. #": 2}]}
    assert check(document, "notes", '"Nr. #"') is None
    with pytest.raises(NotFound, match=r'did you mean "Nr. #"\?'):
        check(document, "notes", "Nr. #")


def test_entries_without_it_are_counted_and_a_field_that_none_has_is_refused() -> None:
    said = check(DOCUMENT, "guild.masters", "at.town")
    assert said == "1 of 3 entries have none, and are compared by content"
    with pytest.raises(NotFound, match=r"no entry of guild.masters has a field at.twon; did you"):
        check(DOCUMENT, "guild.masters", "at.twon")
