"""From a schema to a kind, and what is told to somebody who writes one."""

from __future__ import annotations

import pytest

from monitor.errors import KindError
from monitor.kinds.fields import title_of
from monitor.kinds.kind import Kind, Membership, QuantityFields
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Significance
from tests.reading import CLUB, kind_faults, kind_of


def test_collections_stand_in_the_order_of_the_schema_each_before_its_sub_lists() -> None:
    kind = kind_of()
    assert list(kind.collections) == ["", "people", "teams", "teams.players"]
    assert kind.collections[""].children == ("people", "teams")
    assert kind.collections["teams"].children == ("players",)
    assert kind.collections["teams"].keys == (("sport", "season"),)
    assert kind.collections["teams"].placeholders == ("TODO",)
    assert kind.collections["teams.players"].membership == Membership(
        entity="person", role="role", single=("captain",)
    )


def test_fields_are_described_values_with_dotted_names() -> None:
    people = kind_of().collections["people"].fields
    assert list(people) == ["id", "name", "nicknames", "home.city", "home.street", "notes"]
    assert people["nicknames"].is_list
    assert not people["nicknames"].ordered
    assert people["notes"].freeform
    assert people["home.city"].title == "home city"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("said_by", "said by"),
        ("startDate", "start date"),
        ("dateOfBirth", "date of birth"),
        ("ISBN", "ISBN"),
        ("homeURL", "homeURL"),
        ("route66Begin", "route66 begin"),
    ],
)
def test_a_name_without_a_title_is_said_in_words(name: str, words: str) -> None:
    assert title_of(name) == words


def test_a_quantity_is_one_field() -> None:
    budget = kind_of().collections["teams"].fields["budget"]
    assert budget.quantity == QuantityFields(low="min", high="max", unit="unit")
    assert not budget.freeform


FREE = """\
properties:
  anything: {}
  object: {type: object}
  list: {type: array}
  objects: {type: array, items: {type: object, properties: {a: {type: string}}}}
  either: {type: [string, object]}
  text: {type: [string, "null"]}
  choice: {enum: [a, b]}
  ordered: {type: array, x-ordered: true, items: {type: integer}}
"""


def test_what_the_schema_does_not_describe_is_free_form() -> None:
    fields = kind_of(FREE).collections[""].fields
    assert [name for name, field in fields.items() if field.freeform] == [
        *("anything", "object", "list", "objects", "either"),
    ]
    assert fields["ordered"].ordered


def one_list(items: str = "", *, on_list: str = "", more: str = "") -> str:
    """A kind with the list `things`; `items` are further keywords of its items."""
    return f"""\
properties:
  things:
    type: array
    x-key: [id]
    {on_list}
    items:
      type: object
      {items}
      properties:
        id: {{type: string}}
        words: {{type: array, items: {{type: string}}}}
        state: {{enum: [low, high]}}
        {more}
"""


def things(kind: Kind) -> str:
    return repr(kind.collections["things"])


def test_annotations_of_entries_may_stand_on_the_list_or_on_its_items() -> None:
    annotations = 'x-label: "{id}"\n{0}x-aliases: words\n{0}x-provenance: {{sources: words}}'
    on_items = kind_of(
        one_list(annotations.replace("{0}", " " * 6).replace("{{", "{").replace("}}", "}"))
    )
    on_list = kind_of(
        one_list(on_list=annotations.replace("{0}", " " * 4).replace("{{", "{").replace("}}", "}"))
    )
    assert things(on_items) == things(on_list)
    assert on_list.collections["things"].label == "{id}"


def test_significance_of_items_goes_before_that_of_the_list_op_by_op() -> None:
    kind = kind_of(one_list("x-significance: {added: major}", on_list="x-significance: minor"))
    assert kind.collections["things"].significance == {
        "added": Significance.MAJOR,
        "removed": Significance.MINOR,
        "changed": Significance.MINOR,
    }


def test_a_disputed_list_is_keyed_by_field_and_source_without_saying_so() -> None:
    more = (
        "said: {type: array, items: {type: object, properties: "
        "{field: {type: string}, source: {type: string}, value: {}}}}"
    )
    kind = kind_of(one_list("x-disputed: said", more=more))
    assert kind.collections["things"].disputed == "said"
    assert kind.collections["things.said"].keys == (("field", "source"),)


def test_key_alternatives_and_dotted_keys_are_read() -> None:
    text = one_list(more="ids: {type: object, properties: {a: {type: string}}}")
    kind = kind_of(text.replace("x-key: [id]", "x-key: [[ids.a], [id]]"))
    assert kind.collections["things"].keys == (("ids.a",), ("id",))


