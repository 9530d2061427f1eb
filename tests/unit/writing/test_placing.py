"""Placements become a partial snapshot that its kind takes."""

from __future__ import annotations

import pytest

from monitor.kinds.validation import validate
from monitor.writing.copies import copies, share
from monitor.writing.placing import Placement, partial_of
from tests.talks import KIND


def test_what_is_said_of_one_entry_stands_there_once() -> None:
    document = partial_of(
        [
            Placement(
                path="delegations[ukraine].members[umerov]",
                values={"role": "head"},
                status="announced",
                said_by=("peskov",),
                sources=("a",),
            ),
            Placement(path="delegations[ukraine].members[umerov]", sources=("b", "a")),
            Placement(path="delegations[ukraine].members[bevz]", removed=True),
        ],
        KIND,
    )
    assert document == {
        "delegations": [
            {
                "party": "ukraine",
                "members": [
                    {
                        "person": "umerov",
                        "role": "head",
                        "status": "announced",
                        "said_by": ["peskov"],
                        "sources": ["a", "b"],
                    },
                    {"person": "bevz", "x-removed": True},
                ],
            }
        ]
    }
    assert validate(document, KIND, partial=True) == []


@pytest.mark.parametrize("path", ["", "nowhere[x]", "stances[ukraine]", "delegations", "title"])
def test_a_path_that_names_no_entry_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        partial_of([Placement(path=path)], KIND)


AGENCY = (
    "The two delegations met for six hours behind closed doors and agreed to exchange lists of "
    "prisoners before the end of the month, a person with knowledge of the talks said on Monday."
)


def test_a_passage_with_a_few_words_changed_is_a_copy() -> None:
    other = "Our correspondent writes: " + AGENCY.replace("closed", "locked") + " More follows."
    [copy] = copies(other, AGENCY)
    assert other[slice(*copy.place)].startswith("The two delegations")
    assert share(AGENCY, other) > 0.8


def test_the_same_names_and_titles_alone_are_no_copy() -> None:
    other = "The two delegations met. A person with knowledge of the talks was not there."
    assert copies(other, AGENCY) == ()
