"""The fast parser may be used only where it reads as the exact one does."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.collect import yaml_exact, yaml_text
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused

SCALARS = [
    *("NO", "yes", "12:30", "2026-02-15", "010", "007.5", "1_000", "0x1F", "0o17", "1e5", "1e400"),
    *("-0", "+1", ".5", "1.", "1.10", "5.", "-.5", "-1.5e3", "0.", "00", "0-9", "-_", "3rd"),
    *(".inf", "-.inf", ".nan", "~", "null", "Null", "true", "False", "TRUE", "nULL", "=", "<<"),
    *(
        "12345678901234567890",
        "999999999999999",
        "0b1",
        "1__0",
        "1_0k",
        "_0",
        "_1_",
        "-_0",
        "5e",
        "e5",
        "--1",
        "-a",
    ),
    *("plain words", "R&D", "a & b", "what? no", "a: b", "a :b", "a #b", "#b", "x # c", "-", "?"),
    *(
        "'it''s'",
        '"tab\\t"',
        '"\\u00e9"',
        '"\\ud83d\\ude00"',
        '"\\0"',
        '"\\x41"',
        "'",
        '"',
        '"\\/"',
    ),
    *("&a x", "*a", "!!str x", "! x", "|", ">-", "|2", ">+", "|\n  x\n   y\n", ">\n\n  x\n\n  y\n"),
    *("[:0]", "{:a}", "[a, :b]", "{a: :b}", "[::]", "+.5e3", "123456789012345678"),
    *("[a, b]", "[1, 02]", "{a: 1}", "{a: 05}", '{"a":05}', "{a}", "[a: b]", "{a:1}", "[]", "{}"),
    *(
        "[a,\n   b]",
        "'x\n  y'",
        '"x\n\n  y"',
        "x\n    y",
        "http://x/y?z=1&w=2",
        "é",
        "ї 5",
        "% x",
        "Quoi ? Non ! Oui",
        "x &y *z !w <<v",
        ":x",
        "x :y",
        '"caf\\xe9\\e"',
        "@x",
    ),
    *("360.ru", "5 men", "at 12:05, x", "x\n  05", "{a: b, c: [d, {e: f}]}", "[[]]", "---", "..."),
]
NAMES = [
    "a",
    "b",
    "kind",
    "'q'",
    '"d"',
    "1",
    "true",
    "~",
    "a b",
    "é",
    "-x",
    "? x",
    "''",
    "05",
    "x-y",
]


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Block mappings and sequences with whatever stands inside indented below or beside."""

    def indented(text: str) -> str:
        return text.replace("\n", "\n  ")

    value = inner.map(indented)
    item = st.one_of(
        st.builds("{}: {}".format, st.sampled_from(NAMES), value),
        st.builds("{}:\n  {}".format, st.sampled_from(NAMES), value),
        st.builds("{}:{}".format, st.sampled_from(NAMES), value),
        st.builds("- {}".format, value),
        st.builds("-\n  {}".format, value),
        st.just("# a comment"),
    )
    return st.lists(item, min_size=1, max_size=4).map("\n".join)


structured = st.recursive(st.sampled_from(SCALARS), blocks, max_leaves=8)
noise = st.text(alphabet="ab01.-_:?,[]{}&*!|>'\"#% \n\\ué~<=+xe", max_size=30)


def exactly(text: str) -> str:
    try:
        return repr(yaml_exact.read_yaml(text, name="f", limits=Limits())[0])
    except SnapshotRefused as error:
        return str(error)


@settings(max_examples=400, deadline=None)
@given(st.one_of(structured, noise, st.builds("a: {}\n{}".format, noise, structured)))
@example("- !")  # a tag with nothing after it
@example("[:0]")  # a text to one of them, refused by the other
@example("_0")  # a number to one of them
@example("a: >+\n  x")  # a block that ends with the file
@example("a: 1\n\n\nb: [x,\n  y]\n")
def test_it_reads_alike_wherever_the_scan_admits_the_fast_parser(text: str) -> None:
    fast = yaml_text.read_fast(text)
    if fast is not None:
        assert repr(fast[0]) == exactly(text)


TRIFLES = [
    "a: 9223372036854775807\nb: -9223372036854775808\nc: 0x1F\nd: 0o17\n",
    "-\n  a: 1\n-\n  b: 2\n",
    "a: 010\nb: 1_000\nc: [007.5, 08, 1_0]\n",
    "a: the parish of 010, by its number\n",
    "a: 'at 05, in 1_000: 00'\n",
    "a: >\n  from 07, to\n  08\nb: |\n  1_000\n",
    "a: +12\nb: .5\nc: -.5\nd: 123456789012345678\n",
    "a: Quoi ? Non ! Oui\nb: they said *no* to &co and <<all>>, for a price >5 :-)\n",
    "---\na: 1\n",
    "# who writes this\n---\n# and when\na: 05\n",
    'a: "caf\\xE9 \\U0001F600 \\e"\nb: C:\\temp\\dir\n',
    f"a: {'a long line, ' * 200}\nb: '{'one: more ' * 200}'\n",
]


@pytest.mark.parametrize("text", TRIFLES)
def test_trifles_in_a_text_do_not_make_it_slow(text: str) -> None:
    fast = yaml_text.read_fast(text)
    assert fast is not None
    assert repr(fast[0]) == exactly(text)


MEANT = [
    *("a: &x 1\nb: *x\n", "a: !!str 1\n", "? a\n: 1\n", "a: |2\n   b\n", "<<: {a: 1}\n"),
    *("[:0]\n", "[ :x]\n", "{:a}\n", "{a: :b}\n", "[::]\n", "[a, :b]\n", '{"a" : :b}\n'),
    *("a: .inf\n", "a: 99999999999999999999\n", "a: 1e400\n", "010: 1\n'010': 2\n"),
    *("---\na: 1\n---\nb: 2\n", 'a: "\\0"\n', 'a: "\\U00110000"\n', "a: \ue00005\n"),
    *('a: "\\uE000"\nb: 05\n', 'a: "\\U0000e000"\nb: 05\n'),
    *(f"{'n' * 1025}: 1\n", f"n{' ' * 1100}: 1\n", f"[{{{'n' * 1026}: 1}}]\n"),
]


@pytest.mark.parametrize("text", MEANT)
def test_what_only_the_exact_parser_reads_as_we_do_is_left_to_it(text: str) -> None:
    assert yaml_text.read_fast(text) is None
