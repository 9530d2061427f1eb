"""Many troubles of one kind are told in one line."""

from __future__ import annotations

from monitor.report.alike import in_kinds


def test_thousands_of_one_kind_are_one_line_with_a_count_and_the_way_to_all() -> None:
    lines = [f"inbox/harbour {n}.yaml:{n}:7: unknown field 'f{n}'" for n in range(1, 5001)]

    (told,) = in_kinds(lines)

    assert told == (
        "5,000 of one kind (monitor status --all lists them), such as "
        "inbox/harbour 1.yaml:1:7: unknown field 'f1'"
    )


def test_a_few_of_a_kind_and_what_stands_alone_are_told_in_full() -> None:
    lines = ["a.yaml:1:1: as_of is missing", "b.yaml:1:1: as_of is missing", "the disk is full"]

    assert in_kinds(lines) == tuple(lines)


def test_two_kinds_of_reasons_stay_apart() -> None:
    unread = [f"in/{n}.json: not a regular file" for n in range(9)]
    refused = [f"in/{n}.json:3:1: not a document of keys" for n in range(4)]

    assert [line.partition(" ")[0] for line in in_kinds([*unread, *refused])] == ["9", "4"]


def test_readers_and_situations_with_one_reason_are_of_one_kind() -> None:
    readers = [f"no digest for r{n}@example.org/daily: MissingKey: 'role'" for n in range(50)]
    situations = [
        f"{name} of 2026-02-0{n} cannot be compared: RuntimeError: two rules took 'c{n}'"
        for n, name in enumerate(("quay", "pier", "lock", "mole", "buoy"), 1)
    ]

    assert len(in_kinds([*readers, *situations])) == 2
