"""Two tables compared without their equal rows say what they say when they are read as a whole."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cli.pairs import pair_sides
from monitor.cli.sides import Sides, compare_sides, sides_of
from monitor.model.record import replace
from monitor.reading.form import UNDECLARED

NAMES = ("rivers-2024.csv", "rivers-2025.csv")
WORDS = ["Arve", "Inn", "Lech Tal", "Isar", "Mur, upper", 'the "Old" Rhine', "Saône", "", "12", "3"]
Rows = list[list[str]]


def table(rows: Rows, *, end: str = "\n", mark: str = ",", quote: bool = False) -> bytes:
    written = io.StringIO(newline="")
    made = csv.writer(written, delimiter=mark, lineterminator=end)
    if quote:
        made = csv.writer(written, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL)
    made.writerows(rows)
    return written.getvalue().encode()


def both(old: bytes, new: bytes, keys: dict[str, str] | None = None) -> tuple[Sides, Sides] | None:
    """The pair, and the same read as a whole; None where there is no pair."""
    fast = pair_sides(NAMES, (old, new), keys or {}, UNDECLARED)
    if fast is None:
        return None
    return fast, sides_of(NAMES, (old, new), keys=keys or {}, form=UNDECLARED)


def say_the_same(old: bytes, new: bytes, keys: dict[str, str] | None = None) -> bool:
    """Whether there was a pair; asserts that it says the same in every part."""
    found = both(old, new, keys)
    if found is None:
        return False
    fast, slow = found
    assert fast.notes == slow.notes
    told = [compare_sides(each) for each in (fast, slow)]
    assert replace(told[0]) == replace(told[1])
    return True


HEADER = ["id", "river", "km", "note", "ref"]


def made(number: int, chance: random.Random, *, first: int = 1) -> Rows:
    return [
        [
            str(first + n),
            *(chance.choice(WORDS) for _ in range(3)),
            str(chance.randrange(number + 5)),
        ]
        for n in range(number)
    ]


def changed(rows: Rows, chance: random.Random, share: float) -> Rows:
    new = [list(row) for row in rows]
    for row in chance.sample(new, int(share * len(new))):
        row[chance.randrange(1, 5)] = chance.choice([*WORDS, "other"])
    gone = set(chance.sample(range(len(new)), len(new) // 20))
    new = [row for at, row in enumerate(new) if at not in gone]
    for row in made(len(rows) // 20, chance, first=10_000):
        new.insert(chance.randrange(len(new) + 1), row)
    return new


@pytest.mark.parametrize("seed", range(12))
def test_a_pair_says_what_the_whole_says(seed: int) -> None:
    chance = random.Random(seed)
    rows = made(chance.choice([3, 40, 900, 1700]), chance)
    new = changed(rows, chance, chance.choice([0, 0.01, 0.3, 0.9]))
    if seed % 4 == 0:
        chance.shuffle(new)
    style = {"end": chance.choice(["\n", "\r\n"]), "mark": chance.choice([",", ";", "\t"])}
    quote = seed % 3 == 0
    old_bytes = table([HEADER, *rows], quote=quote, **style)
    assert say_the_same(old_bytes, table([HEADER, *new], quote=quote, **style))


def rewritten(change: Callable[[Rows], Rows]) -> tuple[bytes, bytes]:
    rows = [HEADER, *made(300, random.Random(5))]
    return table(rows), table(change([list(row) for row in rows]))


def bumped(rows: Rows) -> Rows:
    return [rows[0], *([row[0], row[1], row[2], row[3], row[4] + "0"] for row in rows[1:])]


SAME_RESULT: list[tuple[str, Callable[[Rows], Rows]]] = [
    ("nothing changed", lambda rows: rows),
    ("all rows went", lambda rows: rows[:1]),
    ("only the order", lambda rows: [rows[0], *reversed(rows[1:])]),
    ("one column in all rows", bumped),
    ("ids with zeros in front", lambda rows: [rows[0], *([f"0{r[0]}", *r[1:]] for r in rows[1:])]),
    (
        "ids that moved on",
        lambda rows: [rows[0], *([str(int(r[0]) + 1), *r[1:]] for r in rows[1:])],
    ),
    ("most rows went", lambda rows: rows[:20]),
    ("half the rows twice as many", lambda rows: [*rows, *made(300, random.Random(9), first=900)]),
]


@pytest.mark.parametrize(("what", "change"), SAME_RESULT)
def test_whatever_happened_to_a_table_a_pair_says_the_same(
    what: str, change: Callable[[Rows], Rows]
) -> None:
    old, new = rewritten(change)
    assert say_the_same(old, new)
    assert say_the_same(new, old)


NO_PAIR: list[tuple[str, Callable[[Rows], Rows]]] = [
    ("a key twice", lambda rows: [*rows, [rows[4][0], "x", "y", "z", "1"]]),
    ("a whole row twice", lambda rows: [*rows, rows[4]]),
    ("a key that is missing", lambda rows: [*rows, ["", "x", "y", "z", "1"]]),
    ("another column", lambda rows: [["id", "river", "km", "note", "link"], *rows[1:]]),
    ("a cell too many", lambda rows: [*rows, ["9999", "x", "y", "z", "1", "2"]]),
    ("a cell of two lines", lambda rows: [*rows, ["9999", "x", "y\nz", "z", "1"]]),
    ("a key with two spaces", lambda rows: [*rows, ["99  99", "x", "y", "z", "1"]]),
    ("no column of ids", lambda rows: [["nr", "river", "km", "note", "ref"], *rows[1:]]),
]


@pytest.mark.parametrize(("what", "change"), NO_PAIR)
def test_what_is_not_certain_is_read_as_a_whole(what: str, change: Callable[[Rows], Rows]) -> None:
    old, new = rewritten(change)
    if what == "no column of ids":
        old = new
    assert pair_sides(NAMES, (old, new), {}, UNDECLARED) is None
    assert pair_sides(NAMES, (new, old), {}, UNDECLARED) is None


def test_rows_that_name_other_rows_are_read_as_a_whole() -> None:
    rows = [[f"e{n}", f"Ana Wold {n}", f"e{n // 7}"] for n in range(200)]
    old = table([["id", "name", "boss"], *rows])
    new = table([["id", "name", "boss"], *rows[:-1], ["e199", "Ana Wold 199", "e3"]])
    assert pair_sides(NAMES, (old, new), {}, UNDECLARED) is None


@pytest.mark.parametrize(
    ("columns", "share"),
    [
        (["river", "member_id", "km", "note", "ref"], 0.1),
        (["name", "code", "km", "note", "person_id"], 0.1),
        (["name", "Code", "iso", "note", "person_id"], 0.02),
        (["ID", "Name", "km", "note", "person_id"], 0.3),
    ],
)
def test_a_column_that_is_called_like_an_id_makes_a_pair(columns: list[str], share: float) -> None:
    chance = random.Random(6)
    rows = made(400, chance)
    later = changed(rows, chance, share)
    at = next(n for n, name in enumerate(columns) if name.lower() in ("id", "member_id", "code"))
    sides = [[[*row[1 : at + 1], row[0], *row[at + 1 :]] for row in side] for side in (rows, later)]
    old, new = (table([columns, *side]) for side in sides)
    assert say_the_same(old, new)


def test_an_id_that_finds_few_rows_again_is_judged_on_the_whole() -> None:
    rows = made(200, random.Random(2))
    columns = ["member_id", *HEADER[1:]]
    old = table([columns, *rows])
    new = table([columns, *rows[:90], *([f"x{n}", *row[1:]] for n, row in enumerate(rows[90:]))])
    assert not say_the_same(old, new)
    assert say_the_same(old, new, {"": "member_id"})


def test_a_column_that_a_person_named_makes_a_pair() -> None:
    rows = made(400, random.Random(3))
    old, new = (
        table([["nr", *HEADER[1:]], *side]) for side in (rows, changed(rows, random.Random(4), 0.1))
    )
    assert say_the_same(old, new, {"": "nr"})
    assert not say_the_same(old, new, {"": "river"})
    assert not say_the_same(old, new, {"": "nr+km"})


CELL = st.text(st.sampled_from('ab,;"\n é0'), max_size=4)
SIDE = st.lists(st.tuples(st.sampled_from("abcdefgh"), CELL, CELL), max_size=12)


@settings(max_examples=120, deadline=None)
@given(old=SIDE, new=SIDE, end=st.sampled_from(["\n", "\r\n"]))
def test_any_two_tables_say_the_same_in_pairs(
    old: list[tuple[str, str, str]], new: list[tuple[str, str, str]], end: str
) -> None:
    one, other = (table([["id", "x", "y"], *map(list, side)], end=end) for side in (old, new))
    say_the_same(one, other)
