"""`weigh` in the envelope: read, held against the kind, and no content."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Significance, Weight
from tests.reading import snapshot_faults, snapshot_of


def test_it_is_read_and_is_no_content() -> None:
    snapshot = snapshot_of("""\
        as_of: 2031-02-15
        motto: Onwards
        weigh:
          - {path: "people[ida].home.city", significance: major, because: "she has\\n  moved"}
          - {path: teams, significance: noise}
        """)
    assert snapshot.content == {"motto": "Onwards"}
    assert snapshot.weigh == (
        Weight("people[ida].home.city", Significance.MAJOR, "she has moved"),
        Weight("teams", Significance.NOISE),
    )


@pytest.mark.parametrize("text", ["as_of: 2031-02-15\n", "as_of: 2031-02-15\nweigh: []\n"])
def test_none_at_all_says_nothing(text: str) -> None:
    assert snapshot_of(text).weigh == ()


@pytest.mark.parametrize("coverage", ["full", "partial", "[people]"])
def test_it_goes_with_any_coverage(coverage: str) -> None:
    more = "people: []\n" if coverage == "[people]" else ""
    text = f"as_of: 2031-02-15\ncoverage: {coverage}\n{more}"
    text += "weigh: [{path: people, significance: minor}]\n"
    assert snapshot_of(text).weigh == (Weight("people", Significance.MINOR),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("people", "write a list, such as"),
        ("[people]", "write an object with path, significance"),
        ("[{path: people}]", "significance is missing"),
        ("[{path: people, correction: false}]", "significance is missing"),
        ("[{path: people, correction: please}]", "write true or leave it out"),
        ("[{significance: major}]", "path is missing"),
        ("[{path: peopel, significance: major}]", "did you mean people?"),
        ("[{path: 'people[a].nam', significance: major}]", "did you mean name?"),
        ("[{path: 'teams[a]', significance: major}]", "is named by [sport,season]"),
        ("[{path: people, significance: huge}]", "is not one of critical, major, minor, noise"),
        ("[{path: people, significance: 3}]", "write text"),
        ("[{path: people, significance: major, becuase: x}]", "did you mean because?"),
        ("[{path: people, significance: major, because: 5}]", "write text"),
        (
            "[{path: people, significance: major}, {path: people, significance: minor}]",
            "people is weighed twice",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(written: str, said: str) -> None:
    (fault,) = snapshot_faults(f"as_of: 2031-02-15\nweigh: {written}\n")
    assert fault.startswith("file.yaml:4:")
    assert said in fault


def test_a_correction_needs_no_significance() -> None:
    text = "as_of: 2031-02-15\nweigh: [{path: people, correction: true}]\n"
    assert snapshot_of(text).weigh == (Weight("people", None, None, correction=True),)
