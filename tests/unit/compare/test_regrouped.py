"""Who came and went: one finding for each group and step, whatever list it is in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.significance import RuleSettings
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Comparison, Document, Significance, State, VersionRef
from monitor.model.subscription import Filter
from monitor.report.filters import select
from monitor.words import language
from monitor.words.wording import aside, lines, sentence
from tests.reading import document_of

PORT: Kind = read_kind(
    document_of("""\
        title: Port
        type: object
        additionalProperties: false
        properties:
          crews:
            type: array
            title: Crews
            x-key: [ship]
            items:
              x-label: "the crew of the {ship}"
              type: object
              additionalProperties: false
              properties:
                ship: {type: string}
                berths: {type: integer}
                strength:
                  title: Strength
                  type: object
                  x-quantity: {low: least, high: most, unit: what}
                  properties:
                    least: {type: number}
                    most: {type: number}
                    what: {enum: [sailors]}
                sailors:
                  title: Sailors
                  type: array
                  x-key: [who]
                  x-membership: {entity: who, role: post, single: [skipper, mate], size: strength}
                  items:
                    x-label: "{who}"
                    type: object
                    additionalProperties: false
                    properties:
                      who: {type: string, x-ref: folk}
                      post: {enum: [skipper, mate, hand, cook, null]}
          guilds:
            type: array
            title: Guilds
            x-key: [trade]
            items:
              x-label: "the {trade} guild"
              type: object
              additionalProperties: false
              properties:
                trade: {type: string}
                heads: {type: integer, title: Heads}
                brethren:
                  title: Brethren
                  type: array
                  x-key: [who]
                  x-membership: {entity: who}
                  items:
                    x-label: "{who}"
                    type: object
                    additionalProperties: false
                    properties: {who: {type: string, x-ref: folk}}
          folk:
            type: array
            title: Folk
            x-key: [tag]
            items:
              x-label: "{called}"
              type: object
              additionalProperties: false
              properties: {tag: {type: string}, called: {type: string}}
        """),
    name="port",
)

NAMES = ("Ash", "Birch", "Cole", "Dale", "Eden", "Fay", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lou")
FOLK = [{"tag": name.lower(), "called": name} for name in (*NAMES, "Max", "Ned", "Ona", "Pam")]


def crew(ship: str, *sailors: str, **others: Any) -> Document:
    """Sailors as `ash` or `ash:skipper`."""
    entries = (sailor.partition(":") for sailor in sailors)
    listed = [{"who": who, **({"post": post} if post else {})} for who, _, post in entries]
    return {"ship": ship, "sailors": listed, **others}


def guild(trade: str, *brethren: str, **others: Any) -> Document:
    return {"trade": trade, "brethren": [{"who": who} for who in brethren], **others}


def state(document: Document, as_of: str) -> State:
    content = canonical({"folk": FOLK, **document}, PORT)
    return State(
        ref=VersionRef(situation="port", as_of=as_of, content_hash=as_of), document=content
    )


def step(
    old: Document,
    new: Document,
    *,
    past: Sequence[Document] = (),
    rules: RuleSettings | None = None,
) -> Comparison:
    days = [f"2031-04-{day:02}" for day in range(1, len(past) + 3)]
    states = [state(doc, day) for doc, day in zip([*past, old, new], days, strict=True)]
    context = Context(history=tuple(states[:-1]), rules=rules or RuleSettings())
    found = compare(states[-2], states[-1], PORT, context=context)
    owned = list(chain.from_iterable(finding.changes for finding in found.findings))
    assert sorted(owned) == sorted(change.id for change in found.changes)
    assert not found.faults
    return found


def told(found: Comparison) -> list[str]:
    return [
        " ".join(part for part in (sentence(each), aside(each)) if part) for each in found.findings
    ]


def crews(*entries: Document) -> Document:
    return {"crews": list(entries)}


def guilds(*entries: Document) -> Document:
    return {"guilds": list(entries)}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            ["ash", "birch", "cole", "fay", "gus"],
            ["dale", "eden", "fay", "gus"],
            "The baker guild goes from five to four: Ash, Birch and Cole are no longer listed, "
            "Dale and Eden join.",
        ),
        (
            ["ash", "birch"],
            ["ash", "birch", "cole", "dale"],
            "The baker guild goes from two to four: Cole and Dale join.",
        ),
        (
            ["ash", "birch", "cole"],
            ["birch"],
            "The baker guild goes from three to one: Ash and Cole are no longer listed.",
        ),
        (
            ["ash", "birch"],
            ["ash", "cole"],
            "The baker guild: Birch is no longer listed, Cole joins.",
        ),
    ],
)
def test_all_who_came_and_went_are_one_finding(old: list[str], new: list[str], says: str) -> None:
    found = step(guilds(guild("baker", *old)), guilds(guild("baker", *new)))

    assert told(found) == [says]


@pytest.mark.parametrize("rule", ["joined", "left", "recomposed"])
def test_backwards_it_is_the_mirror(rule: str) -> None:
    sides = {
        "joined": (["ash"], ["ash", "birch", "cole"]),
        "left": (["ash", "birch", "cole"], ["ash"]),
        "recomposed": (["ash", "birch"], ["cole", "birch"]),
    }[rule]
    old, new = (guilds(guild("baker", *side)) for side in sides)
    mirror = {"joined": "left", "left": "joined"}.get(rule, rule)

    assert [each.rule for each in step(old, new).findings] == [rule]
    assert [each.rule for each in step(new, old).findings] == [mirror]


def test_each_group_has_a_finding_of_its_own() -> None:
    old = guilds(guild("baker", "ash", "birch"), guild("smith", "cole", "dale"))
    new = guilds(guild("baker", "eden", "fay"), guild("smith", "gus", "hal"))

    assert told(step(old, new)) == [
        "The baker guild: Ash and Birch are no longer listed, Eden and Fay join.",
        "The smith guild: Cole and Dale are no longer listed, Gus and Hal join.",
    ]


def test_a_role_that_only_one_can_hold_stays_a_finding_of_its_own() -> None:
    old = crews(crew("Gull", "ash:skipper", "birch:hand", "cole:hand"))
    new = crews(crew("Gull", "dale:skipper", "birch:hand", "eden:hand", "fay:hand"))

    assert told(step(old, new)) == [
        "Dale replaces Ash as skipper of the crew of the Gull. Ash is no longer listed.",
        "The crew of the Gull goes from three to four: Cole is no longer listed, "
        "Eden and Fay join.",
    ]


def test_only_an_unusual_role_is_told() -> None:
    old = crews(crew("Gull", "ash:hand", "birch:hand"))
    new = crews(crew("Gull", "ash:hand", "birch:hand", "cole:hand", "dale:cook", "eden"))

    assert told(step(old, new)) == [
        "The crew of the Gull goes from two to five: Cole, Dale (cook) and Eden join."
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            {"least": 15, "what": "sailors"},
            {"least": 12, "most": 14, "what": "sailors"},
            "Birch is no longer listed in the crew of the Gull; it goes from at least 15 "
            "to 12–14 sailors.",
        ),
        (
            None,
            {"least": 9, "most": 9, "what": "sailors"},
            "Birch is no longer listed in the crew of the Gull; it now has 9 sailors.",
        ),
        (
            {"most": 9, "what": "sailors"},
            None,
            "Birch is no longer listed in the crew of the Gull; it had up to 9 sailors before.",
        ),
        (
            {"least": 9, "what": "sailors"},
            {"least": 9, "what": "sailors"},
            "Birch is no longer listed in the crew of the Gull.",
        ),
    ],
)
def test_the_size_that_the_kind_names_belongs_to_it(
    before: Document | None, after: Document | None, says: str
) -> None:
    old, new = ({"strength": side} if side else {} for side in (before, after))
    found = step(
        crews(crew("Gull", "ash:hand", "birch:hand", **old)),
        crews(crew("Gull", "ash:hand", **new)),
    )

    assert told(found) == [says]


def test_the_size_belongs_to_several_as_well() -> None:
    found = step(
        crews(crew("Gull", "ash:hand", strength={"least": 9, "what": "sailors"})),
        crews(crew("Gull", "birch:hand", "cole:hand", strength={"least": 12, "what": "sailors"})),
    )

    assert told(found) == [
        "The crew of the Gull goes from at least 9 to at least 12 sailors: Ash is no "
        "longer listed, Birch and Cole join."
    ]


def test_what_a_group_says_of_its_size_is_not_counted_over() -> None:
    size = {"strength": {"least": 30, "what": "sailors"}}
    found = step(
        crews(crew("Gull", "ash:hand", **size)),
        crews(crew("Gull", "birch:hand", "cole:hand", **size)),
    )

    assert told(found) == ["The crew of the Gull: Ash is no longer listed, Birch and Cole join."]


def test_a_number_that_counts_the_listed_belongs_to_it_without_a_word_of_the_kind() -> None:
    found = step(
        guilds(guild("baker", "ash", "birch", heads=2)),
        guilds(guild("baker", "ash", "birch", "cole", heads=3)),
    )

    assert told(found) == ["Cole joins the baker guild; it goes from two to three."]


def test_another_number_does_not() -> None:
    found = step(
        guilds(guild("baker", "ash", "birch", heads=40)),
        guilds(guild("baker", "ash", "birch", "cole", heads=41)),
    )

    assert len(found.findings) == 2


def test_of_many_the_first_are_named_and_all_of_them_behind_the_sentence() -> None:
    everybody = [person["tag"] for person in FOLK]
    (finding,) = step(guilds(guild("baker", "ash")), guilds(guild("baker", *everybody))).findings

    assert sentence(finding) == (
        "The baker guild goes from one to 16: Birch, Cole, Dale, Eden, Fay, Gus and 9 others join."
    )
    assert lines(finding) == (
        "Joining: Birch, Cole, Dale, Eden, Fay, Gus, Hal, Ivy, Jo, Kit, Lou, Max, Ned, Ona and Pam",
    )


def test_who_was_a_member_in_an_earlier_version_returns() -> None:
    past = [guilds(guild("baker", "ash", "birch", "cole"))]
    old, new = guilds(guild("baker", "ash")), guilds(guild("baker", "ash", "birch", "dale"))

    assert told(step(old, new, past=past)) == [
        "The baker guild goes from one to three: Birch returns, Dale joins."
    ]
    alone = guilds(guild("baker", "ash", "cole"))
    assert told(step(old, alone, past=past)) == [
        "Cole returns to the baker guild. Last listed on 1 April 2031."
    ]
    assert told(step(old, alone)) == ["Cole joins the baker guild."]


def test_who_moves_back_returns() -> None:
    past = [guilds(guild("baker", "ash"), guild("smith", "dale"))]
    old = guilds(guild("baker", "cole"), guild("smith", "dale", "ash"))
    new = guilds(guild("baker", "cole", "ash"), guild("smith", "dale"))

    assert told(step(old, new, past=past)) == [
        "Ash returns to the baker guild from the smith guild."
    ]


def test_who_returns_to_a_role_says_so() -> None:
    past = [crews(crew("Gull", "ash:skipper"))]
    old, new = crews(crew("Gull", "birch:skipper")), crews(crew("Gull", "ash:skipper"))

    assert told(step(old, new, past=past)) == [
        "Ash replaces Birch as skipper of the crew of the Gull. Birch is no longer listed. "
        "Ash returns, last listed on 1 April 2031."
    ]


def test_from_a_group_of_one_list_to_one_of_another_is_one_finding() -> None:
    old = {**crews(crew("Gull", "ash:hand", "birch:hand")), **guilds(guild("baker", "cole"))}
    new = {**crews(crew("Gull", "birch:hand")), **guilds(guild("baker", "cole", "ash"))}

    for one, other, says in (
        (old, new, "Ash moves from the crew of the Gull to the baker guild."),
        (new, old, "Ash moves from the baker guild to the crew of the Gull as a hand."),
    ):
        assert told(step(one, other)) == [says]


def test_several_who_go_the_same_way_are_one_finding() -> None:
    old = guilds(guild("baker", "ash", "birch", "cole"), guild("smith", "dale"))
    new = guilds(guild("baker", "cole"), guild("smith", "dale", "ash", "birch"))

    assert told(step(old, new)) == ["Ash and Birch move from the baker guild to the smith guild."]


def test_one_who_goes_to_several_groups_is_one_finding() -> None:
    old = guilds(guild("baker", "ash", "eden"), guild("smith", "dale"), guild("cooper", "cole"))
    new = guilds(
        guild("baker", "eden"), guild("smith", "dale", "ash"), guild("cooper", "cole", "ash")
    )

    assert told(step(old, new)) == [
        "Ash leaves the baker guild and joins the cooper guild and the smith guild."
    ]
    assert told(step(new, old)) == [
        "Ash leaves the cooper guild and the smith guild and joins the baker guild."
    ]


def test_who_hands_over_and_goes_elsewhere_is_told_once() -> None:
    old = {**crews(crew("Gull", "ash:skipper", "birch:hand")), **guilds(guild("baker", "cole"))}
    new = {**crews(crew("Gull", "birch:skipper")), **guilds(guild("baker", "cole", "ash"))}

    assert told(step(old, new)) == [
        "Birch replaces Ash as skipper of the crew of the Gull. Ash joins the baker guild. "
        "Birch was a hand before."
    ]
    assert told(step(new, old)) == [
        "Ash replaces Birch as skipper of the crew of the Gull. Birch stays as a hand. "
        "Ash leaves the baker guild."
    ]


def test_a_role_that_only_one_can_hold_takes_no_article_wherever_it_is_named() -> None:
    old = crews(crew("Gull", "ash:skipper", "birch:mate", "cole:hand"))
    new = crews(crew("Gull", "birch:skipper", "cole:mate", "ash:hand"))

    assert told(step(old, new)) == [
        "Birch replaces Ash as skipper of the crew of the Gull. Ash stays as a hand. "
        "Birch was mate before.",
        "Cole replaces Birch as mate of the crew of the Gull. Birch stays, as skipper. "
        "Cole was a hand before.",
    ]
    assert "Ash was a hand before." in told(step(new, old))[0]
    assert "Birch stays, as mate." in told(step(new, old))[0]


def test_two_who_change_places_at_the_head_are_two_findings_that_agree() -> None:
    old = crews(crew("Gull", "ash:skipper"), crew("Tern", "birch:skipper"))
    new = crews(crew("Gull", "birch:skipper"), crew("Tern", "ash:skipper"))

    assert [sentence(each) for each in step(old, new).findings] == [
        "Birch replaces Ash as skipper of the crew of the Gull.",
        "Ash replaces Birch as skipper of the crew of the Tern.",
    ]


def test_who_leaves_a_group_that_is_dissolved_moves() -> None:
    old = guilds(guild("baker", "ash", "birch"), guild("smith", "dale"))
    new = guilds(guild("smith", "dale", "ash"))

    found = told(step(old, new))

    assert "Ash moves from the baker guild to the smith guild." in found
    assert not any("Ash" in each for each in found if "moves" not in each)


def test_it_weighs_what_its_parts_would_weigh() -> None:
    old, new = guilds(guild("baker", "ash", "birch")), guilds(guild("baker", "cole"))
    (plain,) = step(old, new).findings
    quiet = RuleSettings.read({"joined": {"significance": "noise"}})
    (muted,) = step(old, new, rules=quiet).findings
    own = RuleSettings.read({"recomposed": {"significance": "critical"}})
    (loud,) = step(old, new, rules=own).findings

    assert plain.significance is Significance.MAJOR
    assert muted.significance is Significance.MINOR
    assert loud.significance is Significance.CRITICAL


def test_a_rule_that_is_narrowed_leaves_its_changes_to_the_others() -> None:
    old, new = guilds(guild("baker", "ash", "birch")), guilds(guild("baker", "cole"))
    elsewhere = RuleSettings.read({"recomposed": {"paths": ["crews"]}})

    found = step(old, new, rules=elsewhere)

    assert sorted(each.rule for each in found.findings) == ["joined", "left", "left"]


def test_a_filter_takes_or_leaves_it_as_a_whole() -> None:
    found = step(
        guilds(guild("baker", "ash", "birch")), guilds(guild("baker", "cole", "dale", "birch"))
    )

    for name, passes in (("dale", True), ("ash", True), ("birch", False)):
        wanted = Filter(entities=(f"folk[{name}]",), minimum=Significance.NOISE)
        assert bool(select(found, wanted, (), "2031-05-01").shown) is passes, name


def test_it_is_told_in_ukrainian_too() -> None:
    old, new = guilds(guild("baker", "ash", "birch")), guilds(guild("baker", "cole"))
    (finding,) = step(old, new).findings

    assert sentence(finding, language("uk")) == (
        "The baker guild, 2 → 1: більше не значаться Ash та Birch; до складу тепер входить Cole."
    )