def test_references_inside_the_file_are_followed_and_what_stands_beside_them_wins() -> None:
    kind = kind_of("""\
        properties:
          things: {$ref: "#/$defs/list", title: Own title}
        $defs:
          list: {type: array, title: Other, x-key: [id], items: {$ref: "#/$defs/thing"}}
          thing: {type: object, properties: {id: {$ref: "#/$defs/name"}}}
          name: {type: string, x-text: true}
        """)
    assert kind.collections["things"].title == "Own title"
    assert kind.collections["things"].fields["id"].text


def test_an_option_beside_null_counts_as_the_option() -> None:
    kind = kind_of("""\
        properties:
          size: {anyOf: [{$ref: "#/$defs/range"}, {type: "null"}]}
        $defs:
          range: {type: object, x-quantity: {low: a, high: b}, properties: {a: {}, b: {}}}
        """)
    assert kind.collections[""].fields["size"].quantity is not None


def test_the_hash_is_of_what_the_schema_says_and_not_of_its_layout() -> None:
    respaced = CLUB.replace("motto: {type: string}", 'motto:   {"type": string}')
    assert kind_of(respaced).hash == kind_of().hash
    assert kind_of(CLUB.replace("title: Club", "title: Cub")).hash != kind_of().hash


FAULTS = [
    ("[]", "kind.yaml: a kind is an object: a JSON Schema with properties"),
    ("title: x", "kind.yaml:1:1: a kind has properties: the lists of its documents"),
    (
        "properties: {title: {type: string}}",
        "kind.yaml:1:14: properties.title: title belongs to every snapshot's envelope; leave it "
        "out of the kind",
    ),
    (
        "propertis: {}\nproperties: {a: {}}",
        "kind.yaml:1:1: propertis: propertis is not a keyword of JSON Schema 2020-12; did you "
        "mean properties?",
    ),
    (
        "properties: {a: {$ref: 'https://example.org/a'}}",
        "kind.yaml:1:18: properties.a.$ref: https://example.org/a leaves this file; only "
        "#/$defs/... is followed",
    ),
    (
        "properties: {a: {$ref: 'other.yaml#/a'}}",
        "kind.yaml:1:18: properties.a.$ref: other.yaml#/a leaves this file; only #/$defs/... is "
        "followed",
    ),
    (
        "properties: {a: {$ref: '#/$defs/gone'}}",
        "kind.yaml:1:18: properties.a.$ref: #/$defs/gone points to nothing in this file",
    ),
    (
        "$schema: http://json-schema.org/draft-07/schema#\nproperties: {a: {}}",
        "kind.yaml:1:1: $schema: http://json-schema.org/draft-07/schema# is not supported; write "
        "https://json-schema.org/draft/2020-12/schema or leave it out",
    ),
    (
        "properties: {a.b: {}}",
        "kind.yaml:1:14: properties.a.b: a.b: a property's name has no '.' and no '['",
    ),
    (
        one_list(on_list="x-kee: [id]"),
        "kind.yaml:5:5: properties.things.x-kee: x-kee: no such annotation; did you mean x-key?",
    ),
    (
        one_list().replace("x-key: [id]", "x-key: [ids]"),
        "kind.yaml:4:5: properties.things.x-key: x-key: the entries have no field ids; did you "
        "mean id?",
    ),
    (
        one_list().replace("x-key: [id]", "x-key: id"),
        "kind.yaml:4:5: properties.things.x-key: x-key: write a list of field names, "
        "[party, issue], or a list of such",
    ),
    (
        one_list("x-key: [id]"),
        "kind.yaml:8:7: properties.things.items.x-key: x-key: does not belong on the items of a "
        "list; it goes on the list",
    ),
    (
        one_list('x-label: "{naem}"'),
        "kind.yaml:8:7: properties.things.items.x-label: x-label: the entries have no field naem; "
        "they have id, words, state",
    ),
    (
        one_list("x-label: name"),
        "kind.yaml:8:7: properties.things.items.x-label: x-label: write text with names of fields, "
        'such as "{person}, {party}"',
    ),
    (
        one_list(on_list="x-period: {start: words, finish: state}"),
        "kind.yaml:5:5: properties.things.x-period: x-period: finish is not one of start, end, "
        "state, since, running, waiting, place",
    ),
    (
        one_list(on_list="x-period: {start: words, place: city}"),
        "kind.yaml:5:5: properties.things.x-period: x-period: place is a list of fields: [city]",
    ),
    (
        one_list(on_list="x-period: {start: words, place: [town]}"),
        "kind.yaml:5:5: properties.things.x-period: x-period: the entries have no field town; "
        "they have id, words, state",
    ),
    (
        one_list(on_list="x-membership: {role: state}"),
        "kind.yaml:5:5: properties.things.x-membership: x-membership: write an object with "
        "entity, role (optional), single (optional), size (optional)",
    ),
    (
        one_list(on_list="x-membership: {entity: id, singel: [high]}"),
        "kind.yaml:5:5: properties.things.x-membership: x-membership: singel is not one of entity, "
        "role, single, size",
    ),
    (
        one_list(on_list="x-membership: {entity: id, size: number}"),
        "kind.yaml:5:5: properties.things.x-membership: x-membership: size: what they belong to "
        "has no field number; it has ",
    ),
    (
        one_list(on_list="x-membership: {entity: id, role: state, single: high}"),
        "kind.yaml:5:5: properties.things.x-membership: x-membership: single is a list of roles, "
        "such as [head]",
    ),
    (
        one_list(on_list="x-significance: huge"),
        "kind.yaml:5:5: properties.things.x-significance: x-significance: 'huge' is not one of "
        "critical, major, minor, noise",
    ),
    (
        one_list(on_list="x-significance: {changes: minor}"),
        "kind.yaml:5:5: properties.things.x-significance: x-significance: changes is not one of "
        "added, removed, changed",
    ),
    (
        one_list(on_list="x-wording: told"),
        "kind.yaml:5:5: properties.things.x-wording: x-wording: write a sentence for each of "
        "added, removed, changed that needs one",
    ),
    (
        one_list(more="x: {type: string, x-ref: thigns}"),
        "kind.yaml:13:27: properties.things.items.properties.x.x-ref: x-ref: there is no keyed "
        "list thigns; the kind has things",
    ),
    (
        one_list(more="x: {type: string, enum: [a], x-scale: [a, b]}"),
        "kind.yaml:13:38: properties.things.items.properties.x.x-scale: x-scale: b is not among "
        "the values of enum",
    ),
    (
        one_list(more="x: {type: string, x-ladder: [a, a]}"),
        "kind.yaml:13:27: properties.things.items.properties.x.x-ladder: x-ladder: write a list "
        "of different words, from the lowest to the highest",
    ),
    (
        one_list(more="x: {type: string, x-text: 1}"),
        "kind.yaml:13:27: properties.things.items.properties.x.x-text: x-text: write true or "
        "leave it out",
    ),
    (
        "properties: {a: {type: array, x-key: [id], items: {type: string}}}",
        "kind.yaml:1:14: properties.a: a: the entries of a keyed list are objects: items with "
        "properties",
    ),
    (
        "properties: {a: {type: object, properties: {b: {type: array, x-key: [c]}}}}",
        "kind.yaml:1:45: properties.a.properties.b: a.b: a list with x-key stands in the document "
        "or in the entries of a keyed list, not inside another object",
    ),
    (
        one_list().replace("{type: string}", "{type: strin}", 1),
        "kind.yaml:10:14: properties.things.items.properties.id.type: strin is not a type; there "
        "are string, number, integer, boolean, object, array, null",
    ),
    ("properties: []", 'kind.yaml:1:1: properties: [] is not of type "object"'),
    (
        "properties: {a: {type: array, required: x}}",
        'kind.yaml:1:31: properties.a.required: "x" is not of type "array"',
    ),
    (
        "properties: {a: {pattern: '(?=a)(a+)+$'}}",
        "kind.yaml:1:18: properties.a.pattern: (?=a)(a+)+$ is not a pattern that runs in linear "
        "time",
    ),
]


@pytest.mark.parametrize(("text", "line"), FAULTS)
def test_a_fault_is_explained_with_its_place(text: str, line: str) -> None:
    assert line in kind_faults(text)


def test_every_fault_is_told_and_not_the_first_alone() -> None:
    text = one_list("x-label: name", on_list="x-kee: [id]", more="x: {$ref: 'file:///etc/passwd'}")
    assert len(kind_faults(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "properties: {a: {$ref: '#/$defs/b'}}\n$defs: {b: {$ref: '#/$defs/b'}}",
        "properties: {a: {$ref: '#'}}",
        "properties: {a: {$ref: '#/$defs/b'}}\n"
        "$defs: {b: {type: array, x-key: [id], items: {type: object, properties: "
        "{id: {}, b: {$ref: '#/$defs/b'}}}}}",
    ],
)
def test_a_schema_that_contains_itself_ends(text: str) -> None:
    """It is refused, or read as free-form; it never runs on."""
    assert all("does a $ref contain itself?" in fault for fault in kind_faults(text))


def test_a_kind_given_as_plain_values_needs_no_file() -> None:
    with pytest.raises(KindError, match=r"^mine: properties.a.typ: "):
        read_kind({"properties": {"a": {"typ": "string"}}}, name="mine")
