"""The registry, the pages under docs/rules and the tests speak of the same rules, and truly."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from monitor.cli.line import StateLine, load_line
from monitor.compare.comparison import Context, compare
from monitor.compare.rules import RULES
from monitor.words.wording import remark_sentence, sentence

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
WHERE = re.compile(
    r"^\((?P<folder>the talks|examples/\w+), (?P<old>\S+) to (?P<new>[\d-]+)"
    r"(?P<back>, read backwards)?\)$",
    re.MULTILINE,
)
EXAMPLE = re.compile(r"^> (.+)$", re.MULTILINE)


def _page(rule: str) -> str:
    return (PAGES / f"{rule}.md").read_text(encoding="utf-8")


def test_there_is_one_page_for_each_rule_and_no_other() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*RULES, "README"}


@pytest.mark.parametrize("rule", RULES)
def test_a_page_says_what_the_registry_says(rule: str) -> None:
    page, known = _page(rule), RULES[rule]
    assert page.startswith(f"# {rule}\n\n{known.summary}\n")
    assert f"- By default: {known.significance.word}.\n" in page
    mirror = (
        f"Seen backwards: [{known.mirror}]" if known.mirror else f"No mirror: {known.unmirrored}"
    )
    assert mirror in page
    assert EXAMPLE.search(page)


@pytest.mark.parametrize("rule", RULES)
def test_an_example_is_what_the_program_says_of_these_versions(rule: str) -> None:
    page = _page(rule)
    example = EXAMPLE.search(page)
    assert example
    where = WHERE.search(page)
    if where is None:
        assert "(made up)" in page
        assert _is_in_tests(example[1])
        return
    folder = "snapshots/ukraine-talks" if where["folder"] == "the talks" else where["folder"]
    old, new = where["old"], where["new"]
    pair = (new, old) if where["back"] else (old, new)
    assert example[1] in _sentences(folder, *pair)[rule]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_or_its_mirror_is_named_in_the_tests(rule: str) -> None:
    """Every table of the tests is run in both directions."""
    assert any(_is_in_tests(f'"{name}"') for name in (rule, RULES[rule].mirror))


def test_every_mirror_is_mutual() -> None:
    for rule in RULES.values():
        assert (rule.mirror is None) == (rule.unmirrored is not None)
        assert rule.mirror is None or RULES[rule.mirror].mirror == rule.id


def test_the_index_lists_the_rules_in_their_order() -> None:
    listed = re.findall(r"^\| \[([\w-]+)\]", (PAGES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == list(RULES)


@cache
def _line(folder: str) -> StateLine:
    files = sorted(str(path) for path in (ROOT / folder).glob("20*.yaml"))
    return load_line(files, config=None)


@cache
def _sentences(folder: str, old: str, new: str) -> dict[str, set[str]]:
    """What is said of two versions, by rule, with all before the newer one as history."""
    line = _line(folder)
    states = {state.ref.as_of: state for state in line.states}
    history = tuple(state for state in line.states if state.ref.as_of < new)
    context = Context(history=history, today=new, last_run=old)
    found = compare(states[old], states[new], line.kind, context=context)
    said: dict[str, set[str]] = {rule: set() for rule in RULES}
    for finding in found.findings:
        said[finding.rule].add(sentence(finding))
    for remark in found.remarks:
        said[remark.rule].add(remark_sentence(remark))
    return said


@cache
def _tests() -> str:
    folder = ROOT / "tests" / "unit" / "compare"
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("test_*.py")))


def _is_in_tests(text: str) -> bool:
    return text in _tests()
